"""At most two requests at a time to a host, by all crawls for one record together."""

from __future__ import annotations

import asyncio
from time import monotonic

from newsdiff_crawler.store.engine.locks import Lock, Locks

MOST_AT_A_TIME = 2  # requests to a host, whatever CONCURRENT_REQUESTS_PER_DOMAIN says
POLL = 0.05  # seconds between two tries to get a slot that another crawl holds
KEEP = 0.2  # seconds that a slot is kept at least: locking it costs a tenth of a quick request
LONGEST_WAIT = 60.0  # seconds


class HostSlotsBusy(Exception):  # noqa: N818 - not an error: others are at work
    """Other crawls kept all of a host's slots for too long."""


class HostSlots:
    """One host's slots. Each is a lock, so that a crawl that dies leaves its own.

    ``at_a_time``: how many requests this crawl may have at a time; no more than MOST_AT_A_TIME.
    """

    def __init__(self, locks: Locks, host: str, at_a_time: int = MOST_AT_A_TIME) -> None:
        self.number = max(1, min(at_a_time, MOST_AT_A_TIME))
        self._all = [locks.host_slot(host, one) for one in range(MOST_AT_A_TIME)]
        self._kept: dict[Lock, float] = {}  # ours and not in use -> kept until
        self._turn = asyncio.Semaphore(self.number)
        self._under_way = 0
        self._pause = 0.0

    def space_out(self, pause: float) -> None:
        """The host wants so many seconds between two requests: from now on one at a time, which
        takes all slots, and no crawl has any of them until the pause is over."""
        self._pause = max(self._pause, pause)

    async def take(self) -> Lock:
        """A slot, as soon as there is one. Raises HostSlotsBusy."""
        await self._turn.acquire()
        try:
            slot = await self._next_slot()
        except BaseException:  # the locks are lost, or the request is: the next one has its turn
            self._turn.release()
            self._give_up()
            raise
        self._under_way += 1
        return slot

    async def _next_slot(self) -> Lock:
        begun = monotonic()
        while not (slot := self._free_slot()):
            # Another request of this crawl, and one of another, may go before.
            if monotonic() - begun > LONGEST_WAIT + 2 * self._pause:
                raise HostSlotsBusy
            await asyncio.sleep(POLL)
        return slot

    def leave(self, slot: Lock, hold: float) -> None:
        """Gives the slot to the next request of this crawl, or, after `hold` seconds in which
        there was none, to other crawls."""
        hold = max(self._pause or hold, KEEP)
        self._under_way -= 1
        left = [lock for lock in self._all if lock.is_held] if self._pause else [slot]
        self._kept |= dict.fromkeys(left, monotonic() + hold)
        self._turn.release()
        asyncio.get_running_loop().call_later(hold, self._let_go)

    def _free_slot(self) -> Lock | None:
        """One that is kept is this crawl's only as long as it did not stand still meanwhile."""
        if self._pause:
            is_free = not self._kept and not self._under_way
            # In one order, so that no two crawls wait for each other.
            has_all = is_free and all(lock.is_held or lock.acquire() for lock in self._all)
            return self._all[0] if has_all else None
        if self._kept:
            slot, _ = self._kept.popitem()
            slot.check()
            return slot
        return next((slot for slot in self._all if not slot.is_held and slot.acquire()), None)

    def _give_up(self) -> None:
        """Gives back what was had of all slots while the others were waited for."""
        if self._pause and not self._under_way:
            for lock in self._all:
                if lock not in self._kept:
                    lock.release()

    def _let_go(self) -> None:
        now = monotonic() + 0.001  # the timer may be early by the clock's resolution
        over = [slot for slot, until in self._kept.items() if until <= now]
        for slot in over:
            del self._kept[slot]
            slot.release()
