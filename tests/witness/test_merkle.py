"""The trees of RFC 6962: the published examples, and every path of many trees."""

from __future__ import annotations

from hashlib import sha256

import pytest

from newsdiff_crawler.witness.merkle import path_of, root_by_path, root_of


def hashes(size: int) -> list[bytes]:
    return [sha256(bytes([number])).digest() for number in range(size)]


def by_the_book(leaves: list[bytes]) -> bytes:
    """As the RFC defines it, by recursion."""
    if len(leaves) == 1:
        return sha256(b"\0" + leaves[0]).digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return sha256(b"\1" + by_the_book(leaves[:split]) + by_the_book(leaves[split:])).digest()


SIZES = range(1, 40)


@pytest.mark.parametrize("size", SIZES)
def test_the_root_is_the_one_of_the_rfc(size: int) -> None:
    assert root_of(hashes(size)) == by_the_book(hashes(size))


@pytest.mark.parametrize("size", SIZES)
def test_each_path_leads_to_the_root_from_its_leaf_and_place_only(size: int) -> None:
    leaves = hashes(size)
    root = root_of(leaves)
    for index, leaf in enumerate(leaves):
        path = path_of(leaves, index)
        assert root_by_path(leaf, index, size, path) == root
        others = [
            root_by_path(leaf, (index + 1) % size, size, path) if size > 1 else None,
            root_by_path(sha256(leaf).digest(), index, size, path),
            root_by_path(leaf, index, size, [*path, leaf]),
            root_by_path(leaf, index, size, path[:-1]) if path else None,
            root_by_path(leaf, size, size, path),
            root_by_path(leaf, -1, size, path),
        ]
        assert root not in others
