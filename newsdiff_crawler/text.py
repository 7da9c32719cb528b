"""Text as it is compared: normalised, hashed, cut into words and sentences. Pure functions."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable

# Soft hyphen, zero-width space, word joiner, byte-order mark. The zero-width joiners
# (U+200C, U+200D) stay: they carry meaning in Persian and in emoji.
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
# Control characters, and halves of surrogate pairs, which no database takes.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
_WORD = re.compile(r"\d+(?:[.,]\d+)+\w*|\w+(?:['’&]\w+)*")
# What must differ for words to differ: words and numbers, and the signs that change what a
# number says. A minus stands before a digit and after no word ("-5", not "10-20").
_MEANING = re.compile(rf"{_WORD.pattern}|(?<!\w)[-−](?=\d)|[%‰£$€¥]")


def normalise(text: str) -> str:
    """NFC, one plain space for any run of white space, nothing invisible, no ends to trim.

    >>> normalise("  The\\u00a0Prime\\n Min\\u00adister ")
    'The Prime Minister'
    """
    if not text.isascii():
        text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return " ".join(_CONTROL.sub(" ", text).split())


def content_hash(texts: Iterable[str]) -> str:
    """32 hexadecimal digits of the exact text: BLAKE2b-128 over the blocks, a line each.

    The kind of a block is left out: a paragraph marked up as a list item is the same text.
    """
    return _digest("\n".join(normalise(text) for text in texts))


def words_hash(texts: Iterable[str]) -> str:
    """Like `content_hash`, blind to case, quotes, dashes, punctuation and block boundaries.

    Not blind to what changes a figure: decimal separators, minus, per cent, currency signs.
    """
    folded = (normalise(text).casefold().replace("’", "'").replace("−", "-") for text in texts)
    return _digest(" ".join(found for text in folded for found in _MEANING.findall(text)))


def words(text: str) -> list[str]:
    """The words of a text, in order, with apostrophes, ampersands and decimal separators inside.

    >>> words("M&S can’t say: 12.5%")
    ['M&S', 'can’t', 'say', '12.5']
    """
    return _WORD.findall(normalise(text))


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
