"""Open databases, lent to one request at a time: opening one costs as much as many answers."""

from __future__ import annotations

import sqlite3
import weakref
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from newsdiff_crawler.store.queries import Records

MOST_IDLE = 8

_Identity = tuple[int, int]
_Idle = deque[tuple[_Identity, Records]]


class Pool:
    """Records of one database file, opened anew where another file took its place."""

    def __init__(self, database: Path) -> None:
        self.database = database
        self._idle: _Idle = deque()
        weakref.finalize(self, _close, self._idle)

    @contextmanager
    def lend(self) -> Iterator[Records]:
        """The database, for as long as the block takes. Raises StoreError where it cannot be
        read; what failed in SQLite is not lent again."""
        identity = self._identity()
        records = self._take(identity) or Records.open(self.database)
        try:
            yield records
        except sqlite3.Error:
            records.close()
            raise
        except BaseException:
            self._put_back(identity, records)
            raise
        self._put_back(identity, records)

    def _identity(self) -> _Identity:
        try:
            found = self.database.stat()
        except OSError:
            return (0, 0)
        return (found.st_dev, found.st_ino)

    def _take(self, identity: _Identity) -> Records | None:
        while self._idle:
            try:
                known, records = self._idle.pop()
            except IndexError:  # another thread took the last one
                break
            if known == identity:
                return records
            records.close()
        return None

    def _put_back(self, identity: _Identity, records: Records) -> None:
        if len(self._idle) < MOST_IDLE:
            self._idle.append((identity, records))
        else:
            records.close()


def _close(idle: _Idle) -> None:
    while idle:
        idle.pop()[1].close()
