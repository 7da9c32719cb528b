"""Whether a feed's entry still says the same."""

from __future__ import annotations

import re
from collections.abc import Iterable

from newsdiff_crawler.text import content_hash, words_hash

MARK_LENGTH = 16
_TAG = re.compile(r"<[^>]*>")


def mark_of(exact: Iterable[str], texts: Iterable[str]) -> str:
    """The mark of an entry. Of ``texts`` only the words count, not markup, quotes and
    punctuation."""
    words = words_hash(_TAG.sub(" ", text) for text in texts)
    return content_hash([words, *exact])[:MARK_LENGTH]
