"""Pages of stories that never changed, let go after a time where the operator says so.

A file of the archive that has some is written anew without them, under the next free name; one
transaction makes the record lead there; then the old one goes. Killed between two of these, the
next run finds a file to which nothing leads, and removes it. Each machine does so with its own
files: what another one has, or a copy of it, is left alone.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from newsdiff_crawler.archive.files import Files
from newsdiff_crawler.archive.members import Member, walk
from newsdiff_crawler.archive.warc import named_at, request_of
from newsdiff_crawler.regular_files import open_file
from newsdiff_crawler.store import Store
from newsdiff_crawler.store.writing.snapshots import InFile


def let_go(files: Files, store: Store, source: str, before: str, at: str) -> int:
    """Of a source, pages that came before a time, and whose article no page came of since: those in
    one file, the oldest. How many. Not where somebody else changes the archive or copies it. Raises
    OSError and DatabaseError."""
    lock = store.locks.tending()
    if not lock.acquire():
        return 0
    try:
        to_let_go = store.snapshots.files_to_let_go(source, before)
        name = next((each for each in to_let_go if _is_here(files, store, each)), None)
        if name is None:
            return 0
        _remove_what_nothing_leads_to(files, store, source, name)
        return _without(files, store, name, before, at)
    finally:
        lock.release()


def _is_here(files: Files, store: Store, name: str) -> bool:
    """Whether all that is in a file is here, and ours. Where names have no machine, another one may
    have a file of the same name."""
    path = files.path(name)
    if not files.is_ours(name) or not path.exists():
        return False
    with open_file(path) as file:
        return all(
            named_at(file, Member(each.offset, each.length))[0] == each.record_id
            for each in store.snapshots.in_file(name, "")
        )


def _remove_what_nothing_leads_to(files: Files, store: Store, source: str, name: str) -> None:
    """Left by one that was killed: before the file that is next: no crawl writes to these."""
    for each in files.names(source):
        if (
            each < name
            and files.is_ours(each)
            and not store.snapshots.in_file(each, "")
            and _is_elsewhere(files, store, each)
        ):
            files.path(each).unlink()


def _is_elsewhere(files: Files, store: Store, name: str) -> bool:
    """Whether the record has all that is in a file in another one, or let it go."""
    with open_file(files.path(name)) as file:
        ids = [named_at(file, member)[0] for member in walk(file)]
    requests = {request_of(id_) for id_ in ids if id_}
    return store.snapshots.knows_all([id_ for id_ in ids if id_ not in requests])


def _without(files: Files, store: Store, name: str, before: str, at: str) -> int:
    there = store.snapshots.in_file(name, before)
    new = files.next_free(name)
    moved = dict(_written_anew(files.path(name), files.path(new), there))
    store.snapshots.moved(name, new if moved else "", moved, at)
    files.path(name).unlink()
    return len(there) - len(moved)


def _written_anew(path: Path, new: Path, there: list[InFile]) -> Iterator[tuple[int, int]]:
    """Copies what stays: the ids of snapshots, and where each is then."""
    kept = [each for each in there if not each.may_go]
    if not kept:
        return
    part = new.with_name(f"{new.name}.part")
    try:
        with open_file(path) as old, part.open("wb") as file:
            part.chmod(path.stat().st_mode & 0o777)
            for each in kept:
                yield each.id, _copied(old, file, each)
            file.flush()
            os.fsync(file.fileno())
        part.rename(new)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise


def _copied(old: BinaryIO, file: BinaryIO, each: InFile) -> int:
    offset = file.tell()
    old.seek(each.offset)
    members = old.read(each.length)
    if len(members) < each.length:
        raise OSError(errno.EIO, "it is cut off", old.name)
    file.write(members)
    return offset
