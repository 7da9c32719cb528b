"""Keeping what servers answered, and reading it back."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from newsdiff_crawler.archive.files import FULL, Files
from newsdiff_crawler.archive.members import BrokenMemberError, length_at, unpack
from newsdiff_crawler.archive.warc import (
    BrokenRecordError,
    Record,
    exchange_records,
    new_id,
    read_record,
)
from newsdiff_crawler.items import Exchange, Snapshot
from newsdiff_crawler.regular_files import open_file

Earlier = Callable[[str], Snapshot | None]
MayBeKept = Callable[[], bool]


def _always() -> bool:
    return True


ALWAYS: MayBeKept = _always


class ArchiveError(Exception):
    """The archive cannot be written to, or has no such record; one line for people."""


class ElsewhereError(ArchiveError):
    """Another machine's archive has it, which is not here."""


class Archive:
    """The page archive of a data folder. ``machine``: as `Files` has it."""

    def __init__(self, data: Path, full: int = FULL, machine: str = "") -> None:
        self.files = Files(data, full, machine)

    def keep(
        self, exchange: Exchange, source: str, earlier: Earlier, may_be_kept: MayBeKept = ALWAYS
    ) -> Snapshot | None:
        """Appends an exchange to the source's file of its day. ``earlier`` tells, by the SHA-256 of
        a body, the snapshot of the same article that has it: then it is not kept twice.
        ``may_be_kept``: asked while nobody else can write to the file; where not, nothing is kept.
        Raises ArchiveError, and then nothing of it is there."""
        same = earlier(exchange.body_sha256) if exchange.body else None
        record_id = new_id()
        members = exchange_records(exchange, record_id, same)
        try:
            place = self.files.append(source, exchange.at[:10], members, may_be_kept)
        except OSError as error:
            raise ArchiveError(_why(error)) from error
        if place is None:
            return None
        file, offset = place
        return Snapshot(
            url=exchange.url,
            at=exchange.at,
            status=exchange.status,
            body_sha256=exchange.body_sha256,
            file=file,
            offset=offset,
            length=len(members),
            record_id=record_id,
            same_as=(same.same_as or same.record_id) if same else None,
        )

    def read(self, snapshot: Snapshot) -> Record:
        """The record of the answer. Raises ArchiveError where it is not there as it was written,
        or that of the request is not."""
        with self._opened(snapshot.file) as file:
            record = read_record(unpack(file, snapshot.offset))
            after = snapshot.offset + length_at(file, snapshot.offset)
            request = read_record(unpack(file, after))
            end = after + length_at(file, after)
        if record.id != snapshot.record_id:
            raise ArchiveError("another record is in its place")
        if record.body_sha256 != snapshot.body_sha256:
            raise ArchiveError("it holds another page")
        if (record.type == "revisit") != bool(snapshot.same_as):
            raise ArchiveError("it is no record of its kind any more")
        if (record.url, record.at, record.status) != (snapshot.url, snapshot.at, snapshot.status):
            raise ArchiveError("its address, time or status are others")
        if not request.asked_for(record) or end != snapshot.offset + snapshot.length:
            raise ArchiveError("what was asked for is not what follows it")
        return record

    def copy(self, snapshot: Snapshot) -> bytes:
        """Both records as they stand in their file. Raises ArchiveError."""
        with self._opened(snapshot.file) as file:
            file.seek(snapshot.offset)
            return file.read(snapshot.length)

    def read_at(self, name: str, offset: int) -> Record:
        """The record at a place of a file. Raises ArchiveError."""
        with self._opened(name) as file:
            return read_record(unpack(file, offset))

    @contextmanager
    def _opened(self, name: str) -> Iterator[BinaryIO]:
        try:
            with open_file(self.files.path(name)) as file:
                yield file
        except FileNotFoundError:
            if machine := self.files.elsewhere(name):
                what = f"it is in the archive of {machine}, which is not here"
                raise ElsewhereError(what) from None
            raise ArchiveError("its file is missing") from None
        except OSError as error:
            raise ArchiveError(f"its file cannot be read: {error.strerror}") from error
        except (BrokenMemberError, BrokenRecordError, ValueError) as error:
            raise ArchiveError(str(error)) from error

    def close(self) -> None:
        """Lets go of its files."""
        self.files.close()


def _why(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "the disk is full"
    return f"the archive cannot be written to: {error.strerror or error}"
