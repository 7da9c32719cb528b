"""Two versions as rows of facing blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from operator import attrgetter

from newsdiff_crawler.diff.align import Match, Unit, align, group
from newsdiff_crawler.diff.model import Diff, Edit, Mark, Row, Side, Span
from newsdiff_crawler.diff.sequence import Pair
from newsdiff_crawler.diff.tokens import Alphabet, has_meaning
from newsdiff_crawler.diff.words import compare_words
from newsdiff_crawler.items import Block

# Kinds that an article has one of: the old one faces the new one, whatever they say.
_ONE_OF = ("headline", "standfirst", "byline")


# A version's blocks beyond this many are compared as one, a line each: rows are not free. Of the
# articles and live pages at hand none has a tenth of it.
MAX_BLOCKS = 2000


def compare(before: Sequence[Block], after: Sequence[Block]) -> Diff:
    """What differs between two versions of an article, given as its blocks in reading order.

    The work grows with the length of the texts, however they differ: where the best answer
    would cost more, a coarser one is given.
    """
    before, after = _bounded(before), _bounded(after)
    alphabet = Alphabet()
    matches = align(_units(before), _units(after), alphabet, _given(before, after))
    return Diff(tuple(_rows(before, after, matches, alphabet)))


def _bounded(blocks: Sequence[Block]) -> Sequence[Block]:
    if len(blocks) <= MAX_BLOCKS:
        return blocks
    rest = "\n".join(block.text for block in blocks[MAX_BLOCKS - 1 :])
    return [*blocks[: MAX_BLOCKS - 1], Block("paragraph", rest)]


def _units(blocks: Sequence[Block]) -> list[Unit]:
    return [Unit(block.text, group(block)) for block in blocks]


def _given(before: Sequence[Block], after: Sequence[Block]) -> list[Pair]:
    pairs = []
    for kind in _ONE_OF:
        old = [i for i, block in enumerate(before) if block.kind == kind]
        new = [j for j, block in enumerate(after) if block.kind == kind]
        if len(old) == len(new) == 1:
            pairs.append((old[0], new[0]))
    return pairs


def _rows(
    before: Sequence[Block], after: Sequence[Block], matches: list[Match], alphabet: Alphabet
) -> list[Row]:
    """The rows: up to each match that kept its place, first what went, then what came."""
    moved = [match for match in matches if match.moved]
    halves = [_sides(before, after, match, alphabet) for match in moved]
    went = {m.before[0]: Row("moved", old, ()) for m, (old, _) in zip(moved, halves, strict=True)}
    came = {m.after[0]: Row("moved", (), new) for m, (_, new) in zip(moved, halves, strict=True)}
    used_before = {i for match in matches for i in match.before}
    used_after = {j for match in matches for j in match.after}
    went |= {i: _lone("removed", i, b) for i, b in enumerate(before) if i not in used_before}
    came |= {j: _lone("added", j, b) for j, b in enumerate(after) if j not in used_after}
    rows: list[Row] = []
    i = j = 0
    for match in sorted(match for match in matches if not match.moved):
        rows += [went[k] for k in range(i, match.before[0]) if k in went]
        rows += [came[k] for k in range(j, match.after[0]) if k in came]
        rows.append(_facing(before, after, match, alphabet))
        i, j = match.before[-1] + 1, match.after[-1] + 1
    rows += [went[k] for k in range(i, len(before)) if k in went]
    rows += [came[k] for k in range(j, len(after)) if k in came]
    return _with_peers(rows, [(went[m.before[0]], came[m.after[0]]) for m in moved])


def _with_peers(rows: list[Row], moved: list[tuple[Row, Row]]) -> list[Row]:
    """Tell the two rows of what has moved where the other one stands."""
    places = {id(row): n for n, row in enumerate(rows)} if moved else {}
    for was, now in moved:
        one, other = places[id(was)], places[id(now)]
        rows[one], rows[other] = replace(was, peer=other), replace(now, peer=one)
    return rows


def _lone(edit: Edit, position: int, block: Block) -> Row:
    """A block that only one version has."""
    mark: Mark = "removed" if edit == "removed" else "added"
    cosmetic = not has_meaning(block.text)
    spans = (Span(block.text, mark, cosmetic),) if block.text else ()
    sides = (Side(position, block, spans),)
    if edit == "removed":
        return Row(edit, sides, (), cosmetic=cosmetic)
    return Row(edit, (), sides, cosmetic=cosmetic)


def _facing(
    before: Sequence[Block], after: Sequence[Block], match: Match, alphabet: Alphabet
) -> Row:
    """The row of blocks that belong together and kept their place."""
    old, new = _sides(before, after, match, alphabet)
    marked = [span for side in old + new for span in side.spans if span.mark != "same"]
    edit: Edit = "edited" if marked else "same"
    if len(old) > 1 or len(new) > 1:
        edit = "merged" if len(old) > 1 else "split"
    return Row(edit, old, new, cosmetic=edit != "same" and all(span.cosmetic for span in marked))


def _sides(
    before: Sequence[Block], after: Sequence[Block], match: Match, alphabet: Alphabet
) -> tuple[tuple[Side, ...], tuple[Side, ...]]:
    """The blocks of a match, both sides of it, with what differs marked."""
    old = [before[i] for i in match.before]
    new = [after[j] for j in match.after]
    if len(old) == len(new) == 1 and old[0].text == new[0].text:
        return _same(match.before[0], old[0]), _same(match.after[0], new[0])
    pieces = compare_words([b.text for b in old], [b.text for b in new], alphabet)
    removed = [Span(p.before, "same" if p.same else "removed", p.cosmetic) for p in pieces]
    added = [Span(p.after, "same" if p.same else "added", p.cosmetic) for p in pieces]
    return _cut(match.before, old, removed), _cut(match.after, new, added)


def _same(position: int, block: Block) -> tuple[Side, ...]:
    return (Side(position, block, (Span(block.text, "same"),) if block.text else ()),)


def _cut(
    positions: Sequence[int], blocks: Sequence[Block], stretches: Sequence[Span]
) -> tuple[Side, ...]:
    """Each block's part of the stretches that run through all of them, as spans."""
    runs = groupby((s for s in stretches if s.text), key=attrgetter("mark", "cosmetic"))
    text = ""
    sides = []
    for position, block in zip(positions, blocks, strict=True):
        spans = []
        room = len(block.text)
        while room:
            if not text:
                (mark, cosmetic), run = next(runs)
                text = "".join(span.text for span in run)
            spans.append(Span(text[:room], mark, cosmetic))
            text, room = text[room:], max(0, room - len(text))
        sides.append(Side(position, block, tuple(spans)))
    return tuple(sides)
