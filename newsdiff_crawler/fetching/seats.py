"""At most two requests at a time to a host, by all crawls on this machine together."""

from __future__ import annotations

import asyncio
from pathlib import Path
from time import monotonic
from urllib.parse import quote

from filelock import FileLock, Timeout

SEATS = 2
POLL = 0.05  # seconds between two looks whether another crawl has left
KEEP = 0.2  # seconds that a seat is kept at least: locking it costs a tenth of a quick request
LONGEST_WAIT = 60.0  # seconds


class Occupied(Exception):  # noqa: N818 - not an error: others are at work
    """Other crawls kept all of a host's seats for too long."""


class Seats:
    """One host's seats. Each is a locked file, so that a crawl that dies leaves its own."""

    def __init__(self, folder: Path, host: str) -> None:
        name = quote(host, safe="")
        self._all = [FileLock(folder / f"host-{name}-{number}.lock") for number in range(SEATS)]
        self._kept: dict[FileLock, float] = {}  # ours and not in use -> kept until
        self._turn = asyncio.Semaphore(SEATS)

    async def take(self) -> FileLock:
        """A seat, as soon as there is one. Raises Occupied."""
        await self._turn.acquire()
        patience = monotonic() + LONGEST_WAIT
        while not (seat := self._free_seat()):
            if monotonic() > patience:
                self._turn.release()
                raise Occupied
            await asyncio.sleep(POLL)
        return seat

    def leave(self, seat: FileLock, hold: float) -> None:
        """Gives the seat to the next request of this crawl, or, after `hold` seconds in which
        there was none, to other crawls."""
        hold = max(hold, KEEP)
        self._kept[seat] = monotonic() + hold
        self._turn.release()
        asyncio.get_running_loop().call_later(hold, self._let_go)

    def _free_seat(self) -> FileLock | None:
        if self._kept:
            return self._kept.popitem()[0]
        return next((seat for seat in self._all if not seat.is_locked and _lock(seat)), None)

    def _let_go(self) -> None:
        now = monotonic() + 0.001  # the timer may be early by the clock's resolution
        over = [seat for seat, until in self._kept.items() if until <= now]
        for seat in over:
            del self._kept[seat]
            seat.release()


def _lock(seat: FileLock) -> bool:
    try:
        seat.acquire(timeout=0)
    except Timeout:
        return False
    return True
