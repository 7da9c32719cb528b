"""The rows of a diff as the page shows them: long unchanged stretches folded away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from newsdiff_crawler.diff.model import Diff, Row

CONTEXT = 1  # unchanged rows that stay in sight beside a change
FEWEST_FOLDED = 3  # fewer are not worth a click


@dataclass(frozen=True)
class NumberedRow:
    """A row and its index in the diff, which names its place on the page."""

    index: int
    row: Row


@dataclass(frozen=True)
class RowGroup:
    """Neighbouring rows that are shown, or folded, together."""

    rows: tuple[NumberedRow, ...]
    folded: bool


def stretches(diff: Diff) -> list[RowGroup]:
    """All rows in order. The headline stays in sight, and so do the neighbours of a change."""
    in_sight = _in_sight(diff.rows)
    rows = [NumberedRow(index, row) for index, row in enumerate(diff.rows)]
    groups = groupby(rows, key=lambda numbered: numbered.index in in_sight)
    return [_stretch(tuple(group), shown) for shown, group in groups]


def changed_rows(diff: Diff) -> Iterator[Row]:
    """The rows in which something differs, for places too small for the whole text."""
    return (row for row in diff.rows if row.edit != "same" or row.cosmetic)


def _stretch(rows: tuple[NumberedRow, ...], shown: bool) -> RowGroup:
    return RowGroup(rows, folded=not shown and len(rows) >= FEWEST_FOLDED)


def _in_sight(rows: tuple[Row, ...]) -> set[int]:
    kept: set[int] = set()
    for index, row in enumerate(rows):
        headline = any(side.block.kind == "headline" for side in row.before + row.after)
        if row.edit != "same" or row.cosmetic:
            kept.update(range(index - CONTEXT, index + CONTEXT + 1))
        elif headline:
            kept.add(index)
    return kept
