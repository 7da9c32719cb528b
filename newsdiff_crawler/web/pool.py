"""Open databases, each lent to one request at a time: opening one takes as long as many answers."""

from __future__ import annotations

import asyncio
import weakref
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from anyio import to_thread

from newsdiff_crawler.store import DatabaseError
from newsdiff_crawler.store.engine.readonly import may_be_written
from newsdiff_crawler.store.reading.records import Records

# At once, in a process; later requests wait. Python runs one thread at a time, and forty, as many
# as there would be, get in each other's way: 168 requests a second, where four answered 211.
MOST_LENT = 4

_Identity = tuple[int, int, bool]
_Idle = list[tuple[_Identity, Records]]


class Pool:
    """Records of one database file. They are opened again if another file takes its place, and
    when crawls begin to write or no longer do: a user who may only read opens it otherwise then."""

    def __init__(self, database: Path) -> None:
        self.database = database
        self._free = asyncio.Semaphore(MOST_LENT)
        self._idle: _Idle = []
        weakref.finalize(self, _close, self._idle)

    @asynccontextmanager
    async def lend(self) -> AsyncIterator[Records]:
        """The record, for the length of the block. Raises StoreError if it cannot be read. What
        failed is not lent again."""
        async with self._free:
            identity = self._identity()
            records = self._take(identity)
            if records is None:
                records = await to_thread.run_sync(Records.open, self.database.parent)
            try:
                yield records
            except DatabaseError:
                records.close()
                _close(self._idle)  # a server that began anew has ended all of them
                raise
            except BaseException:
                self._idle.append((identity, records))
                raise
            self._idle.append((identity, records))

    def _identity(self) -> _Identity:
        try:
            file = self.database.stat()
        except OSError:
            return (0, 0, False)
        return (file.st_dev, file.st_ino, may_be_written(self.database))

    def _take(self, identity: _Identity) -> Records | None:
        while self._idle:
            known, records = self._idle.pop()
            if known == identity:
                return records
            records.close()
        return None


def _close(idle: _Idle) -> None:
    while idle:
        idle.pop()[1].close()
