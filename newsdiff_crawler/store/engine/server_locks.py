"""Locks among all who work on one record on a PostgreSQL server, wherever they run.

They are the server's advisory locks, which belong to a connection. It is a lease: each connection
gives a sign of life, and one that gives none for `LEASE` seconds, by the server's clock, is closed
by the server and its locks are free: its process died, its machine is cut off, or stands still.
When that goes on, it finds its connection closed, and its crawl ends.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg

from newsdiff_crawler.store.engine.errors import RecordFailedError
from newsdiff_crawler.store.engine.locks import Lock

LEASE = 60  # seconds
SIGN_OF_LIFE = 15  # seconds between two
# Seconds since the last one in which the locks are its own for certain: a request to a host that
# begins then is over (`DOWNLOAD_TIMEOUT`) before the server can give its slot to others.
CERTAIN = 25
POLL = 0.05  # seconds
_Connection = psycopg.Connection[Any]


class ServerLocks:
    """The locks of one process. ``connect``: makes a connection for them alone, when the first is
    asked for. ``on_failure``: is told that they are lost."""

    def __init__(
        self,
        connect: Callable[[], _Connection],
        on_failure: Callable[[str], RecordFailedError],
    ) -> None:
        self._connect = connect
        self._on_failure = on_failure
        self._connection: _Connection | None = None
        self._alive_at = 0.0  # when it last gave a sign, in monotonic seconds
        self._held: set[int] = set()  # the server would give a connection the same lock again
        self._end = threading.Event()

    def named(self, name: str) -> Lock:
        """The lock of this name, held by one at most."""
        return _NamedLock(self, name)

    def close(self) -> None:
        """Gives all locks back."""
        self._end.set()
        if self._connection is not None:
            self._connection.close()

    def check(self) -> None:
        """That the locks are this process's still, where it may have stood still or is known to
        have lost them: else what it had claimed is another one's. Raises RecordFailedError."""
        if self._connection is None:
            return
        is_late = time.monotonic() - self._alive_at > CERTAIN
        if is_late or self._connection.closed:
            self._ask("select true")

    def take(self, key: int, waits: bool) -> bool:
        """Whether the lock is this process's now, and was not before."""
        if key in self._held:
            return False
        how = "pg_advisory_lock" if waits else "pg_try_advisory_lock"
        if self._ask(f"select {how}({key})") is False:
            return False
        self._held.add(key)
        return True

    def give_back(self, key: int) -> None:
        """Lets the next one have a lock. Those of a closed record are back already."""
        self._held.discard(key)
        if not self._end.is_set():
            self._ask(f"select pg_advisory_unlock({key})")

    def _ask(self, sql: str) -> Any:
        asked_at = time.monotonic()  # it may stand still before it hears the answer
        try:
            ((said,),) = self._connected().execute(sql).fetchall()
        except psycopg.Error as error:
            lost = "the server took back its locks" if self._connection else "it gives no locks"
            raise self._on_failure(lost) from error
        self._alive_at = asked_at
        return said

    def _connected(self) -> _Connection:
        if self._connection is None:
            connection = self._connect()
            connection.execute(f"set idle_session_timeout = '{LEASE}s'")
            # No sooner, where it notices that nobody is at the other end.
            connection.execute(f"set tcp_keepalives_idle = {LEASE}")
            self._connection = connection
            signs = threading.Thread(target=self._give_signs, name="locks", daemon=True)
            signs.start()
        return self._connection

    def _give_signs(self) -> None:
        connection = self._connection
        with suppress(psycopg.Error):  # who asks for a lock next is told
            while connection and not self._end.wait(SIGN_OF_LIFE):
                asked_at = time.monotonic()
                connection.execute("select 1")
                self._alive_at = asked_at


class _NamedLock(Lock):
    def __init__(self, locks: ServerLocks, name: str) -> None:
        self._locks = locks
        digest = hashlib.sha256(name.encode()).digest()
        self._key = int.from_bytes(digest[:8], "big", signed=True)
        self._is_held = False

    @property
    def is_held(self) -> bool:
        return self._is_held

    def acquire(self) -> bool:
        self._is_held = self._is_held or self._locks.take(self._key, waits=False)
        return self._is_held

    def release(self) -> None:
        if self._is_held:
            self._is_held = False
            self._locks.give_back(self._key)

    def check(self) -> None:
        self._locks.check()

    @contextmanager
    def wait(self) -> Iterator[None]:
        while not self._locks.take(self._key, waits=True):
            time.sleep(POLL)  # another part of this process has it
        self._is_held = True
        try:
            yield
        finally:
            self.release()

    def remove(self) -> None:
        self.release()
