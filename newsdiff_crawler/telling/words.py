"""Words as watches look for them: whole ones, whatever stands between them. Pure.

Not by the rule of the search (`store/reading/search_terms.py`), which is bound to what SQLite puts
into its index: there vowel signs part words, and of Thai and its like no word within a line is
found. Here both are as readers of these scripts expect.
"""

from __future__ import annotations

import re
from functools import lru_cache

from newsdiff_crawler.text import MARKS, UNSPACED, fold

# A word; of scripts without spaces each sign.
_WORD = re.compile(rf"[{UNSPACED}][{MARKS}]*|[^\W_{UNSPACED}](?:[^\W_{UNSPACED}]|[{MARKS}])*")
# The same where there are no other letters, as mostly when accents and these signs are gone.
_ASCII_WORD = re.compile("[a-z0-9]+")
_SIGNS = re.compile("[\u00a0£«»·\u2010-\u2027€]")


def spread(text: str) -> str:
    """A text as its words alone, without case and accents, each between spaces of its own.

    >>> spread("It’s the A-1.")
    ' it  s  the  a  1 '
    """
    folded = _SIGNS.sub(" ", fold(text))
    words = (_ASCII_WORD if folded.isascii() else _WORD).findall(folded)
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
