"""Whether many pages changed in one way: a redesign, which no newsroom wrote. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from newsdiff_crawler.diff.changes import BlockChange, changes
from newsdiff_crawler.diff.model import Diff
from newsdiff_crawler.items import Block
from newsdiff_crawler.text import words

FEWEST_ALIKE = 5  # pages that changed in one way
LEAST_ALIKE = 1 / 2  # of the pages that changed
# Where more of the pages than this changed in a way of their own too, nothing is clear.
MOST_OWN = 1 / 2
FEWEST_BLOCKS = 6  # of a text of which most can change
_MOST_WORDS = 4  # of an edit that can be the same on many pages
_SENTENCE = re.compile(r"[.!?…。！？][\"'”’»)]*$")

Key = TypeVar("Key")
# What happened to a block, told so that it can be the same on other pages.
_Way = tuple[str, ...]


@dataclass(frozen=True)
class Sorted:
    """A change without what happened to other pages too. Both texts are alike where that was
    all."""

    before: list[Block]
    after: list[Block]
    is_own: bool  # something is left


def sort_out(diffs: Mapping[Key, Diff]) -> dict[Key, Sorted] | None:
    """What each of many changes is without what most of them have in common; None as long as that
    is not clear, for too many changed in a way of their own too. A redesign always shows in what is
    common: changes that have nothing in common are the newsroom's."""
    ways = {key: list(_ways(diff)) for key, diff in diffs.items()}
    common = Counter(way for each in ways.values() for way in {way for _, way in each if way})
    fewest = max(FEWEST_ALIKE, len(diffs) * LEAST_ALIKE)
    alike = {way for way, pages in common.items() if pages >= fewest}
    found = {key: _without(diffs[key], each, alike) for key, each in ways.items()}
    own = sum(each.is_own for each in found.values())
    return found if not alike or own <= len(found) * MOST_OWN else None


def _without(diff: Diff, ways: list[tuple[BlockChange, _Way]], alike: set[_Way]) -> Sorted:
    shared = [change for change, way in ways if way in alike]
    old = {id(side) for change in shared for side in change.before}
    new = {id(side) for change in shared for side in change.after}
    sides = [(side, old) for row in diff.rows for side in row.before]
    before = [side.block for side, left_out in sides if id(side) not in left_out]
    sides = [(side, new) for row in diff.rows for side in row.after]
    after = [side.block for side, left_out in sides if id(side) not in left_out]
    return Sorted(before, after, is_own=len(shared) < len(ways))


def _ways(diff: Diff) -> Iterator[tuple[BlockChange, _Way]]:
    changed, before, after = list(changes(diff)), diff.before(), diff.after()
    if len(changed) * 2 > max(len(before), len(after)) >= FEWEST_BLOCKS:
        yield from ((change, ("most of it",)) for change in changed)
        return
    for change in changed:
        yield change, _way(change, len(before) - 1, len(after) - 1)


def _way(change: BlockChange, last_before: int, last_after: int) -> _Way:
    """Empty for what can only be one page's own: an edit of its words, a sentence in mid-text."""
    if change.paired:
        return _way_of_edit(change)
    side = (change.after or change.before)[0]
    last = last_after if change.after else last_before
    place = "start" if side.position <= 1 else "end" if side.position >= last - 1 else "middle"
    kind = side.block.kind
    if kind == "paragraph" and _SENTENCE.search(side.block.text):
        return (change.edit, kind, place) if place != "middle" else ()
    return (change.edit, kind)


def _way_of_edit(change: BlockChange) -> _Way:
    if change.edit == "moved":
        return (change.edit, change.kind)
    taken = [piece.before for piece in change.pieces if not piece.same and piece.before.strip()]
    put = [piece.after for piece in change.pieces if not piece.same and piece.after.strip()]
    edited = [" ".join(words(text)).casefold() for text in (" ".join(taken), " ".join(put))]
    if any(len(text.split()) > _MOST_WORDS for text in edited):
        return ()
    return (change.edit, change.kind, *edited)
