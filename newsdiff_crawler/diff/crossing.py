"""Sentences that stand word for word in another paragraph than before.

Where the sentence before one or after it is still the same, only the paragraph's end was moved
past it: it has *shifted*, and nobody need see that. Otherwise it has *moved*.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from newsdiff_crawler.diff.align import RUNNING_TEXT, Match, group
from newsdiff_crawler.diff.model import Span
from newsdiff_crawler.diff.stock_phrases import without_stock_phrases
from newsdiff_crawler.diff.timestamps import is_date_line
from newsdiff_crawler.items import Block
from newsdiff_crawler.text import count_words, sentences

FEWEST_WORDS = 5
FEWEST_OF_ONE = 3  # of a sentence that stands nowhere else; fewer may be anybody's: "No comment."
# Work limit: where more than so many characters of a version are in paragraphs that differ, nothing
# is looked for. The longest version at hand has 35,000 in all.
MOST_CHARACTERS = 40_000
# What stands between two stops is a sentence, or a part of one.
_STOPS = re.compile(r"[.!?…؟۔।。！？]")
_AROUND = " \"'”’“‘»«›)]」』"
_SHORTEST_PART = 8  # characters
# The kinds of block whose words may move from one to another, and whole sentences also to these.
KINDS = frozenset({*RUNNING_TEXT, "standfirst", "caption"})
_KINDS_OF_SENTENCES = KINDS | {"headline"}


@dataclass(frozen=True, slots=True)
class Crossing:
    """A sentence that crossed, as a stretch of its block's text, with the white space that parts
    it from its neighbours. ``peer``: the position of the other version's block that has it."""

    start: int
    end: int
    mark: Literal["moved", "shifted"]
    peer: int


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str
    group: str  # of its block's kind
    row: int
    block: int
    start: int
    end: int


Crossings = Mapping[int, Sequence[Crossing]]  # by the block's position
_Pair = tuple[int, int]  # of sentences, by their place in each version


def crossings(
    before: Sequence[Block], after: Sequence[Block], matches: Sequence[Match]
) -> tuple[Crossings, Crossings]:
    """The sentences of each version that stand in another row than in the other one, given which
    blocks belong together."""
    rows = _rows(before, after, matches)
    settled = {n for n, match in enumerate(matches) if _says_the_same(match, before, after)}
    if len(settled) + 2 > len({*rows[0].values(), *rows[1].values()}):
        return {}, {}
    if not _may_cross(before, after, rows, settled):
        return {}, {}
    old = list(_sentences(before, rows[0], settled))
    new = list(_sentences(after, rows[1], settled))
    pairs = _pairs(old, new, settled)
    if not pairs:
        return {}, {}
    marks = _marks(pairs, old, new)
    return (
        _by_block([(old[i], marks[i, j], new[j].block) for i, j in pairs]),
        _by_block([(new[j], marks[i, j], old[i].block) for i, j in pairs]),
    )


def _rows(
    before: Sequence[Block], after: Sequence[Block], matches: Sequence[Match]
) -> tuple[dict[int, int], dict[int, int]]:
    """The row of each block: its match, by index, or one of its own below zero."""
    old = {i: -1 - i for i in range(len(before))}
    new = {j: -1 - len(before) - j for j in range(len(after))}
    for n, match in enumerate(matches):
        old.update(dict.fromkeys(match.before, n))
        new.update(dict.fromkeys(match.after, n))
    return old, new


def _may_cross(
    before: Sequence[Block],
    after: Sequence[Block],
    rows: tuple[Mapping[int, int], Mapping[int, int]],
    settled: set[int],
) -> bool:
    """Whether any sentence stands in another row: of most pairs none does, which is seen faster."""
    differing = [
        [(block.text, row) for n, block in enumerate(blocks) if (row := of[n]) not in settled]
        for blocks, of in zip((before, after), rows, strict=True)
    ]
    if any(sum(len(text) for text, _ in side) > MOST_CHARACTERS for side in differing):
        return False
    old, new = (
        {(part.strip(_AROUND), row) for text, row in side for part in _STOPS.split(text)}
        for side in differing
    )
    gone, come = {part for part, _ in old - new}, {part for part, _ in new - old}
    return any(len(part) >= _SHORTEST_PART for part in gone & come)


def _says_the_same(match: Match, before: Sequence[Block], after: Sequence[Block]) -> bool:
    if len(match.before) > 1 or len(match.after) > 1 or match.moved:
        return False
    return before[match.before[0]].text == after[match.after[0]].text


def _sentences(
    blocks: Sequence[Block], rows: Mapping[int, int], settled: set[int]
) -> Iterator[_Sentence]:
    """In reading order. A block that says the same in both versions is one sentence."""
    for n, block in enumerate(blocks):
        if block.kind not in _KINDS_OF_SENTENCES:
            continue
        row = rows[n]
        found = [block.text] if row in settled else sentences(block.text)
        at, starts = 0, []
        for text in found:
            at = block.text.index(text, at)
            starts.append(at)
            at += len(text)
        for k, text in enumerate(found):
            is_last = k == len(found) - 1
            start = starts[k - 1] + len(found[k - 1]) if is_last and k else starts[k]
            end = len(block.text) if is_last else starts[k + 1]
            yield _Sentence(text, group(block), row, n, start, end)


