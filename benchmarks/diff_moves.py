"""How often a diff of real versions strikes words out in one place and adds them in another.

What moved should be shown as moved. The changes are those of `../shared/revisions`: English pairs,
and Swedish versions of one article, one after the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from pathlib import Path

from benchmarks.labels import ENGLISH, SWEDISH, paragraphs, read, swedish
from newsdiff_crawler.diff import Diff, compare
from newsdiff_crawler.diff.model import Mark, Side
from newsdiff_crawler.items import Block
from newsdiff_crawler.text import count_words, sentence_bounds, words

FEWEST = 4  # words of a sentence; fewer may be anybody's
WHOLE = 0.9  # of a sentence's characters, under a mark
RUN = 8  # words in a row
EDIT = "content"  # the kind of a version that is an edit of the text, and no fault of a parser

Versions = tuple[Sequence[Block], Sequence[Block]]


@dataclass
class Moves:
    """Changes, and those with whole sentences, or words in a row, struck out and added."""

    changes: int = 0
    sentences: int = 0
    runs: int = 0

    def add(self, diff: Diff) -> None:
        """Count a change, if anything differs."""
        if all(row.edit == "same" for row in diff.rows):
            return
        old = [side for row in diff.rows for side in row.before]
        new = [side for row in diff.rows for side in row.after]
        self.changes += 1
        self.sentences += not _sentences(old, "removed").isdisjoint(_sentences(new, "added"))
        self.runs += not _runs(old, "removed").isdisjoint(_runs(new, "added"))


def real_moves(folder: Path) -> dict[str, Moves]:
    """By language."""
    articles = read(folder)
    moves = {"English": Moves(), "Swedish": Moves()}
    for article in articles[ENGLISH]:
        texts = (paragraphs(article[name].split("\n")) for name in ("TextA", "TextB"))
        moves["English"].add(compare(*texts))
    for edit in chain.from_iterable(map(_edits, articles[SWEDISH])):
        moves["Swedish"].add(compare(*edit))
    return moves


def _edits(article: dict[str, list[dict[str, str]]]) -> Iterator[Versions]:
    for older, newer in pairwise(article["versions"]):
        if newer["kind"] == EDIT and older["text"].strip() and newer["text"].strip():
            yield swedish(older["text"]), swedish(newer["text"])


def _sentences(sides: Sequence[Side], mark: Mark) -> set[str]:
    """The words of those that are under a mark as a whole."""
    found = set()
    for side in sides:
        text = side.block.text
        marked = "".join(
            ("x" if span.mark == mark and not span.cosmetic else " ") * len(span.text)
            for span in side.spans
        )
        for start, end in sentence_bounds(text) if "x" in marked else ():
            sentence = text[start:end].strip()
            covered = marked[start : start + len(sentence)].count("x")
            if covered >= WHOLE * len(sentence) and count_words(sentence) >= FEWEST:
                found.add(" ".join(words(sentence.casefold())))
    return found


def _runs(sides: Sequence[Side], mark: Mark) -> set[tuple[str, ...]]:
    """Words in a row that stand in one marked span."""
    spans = (s for side in sides for s in side.spans if s.mark == mark and not s.cosmetic)
    told = (words(span.text.casefold()) for span in spans)
    return {tuple(w[n : n + RUN]) for w in told for n in range(len(w) - RUN + 1)}
