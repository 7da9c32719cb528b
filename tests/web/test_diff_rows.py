"""Long unchanged parts are folded; changes, their neighbours and the headline are not."""

from __future__ import annotations

from newsdiff_crawler.diff.model import Diff, Row, Side, Span
from newsdiff_crawler.items import Block, BlockKind
from newsdiff_crawler.web.diff_rows import changed_rows, row_groups


def same(text: str, kind: BlockKind = "paragraph") -> Row:
    side = Side(0, Block(kind, text), (Span(text, "same"),))
    return Row("same", (side,), (side,))


def added(text: str) -> Row:
    return Row("added", (), (Side(0, Block("paragraph", text), (Span(text, "added"),)),))


def shape(*rows: Row) -> list[tuple[list[int], bool]]:
    return [
        ([numbered.index for numbered in group.rows], group.folded)
        for group in row_groups(Diff(rows))
    ]


def test_a_change_keeps_one_neighbour_on_each_side_in_sight() -> None:
    quiet = [same(str(number)) for number in range(4)]
    assert shape(*quiet, added("new"), *quiet) == [
        ([0, 1, 2], True),
        ([3, 4, 5], False),
        ([6, 7, 8], True),
    ]


def test_the_headline_stays_in_sight() -> None:
    rows = [same("Title", "headline"), *(same(str(number)) for number in range(3))]
    assert shape(*rows) == [([0], False), ([1, 2, 3], True)]


def test_a_short_unchanged_part_is_not_folded() -> None:
    assert shape(same("1"), same("2")) == [([0, 1], False)]


def test_every_row_is_there_once_and_in_order() -> None:
    rows = [same(str(number)) for number in range(9)]
    rows[4] = added("new")
    assert [index for indexes, _ in shape(*rows) for index in indexes] == list(range(9))


def test_only_rows_that_differ_count_as_changed() -> None:
    rows = (same("1"), added("2"), same("3"))
    assert list(changed_rows(Diff(rows))) == [rows[1]]
