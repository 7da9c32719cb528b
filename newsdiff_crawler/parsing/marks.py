"""Whether a feed's entry still says the same."""

from __future__ import annotations

import re
from collections.abc import Iterable

from newsdiff_crawler.text import content_hash, words_hash

MARK_LENGTH = 16
# Up to the last ">": behind it each "<" would be looked for an end of its own.
_TAG, _NAMED_TAG = re.compile(r"<[^>]*>"), re.compile(r"<[a-zA-Z/!][^>]*>")


def mark_of(exact: Iterable[str], texts: Iterable[str]) -> str:
    """The mark of an entry. Of ``texts`` only the words count, not markup, quotes and
    punctuation."""
    words = words_hash(_without(_TAG, text, " ") for text in texts)
    return content_hash([words, *exact])[:MARK_LENGTH]


def without_tags(text: str) -> str:
    """A text without its tags; ``<`` before no name stays.

    >>> without_tags("<b>1 < 2</b> <"), without_tags("a <b")
    ('1 < 2 <', 'a <b')
    """
    return _without(_NAMED_TAG, text, "")


def _without(tag: re.Pattern[str], text: str, instead: str) -> str:
    tagged, end, rest = text.rpartition(">")
    return tag.sub(instead, tagged + end) + rest
