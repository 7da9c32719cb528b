"""How often a diff of real versions strikes words out in one place and adds them in another.

What moved should be shown as moved. Changes are those of `../shared/revisions`: English pairs, and
Swedish versions of one article, one after the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.labels import ENGLISH, REVISIONS, SWEDISH, paragraphs, read, swedish
from newsdiff_crawler.diff import Diff, compare
from newsdiff_crawler.diff.model import Mark, Side
from newsdiff_crawler.items import Block
from newsdiff_crawler.text import count_words, sentence_bounds, words

FEWEST = 4  # words of a sentence; fewer may be anybody's
WHOLE = 0.9  # of a sentence's characters under a mark
RUN = 8  # words in a row
EVENT = "content"  # of the kinds of version, the one that is an edit of the text


@dataclass
class Moves:
    """Changes, and those with words struck out and added: whole sentences, and words in a row."""

    changes: int = 0
    sentences: int = 0
    runs: int = 0

    def add(self, diff: Diff) -> None:
        """Count a change."""
        before, after = (
            [side for row in diff.rows for side in sides]
            for sides in ([row.before for row in diff.rows], [row.after for row in diff.rows])
        )
