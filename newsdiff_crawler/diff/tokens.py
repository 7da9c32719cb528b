"""Text cut into what a mark may cover: words, numbers with their units and signs, punctuation.

Scripts that put no space between words (Chinese, Japanese, Thai and their neighbours) are cut
by character. A token carries the white space after it, so that tokens, joined, are the text.
"""

from __future__ import annotations

import re
import sys
from typing import NamedTuple

from newsdiff_crawler.text import CURRENCY, MARKED, MARKS, NUMBER, SPACED_WORD

_TOKEN = re.compile(
    rf"""(?:
        [A-Za-zÀ-ÖØ-öø-ɏ]+(?=[\s.,;:!?)"”])  # what most tokens are: found faster here
      | [.,;:!?"()“”\u4e00-\u9fff](?![{MARKS}])
      | (?: (?<!\w)[-−+±] )? [{CURRENCY}]? {NUMBER}
      | {SPACED_WORD}
      | [^\s{MARKS}]{MARKED}
      | [{MARKS}]+
    )\s* | \s+""",
    re.VERBOSE,
)
_MEANING = re.compile(rf"[^\W_]|[%‰{CURRENCY}]")
# One form for every quote, dash and space, so that their style alone changes no token.
_STYLE = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("“”„‟«»‹›″「」『』", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\u00a0\u2009\u202f", " "),
        "…": "...",
    }
)


def tokenise(text: str) -> list[str]:
    """The tokens of a text, each with the white space after it.

    >>> tokenise("Don’t pay £12.5m, or 30 %!")
    ['Don’t ', 'pay ', '£12.5m', ', ', 'or ', '30 %', '!']
    """
    return _TOKEN.findall(text)


def has_meaning(text: str) -> bool:
    """Whether a text has anything but punctuation: a letter, a digit, a sign that changes a figure.

    >>> has_meaning(" – “”."), has_meaning("____"), has_meaning("%")
    (False, False, True)
    """
    return _MEANING.search(text) is not None


def fold(token: str) -> str:
    """A token as it is compared: blind to case, to the style of quotes and dashes, to white space.

    >>> fold("“ ") == fold("«"), fold("Don’t ") == fold("don't")
    (True, True)
    """
    token = token.strip()
    return token.lower() if token.isascii() else token.translate(_STYLE).casefold()


class Spelling(NamedTuple):
    """A text as tokens, and as a string of one character for each of them."""

    tokens: list[str]
    letters: str


class Alphabet(dict[str, str]):
    """Gives each distinct token a character, so that rapidfuzz can compare texts as short strings.

    Tokens that differ only as `fold` allows share a character. Beyond 1,114,111 distinct tokens
    all others share the last one: whoever reads the result compares the tokens themselves.
    """

    def __init__(self) -> None:
        super().__init__()
        self._letters: dict[str, str] = {}  # by folded token
        self._spelled: dict[str, Spelling] = {}

    def __missing__(self, token: str) -> str:
        folded = fold(token)
        letter = self._letters.get(folded)
        if letter is None:
            letter = self._letters[folded] = chr(min(len(self._letters), sys.maxunicode))
        self[token] = letter
        return letter

    def spell(self, text: str) -> Spelling:
        """A text in this alphabet; remembered, since most are asked for more than once."""
        spelling = self._spelled.get(text)
        if spelling is None:
            tokens = tokenise(text)
            spelling = Spelling(tokens, "".join(map(self.__getitem__, tokens)))
            self._spelled[text] = spelling
        return spelling
