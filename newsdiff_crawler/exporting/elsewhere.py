"""Files of the data folder that nothing of ours rewrites: an export under another name, a log."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import BinaryIO

from newsdiff_crawler.regular_files import open_file

# Parquet, gzip, ZIP, Zstandard, bzip2, xz: how they begin.
_PACKED = (b"PAR1", b"\x1f\x8b", b"PK\3\4", b"\x28\xb5\x2f\xfd", b"BZh", b"\xfd7zXZ")
_PIECE = 1 << 20  # bytes


def elsewhere(
    folder: Path, addresses: Collection[str], known: Collection[Path]
) -> Iterator[tuple[Path, str]]:
    """Which files below a folder name one of the addresses, and which are packed, so that they may;
    each with what is to be said of it. ``known``: files and folders that are seen to."""
    choices = b"|".join(map(_pattern, addresses))
    named = re.compile(rb"(?:%b)(?![\w/-]|\.\w)" % choices)
    longest = max((2 * len(address.encode()) for address in addresses), default=0)
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or any(each in known for each in (path, *path.parents)):
            continue
        try:
            said = _said_of(path, named, longest)
        except OSError as error:
            said = f"cannot be looked into: {error.strerror}"
        if said:
            yield path, said


def _said_of(path: Path, named: re.Pattern[bytes], longest: int) -> str:
    with open_file(path) as file:
        begins = file.read(8)
        file.seek(0)
        if begins.startswith(_PACKED):
            return "is packed and was not looked into"
        matches = (
            match.end() <= end
            for piece, end in _pieces(file, longest)
            for match in named.finditer(piece)
        )
        return "names it too" if any(matches) else ""


def _pattern(address: str) -> bytes:
    """JSON may have a backslash before a slash."""
    return re.escape(address.encode()).replace(b"/", rb"\\?/")


def _pieces(file: BinaryIO, longest: int) -> Iterator[tuple[bytes, int]]:
    """A file, piece by piece, each with the end of the one before it, and with the beginning of the
    next, which says whether an address ends; and where that begins."""
    before, piece = b"", file.read(_PIECE)
    while piece:
        after = file.read(_PIECE)
        yield before + piece + after[:2], len(before) + len(piece)
        before, piece = piece[-longest:], after
