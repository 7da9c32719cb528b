"""Two versions as rows of facing blocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from typing import Literal

from newsdiff_crawler.diff.align import Match, Unit, align, group
from newsdiff_crawler.diff.crossing import Crossing, Crossings, crossings, cut_out, put_back
from newsdiff_crawler.diff.model import Diff, Edit, Row, Side
from newsdiff_crawler.diff.moved_words import mark_moved_words
from newsdiff_crawler.diff.recut import join_cut_anew
from newsdiff_crawler.diff.sequence import Pair
from newsdiff_crawler.diff.sides import facing, whole
from newsdiff_crawler.diff.timestamps import is_date_line
from newsdiff_crawler.diff.tokens import Alphabet, has_meaning
from newsdiff_crawler.diff.words import MAX_CHANGES
from newsdiff_crawler.items import HEAD, Block

# A version's blocks beyond this many are compared as one, a line each: rows are not free. The
# longest of 386 pages at hand has 258 blocks.
MAX_BLOCKS = 2000


def compare(before: Sequence[Block], after: Sequence[Block]) -> Diff:
    """What differs between two versions of an article, given as its blocks in reading order.

    The work grows with the length of the texts, however they differ. Where the best answer would
    cost more, the answer is coarser.
    """
    before, after = _bounded(before), _bounded(after)
    alphabet = Alphabet()
    matches = align(_units(before), _units(after), alphabet, _fixed_pairs(before, after))
    rows = mark_moved_words(_RowBuilder(before, after, matches, alphabet).rows(), alphabet)
    rows = join_cut_anew(rows, alphabet)
    return Diff(tuple(_with_peers([_told_by_its_marks(row) for row in rows])), alphabet)


def _bounded(blocks: Sequence[Block]) -> Sequence[Block]:
    if len(blocks) <= MAX_BLOCKS:
        return blocks
    rest = "\n".join(block.text for block in blocks[MAX_BLOCKS - 1 :])
    return [*blocks[: MAX_BLOCKS - 1], Block("paragraph", rest)]


def _units(blocks: Sequence[Block]) -> list[Unit]:
    return [Unit(block.text, group(block)) for block in blocks]


def _fixed_pairs(before: Sequence[Block], after: Sequence[Block]) -> list[Pair]:
    """Of each kind that an article has one of, the old block and the new one."""
    pairs = []
    for kind in HEAD:
        old = [i for i, block in enumerate(before) if block.kind == kind]
        new = [j for j, block in enumerate(after) if block.kind == kind]
        if len(old) == len(new) == 1:
            pairs.append((old[0], new[0]))
    return pairs


class _RowBuilder:
    """Makes the rows of two versions from the matches of their blocks. What moved knows by its
    position the other version's block."""

    def __init__(
        self,
        before: Sequence[Block],
        after: Sequence[Block],
        matches: Sequence[Match],
        alphabet: Alphabet,
    ) -> None:
        self._before = before
        self._after = after
        self._alphabet = alphabet
        self._moved = [match for match in matches if match.moved]
        self._in_place = sorted(match for match in matches if not match.moved)
        self._crossed = crossings(before, after, matches)
        differing = sum(not self._is_same(match) for match in matches)
        self._most = max(1, MAX_CHANGES // max(1, differing))

    def rows(self) -> list[Row]:
        """Before each match that kept its place, first what was removed, then what was added."""
        matches = self._moved + self._in_place
        gone = {i for match in matches for i in match.before}
        come = {j for match in matches for j in match.after}
        both = {block.text for block in self._before} & {block.text for block in self._after}
        removed = _lone("removed", self._before, gone, self._crossed[0], both)
        added = _lone("added", self._after, come, self._crossed[1], both)
        for match in self._moved:
            old, new = self._sides(match)
            removed[match.before[0]] = Row("moved", old, (), peer=match.after[0])
            added[match.after[0]] = Row("moved", (), new, peer=match.before[0])
        return self._in_order(removed, added)

    def _in_order(self, removed: dict[int, Row], added: dict[int, Row]) -> list[Row]:
        rows: list[Row] = []
        i = j = 0
        for match in self._in_place:
            rows += [removed[k] for k in range(i, match.before[0]) if k in removed]
            rows += [added[k] for k in range(j, match.after[0]) if k in added]
            rows.append(self._facing(match))
            i, j = match.before[-1] + 1, match.after[-1] + 1
        rows += [removed[k] for k in range(i, len(self._before)) if k in removed]
        rows += [added[k] for k in range(j, len(self._after)) if k in added]
        return rows

    def _facing(self, match: Match) -> Row:
        """The row of blocks that belong together and kept their place."""
        if self._is_same(match):
            return Row("same", *self._unmarked(match))
        old, new = self._sides(match)
        edit: Edit = "edited"
        if len(old) > 1 or len(new) > 1:
            edit = "merged" if len(old) > 1 else "split"
        return Row(edit, old, new)

    def _is_same(self, match: Match) -> bool:
        i, j = match.before, match.after
        return len(i) == len(j) == 1 and self._before[i[0]].text == self._after[j[0]].text

    def _unmarked(self, match: Match) -> tuple[tuple[Side], tuple[Side]]:
        """The two blocks of a match that say the same."""
        (i,), (j,) = match.before, match.after
        return (whole(i, self._before[i], "same"),), (whole(j, self._after[j], "same"),)

    def _sides(self, match: Match) -> tuple[tuple[Side, ...], tuple[Side, ...]]:
        """Both sides of a match, with what differs marked."""
        if self._is_same(match):
            return self._unmarked(match)
        old = [(i, _without(self._before[i], self._crossed[0].get(i, ()))) for i in match.before]
        new = [(j, _without(self._after[j], self._crossed[1].get(j, ()))) for j in match.after]
        sides = facing(old, new, self._alphabet, self._most)
        return (
            tuple(_whole_again(side, self._before, self._crossed[0]) for side in sides[0]),
            tuple(_whole_again(side, self._after, self._crossed[1]) for side in sides[1]),
        )


def _lone(
    edit: Literal["removed", "added"],
    blocks: Sequence[Block],
    matched: set[int],
    crossed: Crossings,
    both: Set[str],
) -> dict[int, Row]:
    """By position, the rows of blocks without a match. Those that say nothing are cosmetic, and
    date lines that `both` versions have."""
    rows = {}
    for position, block in enumerate(blocks):
        if position not in matched:
            left = _without(block, crossed.get(position, ()))
            is_date = block.text in both and is_date_line(block.text)
            side = whole(position, left, edit, is_date or not has_meaning(left.text))
            sides = (_whole_again(side, blocks, crossed),)
            before, after = (sides, ()) if edit == "removed" else ((), sides)
            rows[position] = Row(edit, before, after)
    return rows


def _told_by_its_marks(row: Row) -> Row:
    """The row, where no words were removed or added in it: of which sentences only moved, or which
    differs in appearance only."""
    if row.edit == "same" or row.peer is not None:
        return row
    marks = {
        span.mark
        for side in row.before + row.after
        for span in side.spans
        if span.mark != "same" and not (span.cosmetic and span.mark != "shifted")
    }
    if marks & {"removed", "added"}:
        return row
    if "moved" in marks:
        return replace(row, edit="moved")
    if "shifted" in marks and not (row.before and row.after):
        return replace(row, edit="merged" if row.before else "split", cosmetic=True)
    return replace(row, cosmetic=True)


def _without(block: Block, crossed: Sequence[Crossing]) -> Block:
    return replace(block, text=cut_out(block.text, crossed)) if crossed else block


def _whole_again(side: Side, blocks: Sequence[Block], crossed: Crossings) -> Side:
    """The side of a block that sentences were left out of, with these in their places."""
    block, left_out = blocks[side.position], crossed.get(side.position, ())
    if not left_out:
        return side
    return Side(side.position, block, put_back(side.spans, block.text, left_out))


def _with_peers(rows: list[Row]) -> list[Row]:
    """The rows, where what moved knows the other row, of which it knew the block's position."""
    moved = [n for n, row in enumerate(rows) if row.peer is not None or _has_peers(row)]
    if moved:
        at_before = {side.position: n for n, row in enumerate(rows) for side in row.before}
        at_after = {side.position: n for n, row in enumerate(rows) for side in row.after}
        for n in moved:
            row = rows[n]
            before = tuple(_with_peers_at(at_after, side) for side in row.before)
            after = tuple(_with_peers_at(at_before, side) for side in row.after)
            peer = (at_after if before else at_before)[row.peer] if row.peer is not None else None
            rows[n] = replace(row, before=before, after=after, peer=peer)
    return rows


def _has_peers(row: Row) -> bool:
    return any(span.peer is not None for side in row.before + row.after for span in side.spans)


def _with_peers_at(places: Mapping[int, int], side: Side) -> Side:
    spans = (s if s.peer is None else replace(s, peer=places[s.peer]) for s in side.spans)
    return replace(side, spans=tuple(spans))
