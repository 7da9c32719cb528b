"""Bundles that are not to be there any more, since what they prove was erased."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from pathlib import Path

from newsdiff_crawler.proof.container import LARGEST
from newsdiff_crawler.regular_files import read_file


def remove_bundles(folder: Path, addresses: Collection[str]) -> Iterator[Path]:
    """Removes those below a folder that are of an article at one of these addresses, whole or
    damaged; which. Raises OSError."""
    # Nothing in a bundle is packed, so that its evidence stands there as it was written.
    named = [f'"url": {json.dumps(each, ensure_ascii=False)}'.encode() for each in addresses]
    for path in sorted(folder.rglob("*")):
        if _is_packed(path) and path.stat().st_size <= LARGEST:
            data = path.read_bytes()
            if any(each in data for each in named):
                path.unlink()
                yield path


def _is_packed(path: Path) -> bool:
    """Whether a file is of the kind that bundles are, however it is called. What cannot be read is
    told of as of what else nothing of ours rewrites."""
    if not path.is_file():
        return False
    try:
        return read_file(path, 2) == b"PK"
    except PermissionError:
        return False
