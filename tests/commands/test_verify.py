"""``scrapy verify`` finds and names what was altered behind the record's back."""

from __future__ import annotations

import argparse
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from scrapy.settings import Settings

from newsdiff_crawler.archive.archive import Archive
from newsdiff_crawler.commands import verify
from newsdiff_crawler.items import Exchange, Snapshot
from newsdiff_crawler.store import Store
from newsdiff_crawler.store.engine.connection import DATABASE_NAME
from newsdiff_crawler.store.writing.chain import link
from tests.support.records import add_article, story

URL = "https://news.example/world/1"
TEXTS = (story("Rain", "One."), story("Rain", "Two."), story("Snow", "Two."))


def exchange(number: int, at: str) -> Exchange:
    return Exchange(URL, at, "GET", (), 200, (), f"<p>{number}</p>".encode() * 40)


@pytest.fixture
def kept(tmp_path: Path) -> list[Snapshot]:
    """Where the pages of three versions are."""
    archive = Archive(tmp_path)
    with closing(Store.open(tmp_path)) as store:
        article = add_article(store, *TEXTS)
        times = [at for (at,) in store.db.execute("select fetched_at from versions").fetchall()]
        exchanges = [exchange(number, at) for number, at in enumerate(times, start=1)]
        kept = [archive.keep(each, "paper", lambda _: None) for each in exchanges]
        snapshots = [each for each in kept if each]
        for number, snapshot in enumerate(snapshots, start=1):
            id_ = store.snapshots.add(snapshot, article, "new")
            store.db.execute(
                "update versions set snapshot = :id, version_hash = null where number = :number",
                {"id": id_, "number": number},
            )
        relink(store, article)
    archive.close()
    return snapshots


def relink(store: Store, article: int) -> None:
    with store.db.transaction():
        link(store.db, article)


Verify = Callable[..., str]


@pytest.fixture
def said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Verify:
    """Runs the command; what it printed, and its exit status at the end."""

    def run(**options: Any) -> str:
        command = verify.Command()
        command.settings = Settings({"NEWSDIFF_DATA": str(tmp_path)})
        given = {"source": "", "since": "", **options}
        try:
            command.run([], argparse.Namespace(**given))
        except SystemExit as ended:
            return f"{capsys.readouterr().out}status {ended.code}"
        return capsys.readouterr().out + "status 0"

    return run


def alter(folder: Path, sql: str) -> None:
    with closing(sqlite3.connect(folder / DATABASE_NAME)) as connection, connection:
        connection.execute(sql)


def test_what_nobody_touched_is_fine(kept: list[Snapshot], said: Verify) -> None:
    assert said() == (
        "outside clocks: no root was made yet: nobody else vouches for this record\n"
        "2 articles, roots and files of the archive are as they were written\nstatus 0"
    )


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        ("update passages set text = 'Too.' where text = 'Two.'", "version 2: a passage was"),
        ("delete from passages where text = 'One.'", "version 1: a passage was altered"),
        ("update versions set title = 'Hail' where number = 3", "version 3: its title was altered"),
        (
            "update versions set fetched_at = '2020-01-01T00:00:00Z' where number = 2",
            "version 2: its time was altered: its page came at 2025-04-22T14:33:00Z",
        ),
        (
            "update versions set authors = '[\"X\"]' where number = 1",
            "version 1: its time, address",
        ),
        ("delete from versions where number = 2", "version 2 is missing"),
        ("delete from versions where number = 3", "version 3 is missing"),
        (
            "update versions set snapshot = 1 where number = 2",
            "version 2: its time, address, authors, dates or page were altered",
        ),
        (
            "update versions set version_hash = 'f' where number = 1",
            "version 2: the version before it is another one than it was",
        ),
        ("update versions set version_hash = null where number = 3", "version 3: its hash is mis"),
        ("update articles set title = 'Hail'", "the title that lists show is that of none"),
        ("update articles set published_at = '2020-01-01T00:00:00Z'", "when it was published is"),
        ("update snapshots set url = url || '2' where id = 2", "version 2: its page in"),
        ("delete from snapshots where id = 2", "version 2: its time, address, authors, dates or"),
        ("update versions set layout = 'x' where number = 2", "version 2: a passage was altered"),
        ("update versions set layout = '[[1]]' where number = 2", "version 2: a passage was alt"),
        ("update versions set layout = '5' where number = 2", "version 2: a passage was altered"),
        ("update versions set title = x'ff' where number = 2", "version 2: its title was altered"),
        ("update passages set text = x'ff' where text = 'Two.'", "something else was written in"),
        ("update snapshots set offset = 'x' where id = 2", "something else was written into its"),
        ("update snapshots set offset = -5 where id = 2", "version 2: its page in "),
        ("update snapshots set file = 5 where id = 2", "version 2: its page in 5 at "),
        ("update snapshots set file = '../x' where id = 2", "version 2: its page in ../x at "),
        (f"update article_urls set url = '{URL}2'", "this address is none that led to it"),
        ("delete from articles", "the article is missing; versions or pages are left"),
    ],
)
def test_what_was_altered_in_the_record_is_named(
    kept: list[Snapshot], tmp_path: Path, said: Verify, sql: str, found: str
) -> None:
    alter(tmp_path, sql)
    output = said()
    assert f"{URL}: {found}" in output
    assert output.endswith("status 1")


def test_an_altered_page_is_named(kept: list[Snapshot], tmp_path: Path, said: Verify) -> None:
    path = Archive(tmp_path).files.path(kept[1].file)
    data = bytearray(path.read_bytes())
    data[kept[1].offset + 60] ^= 255
    path.write_bytes(data)
    assert f"{URL}: version 2: its page in {kept[1].file} at {kept[1].offset}: it " in said()


