"""Two requests at a time to a host, however many crawls there are."""

from __future__ import annotations

import asyncio
from itertools import pairwise
from pathlib import Path
from time import monotonic

import pytest

from newsdiff_crawler.fetching import host_slots
from newsdiff_crawler.fetching.host_slots import MOST_AT_A_TIME, HostSlots, HostSlotsBusy
from newsdiff_crawler.store import RecordFailedError
from newsdiff_crawler.store.engine.locks import Lock, LockedFile, Locks

HOST = "www.news.example"


@pytest.fixture
def locks(tmp_path: Path) -> Locks:
    return Locks(tmp_path)


async def is_taken(waiting: asyncio.Task[Lock]) -> bool:
    """Whether somebody has got a host slot, once nothing more can happen by itself."""
    for _ in range(5):
        await asyncio.sleep(0)
    return waiting.done()


def test_one_more_than_there_are_slots_waits_for_one_to_leave(locks: Locks) -> None:
    async def play() -> None:
        here = HostSlots(locks, HOST)
        taken = [await here.take() for _ in range(MOST_AT_A_TIME)]
        waiting = asyncio.ensure_future(here.take())
        assert not await is_taken(waiting)
        here.leave(taken[0], 0)
        assert await waiting is taken[0]

    asyncio.run(play())


def test_crawls_share_the_slots(locks: Locks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(host_slots, "LONGEST_WAIT", 0.0)

    async def play() -> None:
        here, there = HostSlots(locks, HOST), HostSlots(locks, HOST)
        await here.take()
        await there.take()
        with pytest.raises(HostSlotsBusy):
            await here.take()
        with pytest.raises(HostSlotsBusy):
            await there.take()
        await HostSlots(locks, "other.example").take()

    asyncio.run(play())


def test_a_slot_that_nobody_wants_goes_to_another_crawl(
    locks: Locks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(host_slots, "KEEP", 0.01)

    async def play() -> None:
        here, there = HostSlots(locks, HOST), HostSlots(locks, HOST)
        taken = [await here.take() for _ in range(MOST_AT_A_TIME)]
        waiting = asyncio.ensure_future(there.take())
        for host_slot in taken:
            here.leave(host_slot, 0)
        await waiting

    asyncio.run(play())


def test_a_slot_is_kept_from_other_crawls_for_as_long_as_said(
    locks: Locks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(host_slots, "LONGEST_WAIT", 0.0)

    async def play() -> None:
        here, there = HostSlots(locks, HOST), HostSlots(locks, HOST)
        taken = [await here.take() for _ in range(MOST_AT_A_TIME)]
        for host_slot in taken:
            here.leave(host_slot, 3600)
        with pytest.raises(HostSlotsBusy):
            await there.take()
        assert await here.take() in taken

    asyncio.run(play())


def test_a_crawl_that_wants_one_slot_takes_whichever_is_free(locks: Locks) -> None:
    async def play() -> None:
        other, modest = HostSlots(locks, HOST), HostSlots(locks, HOST, at_a_time=1)
        await other.take()
        await modest.take()

    asyncio.run(play())


def test_when_the_locks_are_lost_nobody_waits_for_a_slot(
    locks: Locks, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A crawl could not end: whoever waited for a turn did so for ever."""

    def lost(_: Lock) -> bool:
        raise RecordFailedError("the server took back its locks")

    monkeypatch.setattr(LockedFile, "acquire", lost)

    async def play() -> list[Lock | BaseException]:
        here = HostSlots(locks, HOST)
        everybody = (here.take() for _ in range(3 * MOST_AT_A_TIME))
        return await asyncio.wait_for(asyncio.gather(*everybody, return_exceptions=True), 60)

    assert {type(each) for each in asyncio.run(play())} == {RecordFailedError}


def test_where_a_host_wants_a_pause_all_crawls_together_keep_it(
    locks: Locks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(host_slots, "POLL", 0)

    async def play() -> list[float]:
        crawls = [HostSlots(locks, HOST) for _ in range(3)]
        for crawl in crawls:
            crawl.space_out(0.2)
        asked: list[float] = []

        async def ask(crawl: HostSlots) -> None:
            slot = await crawl.take()
            asked.append(monotonic())
            crawl.leave(slot, 0)

        await asyncio.gather(*(ask(crawl) for crawl in [*crawls, *crawls]))
        return asked

    asked = asyncio.run(play())
    assert len(asked) == 6
    assert min(later - earlier for earlier, later in pairwise(asked)) >= 0.199


def test_a_crawl_that_does_not_know_of_the_pause_yet_asks_nothing_in_it(
    locks: Locks, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its robots.txt, say."""
    monkeypatch.setattr(host_slots, "LONGEST_WAIT", 0.0)

    async def play() -> None:
        here, there = HostSlots(locks, HOST), HostSlots(locks, HOST)
        here.space_out(3600)
        slot = await here.take()
        with pytest.raises(HostSlotsBusy):
            await there.take()
        here.leave(slot, 0)
        with pytest.raises(HostSlotsBusy):
            await there.take()

    asyncio.run(play())


def test_who_waits_in_vain_for_a_host_of_its_own_keeps_no_slot(
    locks: Locks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(host_slots, "LONGEST_WAIT", 0.0)

    async def play() -> None:
        here, there, third = (HostSlots(locks, HOST) for _ in range(3))
        first, second = await there.take(), await there.take()
        first.release()
        here.space_out(0.001)
        with pytest.raises(HostSlotsBusy):
            await here.take()
        await third.take()
        there.leave(second, 0)

    asyncio.run(play())
