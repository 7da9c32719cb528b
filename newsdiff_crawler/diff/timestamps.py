"""Lines that only say when an article was published or updated."""

from __future__ import annotations

from newsdiff_crawler.diff.lexicon import TIME_WORDS, TIMESTAMPS
from newsdiff_crawler.text import words

_LONGEST = 80  # characters


def is_timestamp(text: str) -> bool:
    """Whether a text only says when the article was published or updated.

    >>> is_timestamp("Last updated: 3 May 2024 at 14:32 GMT"), is_timestamp("Updated prices: 12")
    (True, False)
    """
    in_text = words(text.casefold()) if len(text) < _LONGEST else []
    return not TIMESTAMPS.isdisjoint(in_text) and all(
        word in TIME_WORDS or word[0].isdigit() for word in in_text
    )
