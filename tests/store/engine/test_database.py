"""What the store may ask of a database, and what it gets."""

from __future__ import annotations

import signal
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from newsdiff_crawler.store import DatabaseError, RecordFailedError, Store
from newsdiff_crawler.store.engine.connection import DATABASE_NAME
from newsdiff_crawler.store.engine.database import Database, Result
from newsdiff_crawler.store.engine.readonly import open_readonly
from newsdiff_crawler.store.engine.sqlite import SQLiteDatabase

PAPERS = ["gazette", "post", "herald"]


@pytest.fixture
def db() -> Iterator[Database]:
    """A table of papers, numbered from 1."""
    opened = SQLiteDatabase(sqlite3.connect(":memory:", isolation_level=None))
    opened.execute(
        """create table papers (
               id integer primary key, name text not null, founded text, daily integer)"""
    )
    opened.insert_all("papers", [{"name": name} for name in PAPERS])
    yield opened
    opened.close()


def names(db: Database) -> list[str]:
    return [row["name"] for row in db.execute("select name from papers order by id")]


def test_a_row_is_read_by_name_by_place_and_in_order(db: Database) -> None:
    row = db.execute("select id, name from papers where id = :id", {"id": 2}).fetchone()
    assert row
    assert (row["name"], row[1], row[:1], [*row]) == ("post", "post", (2,), [2, "post"])


def test_a_query_gives_all_rows_by_name(db: Database) -> None:
    sql = "select id, name from papers where id > :id order by id"
    assert db.query(sql, {"id": 1}) == [{"id": 2, "name": "post"}, {"id": 3, "name": "herald"}]


def test_a_statement_that_finds_nothing_has_no_first_row(db: Database) -> None:
    assert db.execute("select 1 from papers where id = :id", {"id": 9}).fetchone() is None


def test_a_change_says_how_many_rows_it_changed(db: Database) -> None:
    assert db.execute("delete from papers where id > :id", {"id": 1}).rowcount == 2


def test_a_new_row_gets_the_next_id(db: Database) -> None:
    assert db.insert_returning_id("papers", {"name": "times"}) == 4
    assert db.get("papers", 4) == {"id": 4, "name": "times", "founded": None, "daily": None}


def test_no_rows_are_none_more(db: Database) -> None:
    db.insert_all("papers", [])
    assert db.count("papers") == len(PAPERS)


def test_an_update_changes_one_row(db: Database) -> None:
    db.update("papers", 2, {"name": "new post"})
    assert names(db) == ["gazette", "new post", "herald"]


def test_a_row_that_is_not_there_is_looked_for_in_vain(db: Database) -> None:
    with pytest.raises(LookupError, match="no row 9 in papers"):
        db.get("papers", 9)


def test_truth_is_a_number(db: Database) -> None:
    db.update("papers", 1, {"daily": True})
    db.update("papers", 2, {"daily": False})
    counted = db.query("select count(*) as dailies from papers where daily = 1")
    assert counted == [{"dailies": 1}]


def test_a_transaction_is_kept_whole(db: Database) -> None:
    with db.transaction():
        db.insert("papers", {"name": "times"})
        db.insert("papers", {"name": "mail"})
    assert names(db)[3:] == ["times", "mail"]


def test_a_transaction_that_fails_leaves_nothing(db: Database) -> None:
    with pytest.raises(DatabaseError), db.transaction():
        db.insert_all("papers", [{"name": "times"}, {"name": None}])
    assert names(db) == PAPERS


def test_a_transaction_within_another_one_is_kept_or_lost_with_that(db: Database) -> None:
    def insert_two() -> None:
        with db.transaction():
            with db.transaction():
                db.insert("papers", {"name": "times"})
            db.insert("papers", {"name": None})

    with pytest.raises(DatabaseError):
        insert_two()
    assert names(db) == PAPERS


def test_after_a_transaction_that_failed_there_can_be_another(db: Database) -> None:
    with pytest.raises(DatabaseError, match="NOT NULL"), db.transaction():
        db.insert("papers", {"name": None})
    with db.transaction():
        db.insert("papers", {"name": "times"})
    assert names(db) == [*PAPERS, "times"]


