"""Whether many pages changed in one way: a redesign, which no newsroom wrote. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import accumulate, groupby
from typing import TypeVar

from newsdiff_crawler.diff.changes import BlockChange, changes
from newsdiff_crawler.diff.model import Diff, Piece
from newsdiff_crawler.diff.notices import notice_of
from newsdiff_crawler.items import HEAD, Block
from newsdiff_crawler.text import ends_as_sentence

FEWEST_ALIKE = 5  # pages that changed in one way
LEAST_ALIKE = 1 / 2  # of the pages that changed
# What differs in its words, and has only its place in common, is the page's where it happened to
# so many of the pages that were looked at; to fewer than UNCLEAR of them, the newsroom's.
LEAST_SHAPED, UNCLEAR = 0.6, 0.4
# Where more of the pages than this changed in a way of their own too, nothing is clear.
MOST_OWN = 1 / 2
FEWEST_BLOCKS = 6  # of a text of which most can change
_MOST_WORDS = 4  # of a mark, a kicker: what is put before a text or behind it
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")

Key = TypeVar("Key")
# What happened to a block, told so that it can be the same on other pages.
_Way = tuple[str, ...]
_MOST_OF_IT: _Way = ("most of it",)


@dataclass(frozen=True)
class Sorted:
    """A change without what happened to other pages too. Both texts are alike where that was
    all."""

    before: list[Block]
    after: list[Block]
    is_own: bool  # something is left
    boxes: frozenset[str] = frozenset()  # texts of whole blocks that were left out


@dataclass(frozen=True)
class _Part:
    """A block that came or went, or words of one that were edited, by the ways in which the same
    can have happened to other pages. ``strong``: no newsroom does so on many pages. ``weak``: a
    busy one may."""

    change: BlockChange
    piece: int | None = None  # of the change; None: all of it
    strong: frozenset[_Way] = frozenset()
    weak: frozenset[_Way] = frozenset()


@dataclass(frozen=True)
class _Ways:
    """Ways in which many pages changed, and those of which that is not clear."""

    alike: frozenset[_Way]
    unclear: frozenset[_Way]

    def has(self, part: _Part) -> bool:
        """Whether a part happened to many pages."""
        return not self.alike.isdisjoint(part.strong | part.weak)

    def leaves_open(self, parts: Iterable[_Part]) -> bool:
        """Whether it is not clear of one of them."""
        return any(not self.has(each) and each.weak & self.unclear for each in parts)


def sort_out(diffs: Mapping[Key, Diff], pages: int) -> dict[Key, Sorted]:
    """What each of many changes is without what most of them have in common, for those of which
    that is clear. ``pages``: that were looked at, changed or not. A redesign shows in what is
    common: changes that have nothing in common are the newsroom's."""
    parts = {key: list(_parts(diff)) for key, diff in diffs.items()}
    pages = max(pages, len(diffs))
    ways = _ways(parts.values(), pages)
    parts = {key: list(_of_most(diffs[key], each, ways)) for key, each in parts.items()}
    ways = _ways(parts.values(), pages)
    clear = {key: each for key, each in parts.items() if not ways.leaves_open(each)}
    found = {key: _without(diffs[key], each, ways) for key, each in clear.items()}
    own = sum(each.is_own for each in found.values())
    return {} if ways.alike and own > len(found) * MOST_OWN else found


def _ways(parts: Iterable[list[_Part]], pages: int) -> _Ways:
    of_pages = list(parts)
    strong = Counter(way for each in of_pages for way in {w for part in each for w in part.strong})
    weak = Counter(way for each in of_pages for way in {w for part in each for w in part.weak})
    fewest = max(FEWEST_ALIKE, len(of_pages) * LEAST_ALIKE)
    shaped = {
        way for way, count in weak.items() if count >= max(FEWEST_ALIKE, pages * LEAST_SHAPED)
    }
    alike = shaped | {way for way, count in strong.items() if count >= fewest}
    unclear = {way for way, count in weak.items() if count >= max(FEWEST_ALIKE, pages * UNCLEAR)}
    return _Ways(frozenset(alike), frozenset(unclear - shaped))


def _parts(diff: Diff) -> Iterator[_Part]:
    before, after = (_places(blocks) for blocks in (diff.before(), diff.after()))
    for change in changes(diff):
        if change.paired:
            yield from _parts_of_edit(change)
        else:
            yield _part_of_block(change, after if change.after else before)


def _places(blocks: list[Block]) -> list[int]:
    """The place of each block in the body, from 0."""
    return [count - 1 for count in accumulate(block.kind not in HEAD for block in blocks)]


