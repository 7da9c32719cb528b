"""``scrapy migrate``, after an upgrade."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from scrapy.settings import Settings
from sqlite_utils import Database

from newsdiff_crawler.commands import migrate
from newsdiff_crawler.exit_status import ExitStatus
from newsdiff_crawler.store import Store
from newsdiff_crawler.store.engine.connection import DATABASE_NAME
from newsdiff_crawler.store.schema.migrations import known_steps, migrations
from newsdiff_crawler.web.app import create_app


def run(folder: Path, *arguments: str) -> None:
    made = migrate.Command()
    made.settings = Settings({"NEWSDIFF_DATA": str(folder)})
    made.run([*arguments], argparse.Namespace())


def make_old(folder: Path) -> None:
    """A record as the release before the last step made it."""
    db = Database(folder / DATABASE_NAME)
    migrations.apply(db, stop_before=max(known_steps()))
    db.conn.close()


def test_the_site_waits_for_it_and_is_open_after_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_old(tmp_path)
    site = TestClient(create_app(tmp_path / DATABASE_NAME))
    answer = site.get("/")
    assert answer.status_code == 503
    assert "The record waits for `scrapy migrate`" in answer.text
    assert str(tmp_path) not in answer.text
    run(tmp_path)
    begun = f"These steps begin; they take minutes of a large record:\n  {max(known_steps())}\n"
    assert capsys.readouterr().out == f"{begun}{tmp_path / DATABASE_NAME} is up to date\n"
    assert site.get("/").status_code == 200


def test_of_a_record_that_is_up_to_date_it_says_that_nothing_was_done(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Store.open(tmp_path).close()
    run(tmp_path)
    said = f"{tmp_path / DATABASE_NAME} is up to date: there was nothing to do\n"
    assert capsys.readouterr().out == said


def test_where_there_is_no_record_it_makes_none(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=f"no record in {tmp_path}") as ended:
        run(tmp_path)
    assert ended.value.code == ExitStatus.NO_RECORD
    assert list(tmp_path.iterdir()) == []
