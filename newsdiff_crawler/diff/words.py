"""What differs between texts that belong together, word by word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import attrgetter, ne
from typing import NamedTuple

from newsdiff_crawler.diff.model import Piece
from newsdiff_crawler.diff.quotations import count_marks, marks_won_or_lost
from newsdiff_crawler.diff.sequence import common_runs
from newsdiff_crawler.diff.tokens import Alphabet, fold, has_meaning

# Words that stayed between two changes are marked with them when the shorter change is this
# many times as long: a phrase that was rewritten reads as one change. Of short words such as "in"
# and "the", which stay by chance, when both changes together are.
ISLAND_RATIO = 4
SHORT_WORD = 3  # letters
# Work limits: a diff has at most about this many changes of words ...
MAX_CHANGES = 6000
# ... and a text with more cosmetic differences in a row than this is one cosmetic change.
MAX_COSMETIC = 1000
_SENTENCE_END = (".", "!", "?", "。", "！", "？", "…")


class _TokenChange(NamedTuple):
    """Tokens i to k of the older text gave way to tokens j to m of the newer one."""

    i: int
    k: int
    j: int
    m: int


def compare_words(
    before: Sequence[str], after: Sequence[str], alphabet: Alphabet, most: int = MAX_CHANGES
) -> list[Piece]:
    """The pieces of two texts in order; joined, each side of the pieces is its text.

    A text comes as a list of one, or of the several that it was split into. Beyond `most` changes,
    neighbours become one.
    """
    x, a = _spell(before, alphabet)
    y, b = _spell(after, alphabet)
    settled = _settle(_joined_insertions(_fewer(_changes(a, b), most), x, y), x, y)
    changes = _swallow_islands(settled, x, y)
    pieces = []
    i = j = 0
    for change in [*changes, _TokenChange(len(x), len(x), len(y), len(y))]:
        pieces += _unchanged(x[i : change.i], y[j : change.j])
        pieces.append(_changed("".join(x[change.i : change.k]), "".join(y[change.j : change.m])))
        i, j = change.k, change.m
    return _with_quotations(_join(pieces))


def _with_quotations(pieces: list[Piece]) -> list[Piece]:
    """Pieces of which marks that make words a quotation are no mere matter of style."""
    marks = [
        n
        for n, piece in enumerate(pieces)
        if piece.cosmetic and count_marks(piece.before) != count_marks(piece.after)
    ]
    if marks and marks_won_or_lost(
        "".join(piece.before for piece in pieces), "".join(piece.after for piece in pieces)
    ):
        for n in marks:
            pieces[n] = pieces[n]._replace(cosmetic=False)
    return pieces


def _spell(texts: Sequence[str], alphabet: Alphabet) -> tuple[list[str], str]:
    if len(texts) == 1:
        return alphabet.spell(texts[0])
    spellings = [alphabet.spell(text) for text in texts]
    tokens = [token for spelling in spellings for token in spelling.tokens]
    return tokens, "".join(spelling.letters for spelling in spellings)


def _changes(a: str, b: str) -> list[_TokenChange]:
    changes = []
    i = j = 0
    for start, other, size in [*common_runs(a, b), (len(a), len(b), 0)]:
        if start > i or other > j:
            changes.append(_TokenChange(i, start, j, other))
        i, j = start + size, other + size
    return changes


def _fewer(changes: list[_TokenChange], most: int) -> list[_TokenChange]:
    """Neighbours joined, as many as it takes to leave about `most`."""
    size = -(-len(changes) // most) or 1
    groups = (changes[n : n + size] for n in range(0, len(changes), size))
    return [_TokenChange(group[0].i, group[-1].k, group[0].j, group[-1].m) for group in groups]


def _joined_insertions(
    changes: list[_TokenChange], x: list[str], y: list[str]
) -> list[_TokenChange]:
    """Two insertions, or two removals, made one where the second ends as what stayed between them:
    "*A feast for* Lopes *drew many. Lopes* was" is "*A feast for Lopes drew many.* Lopes was"."""
    joined: list[_TokenChange] = []
    for change in changes:
        last = joined[-1] if joined else change
        between = x[last.k : change.i]
        inserts = last.i == last.k and change.i == change.k
        removes = last.j == last.m and change.j == change.m
        added, removed = y[change.j : change.m], x[change.i : change.k]
        stayed = len(between)
        if stayed and inserts and added[-stayed:] == between:
            joined[-1] = _TokenChange(last.i, last.k, last.j, change.m - stayed)
        elif stayed and removes and removed[-stayed:] == between:
            joined[-1] = _TokenChange(last.i, change.k - stayed, last.j, last.m)
        else:
            joined.append(change)
    return joined


def _settle(changes: list[_TokenChange], x: list[str], y: list[str]) -> list[_TokenChange]:
    """Move a change that could stand in several places to where a sentence or a clause begins.

    "A. C. B." for "A. B.": the words added are "C. " and not ". C".
    """
    floor = _TokenChange(0, 0, 0, 0)
    ceilings = [*changes, _TokenChange(len(x), len(x), len(y), len(y))][1:]
    settled = []
    for change, ceiling in zip(changes, ceilings, strict=True):
        if change.i == change.k:
            change = _slide(change, floor, ceiling, y, change.j, change.m)
        elif change.j == change.m:
            change = _slide(change, floor, ceiling, x, change.i, change.k)
        settled.append(change)
        floor = change
    return settled


def _slide(
    change: _TokenChange,
    floor: _TokenChange,
    ceiling: _TokenChange,
    tokens: list[str],
    start: int,
    end: int,
) -> _TokenChange:
    """The best place for tokens that only one side has, between the changes around it."""
    left = right = 0
    room = min(change.i - floor.k, change.j - floor.m)
    while left < room and tokens[start - left - 1] == tokens[end - left - 1]:
        left += 1
    room = min(ceiling.i - change.k, ceiling.j - change.m)
    while right < room and tokens[start + right] == tokens[end + right]:
        right += 1
    if not left and not right:
        return change
    best = max(range(-left, right + 1), key=lambda shift: (_opening(tokens, start + shift), shift))
    return _TokenChange(*(end + best for end in change))


def _opening(tokens: list[str], at: int) -> int:
    """How well a phrase may begin here: 2 at a sentence, 1 after punctuation, else 0."""
    if at == 0 or tokens[at - 1].rstrip().endswith(_SENTENCE_END):
        return 2
    return 0 if has_meaning(tokens[at - 1]) else 1


def _swallow_islands(changes: list[_TokenChange], x: list[str], y: list[str]) -> list[_TokenChange]:
    """Join neighbouring changes of words that are long beside what stayed between them."""
    joined: list[_TokenChange] = []
    size = 0  # of the last one joined, at least
    for change in changes:
        own = _size(change, x, y)
        if joined:
            last = joined[-1]
            words = x[last.k : change.i]
            by_chance = size and own and all(map(_is_short, words))
            island = len("".join(words).strip())
            if island * ISLAND_RATIO <= (size + own if by_chance else min(size, own)):
                joined[-1] = _TokenChange(last.i, change.k, last.j, change.m)
                size += own
                continue
        joined.append(change)
        size = own
    return joined


def _is_short(token: str) -> bool:
    """Whether a token is a short word of a script that puts a space after it."""
    return len(token.strip()) <= SHORT_WORD and token[-1:].isspace()


def _size(change: _TokenChange, x: list[str], y: list[str]) -> int:
    """The characters of a change of words; 0 if only punctuation changed."""
    before, after = "".join(x[change.i : change.k]), "".join(y[change.j : change.m])
    return max(len(before), len(after)) if has_meaning(before + after) else 0


def _unchanged(x: list[str], y: list[str]) -> list[Piece]:
    """Tokens that fold to the same: one piece, or several where they differ in appearance."""
    alike = len(x) if x == y else len(x) - 1
    if x[:alike] != y[:alike]:
        alike = 0
        if sum(map(ne, x, y)) > MAX_COSMETIC:
            return [Piece("".join(x), "".join(y), cosmetic=True)]
    text = "".join(x[:alike])
    pieces = [Piece(text, text, same=True)]
    start = alike
    for n in range(alike, len(x)):
        old, new = x[n], y[n]
        if old == new:
            continue
        text = "".join(x[start:n])
        start = n + 1
        word = old.rstrip()
        if word == new.rstrip():
            text += word
            pieces.append(Piece(text, text, same=True))
            pieces.append(Piece(old[len(word) :], new[len(word) :], cosmetic=True))
        else:
            pieces.append(Piece(text, text, same=True))
            pieces.append(Piece(old, new, cosmetic=fold(old) == fold(new)))
    text = "".join(x[start:])
    return [*pieces, Piece(text, text, same=True)]


def _changed(before: str, after: str) -> Piece:
    return Piece(before, after, cosmetic=not has_meaning(before + after))


def _join(pieces: Iterable[Piece]) -> list[Piece]:
    """Neighbours of one sort made one; white space that both sides of a change end in set free."""
    joined = []
    space = ""
    filled = (piece for piece in pieces if piece.before or piece.after)
    for same, group in groupby(filled, key=attrgetter("same")):
        run = list(group)
        before = space + "".join(piece.before for piece in run)
        after = space + "".join(piece.after for piece in run)
        space = ""
        if not same:
            space = _shared_space(before, after)
            before, after = before[: len(before) - len(space)], after[: len(after) - len(space)]
        if before or after:
            joined.append(Piece(before, after, same, not same and all(p.cosmetic for p in run)))
    return [*joined, Piece(space, space, same=True)] if space else joined


def _shared_space(before: str, after: str) -> str:
    """The white space that both texts end in."""
    shorter = min(len(before) - len(before.rstrip()), len(after) - len(after.rstrip()))
    while shorter and before[-shorter:] != after[-shorter:]:
        shorter -= 1
    return before[len(before) - shorter :]
