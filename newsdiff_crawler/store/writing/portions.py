"""Much is written in portions, a transaction each: whoever else wants to write gets a turn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

PORTION = 200  # rows: some hundredths of a second


def in_portions(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    """The rows, in order, PORTION at a time."""
    for start in range(0, len(rows), PORTION):
        yield rows[start : start + PORTION]
