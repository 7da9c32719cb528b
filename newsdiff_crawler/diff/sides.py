"""Blocks that belong together, with what differs marked."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

from newsdiff_crawler.diff.model import Mark, Side, Span
from newsdiff_crawler.diff.timestamps import is_timestamp
from newsdiff_crawler.diff.tokens import Alphabet
from newsdiff_crawler.diff.words import compare_words
from newsdiff_crawler.items import Block

Placed = tuple[int, Block]  # a block and its position
_Marked = tuple[str, Mark, bool]  # text, mark, cosmetic


def whole(position: int, block: Block, mark: Mark, cosmetic: bool = False) -> Side:
    """A block that is marked as a whole."""
    return Side(position, block, (Span(block.text, mark, cosmetic),) if block.text else ())


def facing(
    before: Sequence[Placed], after: Sequence[Placed], alphabet: Alphabet, most: int
) -> tuple[tuple[Side, ...], tuple[Side, ...]]:
    """The sides of blocks that belong together. Beyond `most` changes, neighbours become one."""
    texts = [block.text for _, block in before], [block.text for _, block in after]
    pieces = compare_words(*texts, alphabet, most)
    if all(map(is_timestamp, texts[0] + texts[1])):
        pieces = [piece._replace(cosmetic=not piece.same) for piece in pieces]
    removed: list[_Marked] = [
        (p.before, "same" if p.same else "removed", p.cosmetic) for p in pieces if p.before
    ]
    added: list[_Marked] = [
        (p.after, "same" if p.same else "added", p.cosmetic) for p in pieces if p.after
    ]
    return _cut(before, removed), _cut(after, added)


def _cut(blocks: Sequence[Placed], runs: Sequence[_Marked]) -> tuple[Side, ...]:
    """The sides of several blocks, from the marked runs of their joined text."""
    groups = groupby(runs, key=itemgetter(1, 2))
    text = ""
    sides = []
    for position, block in blocks:
        spans = []
        room = len(block.text)
        while room:
            if not text:
                (mark, cosmetic), group_of_runs = next(groups)
                text = "".join(part for part, _, _ in group_of_runs)
            spans.append(Span(text[:room], mark, cosmetic))
            text, room = text[room:], max(0, room - len(text))
        sides.append(Side(position, block, tuple(spans)))
    return tuple(sides)