def _part_of_block(change: BlockChange, places: list[int]) -> _Part:
    side = (change.after or change.before)[0]
    kind, text = side.block.kind, side.block.text
    if notice_of(text):
        return _Part(change)  # the story's, however often it is worded so
    strong: set[_Way] = {(change.edit, kind, _FIGURE.sub("0", text.casefold()))}
    if kind != "paragraph" or not ends_as_sentence(text):
        strong.add((change.edit, kind))
    place, last = places[side.position], places[-1]
    shapes: set[_Way] = {
        (change.edit, "from start", str(place)),
        (change.edit, "from end", str(last - place)),
    }
    if abs(place * 2 - last) <= 1:
        shapes.add((change.edit, "halfway"))
    return _Part(change, strong=frozenset(strong), weak=frozenset(shapes))


def _parts_of_edit(change: BlockChange) -> Iterator[_Part]:
    same = [n for n, piece in enumerate(change.pieces) if piece.same and piece.before.strip()]
    edited = [n for n, piece in enumerate(change.pieces) if not (piece.same or piece.cosmetic)]
    if change.edit != "edited" or not edited:
        yield _Part(change, strong=frozenset({(change.edit, change.kind)}))
    for n in edited:
        place = (
            "middle" if not same or same[0] < n < same[-1] else "start" if n < same[0] else "end"
        )
        yield _part_of_words(change, n, place)


def _part_of_words(change: BlockChange, n: int, place: str) -> _Part:
    piece = change.pieces[n]
    before, after = (text.casefold().split() for text in (piece.before, piece.after))
    same_words: _Way = (change.kind, place, " ".join(before), " ".join(after))
    is_mark = not (before and after) and len(before + after) <= _MOST_WORDS
    shape: set[_Way] = {(change.kind, place, "taken" if before else "put")}
    return _Part(
        change,
        n,
        strong=frozenset({same_words}),
        weak=frozenset(shape if is_mark and place != "middle" else ()),
    )


def _of_most(diff: Diff, parts: list[_Part], ways: _Ways) -> Iterator[_Part]:
    """Edits that are left of a text most of which is another: a page that is read otherwise."""
    changed = len({id(part.change) for part in parts})
    is_most = changed * 2 > max(len(diff.before()), len(diff.after())) >= FEWEST_BLOCKS
    for part in parts:
        is_left = is_most and part.change.paired and not ways.has(part)
        yield replace(part, weak=part.weak | {_MOST_OF_IT}) if is_left else part


def _without(diff: Diff, parts: list[_Part], ways: _Ways) -> Sorted:
    left: dict[int, list[Block]] = {}  # of a side, by its id
    boxes: set[str] = set()
    for _, each in groupby(parts, key=lambda part: part.change.row):
        of_change = list(each)
        left |= _left(of_change, [part for part in of_change if ways.has(part)])
        boxes |= _boxes(of_change[0].change) if ways.has(of_change[0]) else set()
    befores, afters = ([row.before for row in diff.rows], [row.after for row in diff.rows])
    before, after = (
        [block for sides in rows for side in sides for block in left.get(id(side), [side.block])]
        for rows in (befores, afters)
    )
    is_own = not all(ways.has(part) for part in parts)
    # What stands in the story too is no box's alone.
    return Sorted(before, after, is_own, frozenset(boxes - {each.text for each in before + after}))


def _boxes(change: BlockChange) -> set[str]:
    """The texts of blocks that came or went as a whole."""
    if change.paired or change.kind in HEAD:
        return set()
    return {side.block.text for side in change.before + change.after}


def _left(parts: list[_Part], shared: list[_Part]) -> dict[int, list[Block]]:
    """What is left of each side of a change without the parts of it that are shared."""
    change = parts[0].change
    if not shared:
        return {}
    gone: dict[int, list[Block]] = {id(side): [] for side in change.before + change.after}
    if len(shared) == len(parts):
        return gone
    return gone | _what_is_left(change, {part.piece for part in shared})


def _what_is_left(change: BlockChange, shared: set[int | None]) -> dict[int, list[Block]]:
    """Both sides as a block each, the newer one with the older's words for what is shared."""
    sides = change.before[0], change.after[0]
    before = (piece.before for piece in change.pieces)
    after = (_newer(piece, n in shared) for n, piece in enumerate(change.pieces))
    texts = (" ".join("".join(text).split()) for text in (before, after))
    return {
        id(side): [replace(side.block, text=text)] for side, text in zip(sides, texts, strict=True)
    }


def _newer(piece: Piece, is_shared: bool) -> str:
    return piece.before if is_shared or piece.cosmetic else piece.after
