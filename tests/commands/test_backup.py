"""``scrapy backup``: a copy that is whole and of one moment, or none."""

from __future__ import annotations

import argparse
import os
import resource
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from scrapy.commands import ScrapyCommand
from scrapy.settings import Settings

from newsdiff_crawler.archive import backup as copying
from newsdiff_crawler.commands import backup, verify
from newsdiff_crawler.parsing import Parser
from newsdiff_crawler.store.engine.connection import DATABASE_NAME
from newsdiff_crawler.store.engine.copying import copy_record
from tests.support.dying import DIED, die, in_a_child
from tests.support.kept import keep_pages

MANY = "<p>It rained for the third day in the valley of Stanton, and the mill is wet.</p>" * 9


class Paper(Parser):
    name = "paper/2026"
    layout = "main h1"
    body = "main"


def pages(first: int, last: int) -> list[tuple[str, str, str]]:
    return [
        (f"https://news.example/{n}", f"2026-03-01T09:00:{n:02}Z", html(f"Rain {n}"))
        for n in range(first, last)
    ]


def html(title: str) -> str:
    return f"<html><body><main><h1>{title}</h1>{MANY}</main></body></html>"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    keep_pages(folder, [Paper], pages(0, 5))
    (folder / "sources.toml").write_text("[paper]\n")
    return folder


def run(command: ScrapyCommand, folder: Path, *given: str | Path) -> None:
    command.settings = Settings({"NEWSDIFF_DATA": str(folder)})
    parser = argparse.ArgumentParser()
    command.add_options(parser)
    opts, args = parser.parse_known_args([str(each) for each in given])
    command.run(args, opts)


def versions(folder: Path) -> int:
    with closing(sqlite3.connect(folder / DATABASE_NAME)) as db:
        return int(db.execute("select count(*) from versions").fetchone()[0])


def names(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_the_copy_has_record_archive_and_settings_and_verifies(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "copies" / "monday"
    run(backup.Command(), data, place)
    assert "monday: record and archive" in capsys.readouterr().out
    archive = "archive/paper/paper-20260301-0001.warc.gz"
    assert names(place) == {DATABASE_NAME, "sources.toml", archive}
    assert (place / archive).read_bytes() == (data / archive).read_bytes()
    run(verify.Command(), place)
    assert "6 articles, roots and files of the archive are as they were" in capsys.readouterr().out
    keep_pages(place, [Paper], pages(5, 7))  # and is a record like any other
    assert versions(place) == 7


def test_what_is_written_meanwhile_does_no_harm(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More comes after the record was copied, and before the archive is."""

    def copy(record: Path, place: Path) -> None:
        copy_record(record, place)
        keep_pages(data, [Paper], pages(5, 9))

    monkeypatch.setattr(copying, "copy_record", copy)
    run(backup.Command(), data, tmp_path / "copy")
    assert versions(tmp_path / "copy") == 5
    assert versions(data) == 9
    run(verify.Command(), tmp_path / "copy")


def test_a_copy_made_while_others_write_is_whole(data: Path, tmp_path: Path) -> None:
    writer = threading.Thread(target=keep_pages, args=(data, [Paper], pages(5, 40)))
    writer.start()
    for number in range(4):
        run(backup.Command(), data, tmp_path / f"copy{number}")
    writer.join()
    for number in range(4):
        run(verify.Command(), tmp_path / f"copy{number}")
    assert versions(data) == 40


def test_a_place_that_is_taken_or_makes_no_sense_is_one_line(data: Path, tmp_path: Path) -> None:
    run(backup.Command(), data, tmp_path / "copy")
    before = names(tmp_path)
    for place, problem in ((tmp_path / "copy", "exists already"), (data / "copy", "in the data")):
        with pytest.raises(SystemExit, match=problem):
            run(backup.Command(), data, place)
    with pytest.raises(SystemExit, match="is no backup"):
        run(backup.Command(), data, tmp_path / "more", "--earlier", tmp_path)
    with pytest.raises(SystemExit, match="no record in"):
        run(backup.Command(), tmp_path / "nowhere", tmp_path / "more")
    assert names(tmp_path) == before


@pytest.mark.parametrize("limit", [100_000, 2_000_000])
def test_a_full_disk_is_one_line_and_leaves_nothing(data: Path, tmp_path: Path, limit: int) -> None:
    """Full while the record is copied, and while the archive is."""
    large = data / "archive" / "paper" / "paper-20260101-0001.warc.gz"
    large.write_bytes(os.urandom(3_000_000))
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limits[1]))
    try:
        with pytest.raises(SystemExit, match="no backup was made"):
            run(backup.Command(), data, tmp_path / "copy")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert {path.name for path in tmp_path.iterdir()} == {"data"}


def test_one_that_was_killed_leaves_nothing_in_the_way(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(copying, "_copy", die)
        assert in_a_child(lambda: run(backup.Command(), data, tmp_path / "copy")) == DIED
    assert not (tmp_path / "copy").exists()
    run(backup.Command(), data, tmp_path / "copy")
    assert {path.name for path in tmp_path.iterdir()} == {"data", "copy"}


def test_files_that_did_not_change_take_no_room_twice(data: Path, tmp_path: Path) -> None:
    run(backup.Command(), data, tmp_path / "one")
    run(backup.Command(), data, tmp_path / "two", "--earlier", tmp_path / "one")
    keep_pages(data, [Paper], pages(5, 6))
    run(backup.Command(), data, tmp_path / "three", "--earlier", tmp_path / "two")
    archive = "archive/paper/paper-20260301-0001.warc.gz"
    inodes = [(tmp_path / name / archive).stat().st_ino for name in ("one", "two", "three")]
    assert inodes[0] == inodes[1] != inodes[2]
    run(verify.Command(), tmp_path / "three")
