"""The hashes that bind a version to its page, its text and the version before it.

All are SHA-256, in hexadecimal, of JSON in UTF-8 without spaces, lists in the order given here:

- text: ``[[kind, text], ...]``, the blocks in reading order;
- what the page says of itself: ``[url, fetched_at, title, authors, published_at, modified_at]``;
- version: ``[previous, response, text, said]``: the version hash of the version before it in the
  article, the hash of the answer's body, and the two above; null where there is none.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from hashlib import sha256

from newsdiff_crawler.items import Block


@dataclass(frozen=True)
class Said:
    """What a version says besides its text; ``authors``: JSON, as the record has it."""

    url: str | None
    fetched_at: str
    title: str
    authors: str
    published_at: str | None
    modified_at: str | None


def text_hash(blocks: Sequence[Block]) -> str:
    """Of a text."""
    return _hash([[block.kind, block.text] for block in blocks])


def version_hash(previous: str | None, response: str | None, text: str, said: Said) -> str:
    """Of a version."""
    return _hash([previous, response, text, _hash(astuple(said))])


def _hash(value: object) -> str:
    return sha256(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
