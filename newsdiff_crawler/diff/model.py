"""What a diff is: rows of facing blocks, marked. Every text of both versions is in it once.

The ``before`` sides of all rows, read from the top, are the older version; the ``after``
sides the newer one. So a diff can be undone, and a renderer needs nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from newsdiff_crawler.items import Block

Mark = Literal["same", "removed", "added"]
Edit = Literal["same", "added", "removed", "edited", "moved", "split", "merged"]


@dataclass(frozen=True)
class Span:
    """A stretch of a block's text under one mark. ``cosmetic``: only white space, quotes,
    punctuation or case differ here."""

    text: str
    mark: Mark
    cosmetic: bool = False


@dataclass(frozen=True)
class Side:
    """A block where it stands in its version. The spans' texts, joined, are the block's text."""

    position: int  # from 0, among the blocks of the version
    block: Block
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Row:
    """Blocks that face each other.

    ``same`` and ``edited`` have one side each; ``added`` none before, ``removed`` none after.
    ``split``: one before, several after; ``merged``: several before, one after.
    ``moved`` comes as two rows, where the block was (no ``after``) and where it is now (no
    ``before``); ``peer`` is the index of the other one, and spans mark words edited on the way.
    """

    edit: Edit
    before: tuple[Side, ...]
    after: tuple[Side, ...]
    peer: int | None = None
    cosmetic: bool = False


@dataclass(frozen=True)
class Diff:
    """Two versions of an article, row by row in reading order."""

    rows: tuple[Row, ...]
