"""What was found in a change, and the sentences in which it stands."""

from __future__ import annotations

from dataclasses import dataclass

from newsdiff_crawler.diff.changes import BlockChange
from newsdiff_crawler.diff.figure import Figure
from newsdiff_crawler.diff.lexicon import TIMESTAMPS
from newsdiff_crawler.diff.meaning import Sort
from newsdiff_crawler.diff.model import Evidence, Piece
from newsdiff_crawler.text import sentence_bounds, words

_STAMPED = 20  # characters before a date in which a word such as "updated" makes it a stamp
_LONGEST_SENTENCE = 400  # characters around a passage that are read


@dataclass(frozen=True, slots=True)
class Found:
    """Evidence, and what it is made of. ``at``: where its words begin in the older and the newer
    text of `change`. ``sort``: of a change of meaning."""

    evidence: Evidence
    change: BlockChange
    at: tuple[int, int]
    piece: Piece | None = None
    figures: tuple[Figure, Figure] | None = None
    sort: Sort | None = None

    @property
    def is_exchange(self) -> bool:
        """Whether words gave way to others, in a passage that both versions have."""
        return self.change.paired and bool(self.evidence.before and self.evidence.after)

    def is_stamp(self) -> bool:
        """Whether a date only says when the text, or a part of it, was updated, or of which day it
        is: "26 May: the night's news"."""
        sides = list(zip(self.change.texts(), self.at, strict=True))
        shown = (self.evidence.before, self.evidence.after)
        heads = zip(sides, shown, strict=True)
        if all(not text[:at].strip() and text[at + len(s) :][:1] == ":" for (text, at), s in heads):
            return True
        around = (text[max(0, at - _STAMPED) : at] for text, at in sides)
        return all(not TIMESTAMPS.isdisjoint(words(each.casefold())) for each in around)

    def sentences(self) -> tuple[tuple[str, int], tuple[str, int]]:
        """Those in which the words begin, of the older and of the newer text, each with their place
        in it."""
        before, after = self.change.texts()
        return sentence_at(before, self.at[0]), sentence_at(after, self.at[1])


def sentence_at(text: str, at: int) -> tuple[str, int]:
    """The sentence of a text in which a passage begins, and where that begins in the sentence."""
    start = max(0, at - _LONGEST_SENTENCE, text.rfind("\n", 0, at) + 1)
    around = text[start : at + _LONGEST_SENTENCE].partition("\n")[0]
    for begin, end in sentence_bounds(around):
        if start + end > at:
            return around[begin:end].rstrip(), at - start - begin
    return around, at - start
