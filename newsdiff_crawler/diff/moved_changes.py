"""Sentences that were edited on their way to another paragraph, as changes of their own: what was
altered in them stands in two rows of a diff, and is judged like what was altered in place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import accumulate, chain, islice
from typing import NamedTuple

from newsdiff_crawler.diff.changes import BlockChange
from newsdiff_crawler.diff.model import Diff, Mark, Side, Span
from newsdiff_crawler.diff.tokens import Alphabet
from newsdiff_crawler.diff.words import compare_words
from newsdiff_crawler.items import Block
from newsdiff_crawler.text import sentence_bounds

_MOST = 100  # sentences of a diff that are looked for
_STRUCK = ("removed", "added")
_LONGEST = 600  # characters of a sentence
_FEWEST = 12  # characters that moved of one: fewer may be of any


class _Moved(NamedTuple):
    """A sentence of which words moved. ``peer``: the row from which most of them came, or to which
    they went; ``words``: the longest of these; ``is_edited``: whether others are new or gone."""

    text: str
    peer: int
    words: str
    is_edited: bool


def moved_changes(diff: Diff) -> Iterator[BlockChange]:
    """The sentences that were edited on their way, with what each was, in the row where it is."""
    came = ((n, side, new) for n, row in enumerate(diff.rows) for side in row.after
            for new in _moved(side))  # fmt: skip
    for n, side, new in islice(came, _MOST):
        for old in chain.from_iterable(map(_moved, diff.rows[new.peer].before)):
            is_it = new.words in old.text or old.words in new.text
            if old.peer == n and is_it and (old.is_edited or new.is_edited):
                yield _change(n, side, old.text, new.text)
                break


def _moved(side: Side) -> Iterator[_Moved]:
    if all(span.mark != "moved" for span in side.spans):
        return
    for text, found in _by_sentence(side):
        sizes: Counter[int] = Counter()
        for span, part in found:
            if span.mark == "moved" and span.peer is not None:
                sizes[span.peer] += len(part)
        if sizes and len(text) <= _LONGEST:
            ((peer, size),) = sizes.most_common(1)
            words = [part for span, part in found if span.mark == "moved" and span.peer == peer]
            is_edited = any(s.mark in _STRUCK and not s.cosmetic and p.strip() for s, p in found)
            if size >= _FEWEST:
                yield _Moved(text.strip(), peer, max(words, key=len).strip(), is_edited)


def _by_sentence(side: Side) -> Iterator[tuple[str, list[tuple[Span, str]]]]:
    """The sentences of a block, each with the spans that lie in it and what of them does."""
    starts = list(accumulate((len(span.text) for span in side.spans), initial=0))
    first = 0
    for start, end in sentence_bounds(side.block.text):
        while starts[first + 1] <= start:
            first += 1
        found = []
        n = first
        while n < len(side.spans) and starts[n] < end:
            span = side.spans[n]
            found.append((span, span.text[max(0, start - starts[n]) : end - starts[n]]))
            n += 1
        yield side.block.text[start:end], found


def _change(row: int, side: Side, before: str, after: str) -> BlockChange:
    """A sentence beside what it was, as if it stood in one place."""
    old: list[Span] = []
    new: list[Span] = []
    for piece in compare_words([before], [after], Alphabet()):
        gone: Mark = "same" if piece.same else "removed"
        come: Mark = "same" if piece.same else "added"
        for spans, text, mark in ((old, piece.before, gone), (new, piece.after, come)):
            if text:
                spans.append(Span(text, mark, piece.cosmetic))
    kind = side.block.kind
    return BlockChange(
        row,
        "edited",
        (Side(side.position, Block(kind, before), tuple(old)),),
        (Side(side.position, Block(kind, after), tuple(new)),),
    )
