"""Locks between processes, each held by one at most, and given back when that one dies."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from urllib.parse import quote

from filelock import FileLock, Timeout

from newsdiff_crawler.store.engine.private import make_data_folder, make_folder, mode_in


class Lock(ABC):
    """A lock, for its process and whoever has this object."""

    @property
    @abstractmethod
    def is_held(self) -> bool:
        """Whether this object has it."""

    @abstractmethod
    def acquire(self) -> bool:
        """Takes the lock if nobody has it. Whether it did."""

    @abstractmethod
    def release(self) -> None:
        """Gives the lock back."""

    @abstractmethod
    def check(self) -> None:
        """That it is still this object's, where it may have been taken from who stood still. Raises
        RecordFailedError."""

    @abstractmethod
    def wait(self) -> AbstractContextManager[None]:
        """Waits for the lock, and has it as long as the block takes."""

    @abstractmethod
    def remove(self) -> None:
        """Gives back a lock that nobody will ask for again."""


class LockedFile(Lock):
    """A lock among the processes of one machine."""

    def __init__(self, path: Path) -> None:
        self._file = FileLock(path, mode=mode_in(path.parent))

    @property
    def is_held(self) -> bool:
        return self._file.is_locked

    def acquire(self) -> bool:
        try:
            self._file.acquire(timeout=0)
        except Timeout:
            return False
        return True

    def release(self) -> None:
        self._file.release()

    def check(self) -> None:
        """Nobody takes a file from a process that lives."""

    @contextmanager
    def wait(self) -> Iterator[None]:
        with self._file:
            yield

    def remove(self) -> None:
        self._file.release()
        Path(self._file.lock_file).unlink(missing_ok=True)


class Locks:
    """The locks of everyone who works on a record. ``shared``: the server's, where it is on one;
    else they are files in the data folder, as are always those of what is in that folder only."""

    def __init__(self, folder: Path, shared: Callable[[str], Lock] | None = None) -> None:
        self._folder = folder
        self._shared = shared

    def scheduling(self) -> Lock:
        """Whose holder alone may ask Scrapyd what is at work, and queue the rest."""
        return self._lock("scheduling.lock")

    def listing(self) -> Lock:
        """Whose holder alone may change ``sources.toml``."""
        make_data_folder(self._folder)
        return LockedFile(self._folder / "listing.lock")

    def notifying(self) -> Lock:
        """Whose holder alone may send messages: what it was at when it died is sent again."""
        return self._lock("notifying.lock")

    def stamping(self) -> Lock:
        """Whose holder alone may make roots and have them stamped."""
        return self._lock("stamping.lock")

    def tending(self) -> Lock:
        """Whose holder alone may take away from the archive, or copies it."""
        return self._file("tending.lock")

    def witnessing(self) -> Lock:
        """Whose holder alone may ask the Internet Archive for copies: it keeps the pace."""
        return self._lock("witnessing.lock")

    def run(self, name: str) -> Lock:
        """The life of a run, under a name of its own."""
        return self._lock(name)

    def host_slot(self, host: str, number: int) -> Lock:
        """One of the slots of a host: whose holder may make a request."""
        return self._lock(f"host-{quote(host, safe='')}-{number}.lock")

    def _lock(self, name: str) -> Lock:
        return self._shared(name) if self._shared else self._file(name)

    def _file(self, name: str) -> Lock:
        folder = self._folder / "locks"
        make_folder(folder)
        return LockedFile(folder / name)
