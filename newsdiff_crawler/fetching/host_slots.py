"""At most two requests at a time to a host, by all crawls on this machine together."""

from __future__ import annotations

import asyncio
from pathlib import Path
from time import monotonic
from urllib.parse import quote

from filelock import FileLock, Timeout

HOST_SLOTS = 2
POLL = 0.05  # seconds between two checks whether another crawl has left
KEEP = 0.2  # seconds that a host slot is kept at least: locking it costs a tenth of a quick request
LONGEST_WAIT = 60.0  # seconds


class HostSlotsBusy(Exception):  # noqa: N818 - not an error: others are at work
    """Other crawls kept all of a host's host slots for too long."""


class HostSlots:
    """One host's host_slots. Each is a locked file, so that a crawl that dies leaves its own."""

    def __init__(self, folder: Path, host: str) -> None:
        name = quote(host, safe="")
        self._all = [
            FileLock(folder / f"host-{name}-{number}.lock") for number in range(HOST_SLOTS)
        ]
        self._kept: dict[FileLock, float] = {}  # ours and not in use -> kept until
        self._turn = asyncio.Semaphore(HOST_SLOTS)

    async def take(self) -> FileLock:
        """A host slot, as soon as there is one. Raises HostSlotsBusy."""
        await self._turn.acquire()
        back_offs = monotonic() + LONGEST_WAIT
        while not (host_slot := self._free_seat()):
            if monotonic() > back_offs:
                self._turn.release()
                raise HostSlotsBusy
            await asyncio.sleep(POLL)
        return host_slot

    def leave(self, host_slot: FileLock, hold: float) -> None:
        """Gives the host slot to the next request of this crawl, or, after `hold` seconds in which
        there was none, to other crawls."""
        hold = max(hold, KEEP)
        self._kept[host_slot] = monotonic() + hold
        self._turn.release()
        asyncio.get_running_loop().call_later(hold, self._let_go)

    def _free_seat(self) -> FileLock | None:
        if self._kept:
            return self._kept.popitem()[0]
        return next(
            (host_slot for host_slot in self._all if not host_slot.is_locked and _lock(host_slot)),
            None,
        )

    def _let_go(self) -> None:
        now = monotonic() + 0.001  # the timer may be early by the clock's resolution
        over = [host_slot for host_slot, until in self._kept.items() if until <= now]
        for host_slot in over:
            del self._kept[host_slot]
            host_slot.release()


def _lock(host_slot: FileLock) -> bool:
    try:
        host_slot.acquire(timeout=0)
    except Timeout:
        return False
    return True
