"""Which unit of one version belongs to which of the other. Units are blocks or sentences.

Equal texts first; then texts that share enough of their words, as the heaviest set of pairs in
which none crosses another; what belongs together and crosses has moved. Last, a neighbour whose
words come from a pair's other side is taken in: one unit split in several, or several merged.
"""

from __future__ import annotations

import sys
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, product, takewhile
from operator import eq
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from newsdiff_crawler.diff.sequence import Pair, common_runs, heaviest_chain
from newsdiff_crawler.diff.stock_phrases import all_without_stock_phrases
from newsdiff_crawler.diff.timestamps import is_date_line
from newsdiff_crawler.diff.tokens import Alphabet, has_meaning
from newsdiff_crawler.items import Block

RUNNING_TEXT = frozenset({"paragraph", "subheading", "list_item", "quote"})
# Two units are versions of one when they share this part of their words (2 x shared / all) ...
SIMILAR = 0.4
# ... or when nearly all words of the shorter one stand in the longer, and it has some.
CONTAINED = 0.8
CONTAINED_WORDS = 6
# A unit out of order must be more alike, and longer, to count as moved and not as rewritten.
MOVED = 0.6
MOVED_CHARACTERS = 20
# A neighbour is part of a split when this share of its words comes from the unit split.
PART = 0.6
# Nothing belongs to what is this many times as long, so that no unit is compared with too much.
MOST_LONGER = 20
# Up to this many pairs are all compared.
FEW = 9
# Work limits: beyond, what a unit could belong to is looked up by its rarest words ...
RAREST_WORDS = 24
MANY = 400  # units: of more, each is looked up by fewer words
RAREST_OF_MANY = 6
MAX_END = 1000  # words of each end of a long unit
UNITS_A_WORD = 8
CANDIDATES = 3
# ... compared in order up to this many cells (words x words), beyond it as bags of words ...
MAX_ORDERED_CELLS = 250_000
MAX_BAG = 5000  # words of each end
# ... and a unit of up to this many words is split, into at most this many parts.
MAX_SPLIT_WORDS = 600
MAX_PARTS = 12


class Unit(NamedTuple):
    """A text, and what it is. Only units of one group can belong together."""

    text: str
    group: str = ""


def group(block: Block) -> str:
    """The kind of a block that faces only its own kind; "" for all running text."""
    return "" if block.kind in RUNNING_TEXT else block.kind


class Match(NamedTuple):
    """Units that belong together, by index; several on one side are neighbours."""

    before: tuple[int, ...]
    after: tuple[int, ...]
    moved: bool = False


class _Candidate(NamedTuple):
    pair: Pair
    likeness: float  # 0 to 1
    shared: float  # characters of the older unit


def align(
    before: Sequence[Unit],
    after: Sequence[Unit],
    alphabet: Alphabet,
    fixed: Sequence[Pair] = (),
) -> list[Match]:
    """The matches of two sequences, in no promised order. Each unit is in one at most.

    `fixed` pairs, by index, belong together whatever they say, as one headline and the next.
    """
    head, tail = shared_ends(before, after)
    end_before, end_after = len(before) - tail, len(after) - tail
    matches = [Match((k,), (k,)) for k in range(head)]
    matches += [Match((end_before + k,), (end_after + k,)) for k in range(tail)]
    inner = [(i - head, j - head) for i, j in fixed if head <= i < end_before and j < end_after]
    for match in _align(before[head:end_before], after[head:end_after], alphabet, inner):
        was, now = (tuple(head + k for k in side) for side in (match.before, match.after))
        matches.append(Match(was, now, match.moved))
    return matches


def shared_ends(before: Sequence[object], after: Sequence[object]) -> Pair:
    """How many units are equal from the start, and of the rest from the end."""
    head = sum(takewhile(bool, map(eq, before, after)))
    tail = sum(takewhile(bool, map(eq, reversed(before[head:]), reversed(after[head:]))))
    return head, tail


