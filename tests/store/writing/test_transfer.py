"""A record is moved from one engine to the other and back, and both say the same."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from newsdiff_crawler.items import FeedEntry
from newsdiff_crawler.store import Store, StoreError
from newsdiff_crawler.store.engine.connection import DATABASE_NAME, open_database
from newsdiff_crawler.store.engine.database import Database
from newsdiff_crawler.store.engine.opening import open_record
from newsdiff_crawler.store.reading.search import Search, SearchQuery
from newsdiff_crawler.store.writing.transfer import DERIVED, TABLES, Difference, Transfer
from newsdiff_crawler.times import from_iso
from tests.support.records import add_article, story

NOW = from_iso("2026-03-01T08:00:00Z")


@pytest.fixture
def original(tmp_path: Path) -> Iterator[Database]:
    """A record in a file, with a little of much."""
    with closing(open_database(tmp_path / "original")) as db:
        store = Store(db, tmp_path / "original")
        first, second = (
            story("Ferry", "It stops in May.", "雨"),
            story("Ferry", "It stops in June."),
        )
        add_article(store, first, second, first)
        add_article(store, second, first, url="https://news.example/2")
        run = store.runs.start("paper", "2026-03-01T08:00:00Z")
        store.feeds.declare("paper", ["https://news.example/rss"], NOW)
        (feed,) = store.feeds.claim("paper", run, NOW, NOW)
        store.feeds.note(feed, [FeedEntry("https://news.example/2", "mark")], NOW)
        store.runs.finish(run, "2026-03-01T08:01:00Z", "finished", {"checks": 2})
        yield db


@pytest.fixture
def copy(tmp_path: Path, engine: str) -> Iterator[Database]:
    """Empty, on the engine of the test."""
    with closing(open_record(tmp_path / "copy")) as db:
        yield db


def found(db: Database, words: str) -> int:
    return Search(db).find(SearchQuery(words)).count


def test_a_copy_says_what_the_original_says(original: Database, copy: Database) -> None:
    transfer = Transfer(original, copy)
    assert sum(transfer.run()) == sum(original.count(table) for table in TABLES)
    assert set(transfer.differences()) == {None}
    assert transfer.size() == 0


def test_it_is_searched_like_the_original(original: Database, copy: Database) -> None:
    list(Transfer(original, copy).run())
    for words in ("may", "雨", '"stops in june"', "sto*"):
        assert found(copy, words) == found(original, words) > 0
    removed = SearchQuery("may", where="removed")
    assert Search(copy).find(removed).count == Search(original).find(removed).count > 0


def test_it_goes_on_like_the_original(original: Database, copy: Database, tmp_path: Path) -> None:
    list(Transfer(original, copy).run())
    store = Store(copy, tmp_path / "copy")
    assert add_article(store, story("Bridge", "It opens."), url="https://news.example/3") == 3
    assert found(copy, "opens") == 1


def test_a_copy_that_was_broken_off_goes_on(original: Database, copy: Database) -> None:
    begun = Transfer(original, copy).run()
    for _ in range(4):
        next(begun)
    again = Transfer(original, copy)
    left = again.size()
    assert sum(again.run()) == left < sum(original.count(table) for table in TABLES)
    assert set(again.differences()) == {None}


def test_nothing_is_added_to_another_record(
    original: Database, copy: Database, tmp_path: Path
) -> None:
    add_article(Store(copy, tmp_path), story("Tram", "It runs."), url="https://news.example/0")
    before = {table: copy.count(table) for table in TABLES}
    with pytest.raises(StoreError, match="another record"):
        [*Transfer(original, copy).run()]
    assert {table: copy.count(table) for table in TABLES} == before


def test_what_is_not_the_same_is_named(original: Database, copy: Database) -> None:
    transfer = Transfer(original, copy)
    list(transfer.run())
    copy.execute("update passages set text = 'It never stops.' where id = 2")
    copy.execute("delete from events")
    named = [each for each in transfer.differences() if each]
    passages = original.count("passages")
    assert Difference("passages", passages, passages) in named
    assert all(each.table in ("passages", "events") for each in named)


@pytest.mark.sqlite
def test_all_of_a_record_is_copied(original: Database, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "original" / DATABASE_NAME)) as db:
        sql = "select name from sqlite_master where type = 'table' order by name"
        there_are = [name for (name,) in db.execute(sql)]
        derived = {
            table: {row[1] for row in db.execute(f"pragma table_xinfo({table})") if row[6]}
            for table in TABLES
        }
    assert sorted(TABLES) == [
        name for name in there_are if "_fts" not in name and not name.startswith(("_", "sqlite_"))
    ]
    assert {table: names for table, names in derived.items() if names} == DERIVED
