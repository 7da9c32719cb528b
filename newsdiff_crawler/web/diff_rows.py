"""The rows of a diff as the page shows them: long unchanged parts are folded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from newsdiff_crawler.diff.changes import is_cut_anew
from newsdiff_crawler.diff.model import Diff, Row

CONTEXT = 1  # unchanged rows that stay in sight beside a change
FEWEST_FOLDED = 3  # fewer are not worth a click


@dataclass(frozen=True)
class NumberedRow:
    """A row with its index in the diff, by which links on the page name it."""

    index: int
    row: Row


@dataclass(frozen=True)
class RowGroup:
    """Neighbouring rows that are shown, or folded, together."""

    rows: tuple[NumberedRow, ...]
    folded: bool


def row_groups(diff: Diff) -> list[RowGroup]:
    """All rows in order. The headline stays in sight, and so do changes and their neighbours."""
    in_sight = _in_sight(diff.rows)
    rows = [NumberedRow(index, row) for index, row in enumerate(diff.rows)]
    groups = groupby(rows, key=lambda numbered: numbered.index in in_sight)
    return [_group(tuple(group), is_in_sight) for is_in_sight, group in groups]


def changed_rows(diff: Diff) -> Iterator[Row]:
    """The rows in which something differs, for places too small for the whole text."""
    return filter(_differs, diff.rows)


def _differs(row: Row) -> bool:
    return (row.edit != "same" or row.cosmetic) and not is_cut_anew(row)


def _group(rows: tuple[NumberedRow, ...], is_in_sight: bool) -> RowGroup:
    return RowGroup(rows, folded=not is_in_sight and len(rows) >= FEWEST_FOLDED)


def _in_sight(rows: tuple[Row, ...]) -> set[int]:
    indexes: set[int] = set()
    for index, row in enumerate(rows):
        is_headline = any(side.block.kind == "headline" for side in row.before + row.after)
        if _differs(row):
            indexes.update(range(index - CONTEXT, index + CONTEXT + 1))
        elif is_headline:
            indexes.add(index)
    return indexes
