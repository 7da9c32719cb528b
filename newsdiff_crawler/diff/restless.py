"""Blocks that are other ones at each look, in the same place: a counter, a teaser that changes, a
quotation of the day. They are the page's doing. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from newsdiff_crawler.diff.boilerplate import may_be_boilerplate
from newsdiff_crawler.items import HEAD, Block

LOOKS = 6  # that each brought another block there, before it is the page's doing
_MOST_EDITED = 1  # of them that may have brought something else too: that is the newsroom's

_Text = Sequence[Block]
_Place = tuple[
    Block | None, Block | None, int
]  # between which blocks that stay, and at which place


def restless(texts: Sequence[_Text]) -> frozenset[str]:
    """Of the texts of an article at one look after the other, the blocks that were other ones each
    time, as texts; none where the looks are too few, or brought more than that too often."""
    if len(texts) <= LOOKS:
        return frozenset()
    last = texts[-LOOKS - 1 :]
    stays = frozenset(last[0]).intersection(*last[1:])
    places = [dict(_places(text, stays)) for text in last]
    shared = places[0].keys() & places[-1].keys()
    there = {place for place in shared if all(place in each for each in places)}
    moving = {place for place in there if _moves([each[place] for each in places])}
    found = frozenset(each[place].text for each in places for place in moving)
    # What the newest look brought besides is told like any change.
    edited = sum(_differ(*pair, found) for pair in pairwise(last[:-1]))
    return found if edited <= _MOST_EDITED else frozenset()


def _places(text: _Text, stays: frozenset[Block]) -> Iterator[tuple[_Place, Block]]:
    """The blocks that do not stay, by where they stand."""
    parts: list[list[Block]] = [[]]
    fixed: list[Block | None] = [None]
    for block in text:
        if block in stays:
            fixed.append(block)
            parts.append([])
        else:
            parts[-1].append(block)
    for (before, after), part in zip(pairwise([*fixed, None]), parts, strict=True):
        for place, block in enumerate(part):
            yield (before, after, place), block


def _moves(blocks: Sequence[Block]) -> bool:
    """Whether a place had another block each time, of one kind, and always such as a page sets."""
    if len({block.kind for block in blocks}) > 1 or blocks[0].kind in HEAD:
        return False
    return all(map(may_be_boilerplate, blocks)) and all(
        one.text != other.text for one, other in pairwise(blocks)
    )


def _differ(before: _Text, after: _Text, found: frozenset[str]) -> bool:
    """Whether two texts differ in more than these."""
    one, other = ([block for block in text if block.text not in found] for text in (before, after))
    return one != other
