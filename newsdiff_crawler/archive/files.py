"""The archive's files: one for each source and day, and a next one where that is full or ends in a
record that a killed crawl left half-written. Several processes may write to one at once.

Where the record is on a server, each machine has an archive of its own, and the names of its files
say which one: ``bbc/bbc-20261127-node1-0001.warc.gz``. So they can be brought together in one."""

from __future__ import annotations

import fcntl
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote, unquote

from newsdiff_crawler.archive.members import walk
from newsdiff_crawler.regular_files import open_file
from newsdiff_crawler.store.engine.opening import server
from newsdiff_crawler.store.engine.private import make_file, make_folder

FOLDER = "archive"
FULL = 1_000_000_000  # bytes, from which on a file is not added to
_SUFFIX = ".warc.gz"
_AFTER_SOURCE = re.compile(r"-\d{8}-(?:(?P<machine>.+)-)?\d{4,}\.warc\.gz")


def machine_of(name: str) -> str:
    """Which machine made a file; empty: its name has none."""
    folder, _, file = name.partition("/")
    found = _AFTER_SOURCE.fullmatch(file.removeprefix(folder))
    return unquote(found["machine"] or "") if found else ""


@dataclass
class _Open:
    """A file that is written to. ``end``: where its whole records ended when last looked at."""

    path: Path
    file: BinaryIO
    end: int = 0


class Files:
    """The files below ``archive/`` in a data folder. ``machine``: what this one is called, where it
    has such files of its own. Methods raise OSError."""

    def __init__(self, data: Path, full: int = FULL, machine: str = "") -> None:
        self._folder = data / FOLDER
        self._full = full
        self._is_of_many = bool(server())
        self._machine = machine if self._is_of_many else ""
        self._open: dict[str, _Open] = {}
        self._last: dict[str, tuple[str, int]] = {}  # day and number: those before are full or torn

    def append(
        self, source: str, day: str, members: bytes, may_be_kept: Callable[[], bool]
    ) -> tuple[str, int] | None:
        """Adds whole members to a source's file of a day (``2026-11-27``). Which file, and where;
        None where, asked while nobody else can write to the file, they may not be kept.
        They are written then, or none of them is. It outlives the process; a power cut takes the
        last moments, as of the record itself."""
        began, number = self._last.get(source, (day, 1))
        number = number if began == day else 1
        while True:
            name = self._name(source, day, number)
            with self._locked(source, name) as opened:
                if not may_be_kept():
                    return None
                size = os.fstat(opened.file.fileno()).st_size
                if size < self._full and self._ends_well(opened, size):
                    self._write(opened, size, members)
                    self._last[source] = day, number
                    return name, size
            number += 1

    def path(self, name: str) -> Path:
        """Of a file, by the name that `append` gave. Raises ValueError for no name of ours."""
        folder, _, file = name.partition("/")
        if "/" in file or not file.endswith(_SUFFIX) or folder in ("", ".", ".."):
            raise ValueError(f"no file of the archive: {name!r}")
        return self._folder / folder / file

    def names(self, source: str = "") -> list[str]:
        """All files, or those of a source, in order."""
        folders = quote(source, safe="") if source else "*"
        found = self._folder.glob(f"{folders}/*{_SUFFIX}")
        return sorted(f"{path.parent.name}/{path.name}" for path in found)

    def next_free(self, name: str) -> str:
        """A name for another file of the same source, day and machine."""
        source, _, file = name.partition("/")
        day = file.removesuffix(_SUFFIX).rpartition("-")[0]
        numbers = [path.name for path in (self._folder / source).glob(f"{day}-*{_SUFFIX}")]
        last = max(int(each.removesuffix(_SUFFIX).rpartition("-")[2]) for each in numbers)
        return f"{source}/{day}-{last + 1:04}{_SUFFIX}"

    def is_ours(self, name: str) -> bool:
        """Whether no other machine tends a file."""
        return not self._is_of_many or machine_of(name) in ("", self._machine)

    def elsewhere(self, name: str) -> str:
        """The machine in whose archive a file is that is not in this one: no file of that machine
        is. Empty: it ought to be here."""
        machine = "" if self.is_ours(name) else machine_of(name)
        return "" if machine in self._machines else machine

    @cached_property
    def _machines(self) -> set[str]:
        """Those that have files here."""
        return {machine_of(name) for name in self.names()}

    def close(self) -> None:
        """Lets go of them, and waits until they are on the disk."""
        for opened in self._open.values():
            os.fdatasync(opened.file.fileno())
            opened.file.close()
        self._open.clear()

    def _name(self, source: str, day: str, number: int) -> str:
        source = quote(source, safe="")
        parts = source, day.replace("-", ""), quote(self._machine, safe=""), f"{number:04}"
        return f"{source}/{'-'.join(filter(None, parts))}{_SUFFIX}"

    @contextmanager
    def _locked(self, source: str, name: str) -> Iterator[_Open]:
        opened = self._open.get(source)
        if opened is None or opened.path != self.path(name):
            if opened:
                os.fdatasync(opened.file.fileno())
                opened.file.close()
            opened = self._open[source] = self._opened(self.path(name))
        fcntl.flock(opened.file, fcntl.LOCK_EX)
        try:
            yield opened
        finally:
            fcntl.flock(opened.file, fcntl.LOCK_UN)

    def _opened(self, path: Path) -> _Open:
        make_folder(self._folder)
        make_folder(path.parent)
        make_file(path)
        return _Open(path, open_file(path, "r+b", 0))

    def _ends_well(self, opened: _Open, size: int) -> bool:
        """Looks only at what others added since."""
        if size < opened.end:
            opened.end = 0
        for member in walk(opened.file, opened.end):
            if member.fault:
                return False
            opened.end = member.offset + member.length
        return True

    def _write(self, opened: _Open, size: int, members: bytes) -> None:
        try:
            opened.file.seek(size)
            left = memoryview(members)
            while left:
                left = left[opened.file.write(left) :]
        except OSError:
            with suppress(OSError):
                opened.file.truncate(size)
            raise
        opened.end = size + len(members)