def _align(
    before: Sequence[Unit], after: Sequence[Unit], alphabet: Alphabet, fixed: Sequence[Pair]
) -> list[Match]:
    certain = [*fixed, *_equal(before, after)]
    candidates = [_Candidate((i, j), 1.0, len(before[i].text) + 1) for i, j in certain]
    free_before = _unused(len(before), (c.pair[0] for c in candidates))
    free_after = _unused(len(after), (c.pair[1] for c in candidates))
    if free_before and free_after:
        candidates += _similar(before, after, free_before, free_after, alphabet)
    matches = _choose(candidates, before)
    if matches and (free_before or free_after):
        matches = _take_in_neighbours(before, after, matches, alphabet)
    return matches


def _equal(before: Sequence[Unit], after: Sequence[Unit]) -> Iterator[Pair]:
    """Pairs of equal units: all that keep their order, then first with first, next with next."""
    letters: dict[Unit, str] = {}
    for unit in (*before, *after):
        letters.setdefault(unit, chr(min(len(letters), sys.maxunicode)))
    a = "".join(letters[unit] for unit in before)
    b = "".join(letters[unit] for unit in after)
    pairs = [(i + k, j + k) for i, j, size in common_runs(a, b) for k in range(size)]
    yield from pairs
    waiting = defaultdict(list)
    for j in reversed(_unused(len(after), (j for _, j in pairs))):
        waiting[after[j]].append(j)
    for i in _unused(len(before), (i for i, _ in pairs)):
        if waiting.get(before[i]):
            yield i, waiting[before[i]].pop()


def _unused(length: int, used: Iterable[int]) -> list[int]:
    taken = set(used)
    return [k for k in range(length) if k not in taken]


def _similar(
    before: Sequence[Unit],
    after: Sequence[Unit],
    free_before: Sequence[int],
    free_after: Sequence[int],
    alphabet: Alphabet,
) -> Iterator[_Candidate]:
    """Pairs of units that share enough words, looked up by the rarest words of each."""
    for kind in dict.fromkeys(before[i].group for i in free_before):
        old = _spelled(before, free_before, kind, alphabet)
        new = _spelled(after, free_after, kind, alphabet)
        few = len(old) * len(new) <= FEW
        pairs = product(old, new) if few else _worth_comparing(old, new, len(after) / len(before))
        for i, j in pairs:
            a, b = _ends(old[i], MAX_BAG), _ends(new[j], MAX_BAG)
            shared = _shared_words(a, b)
            likeness = _likeness(shared, len(a), len(b))
            if likeness >= SIMILAR:
                yield _Candidate((i, j), likeness, shared / len(a) * len(before[i].text))


def _spelled(
    units: Sequence[Unit], free: Sequence[int], kind: str, alphabet: Alphabet
) -> dict[int, str]:
    """The words by which each text is told from others; all of one that has no other words."""
    texts = {k: units[k].text for k in free if units[k].group == kind}
    owns = all_without_stock_phrases(list(texts.values()))
    return {
        k: alphabet.spell(own if has_meaning(own) else text).letters
        for (k, text), own in zip(texts.items(), owns, strict=True)
    }


def _worth_comparing(old: dict[int, str], new: dict[int, str], stretch: float) -> Iterator[Pair]:
    """Pairs of units that share rare words, and are not too unlike in length.

    A unit at index i is looked for around i x `stretch`.
    """
    rarest = RAREST_WORDS if len(old) <= MANY else RAREST_OF_MANY
    holders: dict[str, list[int]] = defaultdict(list)
    for j, letters in new.items():
        for letter in dict.fromkeys(_ends(letters, MAX_END)):
            holders[letter].append(j)
    for i, letters in old.items():
        # In their order: that of a set is another in each process.
        words = dict.fromkeys(_ends(letters, MAX_END))
        postings = [holders[letter] for letter in words if letter in holders]
        for j in _likeliest(postings, int(i * stretch), rarest):
            shorter, longer = sorted((len(letters), len(new[j])))
            if longer <= MOST_LONGER * shorter:
                yield i, j


def _ends(letters: str, most: int) -> str:
    """The words of a unit; of a very long one, `most` from its start and as many from its end."""
    return letters if len(letters) <= 2 * most else letters[:most] + letters[-most:]


