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
    each with what is to be said of it. ``known``: files and folders that are seen to. Raises
    OSError."""
    choices = b"|".join(re.escape(address.encode()) for address in addresses)
    named = re.compile(b"(?:%b)(?![\\w/-])" % choices)
    longest = max((len(address.encode()) for address in addresses), default=0) + 1
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or any(each in known for each in (path, *path.parents)):
            continue
        with open_file(path) as file:
            begins = file.read(8)
            file.seek(0)
            if begins.startswith(_PACKED):
                yield path, "is packed and was not looked into"
            elif any(named.search(piece) for piece in _pieces(file, longest)):
                yield path, "names it too"


def _pieces(file: BinaryIO, longest: int) -> Iterator[bytes]:
    """A file, piece by piece, each with the end of the one before."""
    before = b""
    while piece := file.read(_PIECE):
        yield before + piece
        before = piece[-longest:]
