"""Pages that go from the archive for good: what is in their place has their length and no word.

Nothing else in the file moves, so that whoever writes to it, and whatever leads into it, need not
know. A record is overwritten from its end, and its beginning last: one that was left half-done is
still known for what it was.
"""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from newsdiff_crawler.archive.files import Files, machine_of
from newsdiff_crawler.archive.members import Member, filled, walk
from newsdiff_crawler.archive.warc import named_at, request_of
from newsdiff_crawler.regular_files import open_file
from newsdiff_crawler.store import Store
from newsdiff_crawler.store.writing.erasing import Erasure, PagesToErase

_BEGINNING = 4096  # bytes that are overwritten last, at once
_FILLING = (
    "WARC/1.1\r\nWARC-Type: warcinfo\r\nWARC-Record-ID: <urn:uuid:{id}>\r\n"
    "WARC-Date: {at}\r\nContent-Type: application/warc-fields\r\n"
    "Content-Length: {length:08}\r\n\r\n"
)
_SAID, _END = b"description: erased\r\n", b"\r\n\r\n"


def go_on(
    store: Store, files: Files, at: str, asked: Erasure, clear_others: Callable[[], object]
) -> list[str]:
    """Finishes all that is to be erased and still is in a file; returns the other machines whose
    archives have something of it: there it is gone on with. Killed at any moment, it goes on when
    it is called again. ``asked``: is looked for even if it was finished, as an archive may have
    been brought here since. ``clear_others``: takes it from files that were made of record and
    archive. Raises OSError and DatabaseError."""
    waiting = [each for each in store.erasures.all() if each.finished_at is None]
    left: dict[int, set[str]] = {}
    with store.locks.tending().wait():
        for erasure in {*waiting, asked}:
            pages = store.erasures.pages(erasure.article_id)
            erase_pages(files, pages, at)
            of_others = {file for file, _ in pages.records.values() if not files.is_ours(file)}
            store.erasures.forget_pages(erasure.article_id, of_others)
            left[erasure.article_id] = {machine_of(file) for file in of_others}
    clear_others()
    if waiting:
        store.db.scrub()
    for erasure in waiting:
        if not left[erasure.article_id]:
            store.erasures.finish(erasure.article_id, at)
    return sorted(set().union(*left.values()))


def erase_pages(files: Files, pages: PagesToErase, at: str) -> int:
    """How many records were overwritten. Those that a killed crawl left are among them: a record is
    known by the address in it, too. A second time there are none. Raises OSError."""
    ids = {each for id_ in pages.records for each in (id_, request_of(id_))}
    kept = {each for id_ in pages.kept for each in (id_, request_of(id_))}

    folders = {name for source in pages.sources for name in files.names(source)}
    erased = 0
    for name in sorted(folders | {file for file, _ in pages.records.values()}):
        path = files.path(name)
        if path.exists():
            places = sorted(place for file, place in pages.records.values() if file == name)
            going = _Going(
                frozenset(ids), frozenset(kept), pages.addresses, pages.last.get(name, -1)
            )
            erased += _erase_in(path, places, going, at)
    return erased


@dataclass(frozen=True)
class _Going:
    """What goes from a file: records by id, or by the address in them."""

    ids: frozenset[str]
    kept: frozenset[str]
    addresses: frozenset[str]
    last: int  # where the last record of another begins

    def has(self, id_: str, url: str) -> bool:
        return id_ in self.ids or (url in self.addresses and id_ not in self.kept)

    def has_torn(self, member: Member, id_: str, url: str) -> bool:
        """Of a record that was cut off; one that nobody can read is of use to nobody. Not where
        more follows: then the file is damaged in its midst."""
        return member.offset > self.last and (not id_ or self.has(id_, url))


def _erase_in(path: Path, places: list[int], going: _Going, at: str) -> int:
    erased = 0
    with open_file(path, "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        for member in _members(file, places):
            named = named_at(file, member)
            if member.fault and going.has_torn(member, *named):
                file.truncate(member.offset)
            elif not member.fault and going.has(*named):
                _overwrite(file, member, at)
                erased += 1
        file.flush()
        os.fdatasync(file.fileno())
    return erased


def _members(file: BinaryIO, places: list[int]) -> Iterator[Member]:
    """All of a file, as far as it hangs together; beyond that, those at known places."""
    end = 0
    for member in walk(file):
        end = member.offset if member.fault else member.offset + member.length
        yield member
    for place in places:
        if place > end:
            beyond = walk(file, place)
            yield from (each for _, each in zip(range(2), beyond, strict=False) if not each.fault)


def _overwrite(file: BinaryIO, member: Member, at: str) -> None:
    new = filled(member.length, lambda size: _filling(size, at))
    file.seek(member.offset + _BEGINNING)
    file.write(new[_BEGINNING:])
    file.flush()
    _overwrite_beginning(file, member, new[:_BEGINNING])


def _overwrite_beginning(file: BinaryIO, member: Member, new: bytes) -> None:
    file.seek(member.offset)
    file.write(new)
    file.flush()


def _filling(size: int, at: str) -> bytes:
    """A record of so many bytes that says nothing."""
    room = size - len(_FILLING.format(id=uuid4(), at=at, length=0)) - len(_END)
    if room < 0:
        raise OSError(errno.EINVAL, "a record is too short to be overwritten")
    said = _SAID if room >= len(_SAID) else b""
    return _FILLING.format(id=uuid4(), at=at, length=room).encode() + said.ljust(room) + _END