def _likeliest(postings: list[list[int]], index: int, rarest: int) -> list[int]:
    """The units that hold most of the rarest words, given the units that hold each word."""
    rare = sorted(postings, key=len)[:rarest]
    votes = Counter(chain.from_iterable(_near(posting, index) for posting in rare))
    likely = [j for j, number in votes.items() if number > 1]
    if likely:
        return sorted(likely, key=lambda j: (-votes[j], abs(j - index)))[:CANDIDATES]
    return [min(votes, key=lambda j: abs(j - index))] if votes else []


def _near(posting: list[int], index: int) -> list[int]:
    """Of the units that hold a word, those next to where a unit stood."""
    if len(posting) <= UNITS_A_WORD:
        return posting
    at = bisect_left(posting, index)
    start = max(0, min(at - UNITS_A_WORD // 2, len(posting) - UNITS_A_WORD))
    return posting[start : start + UNITS_A_WORD]


def _shared_words(a: str, b: str) -> int:
    """Words in the same order in both; for long units in any order."""
    if len(a) * len(b) <= MAX_ORDERED_CELLS:
        return LCSseq.similarity(a, b)
    return (Counter(a) & Counter(b)).total()


def _likeness(shared: int, length_a: int, length_b: int) -> float:
    shorter, longer = sorted((length_a, length_b))
    likeness = 2 * shared / (shorter + longer or 1)
    if (
        longer <= MOST_LONGER * shorter
        and shorter >= CONTAINED_WORDS
        and shared >= CONTAINED * shorter
    ):
        return max(likeness, SIMILAR)
    return likeness


def _choose(candidates: list[_Candidate], before: Sequence[Unit]) -> list[Match]:
    """The heaviest pairs that keep their order; of the others, the most alike have moved, but for
    date lines and rules."""
    chain = heaviest_chain([c.pair for c in candidates], [c.shared for c in candidates])
    chosen = [Match((candidates[k].pair[0],), (candidates[k].pair[1],)) for k in chain]
    used_before = {match.before[0] for match in chosen}
    used_after = {match.after[0] for match in chosen}
    likeliest = sorted(candidates, key=lambda c: (-c.likeness, -c.shared, c.pair))
    for (i, j), likeness, shared in likeliest:
        alike = likeness == 1.0 or (likeness >= MOVED and shared >= MOVED_CHARACTERS)
        if alike and i not in used_before and j not in used_after and _may_move(before[i].text):
            chosen.append(Match((i,), (j,), moved=True))
            used_before.add(i)
            used_after.add(j)
    return chosen


def _may_move(text: str) -> bool:
    return has_meaning(text) and not is_date_line(text)


def _take_in_neighbours(
    before: Sequence[Unit], after: Sequence[Unit], matches: list[Match], alphabet: Alphabet
) -> list[Match]:
    """Turn pairs into splits and merges where free neighbours were part of the other side."""
    free_before = set(_unused(len(before), (i for m in matches for i in m.before)))
    free_after = set(_unused(len(after), (j for m in matches for j in m.after)))

    def widen(match: Match) -> Match:
        i, j = match.before[0], match.after[0]
        if before[i] == after[j]:
            return match
        parts = _parts(before[i], j, after, free_after, alphabet)
        if len(parts) > 1:
            return Match(match.before, parts, match.moved)
        return Match(_parts(after[j], i, before, free_before, alphabet), match.after, match.moved)

    return [widen(match) for match in matches]


def _parts(
    whole: Unit, start: int, units: Sequence[Unit], free: set[int], alphabet: Alphabet
) -> tuple[int, ...]:
    """The units around `start` that `whole` was made of; those taken are no longer free."""
    letters = alphabet.spell(whole.text).letters
    if len(letters) > MAX_SPLIT_WORDS:
        return (start,)
    known = set(letters)
    parts = [start]
    joined = alphabet.spell(units[start].text).letters
    for step in (1, -1):
        at = start + step
        while at in free and units[at].group == whole.group and len(parts) < MAX_PARTS:
            part = alphabet.spell(units[at].text).letters
            needed = PART * len(part)
            if len(part) > len(letters) or sum(letter in known for letter in part) < needed:
                break
            wider = joined + part if step > 0 else part + joined
            if _shared_words(letters, wider) - _shared_words(letters, joined) < needed:
                break
            joined = wider
            parts.append(at)
            free.discard(at)
            at += step
    return tuple(sorted(parts))
