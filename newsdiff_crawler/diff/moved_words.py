"""Words that stand in another place than before, though their sentence was edited, split or merged.

Whole sentences that crossed are `newsdiff_crawler.diff.crossing`'s; these are found afterwards, in
what would else be struck out in one place and added in another.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Literal, NamedTuple

from newsdiff_crawler.diff.crossing import KINDS, MOST_CHARACTERS
from newsdiff_crawler.diff.model import Mark, Row, Side, Span
from newsdiff_crawler.diff.sequence import Run, common_runs
from newsdiff_crawler.diff.stock_phrases import without_stock_phrases
from newsdiff_crawler.diff.timestamps import is_date_line
from newsdiff_crawler.diff.tokens import Alphabet, has_meaning
from newsdiff_crawler.text import count_words, sentence_bounds, words

LONG = 8  # words in a row that moved, whatever they are of; or ...
FEWEST = 5  # ... so many, if half of a sentence moved
HALF = 0.5
RUN = 3  # words in a row: fewer are in two sentences by chance, but for ...
PAIR = 2  # ... those of a sentence that begins as it did, and of which
MOST_KEPT = 0.7  # moved in all
SEED = 4  # tokens in a row by which two sentences find each other
# Work limits: a sentence is compared in parts of so many tokens, each with so many others, which
# are looked for among so many that hold one seed.
LONGEST_PART = 100
MOST_PARTS = 2
PARTS_A_SEED = 8
_NEIGHBOURS = 3  # words before or behind, which stayed where only a paragraph's end was moved
_CONTEXT = 200  # characters in which they, and where a sentence begins, are looked for
_LONGEST_SENTENCE = 600  # characters

_STRUCK = ("removed", "added")
_SHORTEST = 2 * FEWEST - 1  # characters of so many words

_Which = Literal["before", "after"]
_Marked = tuple[Mark, int]  # and the position of the other version's block
_Stretch = tuple[int, int, _Marked]  # of a block's text: from, to


@dataclass(slots=True)
class _Part:
    """What of a sentence stands in one marked span. ``marks``: those of its tokens that moved."""

    row: int
    side: Side
    start: int  # in the block's text
    tokens: list[str]
    letters: str
    marks: dict[int, _Marked] = field(default_factory=dict)

    def text(self, start: int, end: int) -> str:
        """That of some of the tokens."""
        return "".join(self.tokens[start:end])

    def stretches(self) -> Iterator[_Stretch]:
        """What moved, in the block's text."""
        at = self.start
        for mark, tokens in groupby(range(len(self.tokens)), key=self.marks.get):
            size = sum(len(self.tokens[n]) for n in tokens)
            if mark:
                yield at, at + size, mark
            at += size


class _Around(NamedTuple):
    """The words next to what moved, and whether a paragraph's end is between."""

    words: list[str]
    is_beyond: bool


def mark_moved_words(rows: Sequence[Row], alphabet: Alphabet) -> list[Row]:
    """The rows, where words that were removed in one place and added in another have moved; or have
    shifted, where only a paragraph's end was moved past them."""
    struck = [_struck(rows, "before"), _struck(rows, "after")]
    if not all(0 < sum(len(span.text) for *_, span in side) <= MOST_CHARACTERS for side in struck):
        return list(rows)
    gone, come = ([part for each in side for part in _parts(*each, alphabet)] for side in struck)
    texts: list[list[str]] = []
    for old, new in _alike(gone, come):
        runs = _runs(old, new)
        if not runs:
            continue
        texts = texts or [_texts(rows, "before"), _texts(rows, "after")]
        mark: Mark = "shifted" if _kept_neighbours(texts, old, new, runs) else "moved"
        for i, j, length in runs:
            old.marks.update(dict.fromkeys(range(i, i + length), (mark, new.side.position)))
            new.marks.update(dict.fromkeys(range(j, j + length), (mark, old.side.position)))
    return _marked(rows, [*gone, *come]) if texts else list(rows)


def _struck(rows: Sequence[Row], which: _Which) -> list[tuple[int, Side, int, Span]]:
    """What was removed or added, with its row and its place in the block's text."""
    struck = []
    for n, row in enumerate(rows):
        sides: tuple[Side, ...] = () if row.edit == "same" else getattr(row, which)
        for side in sides if sides and sides[0].block.kind in KINDS else ():
            at = 0
            for span in side.spans:
                if len(span.text) >= _SHORTEST and span.mark in _STRUCK and not span.cosmetic:
                    struck.append((n, side, at, span))
                at += len(span.text)
    return struck


def _parts(row: int, side: Side, start: int, span: Span, alphabet: Alphabet) -> Iterator[_Part]:
    """The sentences of a span, each as one part, or as several if it is long; none of one that is
    too short to matter."""
    for begin, end in sentence_bounds(span.text):
        at = start + begin
        tokens, letters = alphabet.spell(span.text[begin:end])
        for k in range(0, len(tokens) - FEWEST + 1, LONGEST_PART):
            some = slice(k, k + LONGEST_PART)
            yield (part := _Part(row, side, at, tokens[some], letters[some]))
            at += len("".join(part.tokens))


def _alike(gone: Sequence[_Part], come: Sequence[_Part]) -> Iterator[tuple[_Part, _Part]]:
    """Parts that have some tokens in a row in common; the likeliest of each."""
    holders: dict[str, list[int]] = defaultdict(list)
    for n, old in enumerate(gone):
        for seed in _seeds(old):
            if len(holders[seed]) < PARTS_A_SEED:
                holders[seed].append(n)
    for new in come:
        votes = Counter(n for seed in _seeds(new) for n in holders.get(seed, ()))
        for n, _ in votes.most_common(MOST_PARTS):
            yield gone[n], new


