"""Databases are opened once, lent to one at a time, and never kept where they went bad."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from newsdiff_crawler.store import DatabaseError, Store, StoreError
from newsdiff_crawler.store.engine.connection import DATABASE_NAME
from newsdiff_crawler.web.pool import MOST_LENT, Pool
from tests.support.records import add_article, story

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def pool(store: Store, tmp_path: Path) -> Pool:
    add_article(store, story("One", "Rain."))
    return Pool(tmp_path / DATABASE_NAME)


async def test_what_was_given_back_is_lent_again(pool: Pool) -> None:
    async with pool.lend() as first:
        pass
    async with pool.lend() as second:
        assert second is first


async def test_two_at_once_have_one_each(pool: Pool) -> None:
    async with pool.lend() as first, pool.lend() as second:
        assert first is not second


async def test_it_sees_what_is_written_meanwhile(pool: Pool, store: Store) -> None:
    for number in (2, 3):
        async with pool.lend() as records:
            assert records.article(number) is None
        add_article(store, story("One", "Rain."), url=f"https://news.example/{number}")
        async with pool.lend() as records:
            assert records.article(number) is not None


async def test_what_failed_is_not_lent_again(pool: Pool) -> None:
    with pytest.raises(DatabaseError):
        async with pool.lend() as first:
            raise DatabaseError("disk I/O error")
    async with pool.lend() as second:
        assert second is not first


async def test_what_may_have_failed_with_it_is_not_lent_again(pool: Pool) -> None:
    """A server that begins anew ends all connections: one reader is told, and not one for each."""
    async with pool.lend() as first, pool.lend() as second:
        pass
    with pytest.raises(DatabaseError):
        async with pool.lend():
            raise DatabaseError("the connection to the server was lost")
    async with pool.lend() as third, pool.lend() as fourth:
        assert {first, second}.isdisjoint({third, fourth})


async def test_another_failure_is_no_fault_of_the_database(pool: Pool) -> None:
    with pytest.raises(KeyError):
        async with pool.lend() as first:
            raise KeyError
    async with pool.lend() as second:
        assert second is first


async def test_another_file_in_its_place_is_opened_anew(pool: Pool, tmp_path: Path) -> None:
    async with pool.lend() as records:
        assert records.article(1) is not None
    other = Store.open(tmp_path / "other")
    other.db.execute("pragma wal_checkpoint(truncate)")
    other.close()
    (tmp_path / "other" / DATABASE_NAME).replace(pool.database)
    for tail in ("-wal", "-shm"):
        Path(f"{pool.database}{tail}").unlink(missing_ok=True)
    async with pool.lend() as records:
        assert records.article(1) is None


async def test_a_database_that_went_away_is_missed(pool: Pool) -> None:
    async with pool.lend():
        pass
    pool.database.unlink()
    with pytest.raises(StoreError, match="no record in"):
        async with pool.lend():
            pass


async def test_a_request_that_comes_when_all_are_lent_waits_for_one(pool: Pool) -> None:
    async def borrow() -> object:
        async with pool.lend() as records:
            return records

    async with AsyncExitStack() as lent:
        opened = {await lent.enter_async_context(pool.lend()) for _ in range(MOST_LENT)}
        waiting = asyncio.create_task(borrow())
        await asyncio.sleep(0)
        assert not waiting.done()
    assert await waiting in opened
