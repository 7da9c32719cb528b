"""Sentences that were edited on their way to another paragraph, as changes of their own: what was
altered in them stands in two rows of a diff, and is judged like what was altered in place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from newsdiff_crawler.diff.changes import BlockChange
from newsdiff_crawler.diff.model import Diff, Mark, Side, Span
from newsdiff_crawler.diff.tokens import Alphabet
from newsdiff_crawler.diff.words import compare_words
from newsdiff_crawler.items import Block
from newsdiff_crawler.text import sentence_bounds

_MOST = 30  # sentences of a diff
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
    left = _MOST
    for n, row in enumerate(diff.rows):
        for side in row.after:
            for new in _moved(side):
                old = _where_it_was(diff.rows[new.peer].before, n, new)
                if old and left:
                    left -= 1
                    yield _change(n, side, old.text, new.text)


def _moved(side: Side) -> Iterator[_Moved]:
    if all(span.mark != "moved" for span in side.spans):
        return
    for start, end in sentence_bounds(side.block.text):
        found = list(_within(side.spans, start, end))
        sizes: Counter[int] = Counter()
        for span, text in found:
            if span.mark == "moved" and span.peer is not None:
                sizes[span.peer] += len(text)
        if sizes and end - start <= _LONGEST:
            ((peer, size),) = sizes.most_common(1)
            words = [text for span, text in found if span.mark == "moved" and span.peer == peer]
            is_edited = any(s.mark in _STRUCK and not s.cosmetic and t.strip() for s, t in found)
            if size >= _FEWEST:
                text = side.block.text[start:end].strip()
                yield _Moved(text, peer, max(words, key=len).strip(), is_edited)


def _within(spans: Sequence[Span], start: int, end: int) -> Iterator[tuple[Span, str]]:
    """The spans that lie in a stretch of their block's text, with what of them does."""
    at = 0
    for span in spans:
        text = span.text[max(0, start - at) : max(0, end - at)]
        at += len(span.text)
        if text:
            yield span, text


def _where_it_was(sides: Sequence[Side], row: int, new: _Moved) -> _Moved | None:
    """The older sentence whose words moved to a row, if it was edited."""
    for side in sides:
        for old in _moved(side):
            is_it = new.words in old.text or old.words in new.text
            if old.peer == row and is_it and (old.is_edited or new.is_edited):
                return old
    return None


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
