"""From the bytes of a feed or sitemap to its text, piece by piece: what is 50 MB unpacked is never
held as a whole."""

from __future__ import annotations

import codecs
import re
import zlib
from collections.abc import Iterator
from itertools import chain

from w3lib.encoding import http_content_type_encoding, resolve_encoding

from newsdiff_crawler.parsing.charset import is_of_text
from newsdiff_crawler.text import outside_ascii

MAX_SIZE = 52_428_800  # bytes unpacked, the sitemap protocol's own limit; more is not read
_PIECE = 64 * 1024
_MOST_GZIPS = 3  # one in another
_GZIP = b"\x1f\x8b"
_HEAD = 4096  # bytes in which a text shows its encoding
_DECLARED = re.compile(rb"""<\?xml[^>]*?\bencoding\s*=\s*["']([\w.:-]+)""", re.I)
_UNREADABLE = "\ufffd"


class BrokenGzipError(Exception):
    """Nothing could be unpacked; the message says why."""


def pieces_of_text(body: bytes, content_type: str | None = None) -> Iterator[str]:
    """The text, gzipped or not, whatever it says of itself. Raises BrokenGzipError."""
    decoder = codecs.getincrementaldecoder(encoding_of(body, content_type))("replace")
    pieces = (decoder.decode(chunk) for chunk in _unpacked(body))
    yield from filter(None, chain(pieces, [decoder.decode(b"", final=True)]))


def encoding_of(body: bytes, content_type: str | None = None) -> str:
    """Python's name for a feed's encoding: by how its first sign is written, which tells UTF-16 and
    UTF-32 whatever is declared; UTF-8 where the bytes are valid; by the header, and by its own
    declaration, where the bytes are that; else mostly UTF-8, or Windows-1252."""
    head = b"".join(_first_bytes(body))
    wide = _wide_encoding(head)
    if wide:
        return wide
    declared = _DECLARED.search(head)
    header = http_content_type_encoding(content_type)
    names = [header, declared and declared[1].decode()]
    known = map(resolve_encoding, filter(None, names))
    stated = [name for name in known if name and is_of_text(name)]
    stateful = [name for name in stated if name.startswith(("iso2022", "hz"))]
    candidates = [*(stateful if b"\x1b" in head or b"~{" in head else []), "utf-8-sig", *stated]
    for name in candidates:
        if not name.startswith(("utf-16", "utf-32", "utf-7")) and _is(body, name):
            return name
    return "utf-8-sig" if _is_mostly_utf8(body) else "cp1252"


def _wide_encoding(head: bytes) -> str | None:
    """UTF-16 or UTF-32, by the zeros around the first ``<`` or ``{``."""
    signs = [at for at in (head.find(b"<"), head.find(b"{")) if at >= 0]
    at = min(signs, default=-1)
    if at < 0:
        return None
    if head[at + 1 : at + 4] == b"\0\0\0" and at % 4 == 0:
        return "utf-32-le"
    if head[max(at - 3, 0) : at] == b"\0\0\0":
        return "utf-32-be"
    if head[at + 1 : at + 2] == b"\0" and at % 2 == 0:
        return "utf-16-le"
    if at and head[at - 1 : at] == b"\0":
        return "utf-16-be"
    return None


def _is(body: bytes, encoding: str) -> bool:
    """Whether all bytes are text in an encoding; the end may be cut off."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        for chunk in _unpacked(body):
            decoder.decode(chunk)
    except UnicodeError:
        return False
    return True


def _is_mostly_utf8(body: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    good = bad = 0
    for chunk in _unpacked(body):
        text = decoder.decode(chunk)
        unreadable = text.count(_UNREADABLE)
        bad += unreadable
        good += outside_ascii(text) - unreadable
    return good > bad


def _first_bytes(body: bytes) -> Iterator[bytes]:
    size = 0
    for chunk in _unpacked(body):
        yield chunk[: _HEAD - size]
        size += len(chunk)
        if size >= _HEAD:
            return


def _unpacked(body: bytes) -> Iterator[bytes]:
    """The bytes in chunks, out of as many gzips as they are in."""
    chunks: Iterator[bytes] = (
        body[start : start + _PIECE] for start in range(0, len(body), _PIECE)
    )
    for _ in range(_MOST_GZIPS):
        first = next(chunks, b"")
        chunks = chain([first], chunks)
        if not first.startswith(_GZIP):
            break
        chunks = _gunzipped(chunks)
    size = 0
    for chunk in chunks:
        yield chunk[: MAX_SIZE - size]
        size += len(chunk)
        if size >= MAX_SIZE:
            return


def _gunzipped(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """What is broken further on gives what comes before. One gzip may follow another."""
    unpacker, is_empty = zlib.decompressobj(wbits=31), True
    for chunk in chunks:
        data = chunk
        while data:
            try:
                unpacked = unpacker.decompress(data, _PIECE)
            except zlib.error as error:
                if is_empty:
                    raise BrokenGzipError(str(error)) from error
                return
            data = unpacker.unconsumed_tail or unpacker.unused_data
            if unpacker.eof:
                unpacker = zlib.decompressobj(wbits=31)
            if unpacked:
                is_empty = False
                yield unpacked
