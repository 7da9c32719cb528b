"""Words that a watch looks for, and the texts in which it does. Pure."""

from __future__ import annotations

from functools import lru_cache

from newsdiff_crawler.findable import words_of


def spread(text: str) -> str:
    """A text as its words alone, without case and accents, each between spaces of its own.

    >>> spread("It’s the A-1.")
    ' it  s  the  a  1 '
    """
    words = words_of(text)
    return f" {'  '.join(words)} " if words else ""


@lru_cache(maxsize=10_000)
def looked_for(words: str) -> str:
    """What to look for in a text that was `spread`; words that end with * are beginnings. Empty
    where there is no word.

    >>> looked_for("the mayor"), looked_for("resign*")
    (' the  mayor ', ' resign')
    """
    found = spread(words)
    return found.rstrip() if words.endswith("*") else found
