"""A copy of the data folder that is of one moment, made while crawls write.

First the record, then all else. Pages are written before the version that points to them, and
files of the archive only ever grow: what the copied record leads to is in them. `erase` and what
lets pages go wait meanwhile (`Locks.tending`).
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from newsdiff_crawler.archive.files import FOLDER
from newsdiff_crawler.store.engine.connection import DATABASE_NAME
from newsdiff_crawler.store.engine.copying import copy_record
from newsdiff_crawler.store.engine.locks import Locks

_PIECE = 1 << 20  # bytes
_NOT_COPIED = ("locks",)
_ENDINGS = (".lock", ".part")
_BESIDE_THE_RECORD = (DATABASE_NAME, f"{DATABASE_NAME}-wal", f"{DATABASE_NAME}-shm")

Told = Callable[[int], None]


class NoPlaceError(Exception):
    """There can be no backup at this place; one line for people."""


def make_backup(data: Path, place: Path, earlier: Path | None, told: Told) -> None:
    """Makes a backup that takes its name when it is whole. ``earlier``: a backup whose files are
    used again where they have not changed since, so that they take no room twice. ``told``: called
    with how many bytes more were copied. Raises NoPlaceError, OSError and DatabaseError; nothing is
    left then."""
    _check(data, place, earlier)
    part = place.with_name(f".{place.name}.part")
    try:
        if part.exists():
            shutil.rmtree(part)  # of one that was killed
        part.mkdir(parents=True, mode=0o700)
        with Locks(data).tending().wait():
            copy_record(data / DATABASE_NAME, part / DATABASE_NAME)
            for path in files_of(data):
                _copy(
                    path,
                    part / path.relative_to(data),
                    earlier and earlier / path.relative_to(data),
                    told,
                )
        shutil.copymode(data, part)
        _onto_the_disk(part)
        part.rename(place)
        _onto_the_disk(place.parent)
    except BaseException:
        with suppress(OSError):
            shutil.rmtree(part)
        raise


def files_of(data: Path) -> Iterator[Path]:
    """All that is kept in a data folder, but for the record itself and locks."""
    for path in sorted(data.rglob("*")):
        parts = path.relative_to(data).parts
        if (
            path.is_file()
            and parts[0] not in (*_NOT_COPIED, *_BESIDE_THE_RECORD)
            and not path.name.endswith(_ENDINGS)
        ):
            yield path


def _check(data: Path, place: Path, earlier: Path | None) -> None:
    if place.exists():
        raise NoPlaceError(f"{place} exists already: a backup is a folder of its own")
    if data.resolve() in (place.resolve(), *place.resolve().parents):
        raise NoPlaceError(f"{place} is in the data folder itself")
    if earlier and not (earlier / DATABASE_NAME).is_file():
        raise NoPlaceError(f"{earlier} is no backup")


def _copy(path: Path, copy: Path, earlier: Path | None, told: Told) -> None:
    """One file; of the archive, as far as it is whole now."""
    with path.open("rb") as file:
        if path.parent.parent.name == FOLDER:
            fcntl.flock(file, fcntl.LOCK_SH)
        status = os.fstat(file.fileno())
        fcntl.flock(file, fcntl.LOCK_UN)
        copy.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if earlier and _is_same(earlier, status):
            os.link(earlier, copy)
            told(status.st_size)
            return
        with copy.open("xb") as written:
            left = status.st_size
            while left and (piece := file.read(min(left, _PIECE))):
                written.write(piece)
                left -= len(piece)
                told(len(piece))
            written.flush()
            os.fsync(written.fileno())
    copy.chmod(status.st_mode & 0o777)
    os.utime(copy, ns=(status.st_atime_ns, status.st_mtime_ns))


def _is_same(earlier: Path, status: os.stat_result) -> bool:
    try:
        known = earlier.stat()
    except OSError:
        return False
    return (known.st_size, known.st_mtime_ns) == (status.st_size, status.st_mtime_ns)


def _onto_the_disk(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
