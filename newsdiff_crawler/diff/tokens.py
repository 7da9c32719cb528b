"""Text cut into what a mark may cover: words, numbers with their units and signs, punctuation.

Scripts that put no space between words (Chinese, Japanese, Thai and their neighbours) are cut
by character. A token carries the white space after it, so that tokens, joined, are the text.
"""

from __future__ import annotations

import re
import sys
from typing import NamedTuple

# Marks that belong to the letter before them and that ``\\w`` leaves out: accents, vowel signs
# and points of Hebrew, Arabic, the scripts of India and of South-East Asia; joiners.
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u0900-\u0903\u093a-\u094f\u0981-\u0983\u09bc-\u09cd\u0a01-\u0a03\u0a3c-\u0a51"
    "\u0a81-\u0a83\u0abc-\u0acd\u0b01-\u0b03\u0b3c-\u0b57\u0bbe-\u0bcd\u0c00-\u0c04"
    "\u0c3c-\u0c56\u0c81-\u0c83\u0cbc-\u0cd6\u0d00-\u0d03\u0d3b-\u0d57\u0dca-\u0ddf"
    "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u17b4-\u17d3"
    "\u1dc0-\u1dff\u200c\u200d\u20d0-\u20f0\u3099\u309a\ufe00-\ufe0f\ufe20-\ufe2f"
    "\U0001f3fb-\U0001f3ff"
)
# Letters of the scripts without spaces: Thai, Lao, Burmese, Khmer, kana, Chinese characters.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_LETTER = rf"[^\W{_UNSPACED}]"
_CURRENCY = "£$€¥₹₽₩₺₴"
_TOKEN = re.compile(
    rf"""(?:
        [A-Za-zÀ-ÖØ-öø-ɏ]+(?=[\s.,;:!?)"”])  # what most tokens are: found faster here
      | [.,;:!?"()“”\u4e00-\u9fff](?![{_MARKS}])
      | (?: (?<!\w)[-−+±] )? [{_CURRENCY}]?
        (?: \d{{1,3}}(?:[ \u00a0\u202f]\d{{3}})+(?!\d) | \d+(?:[.,:/]\d+)* )
        (?: [ \u00a0\u202f]?[%‰°{_CURRENCY}] )? (?:{_LETTER}|[{_MARKS}])*
      | (?:{_LETTER}[{_MARKS}]*)+ (?: ['’&](?:{_LETTER}[{_MARKS}]*)+ )*
      | [^\s{_MARKS}][{_MARKS}]*(?:(?<=\u200d)[^\s{_MARKS}][{_MARKS}]*)*
      | [{_MARKS}]+
    )\s* | \s+""",
    re.VERBOSE,
)
_WORD = re.compile(r"\w")
_MEANING = re.compile(rf"[\w%‰{_CURRENCY}]")
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


def count_words(text: str) -> int:
    """How many words and numbers a text has; where a script has no spaces, characters."""
    return sum(map(bool, map(_WORD.search, tokenise(text))))


def has_meaning(text: str) -> bool:
    """Whether a text has anything but punctuation: a letter, a digit, a sign that changes a figure.

    >>> has_meaning(" – “”."), has_meaning("%")
    (False, True)
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
