"""Merkle trees as RFC 6962 has them (section 2.1), over version hashes. Pure.

A leaf is SHA-256 of a zero byte and the 32 bytes of the version hash; a node is SHA-256 of a byte
of value one, its left and its right child. Where a row of the tree is odd, its last node goes up
as it is. By the nodes beside its way up, one leaf shows that it is under a root.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256


def root_of(hashes: Sequence[bytes]) -> bytes:
    """The root over version hashes; at least one."""
    return _rows(hashes)[-1][0]


def path_of(hashes: Sequence[bytes], index: int) -> list[bytes]:
    """The nodes beside the way from one leaf to the root, from below."""
    path = []
    for row in _rows(hashes)[:-1]:
        if index ^ 1 < len(row):
            path.append(row[index ^ 1])
        index //= 2
    return path


def root_by_path(version_hash: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root that a path leads to from the leaf at a place among ``size``; None: it leads
    nowhere, for it is too long or too short."""
    if not 0 <= index < size:
        return None
    node, last, left = _leaf(version_hash), size - 1, list(path)
    while last:
        if index ^ 1 <= last:
            if not left:
                return None
            beside = left.pop(0)
            node = _node(beside, node) if index % 2 else _node(node, beside)
        index, last = index // 2, last // 2
    return None if left else node


def _rows(hashes: Sequence[bytes]) -> list[list[bytes]]:
    rows = [[_leaf(each) for each in hashes]]
    while len(rows[-1]) > 1:
        below = rows[-1]
        pairs = zip(below[::2], below[1::2], strict=False)
        row = [_node(left, right) for left, right in pairs]
        rows.append(row + below[-1:] if len(below) % 2 else row)
    return rows


def _leaf(version_hash: bytes) -> bytes:
    return sha256(b"\0" + version_hash).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\1" + left + right).digest()
