"""What a diff is: rows of facing blocks, marked. Every text of both versions is in it once.

The ``before`` sides of all rows, read from the top, are the older version; the ``after``
sides the newer one. So a diff can be undone, and a renderer needs nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from newsdiff_crawler.diff.tokens import Alphabet
from newsdiff_crawler.items import Block, ChangeCounts

Mark = Literal["same", "removed", "added", "moved", "shifted"]
Edit = Literal["same", "added", "removed", "edited", "moved", "split", "merged"]
LabelName = Literal[
    "headline",
    "standfirst",
    "byline",
    "figures",
    "names",
    "quotes",
    "attribution",
    "meaning",
    "correction",
    "clarification",
    "update",
    "note",
    "withdrawn",
    "corrected",
    "altered",
    "developed",
    "precise",
    "spelling",
    "grew",
    "rewritten",
]


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a block's text under one mark. ``moved``: words that stand in another place of the
    other version; ``shifted``: those that only a paragraph's end was moved past. ``peer`` is the
    index of the row in which the other version has them.
    ``cosmetic``: only white space, quotes, punctuation, case or a time stamp differ here."""

    text: str
    mark: Mark
    cosmetic: bool = False
    peer: int | None = None


class Piece(NamedTuple):
    """A part of two texts that belong together. If `same`, `before` and `after` are equal, but for
    sentences that stand elsewhere in the other version: then one is empty, and `moved` says so."""

    before: str
    after: str
    same: bool = False
    cosmetic: bool = False  # they differ in appearance only
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """A block where it stands in its version. The spans' texts, joined, are the block's text."""

    position: int  # from 0, among the blocks of the version
    block: Block
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """Blocks that face each other.

    ``same`` and ``edited`` have one side each, or as many where paragraphs were cut anew; ``added``
    none before, ``removed`` none after. ``split``: more after than before; ``merged``: fewer.
    ``moved`` comes as two rows, where the block was (no ``after``) and where it is now (no
    ``before``); ``peer`` is the index of the other one, and spans mark words edited on the way.
    Without a ``peer``, only sentences moved into the row or out of it.
    """

    edit: Edit
    before: tuple[Side, ...]
    after: tuple[Side, ...]
    peer: int | None = None
    cosmetic: bool = False


@dataclass(frozen=True, slots=True)
class Diff:
    """Two versions of an article, row by row in reading order. `alphabet`: the texts that were
    spelled on the way, so that nobody need cut them into words again."""

    rows: tuple[Row, ...]
    alphabet: Alphabet = field(default_factory=Alphabet, compare=False, repr=False)

    def before(self) -> list[Block]:
        """The older version."""
        return [side.block for row in self.rows for side in row.before]

    def after(self) -> list[Block]:
        """The newer version."""
        return [side.block for row in self.rows for side in row.after]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a label is given: the words before and after, one of which may be empty, and the index
    of their row in the diff."""

    row: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Label:
    """What sort of thing changed, with the passages that show it."""

    name: LabelName
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class SentenceCounts:
    """Sentences by what became of them; see `newsdiff_crawler.diff.sentences`."""

    added: int = 0
    removed: int = 0
    edited: int = 0
    moved: int = 0


@dataclass(frozen=True, slots=True)
class ChangeSummary:
    """What changed, in numbers and in words. `share`: the part of all characters of both versions
    that is marked, 0 to 1. `sentence`: one line of English for feeds and lists."""

    counts: ChangeCounts
    share: float
    labels: tuple[Label, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class DetailedSummary(ChangeSummary):
    """A change summary with sentences, which take twice as long to compare as all the rest."""

    sentences: SentenceCounts
