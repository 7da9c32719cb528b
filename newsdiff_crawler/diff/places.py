"""The changed pieces of a block that are no longer than a phrase, and where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from newsdiff_crawler.diff.changes import BlockChange
from newsdiff_crawler.diff.model import Piece

_PHRASE = 80  # characters; in longer pieces, one figure has nothing to do with the other
_MARKS = "\"“”„«»‘’'"
_AROUND = 50  # characters around a change in which its figures are looked for


@dataclass(frozen=True, slots=True)
class Place:
    """Where a piece stands in the older and in the newer text of a change."""

    before: str
    after: str
    i: int
    j: int

    def ends(self) -> tuple[tuple[str, int], tuple[str, int]]:
        """The older and the newer text, each with where the piece begins in it."""
        return (self.before, self.i), (self.after, self.j)

    def follows_digit(self) -> bool:
        """Whether a digit stands before it, of which it may be the unit."""
        return self.before[max(0, self.i - 2) : self.i].rstrip()[-1:].isdigit()

    def is_marked(self, piece: Piece) -> bool:
        """Whether quotation marks stand right before and after it on both sides."""
        ends = self.i + len(piece.before), self.j + len(piece.after)
        beside = (
            mark
            for text, start, end in ((self.before, self.i, ends[0]), (self.after, self.j, ends[1]))
            for mark in (text[max(0, start - 1) : start], text[end : end + 1])
        )
        return all(mark and mark in _MARKS for mark in beside)

    def sides(self, piece: Piece) -> Iterator[tuple[str, int, int, int]]:
        """Of each side: what stands around the piece, where that begins in the text, and where in
        it the piece begins and ends."""
        for text, at, size in (
            (self.before, self.i, len(piece.before)),
            (self.after, self.j, len(piece.after)),
        ):
            start = max(0, at - _AROUND)
            start = max(start, text.find(" ", start, at) + 1) if start else 0
            yield text[start : at + size + _AROUND], start, at - start, at - start + size


def short_pieces(change: BlockChange) -> Iterator[tuple[Place, Piece]]:
    """The changed pieces that are no longer than a phrase, and where they stand."""
    before, after = change.text_before(), change.text_after()
    i = j = 0
    for piece in change.pieces:
        if not piece.same and not is_long(piece):
            yield Place(before, after, i, j), piece
        i, j = i + len(piece.before), j + len(piece.after)


def is_long(piece: Piece) -> bool:
    """Whether a piece is longer than a phrase."""
    return max(len(piece.before), len(piece.after)) > _PHRASE