def test_a_page_in_anothers_place_is_named(
    kept: list[Snapshot], tmp_path: Path, said: Verify
) -> None:
    one, other = kept[0].offset, kept[1].offset
    sql = f"update snapshots set offset = {one + other} - offset where id in (1, 2)"
    alter(tmp_path, sql)
    assert said().count("another record is in its place") == 2


def test_a_file_that_was_cut_off_is_named(
    kept: list[Snapshot], tmp_path: Path, said: Verify
) -> None:
    path = Archive(tmp_path).files.path(kept[2].file)
    path.write_bytes(path.read_bytes()[: kept[2].offset + 100])
    output = said()
    assert f"{URL}: version 3: its page in {kept[2].file} at {kept[2].offset}: it is cut" in output
    assert f"{kept[2].file}: from {kept[2].offset} on: it is cut off" in output


def test_a_file_that_is_gone_is_named(kept: list[Snapshot], tmp_path: Path, said: Verify) -> None:
    Archive(tmp_path).files.path(kept[0].file).unlink()
    assert said().count("its file is missing") == 3


def test_a_pipe_in_the_place_of_a_file_is_named_and_not_waited_for(
    kept: list[Snapshot], tmp_path: Path, said: Verify
) -> None:
    path = tmp_path / "archive" / kept[0].file
    path.unlink()
    os.mkfifo(path)
    with path.open("r+b", 0):  # else who opens it would wait for ever, and so would this test
        output = said()
    page = f"{URL}: version 1: its page in {kept[0].file} at 0"
    assert f"{page}: its file cannot be read: it is no regular file\n" in output
    assert f"\n{kept[0].file}: it cannot be read: it is no regular file\n" in output
    assert output.endswith("status 1")


def test_a_source_can_be_looked_at_alone(
    kept: list[Snapshot], tmp_path: Path, said: Verify
) -> None:
    alter(tmp_path, "delete from versions where number = 2")
    assert said(source="other") == "status 1"
    assert said(since="2030-01-01").endswith("status 0")
    assert said(source="paper", since="2025-01-01").endswith("status 1")


@pytest.mark.parametrize("since", ["tomorrow", "7d", "2026-13-01", "22 Nov 2026", "2026", "T"])
def test_what_is_no_time_is_not_taken_for_one_after_which_all_is_well(
    kept: list[Snapshot], tmp_path: Path, said: Verify, since: str
) -> None:
    alter(tmp_path, "delete from versions where number = 2")
    assert said(since=since) == "status 2"


def test_a_snapshot_row_of_another_page_is_named(
    kept: list[Snapshot], tmp_path: Path, said: Verify
) -> None:
    other = replace(kept[0], body_sha256="0" * 64)
    alter(tmp_path, f"update snapshots set body_sha256 = '{other.body_sha256}' where id = 1")
    assert "version 1: its page in" in said()
    assert "it holds another page" in said()


@pytest.fixture
def refused(kept: list[Snapshot], tmp_path: Path) -> Snapshot:
    """A page that came in the end, and its record's place."""
    archive = Archive(tmp_path)
    snapshot = archive.keep(exchange(9, "2025-04-23T10:00:00Z"), "paper", lambda _: None)
    archive.close()
    assert snapshot
    with closing(Store.open(tmp_path)) as store, store.db.transaction():
        store.snapshots.add(snapshot, 1, "failed", "no text")
    return snapshot


def test_an_altered_page_of_a_refusal_is_named(
    refused: Snapshot, tmp_path: Path, said: Verify
) -> None:
    assert said().endswith("status 0")
    path = Archive(tmp_path).files.path(refused.file)
    data = bytearray(path.read_bytes())
    data[refused.offset + 60] ^= 255
    path.write_bytes(data)
    place = f"its page in {refused.file} at {refused.offset}"
    output = said()
    assert f"{URL}: a page that was refused, of {refused.at}: {place}: it " in output
    assert output.endswith("status 1")


def test_a_page_whose_first_showing_is_gone_is_named(
    refused: Snapshot, tmp_path: Path, said: Verify
) -> None:
    archive = Archive(tmp_path)
    again = archive.keep(exchange(9, "2025-04-23T11:00:00Z"), "paper", lambda _: refused)
    archive.close()
    assert again
    with closing(Store.open(tmp_path)) as store, store.db.transaction():
        store.snapshots.add(again, 1, "failed", "no text")
    assert said().endswith("status 0")
    alter(tmp_path, f"delete from snapshots where record_id = '{refused.record_id}'")
    assert f"at {again.offset}: the one that it repeats is missing" in said()


def test_a_page_that_nothing_leads_to_is_named_and_no_fault(
    refused: Snapshot, tmp_path: Path, said: Verify
) -> None:
    alter(tmp_path, f"delete from snapshots where record_id = '{refused.record_id}'")
    output = said()
    assert f"at {refused.offset}: the record does not lead to this page of {refused.at}" in output
    assert output.endswith("status 0")


def test_what_nothing_leads_to_is_checked_all_the_same(
    refused: Snapshot, tmp_path: Path, said: Verify
) -> None:
    alter(tmp_path, f"delete from snapshots where record_id = '{refused.record_id}'")
    path = Archive(tmp_path).files.path(refused.file)
    data = bytearray(path.read_bytes())
    data[-20] ^= 255  # of the request
    path.write_bytes(data)
    assert said().endswith("status 1")


def test_pages_that_were_let_go_are_counted_and_no_fault(
    kept: list[Snapshot], tmp_path: Path, said: Verify
) -> None:
    alter(tmp_path, "update snapshots set let_go_at = at where id = 2")
    output = said()
    assert "pages: 1 were let go, says the record: of those nothing but a hash is there" in output
    assert output.endswith("status 0")