def _pairs(old: Sequence[_Sentence], new: Sequence[_Sentence], settled: set[int]) -> list[_Pair]:
    """The same sentences in different rows, each once, in their order."""
    stays = Counter((each.text, each.row) for each in old)
    stays &= Counter((each.text, each.row) for each in new)
    came: dict[str, list[int]] = defaultdict(list)
    for j in _free(new, stays, settled):
        came[new[j].text].append(j)
    gone = _free(old, stays, settled)
    return [(i, came[old[i].text].pop(0)) for i in gone if came.get(old[i].text)]


def _free(
    found: Sequence[_Sentence], stays: Mapping[tuple[str, int], int], settled: set[int]
) -> Iterator[int]:
    """The sentences that say something and are not in the same row of the other version."""
    left = Counter(stays)
    times = Counter(each.text for each in found)
    for n, each in enumerate(found):
        if each.row in settled:
            continue
        key = (each.text, each.row)
        if left[key]:
            left[key] -= 1
            continue
        if _says_something(each.text, times[each.text] == 1) and not is_date_line(each.text):
            yield n


def _says_something(sentence: str, is_only: bool) -> bool:
    """Whether a sentence is no other one that says the same by chance."""
    fewest = FEWEST_OF_ONE if is_only else FEWEST_WORDS
    number = count_words(sentence)
    return number >= FEWEST_WORDS or (
        number >= fewest and count_words(without_stock_phrases(sentence)) == number
    )


def _marks(
    pairs: Sequence[_Pair], old: Sequence[_Sentence], new: Sequence[_Sentence]
) -> dict[_Pair, Literal["moved", "shifted"]]:
    """Of each pair. Neighbours that crossed together are judged together, by what stands before
    and after them all."""
    marks: dict[_Pair, Literal["moved", "shifted"]] = {}
    for neighbours in _groups(pairs, old):
        (i, j), (k, m) = neighbours[0], neighbours[-1]
        before = _text(old, i - 1) and _text(old, i - 1) == _text(new, j - 1)
        after = _text(old, k + 1) and _text(old, k + 1) == _text(new, m + 1)
        stays = (before or after) and old[i].group == new[j].group
        marks.update(dict.fromkeys(neighbours, "shifted" if stays else "moved"))
    return marks


def _groups(pairs: Sequence[_Pair], old: Sequence[_Sentence]) -> Iterator[list[_Pair]]:
    neighbours: list[_Pair] = []
    for i, j in pairs:
        follows = neighbours and neighbours[-1] == (i - 1, j - 1)
        if neighbours and not (follows and old[i].group == old[i - 1].group):
            yield neighbours
            neighbours = []
        neighbours.append((i, j))
    if neighbours:
        yield neighbours


def _text(found: Sequence[_Sentence], n: int) -> str:
    return found[n].text if 0 <= n < len(found) else ""


def _by_block(
    found: Sequence[tuple[_Sentence, Literal["moved", "shifted"], int]],
) -> dict[int, list[Crossing]]:
    crossed: dict[int, list[Crossing]] = defaultdict(list)
    for each, mark, peer in sorted(found, key=lambda pair: pair[0].start):
        others = crossed[each.block]
        start = max(each.start, others[-1].end) if others else each.start  # one white space
        others.append(Crossing(start, each.end, mark, peer))
    return crossed


def cut_out(text: str, crossed: Sequence[Crossing]) -> str:
    """A block's text without the sentences that crossed."""
    ends = [0, *(at for each in crossed for at in (each.start, each.end)), len(text)]
    return "".join(text[ends[n] : ends[n + 1]] for n in range(0, len(ends), 2))


def put_back(spans: Sequence[Span], text: str, crossed: Sequence[Crossing]) -> tuple[Span, ...]:
    """The spans of what `cut_out` left of a text, with those of the sentences in their places."""
    whole: list[Span] = []
    rest = list(spans)[::-1]
    at = 0
    for each in crossed:
        _take(rest, whole, each.start - at)
        sentence = text[each.start : each.end]
        whole.append(Span(sentence, each.mark, each.mark == "shifted", each.peer))
        at = each.end
    return (*whole, *rest[::-1])


def _take(rest: list[Span], whole: list[Span], length: int) -> None:
    """Moves spans of so many characters from the one list, which runs backwards, to the other."""
    while length:
        span = rest.pop()
        if len(span.text) > length:
            rest.append(Span(span.text[length:], span.mark, span.cosmetic))
            span = Span(span.text[:length], span.mark, span.cosmetic)
        whole.append(span)
        length -= len(span.text)
