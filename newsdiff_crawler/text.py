"""Text as it is compared: normalised, hashed, cut into words and sentences. Pure functions."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from itertools import chain

# Soft hyphen, zero-width space, word joiner, byte-order mark. The zero-width joiners
# (U+200C, U+200D) stay: they carry meaning in Persian and in emoji.
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
# Control characters, and halves of surrogate pairs, which no database takes.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
_WORD = re.compile(r"\d+(?:[.,]\d+)+\w*|\w+(?:['’&]\w+)*")
# What must differ for words to differ: words and numbers, and the signs that change what a
# number says. A sign stands before a digit and after no word ("-5", not "10-20").
_MEANING = re.compile(rf"{_WORD.pattern}|(?<!\w)[-−+](?=\d)|[%‰°£$€¥]")

# Where a sentence may end: a full stop and what closes with it, then white space; or the full
# stop of a script that puts no space after it.
_STOP = re.compile(r"(?<![.!?…؟۔।])[.!?…؟۔।]+(?:[\"'”’»)\]]|\s»)*\s+|[。！？]+[」』）”]*\s*")
# What ends in a full stop and ends no sentence: English; German; French, Spanish and Swedish.
# Words that are also plain words in one of them ("no", "sun", "hon") are left out.
_SHORTENED = """
    adm approx apr aug ave brig capt cmdr co col corp dec dept feb gen gov inc insp jan jr jul jun
    lt ltd maj messrs mr mrs ms mt nov oct prof pres rep reps rev sen sens sep sept sgt sr st supt
    thu tue vs wed dr drs vol
    bzw ca dipl evtl ggf hr inkl mio mrd nr sog tel vgl zzgl abs
    mme mlle janv juill sra srta uds dra pág dvs forts kl resp tfn
"""
_ABBREVIATIONS = frozenset(_SHORTENED.split())
_INITIALS = re.compile(r"\w(?:\.\w)*")  # "J", "U.S"
# What a German ordinal stands before: "am 3. Oktober".
_AFTER_ORDINALS = (
    *("januar", "jänner", "februar", "märz", "april", "mai", "juni", "juli", "august"),
    *("september", "oktober", "november", "dezember", "quartal", "jahrhundert"),
)


def normalise(text: str) -> str:
    """NFC, one plain space for any run of white space, nothing invisible, no ends to trim.

    >>> normalise("  The\\u00a0Prime\\n Min\\u00adister ")
    'The Prime Minister'
    """
    if not text.isascii():
        text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    # The usual text, in a third of the time: what is printable has no white space but spaces.
    if text.isprintable() and "  " not in text:
        return text.strip()
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
    return _digest(" ".join(chain.from_iterable(map(_MEANING.findall, folded))))


def words(text: str) -> list[str]:
    """The words of a text, in order, with apostrophes, ampersands and decimal separators inside.

    >>> words("M&S can’t say: 12.5%")
    ['M&S', 'can’t', 'say', '12.5']
    """
    return _WORD.findall(normalise(text))


def sentences(text: str) -> list[str]:
    """The sentences of a text, in order, without the white space between them.

    By rule: a full stop ends one unless a lower-case letter follows, or an abbreviation, an
    initial or a German ordinal stands before it. Takes time in proportion to the text's length.

    >>> sentences('Mr. Ek paid $1.5m. "Why?" asked J. K. Bo. Nobody knew.')
    ['Mr. Ek paid $1.5m.', '"Why?" asked J. K. Bo.', 'Nobody knew.']
    """
    found = []
    start = 0
    for stop in _STOP.finditer(text):
        if _ends_sentence(text, start, stop):
            found.append(text[start : stop.end()].strip())
            start = stop.end()
    found.append(text[start:].strip())
    return [sentence for sentence in found if sentence]


def _ends_sentence(text: str, start: int, stop: re.Match[str]) -> bool:
    following = text[stop.end() : stop.end() + 12].lstrip("\"'“‘«„([¿¡")
    if following[:1].islower():
        return False
    if text[stop.start()] != "." or stop.group().strip() != ".":
        return True
    word = text[max(start, stop.start() - 12) : stop.start()].split()[-1:]
    last = word[0].lstrip("\"'“‘«„([").casefold() if word else ""
    if last.isdigit():
        return len(last) > 2 or not following.casefold().startswith(_AFTER_ORDINALS)
    return last not in _ABBREVIATIONS and not _INITIALS.fullmatch(last)


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