def test_a_transaction_that_the_database_gave_up_tells_why(db: Database) -> None:
    """As SQLite does where the disk is full."""
    with pytest.raises(DatabaseError, match="NOT NULL"), db.transaction():
        db.execute("insert or rollback into papers (name) values (null)")


def test_only_one_can_write_at_a_time(store: Store, tmp_path: Path) -> None:
    other = Store.open(tmp_path)
    other.db.execute("pragma busy_timeout = 0")
    with store.db.transaction(), pytest.raises(DatabaseError, match="locked"):
        other.db.execute("delete from articles")
    other.close()


def test_a_signal_is_heard_while_another_writer_is_waited_for(store: Store, tmp_path: Path) -> None:
    """SQLite waits for a minute, and hears nothing."""
    other = Store.open(tmp_path)

    def end(_number: int, _frame: object) -> None:
        other.db.waits_until = 0

    before = signal.signal(signal.SIGALRM, end)
    try:
        with store.db.transaction():
            signal.setitimer(signal.ITIMER_REAL, 0.01)
            with pytest.raises(RecordFailedError, match="locked"), other.db.transaction():
                pass
    finally:
        signal.signal(signal.SIGALRM, before)
    other.close()


@pytest.mark.parametrize(("ids", "expected"), [([], []), ([3, 1, 9], ["gazette", "herald"])])
def test_a_list_of_ids_is_one_value(db: Database, ids: list[int], expected: list[str]) -> None:
    sql = f"select name from papers where {db.one_of('id', 'ids')} order by id"
    rows = db.execute(sql, {"ids": db.list_value(ids)})
    assert [row["name"] for row in rows] == expected


def test_texts_are_a_list_too_whatever_stands_in_them(db: Database) -> None:
    hostile = """"'],[ :name ? \N{SNOWMAN} \\u0000"""
    db.insert("papers", {"name": hostile})
    sql = f"select id from papers where {db.one_of('name', 'papers')}"
    assert db.query(sql, {"papers": db.list_value([hostile])}) == [{"id": 4}]


@pytest.mark.parametrize(
    ("earlier", "later", "seconds"),
    [
        ("2026-03-01T08:00:00Z", "2026-03-01T08:33:00Z", 33 * 60),
        ("2024-02-28T23:59:59Z", "2024-03-01T00:00:00Z", 24 * 3600 + 1),
        ("2026-03-01T08:33:00Z", "2026-03-01T08:00:00Z", -33 * 60),
        (None, "2026-03-01T08:00:00Z", None),
    ],
)
def test_the_time_between_two_times_is_in_whole_seconds(
    db: Database, earlier: str | None, later: str, seconds: int | None
) -> None:
    db.update("papers", 1, {"founded": earlier})
    sql = f"select {db.seconds_between('founded', ':later')} as age from papers where id = 1"
    assert db.query(sql, {"later": later}) == [{"age": seconds}]


@pytest.mark.parametrize("sql", ["select", "select 1 from nowhere", "select name from papers"])
def test_what_fails_is_told_in_the_databases_words(db: Database, sql: str) -> None:
    db.execute("drop table papers")
    with pytest.raises(DatabaseError, match=r"incomplete input|no such table"):
        db.execute(sql)


@pytest.mark.parametrize(
    "fetch",
    [list, lambda rows: rows.fetchall(), lambda rows: [rows.fetchone() for _ in PAPERS]],
    ids=["row by row", "all", "single rows"],
)
def test_a_failure_in_a_later_row_is_the_databases_too(
    db: Database, fetch: Callable[[Result], object]
) -> None:
    def check(number: int) -> int:
        return number if number < 3 else 1 // 0

    assert isinstance(db, SQLiteDatabase)
    db.connection.create_function("checked", 1, check)
    rows = db.execute("select checked(id) from papers order by id")
    with pytest.raises(DatabaseError):
        fetch(rows)


def test_many_statements_fail_as_one_does(db: Database) -> None:
    with pytest.raises(DatabaseError, match="UNIQUE"):
        db.insert_all("papers", [{"id": 9, "name": "times"}, {"id": 9, "name": "mail"}])


def test_a_reader_cannot_write(store: Store, tmp_path: Path) -> None:
    reader = open_readonly(tmp_path / DATABASE_NAME)
    with pytest.raises(DatabaseError, match="it is read-only"):
        reader.execute("delete from articles")
    reader.close()
