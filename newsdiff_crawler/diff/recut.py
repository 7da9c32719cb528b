"""Neighbouring rows of which the paragraphs were cut anew and edited at once, made one row.

A sentence that crossed a paragraph's end and was edited on the way would else be struck out in one
row and added in the other, and nobody could see which word gave way to which.
"""

from __future__ import annotations

from collections.abc import Sequence

from newsdiff_crawler.diff.align import group
from newsdiff_crawler.diff.model import Edit, Row, Side
from newsdiff_crawler.diff.sides import facing
from newsdiff_crawler.diff.tokens import Alphabet
from newsdiff_crawler.diff.words import MAX_CHANGES

MOST_BLOCKS = 6  # of a side


def join_cut_anew(rows: Sequence[Row], alphabet: Alphabet) -> list[Row]:
    """The rows, neighbours made one where words moved from the one to the other and no more is
    struck out or added in both together than in each."""
    joined: list[Row] = []
    for row in rows:
        one = _joined(joined[-1], row, alphabet) if joined else None
        if one:
            joined[-1] = one
        else:
            joined.append(row)
    return joined


def _joined(row: Row, following: Row, alphabet: Alphabet) -> Row | None:
    if "same" in (row.edit, following.edit):
        return None
    before, after = row.before + following.before, row.after + following.after
    if not (_may_be_one(before, after) and _share_only_with_each_other(row, following)):
        return None
    apart = _struck(row) + _struck(following)
    if not apart:
        return None
    sides = facing(
        [(side.position, side.block) for side in before],
        [(side.position, side.block) for side in after],
        alphabet,
        MAX_CHANGES,
    )
    edit: Edit = "edited"
    if len(before) != len(after):
        edit = "merged" if len(before) > len(after) else "split"
    one = Row(edit, *sides)
    return one if _struck(one) <= apart else None


def _may_be_one(before: Sequence[Side], after: Sequence[Side]) -> bool:
    """Whether both sides have blocks, not too many, and all of running text."""
    return (
        0 < len(before) <= MOST_BLOCKS
        and 0 < len(after) <= MOST_BLOCKS
        and not any(group(side.block) for side in (*before, *after))
    )


def _share_only_with_each_other(row: Row, following: Row) -> bool:
    """Whether words moved from the one row to the other, and none to a third."""
    if row.peer is not None or following.peer is not None:
        return False
    went, came = _peers(row.before), _peers(row.after)
    before, after = _positions(following.before), _positions(following.after)
    if not (went & after or came & before):
        return False
    return went | _peers(following.before) <= after | _positions(row.after) and came | _peers(
        following.after
    ) <= before | _positions(row.before)


def _peers(sides: Sequence[Side]) -> set[int]:
    """The positions of the blocks from which words moved into these, or to which from these."""
    return {span.peer for side in sides for span in side.spans if span.peer is not None}


def _positions(sides: Sequence[Side]) -> set[int]:
    return {side.position for side in sides}


def _struck(row: Row) -> int:
    """The characters that were removed or added."""
    return sum(
        len(span.text)
        for side in row.before + row.after
        for span in side.spans
        if span.mark in ("removed", "added") and not span.cosmetic
    )