def _seeds(part: _Part) -> dict[str, None]:
    letters = part.letters
    return dict.fromkeys(letters[k : k + SEED] for k in range(len(letters) - SEED + 1))


def _runs(old: _Part, new: _Part) -> list[Run]:
    """The runs of tokens that moved from the one part to the other, if they are enough."""
    sizes: dict[Run, int] = {}
    for i, j, length in common_runs(old.letters, new.letters):
        free = not any(i + k in old.marks or j + k in new.marks for k in range(length))
        text = without_stock_phrases(new.text(j, j + length)) if free and length >= RUN else ""
        if (number := _count(text)) >= PAIR:
            sizes[i, j, length] = number
    runs = [run for run, number in sizes.items() if number >= RUN]
    most = max(sizes.values(), default=0)
    if sum(sizes.values()) < FEWEST or is_date_line("".join(new.tokens)):
        return []
    lengths = [_words_of_sentence(part) for part in (old, new)]
    i, j, _ = next(iter(sizes))
    begins_alike = not (old.text(0, i).strip() or new.text(0, j).strip())
    if begins_alike and sum(sizes.values()) >= MOST_KEPT * max(lengths):
        return list(sizes)
    total = sum(sizes[run] for run in runs)
    is_enough = most >= LONG or (most >= FEWEST and total >= HALF * min(lengths))
    return runs if is_enough else []


def _words_of_sentence(part: _Part) -> int:
    """How many the sentence has of which a part stands in a marked span."""
    ahead = min(part.start, _CONTEXT)
    text = part.side.block.text[part.start - ahead : part.start + _LONGEST_SENTENCE]
    at = ahead + len(text[ahead:]) - len(text[ahead:].lstrip())
    around = [text[start:end] for start, end in sentence_bounds(text) if end > at]
    return _count(around[0] if around else text)


def _count(text: str) -> int:
    """The words of a text; of a script without spaces, half of its characters."""
    number, spaced = count_words(text), len(text.split())
    return number if number <= 2 * spaced else (number + spaced) // 2


def _texts(rows: Sequence[Row], which: _Which) -> list[str]:
    """Those of a version's blocks, in its order."""
    sides: list[Side] = [side for row in rows for side in getattr(row, which)]
    return [side.block.text for side in sorted(sides, key=lambda side: side.position)]


def _kept_neighbours(
    texts: Sequence[Sequence[str]], old: _Part, new: _Part, runs: Sequence[Run]
) -> bool:
    """Whether what moved to another row stands behind or before the same words as it did."""
    if old.row == new.row:
        return False
    (i, j, _), (k, m, length) = runs[0], runs[-1]
    ahead = [_ahead(texts[0], old, i), _ahead(texts[1], new, j)]
    behind = [_behind(texts[0], old, k + length), _behind(texts[1], new, m + length)]
    return any(_meet_at_an_end(*around) for around in (ahead, behind))


def _meet_at_an_end(old: _Around, new: _Around) -> bool:
    return old.words == new.words != [] and old.is_beyond != new.is_beyond


def _ahead(texts: Sequence[str], part: _Part, token: int) -> _Around:
    place = part.side.position
    here = texts[place][: part.start + len(part.text(0, token))]
    text = here if has_meaning(here) else texts[place - 1] if place else ""
    return _Around(words(text[-_CONTEXT:].casefold())[-_NEIGHBOURS:], text is not here)


def _behind(texts: Sequence[str], part: _Part, token: int) -> _Around:
    place = part.side.position
    here = texts[place][part.start + len(part.text(0, token)) :]
    text = here if has_meaning(here) else "".join(texts[place + 1 : place + 2])
    return _Around(words(text[:_CONTEXT].casefold())[:_NEIGHBOURS], text is not here)


def _marked(rows: Sequence[Row], parts: Sequence[_Part]) -> list[Row]:
    found: dict[int, list[_Stretch]] = defaultdict(list)
    for part in parts:
        found[id(part.side)] += part.stretches()
    changed = {part.row for part in parts if part.marks}
    marked = list(rows)
    for n in changed:
        before, after = (
            tuple(_with(side, found[id(side)]) for side in sides)
            for sides in (rows[n].before, rows[n].after)
        )
        marked[n] = replace(rows[n], before=before, after=after)
    return marked


def _with(side: Side, stretches: Sequence[_Stretch]) -> Side:
    """A side with some stretches of its marked spans under another mark. What is left of such a
    span and says nothing is cosmetic."""
    spans: list[Span] = []
    rest = list(stretches)[::-1]
    at = 0
    for span in side.spans if stretches else ():
        end = at + len(span.text)
        is_cut = bool(rest) and rest[-1][0] < end
        while rest and rest[-1][0] < end:
            start, stop, (mark, peer) = rest.pop()
            spans += _left(side.block.text[at:start], span, is_cut)
            spans.append(Span(side.block.text[start:stop], mark, mark == "shifted", peer))
            at = stop
        spans += _left(side.block.text[at:end], span, is_cut)
        at = end
    return replace(side, spans=tuple(spans)) if stretches else side


def _left(text: str, span: Span, is_cut: bool) -> list[Span]:
    cosmetic = span.cosmetic or (is_cut and not has_meaning(text))
    return [replace(span, text=text, cosmetic=cosmetic)] if text else []
