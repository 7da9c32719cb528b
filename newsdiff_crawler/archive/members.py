"""WARC records as gzip members, one each, that say how long they are.

A member's header has the field ``sl`` (skip lengths: its length, and that of what is in it, four
bytes each, little-endian), as the draft of the WARC standard has it. By it a file is walked without
being unpacked, and one damaged record hides no other. Every reader of gzip passes over it.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from isal import isal_zlib

LARGEST = 64 * 1024 * 1024  # bytes in a record: several times what a crawl reads
_FEXTRA = 4
_HEAD = struct.Struct("<2sBBIBBH2sHII")  # gzip's header, and the field
_TAIL = struct.Struct("<II")
_BLOCK = struct.Struct(
    "<BHH"
)  # the beginning of what deflate stores as it is, and how long it may be
_STORED = 65535
_LEVEL = 2  # 130 kB in 0.15 ms; zlib's first level takes four times that and packs no better


class BrokenMemberError(Exception):
    """What is there is no whole member; the message says what is wrong."""


@dataclass(frozen=True)
class Member:
    """A place in a file. ``fault``: what is wrong with it, empty: nothing so far."""

    offset: int
    length: int
    fault: str = ""


def pack(data: bytes) -> bytes:
    """A member with these bytes in it."""
    deflate = isal_zlib.compressobj(_LEVEL, isal_zlib.DEFLATED, -15)
    return _member(deflate.compress(data) + deflate.flush(), data)


def _member(packed: bytes, data: bytes) -> bytes:
    head = _head(_HEAD.size + len(packed) + _TAIL.size, len(data))
    return head + packed + _TAIL.pack(zlib.crc32(data), len(data) & 0xFFFFFFFF)


def _head(total: int, size: int) -> bytes:
    return _HEAD.pack(b"\x1f\x8b", 8, _FEXTRA, 0, 0, 255, 12, b"sl", 8, total, size)


def filled(length: int, record: Callable[[int], bytes]) -> bytes:
    """A member that is exactly so long. ``record``: makes what is in it, of so many bytes."""
    room = length - _HEAD.size - _TAIL.size
    blocks = -(-room // (_STORED + _BLOCK.size))
    data = record(room - blocks * _BLOCK.size)
    stored = bytearray()
    for number in range(blocks):
        part = data[number * _STORED : (number + 1) * _STORED]
        stored += _BLOCK.pack(number == blocks - 1, len(part), len(part) ^ 0xFFFF) + part
    return _member(bytes(stored), data)


def length_at(file: BinaryIO, offset: int) -> int:
    """How long the member at a place says it is. Raises BrokenMemberError."""
    file.seek(offset)
    head = file.read(_HEAD.size)
    if len(head) < _HEAD.size:
        raise BrokenMemberError("it is cut off")
    magic, method, flags, *_, extra, name, size, total, _ = _HEAD.unpack(head)
    if (magic, method, extra, name, size) != (b"\x1f\x8b", 8, 12, b"sl", 8) or not flags & _FEXTRA:
        raise BrokenMemberError("it does not begin as a record does")
    if total <= _HEAD.size:
        raise BrokenMemberError("it does not say how long it is")
    return int(total)


def unpack(file: BinaryIO, offset: int) -> bytes:
    """What is in the member at a place. Raises BrokenMemberError."""
    length = length_at(file, offset)
    file.seek(offset)
    packed = file.read(min(length, LARGEST))
    inflate = zlib.decompressobj(31)
    try:
        data = inflate.decompress(packed, LARGEST)
    except zlib.error as error:
        raise BrokenMemberError("it cannot be unpacked") from error
    if not inflate.eof:
        raise BrokenMemberError("it is cut off" if len(packed) < length else "it has no end")
    if inflate.unused_data:
        raise BrokenMemberError("it is shorter than it says")
    if not packed.startswith(_head(length, len(data))):
        raise BrokenMemberError("what stands before it was altered")
    return data


def walk(file: BinaryIO, offset: int = 0) -> Iterator[Member]:
    """The members from a place on, by what they say of themselves. The last one has a fault where
    the file does not end as it should."""
    end = file.seek(0, 2)
    while offset < end:
        try:
            length = length_at(file, offset)
        except BrokenMemberError as error:
            yield Member(offset, end - offset, str(error))
            return
        if offset + length > end:
            yield Member(offset, end - offset, "it is cut off")
            return
        yield Member(offset, length)
        offset += length
