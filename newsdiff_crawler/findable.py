"""Words as readers look for them, in a search and by a watch: whole ones, without case and accents,
whatever stands between them. Pure.

Of scripts without spaces each sign is a word, so that a word is found within a line.
"""

from __future__ import annotations

import re

from newsdiff_crawler.text import MARKS, UNSPACED, fold

WORD = re.compile(rf"(?!\W)[{UNSPACED}][{MARKS}]*|[^\W_{UNSPACED}](?:[^\W_{UNSPACED}]|[{MARKS}])*")
# The same where there are no other letters, as mostly when these signs are gone.
_ASCII_WORD = re.compile("[a-z0-9]+")
_SIGNS = re.compile("[\u00a0£«»·\u2010-\u2027€]")


def words_of(text: str) -> list[str]:
    """The words of a text in order, folded.

    >>> words_of("Café Tower, 東京")
    ['cafe', 'tower', '東', '京']
    """
    plain = _SIGNS.sub(" ", text)
    if plain.isascii():
        return _ASCII_WORD.findall(plain.lower())
    return fold("\n".join(WORD.findall(plain))).split()
