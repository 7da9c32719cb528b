"""Lines that only say when: when an article was published or updated, or a day and a time."""

from __future__ import annotations

from collections.abc import Iterable

from newsdiff_crawler.diff.lexicon import TIME_WORDS, TIMESTAMPS
from newsdiff_crawler.text import words

_LONGEST = 80  # characters
_MOST_PLACES = 3  # words in capitals, "NEW YORK"


def is_timestamp(text: str) -> bool:
    """Whether a text only says when the article was published or updated.

    >>> is_timestamp("Last updated: 3 May 2024 at 14:32 GMT"), is_timestamp("Updated prices: 12")
    (True, False)
    """
    in_text = words(text.casefold()) if len(text) < _LONGEST else []
    return not TIMESTAMPS.isdisjoint(in_text) and _are_of_time(in_text)


def is_date_line(text: str) -> bool:
    """Whether a text names a day or a time, and at most a place in capitals beside it.

    >>> is_date_line("Monday, 3 May 2024"), is_date_line("OSLO, May 3 -"), is_date_line("In May")
    (True, True, False)
    """
    in_text = words(text) if len(text) < _LONGEST else []
    told = [word for word in in_text if not (word.isupper() and len(word) > 1)]
    places = len(in_text) - len(told)
    return bool(told) and places <= _MOST_PLACES and _are_of_time(map(str.casefold, told))


def _are_of_time(in_text: Iterable[str]) -> bool:
    return all(word in TIME_WORDS or word[0].isdigit() for word in in_text)
