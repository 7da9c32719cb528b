"""Pages of stories that never changed are let go, and nothing else is; killed at any point, too."""

from __future__ import annotations

import argparse
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from scrapy.settings import Settings

from newsdiff_crawler.archive import letting_go
from newsdiff_crawler.archive.files import Files
from newsdiff_crawler.commands import verify
from newsdiff_crawler.store import Store
from newsdiff_crawler.store.engine.connection import DATABASE_NAME
from newsdiff_crawler.store.writing.snapshots import Snapshots
from tests.commands.test_backup import Paper, html
from tests.support.dying import DIED, die, in_a_child
from tests.support.kept import keep_pages

STILL, EDITED, FRESH = (f"https://news.example/{name}" for name in ("still", "edited", "fresh"))
DAY, LATER, TODAY = "2026-03-01T09:00:00Z", "2026-03-02T09:00:00Z", "2026-06-01T09:00:00Z"
BEFORE = "2026-05-01T00:00:00Z"
OLD, NEW = "paper/paper-20260301-0001.warc.gz", "paper/paper-20260301-0002.warc.gz"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """One file with a story that stayed and one that was edited the day after; and one of today."""
    first = [(STILL, DAY, html("Still")), (EDITED, DAY, html("Late"))]
    keep_pages(
        tmp_path, [Paper], [*first, (EDITED, LATER, html("Gone")), (FRESH, TODAY, html("New"))]
    )
    return tmp_path


def let_go(data: Path, before: str = BEFORE) -> int:
    with closing(Store.open(data)) as store:
        return letting_go.let_go(Files(data), store, "paper", before, TODAY)


def names(data: Path) -> list[str]:
    return Files(data).names()


def verified(data: Path) -> None:
    command = verify.Command()
    command.settings = Settings({"NEWSDIFF_DATA": str(data)})
    command.run([], argparse.Namespace(source="", since=""))


def test_what_never_changed_goes_and_all_else_verifies(data: Path) -> None:
    size = Files(data).path(OLD).stat().st_size
    assert let_go(data) == 1
    assert names(data) == [
        NEW,
        "paper/paper-20260302-0001.warc.gz",
        "paper/paper-20260601-0001.warc.gz",
    ]
    assert Files(data).path(NEW).stat().st_size < size
    verified(data)
    assert let_go(data) == 0


def test_nothing_goes_before_its_time_or_while_another_works_on_the_archive(data: Path) -> None:
    before = names(data)
    assert let_go(data, before=DAY) == 0
    with closing(Store.open(data)) as store, store.locks.tending().wait():
        assert let_go(data) == 0
    assert names(data) == before


def test_a_file_of_which_nothing_stays_goes_whole(tmp_path: Path) -> None:
    keep_pages(tmp_path, [Paper], [(STILL, DAY, html("Still")), (FRESH, TODAY, html("New"))])
    assert let_go(tmp_path) == 1
    assert names(tmp_path) == ["paper/paper-20260601-0001.warc.gz"]
    verified(tmp_path)


def test_a_file_that_is_lost_keeps_none_after_it(data: Path) -> None:
    keep_pages(data, [Paper], [(f"{STILL}2", "2026-04-01T09:00:00Z", html("Other"))])
    Files(data).path(OLD).unlink()
    assert let_go(data) == 1


def test_a_story_that_changes_after_that_goes_on(data: Path) -> None:
    let_go(data)
    keep_pages(data, [Paper], [(STILL, TODAY, html("Moved at last"))])
    verified(data)
    with closing(sqlite3.connect(data / DATABASE_NAME)) as db:
        assert db.execute(
            "select count(*) from versions where version_hash is null"
        ).fetchone() == (0,)


@pytest.mark.parametrize("place", ["_copied", "moved", "unlink"])
def test_killed_at_any_point_it_goes_on(
    data: Path, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = {"_copied": letting_go, "moved": Snapshots, "unlink": Path}[place]
    with monkeypatch.context() as patched:
        patched.setattr(owner, place, die)
        assert in_a_child(lambda: let_go(data)) == DIED
    verified(data)
    let_go(data)
    keep_pages(data, [Paper], [(f"{STILL}2", "2026-04-01T09:00:00Z", html("Other"))])
    assert let_go(data) == 1
    verified(data)
    files = names(data)
    assert len([name for name in files if "20260301" in name]) == 1
    assert not list(data.rglob("*.part"))
