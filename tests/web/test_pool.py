"""Databases are opened once, lent to one at a time, and never kept where they went bad."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from newsdiff_crawler.store import Store, StoreError
from newsdiff_crawler.store.connection import DATABASE_NAME
from newsdiff_crawler.web.pool import MOST_IDLE, Pool
from tests.records import add_article, story


@pytest.fixture
def pool(store: Store, tmp_path: Path) -> Pool:
    add_article(store, story("One", "Rain."))
    return Pool(tmp_path / DATABASE_NAME)


def test_what_was_given_back_is_lent_again(pool: Pool) -> None:
    with pool.lend() as first:
        pass
    with pool.lend() as second:
        assert second is first


def test_two_at_once_have_one_each(pool: Pool) -> None:
    with pool.lend() as first, pool.lend() as second:
        assert first is not second


def test_it_sees_what_is_written_meanwhile(pool: Pool, store: Store) -> None:
    for number in (2, 3):
        with pool.lend() as records:
            assert records.article(number) is None
        add_article(store, story("One", "Rain."), url=f"https://news.example/{number}")
        with pool.lend() as records:
            assert records.article(number) is not None


def test_what_failed_is_not_lent_again(pool: Pool) -> None:
    with pytest.raises(sqlite3.Error), pool.lend() as first:
        raise sqlite3.OperationalError("disk I/O error")
    with pool.lend() as second:
        assert second is not first


def test_another_failure_is_no_fault_of_the_database(pool: Pool) -> None:
    with pytest.raises(KeyError), pool.lend() as first:
        raise KeyError
    with pool.lend() as second:
        assert second is first


def test_another_file_in_its_place_is_opened_anew(pool: Pool, tmp_path: Path) -> None:
    with pool.lend() as records:
        assert records.article(1) is not None
    other = Store.open(tmp_path / "other")
    other.db.conn.execute("pragma wal_checkpoint(truncate)")
    other.close()
    (tmp_path / "other" / DATABASE_NAME).replace(pool.database)
    for tail in ("-wal", "-shm"):
        Path(f"{pool.database}{tail}").unlink(missing_ok=True)
    with pool.lend() as records:
        assert records.article(1) is None


def test_a_database_that_went_away_is_missed(pool: Pool) -> None:
    with pool.lend():
        pass
    pool.database.unlink()
    with pytest.raises(StoreError, match="missing"), pool.lend():
        pass


def test_no_more_are_kept_than_needed(pool: Pool) -> None:
    lent = [pool.lend() for _ in range(MOST_IDLE + 2)]
    opened = [one.__enter__() for one in lent]
    for one in lent:
        one.__exit__(None, None, None)
    with pytest.raises(sqlite3.ProgrammingError):
        opened[-1].article(1)
