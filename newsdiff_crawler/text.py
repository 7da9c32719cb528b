"""Text as it is compared: normalised, hashed, cut into words and sentences. Pure functions."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, wraps
from itertools import chain
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_LONGEST_REMEMBERED = 2_000  # characters

# Soft hyphen, zero-width space, word joiner and signs of mathematics that nobody sees, byte-order
# mark; marks, embeddings and isolates of direction, which come and go with the editor's keyboard.
# The zero-width joiners (U+200C, U+200D) stay: they carry meaning in Persian and in emoji.
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]"
)
# Control characters, and halves of surrogate pairs, which no database takes.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
# Marks that belong to the letter before them and that ``\\w`` leaves out: accents, vowel signs
# and points of Hebrew, Arabic, the scripts of India and of South-East Asia; joiners.
MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u0900-\u0903\u093a-\u094f\u0981-\u0983\u09bc-\u09cd\u0a01-\u0a03\u0a3c-\u0a51"
    "\u0a81-\u0a83\u0abc-\u0acd\u0b01-\u0b03\u0b3c-\u0b57\u0bbe-\u0bcd\u0c00-\u0c04"
    "\u0c3c-\u0c56\u0c81-\u0c83\u0cbc-\u0cd6\u0d00-\u0d03\u0d3b-\u0d57\u0dca-\u0ddf"
    "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u17b4-\u17d3"
    "\u1dc0-\u1dff\u200c\u200d\u20d0-\u20f0\u3099\u309a\ufe00-\ufe0f\ufe20-\ufe2f"
    "\U0001f3fb-\U0001f3ff"
)
# Letters of the scripts without spaces: Thai, Lao, Burmese, Khmer, kana, Chinese characters.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_LETTER = rf"[^\W{UNSPACED}]"  # of all other scripts
CURRENCY = "£$€¥₹₽₩₺₴"
# Words, and numbers with their units, for verbose patterns.
SPACED_WORD = rf"(?:{_LETTER}[{MARKS}]*)+ (?: ['’&](?:{_LETTER}[{MARKS}]*)+ )*"
NUMBER = rf"""
    (?: \d{{1,3}}(?:[ \u00a0\u202f]\d{{3}})+(?!\d) | \d+(?:[.,:/]\d+)* )
    (?: [ \u00a0\u202f]?[%‰°{CURRENCY}] )? (?:{_LETTER}|[{MARKS}])*
"""
MARKED = rf"[{MARKS}]*(?:(?<=\u200d)[^\s{MARKS}][{MARKS}]*)*"  # what belongs to a character
# A pair of signs is a flag, and so is one with tags behind it.
_CHARACTER = re.compile(
    rf"(?:[\U0001f1e6-\U0001f1ff]{{2}}|.){MARKED}[\U000e0020-\U000e007f]*", re.DOTALL
)
_WORD = re.compile(r"\d+(?:[.,]\d+)+\w*|\w+(?:['’&]\w+)*")
# What must differ for words to differ: words and numbers, and the signs that change what a
# number says. A sign stands before a digit and after no word ("-5", not "10-20").
_MEANING = re.compile(rf"{_WORD.pattern}|(?<!\w)[-−+](?=\d)|[%‰°£$€¥]")

# Accents, the vowel points of Hebrew and Arabic, and joiners, which readers do not type.
_ACCENT = re.compile("[\u0300-\u036f\u0591-\u05c7\u064b-\u0652\u0670\u200c\u200d\ufe00-\ufe0f]")
_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’»)]*$")
_LONG_NAME = 25  # characters
_NAMES_A_PAGE = re.compile(rf"(?=.*\d)(?=.*[^\W\d]).+|\d{{6,}}|.{{{_LONG_NAME},}}")

_COUNTED = re.compile(
    rf"""
    [A-Za-zÀ-ÖØ-öø-ɏ]+(?![^\s.,;:!?)"”])  # what most words are: found faster here
  | {NUMBER} | {SPACED_WORD} | (?=[{UNSPACED}])\w{MARKED}
    """,
    re.VERBOSE,
)

# Where a sentence may end: a full stop and what closes with it, then white space; or the full
# stop of a script that puts no space after it. “ and « close what „ and » open.
_STOP = re.compile(r"(?<![.!?…؟۔।])[.!?…؟۔।]+(?:[\"'”’“‘»«›)\]]|\s»)*\s+|[。！？]+[」』）”]*\s*")
# What ends in a full stop and ends no sentence: English; German; French, Spanish and Swedish.
# Words that are also plain words in one of them ("no", "sun", "hon") are left out.
_SHORTENED = """
    adm approx brig capt cmdr col dept dr drs gen gov insp lt maj messrs mr mrs ms mt pres prof rep
    reps rev sen sens sgt st supt vs vol
    bzw ca dipl evtl ggf hr inkl nr sog tel vgl zzgl abs z.b d.h u.a o.ä e.g i.e bl.a t.ex d.v.s
    mme mlle sra srta uds dra pág dvs forts kl resp tfn avda ee
    f.eks mevr mw dhr dott sig sigg avv ul tzw np
"""
_ABBREVIATIONS = frozenset(_SHORTENED.split())
# Those that may end a sentence too, as initials may: one begins after them with such a word.
_MAY_END_TEXT = """
    a.m p.m apr aug ave bros co corp dec feb inc jan jr jul jun ltd mar nov oct plc sep sept sr
    thu tue wed etc al mio mrd usw osv m.m janv juill
"""
_MAY_END = frozenset(_MAY_END_TEXT.split())
_STARTERS_TEXT = """
    a after all although an and another as at because before both but by despite during each
    even every few for from he her here his how however i if in it its later many meanwhile most
    my neither no nobody none nor not nothing now on once one only or other our several she
    since so some still such that the their then there these they this those though three to two
    under until we what when where whether which while who why with without yet you your aber am
    auch auf bei das dem der die dies diese dieser doch ein eine er es für ihr ihre im in man
    mit nach nun sie sein seit trotz und von vor weil wenn wie wir zudem zuvor ce ces cette elle
    il ils mais nous on selon det han hon de den men och när vi i él ella pero según
"""
_STARTERS = frozenset(_STARTERS_TEXT.split())
_INITIALS = re.compile(r"\w(?:\.\w)*")  # "J", "U.S"
_FIRST_WORD = re.compile(r"\w+")
# What counts what follows it: "No. 3", "Art. 5", "S. 12".
_COUNTERS = frozenset(
    {"no", "nos", "ft", "art", "p", "pp", "fig", "kap", "núm", "s", "z", "op", "str"}
)
_DAY = 2  # digits of the day or the month in "12. 3. 2024"
# What a German ordinal stands before ("am 3. Oktober"), and after ("die 2. Bundesliga").
_AFTER_ORDINALS = (
    *("januar", "jänner", "februar", "märz", "april", "mai", "juni", "juli", "august"),
    *("september", "oktober", "november", "dezember", "quartal", "jahrhundert", "bundesliga"),
    *("liga", "weltkrieg", "spieltag", "stock", "obergeschoss", "halbzeit", "runde", "platz"),
)
_BEFORE_ORDINALS_TEXT = """
    der die das dem den des am im vom zum zur beim ins bis ihr sein ihre seine ihren seinen
    jeder jedes jedem
"""
_BEFORE_ORDINALS = frozenset(_BEFORE_ORDINALS_TEXT.split())
_ROMAN = re.compile(r"[ivxl]+")
_ASKED = re.compile(
    r"(?:[A-Z][\w’'-]+\s){1,3}(?:said|says|asked|asks|added|replied|shouted|cried|told)\b"
)


def beginning(text: str, most: int) -> str:
    """A text's first characters as readers see them: as many whole ones as have so many code points
    together, at most; half of one where that alone has more."""
    end = 0
    for character in _CHARACTER.finditer(text):
        if character.end() > most:
            break
        end = character.end()
    return text[:end] or text[:most]


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


def count_of(number: int, one: str, many: str = "") -> str:
    """``1 paragraph``, ``1,200 paragraphs``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def fold(text: str) -> str:
    """A text without case, accents and vowel points, for who looks for words.

    >>> fold("Österreich"), fold("Straße")
    ('osterreich', 'strasse')
    """
    if text.isascii():
        return text.lower()
    bare = _ACCENT.sub("", unicodedata.normalize("NFD", text.casefold()))
    return unicodedata.normalize("NFC", bare)  # as Korean is typed


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


def text_key(texts: Iterable[str]) -> int:
    """A number that two pages with one text share, whatever they count or are called: 62 bits of
    BLAKE2b over the words. After the first text, the headline, without words of letters and digits
    mixed, of six digits or more, and of 25 letters or more: they name a request, a page or a
    moment, and tell nothing.

    >>> text_key(["Back soon", "Ray ID: 8f1c2d3e"]) == text_key(["Back soon!", "Ray ID 77aa01bc"])
    True
    >>> text_key(["Lottery", "3, 7 and 12"]) == text_key(["Lottery", "3, 7 and 13"])
    False
    """
    headline, *rest = (words(text.casefold()) for text in texts)
    kept = [
        word
        for word in chain.from_iterable(rest)
        # Plain words, as most are, are told faster than by the pattern.
        if (word.isalpha() and len(word) < _LONG_NAME) or not _NAMES_A_PAGE.fullmatch(word)
    ]
    return int(_digest(" ".join([*headline, *kept]))[:16], 16) >> 2


def ends_as_sentence(text: str) -> bool:
    """Whether a text has the end of a sentence.

    >>> ends_as_sentence("It is “over.”"), ends_as_sentence("Why it is over")
    (True, False)
    """
    return bool(_SENTENCE_END.search(text))


def outside_ascii(text: str) -> int:
    """How many characters are; ten times as fast as to look at each."""
    return len(text) - len(text.encode("ascii", "ignore"))


def body_key(texts: Iterable[str]) -> int:
    """Like `text_key`, of a text without its headline, and blind to all words with a digit."""
    found = chain.from_iterable(words(text.casefold()) for text in texts)
    kept = [word for word in found if not any(map(str.isdigit, word))]
    return int(_digest(" ".join(kept))[:16], 16) >> 2


def text_hash(texts: Iterable[str]) -> int:
    """62 bits of BLAKE2b over texts, as they are, normalised."""
    return int(content_hash(texts)[:16], 16) >> 2


def words(text: str) -> list[str]:
    """The words of a text, in order, with apostrophes, ampersands and decimal separators inside.

    >>> words("M&S can’t say: 12.5%")
    ['M&S', 'can’t', 'say', '12.5']
    """
    return _WORD.findall(normalise(text))


def count_words(text: str) -> int:
    """How many words and numbers a text has: what a version and a change are measured in. Where a
    script puts no space between words, each character counts.

    >>> count_words("At 12:30 the mayor paid £4.2m."), count_words("東京は2人。")
    (6, 5)
    """
    return len(_COUNTED.findall(text))


def sentences(text: str) -> list[str]:
    """The sentences of a text, in order, without the white space between them.

    By rule: a full stop ends one unless a lower-case letter follows, or an abbreviation, an
    initial or a German ordinal stands before it; after what may end a sentence ("p.m.", "Inc.",
    "U.S.") one begins with a word such as "The". Takes time in proportion to the text's length.

    >>> sentences('Mr. Ek paid $1.5m. "Why?" asked J. K. Bo. Nobody knew.')
    ['Mr. Ek paid $1.5m.', '"Why?" asked J. K. Bo.', 'Nobody knew.']
    """
    return [text[start:end].strip() for start, end in sentence_bounds(text)]


def sentence_bounds(text: str) -> list[tuple[int, int]]:
    """From where to where each of the `sentences` of a text goes, with the white space after it.

    >>> sentence_bounds("Nobody knew. Why?")
    [(0, 13), (13, 17)]
    """
    bounds = []
    start = 0
    for stop in _STOP.finditer(text):
        if _ends_sentence(text, start, stop):
            bounds.append((start, stop.end()))
            start = stop.end()
    return [*bounds, (start, len(text))] if text[start:].strip() else bounds


def _ends_sentence(text: str, start: int, stop: re.Match[str]) -> bool:
    following = text[stop.end() : stop.end() + 60].lstrip("\"'“‘«„([¿¡")
    if following[:1].islower() or text[max(0, stop.start() - 1) : stop.start()] in ("(", "["):
        return False
    closed = stop.group().strip()
    if closed != ".":
        return len(closed) == 1 or closed[0] not in "!?" or not _ASKED.match(following)
    before = text[max(start, stop.start() - 30) : stop.start()].split()
    last = before[-1].lstrip("\"'“‘«„([") if before else ""
    return bool(before) and _may_end(last, before[-2:-1], following)


def _may_end(word: str, earlier: Sequence[str], following: str) -> bool:
    """Whether the full stop after a word ends a sentence, if what follows may begin one."""
    last = word.casefold()
    first = _FIRST_WORD.match(following)
    starts = first is not None and first[0].casefold() in _STARTERS
    if last.rpartition("-")[2] in _ABBREVIATIONS and word != "maj":  # a month in the North
        return False
    if last in _MAY_END or (_INITIALS.fullmatch(last) and not last.isdigit()):
        counts = last in _COUNTERS and following[:1].isdigit()
        return starts and not counts
    if following[:1].isdigit():
        is_date = last.isdigit() and len(last) <= _DAY and bool(earlier)
        is_date = is_date and (earlier[0].casefold() in _BEFORE_ORDINALS or earlier[0][-1] == ".")
        is_street = last.endswith("str")
        counts = last in _COUNTERS and (last != "no" or word == "No")
        return not (counts or is_date or is_street)
    if last.isdigit() or _ROMAN.fullmatch(last):
        return starts or not _is_ordinal(last, earlier, following)
    return True


def _is_ordinal(last: str, earlier: Sequence[str], following: str) -> bool:
    """Whether a number with a full stop counts what follows it, or heads the line."""
    if not earlier or len(last) > 2 + last.isalpha():
        return not earlier
    before = earlier[0].casefold()
    counted = following.casefold().startswith(_AFTER_ORDINALS) and before not in _AFTER_ORDINALS
    return counted or before in _BEFORE_ORDINALS


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def remembered(most: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Keeps the last answers of a function of texts, as `lru_cache` does, but none about a long
    text: 256 pages of one paragraph were 100 MB."""

    def decorate(function: Callable[P, T]) -> Callable[P, T]:
        kept: Callable[..., T] = lru_cache(most)(function)

        @wraps(function)
        def answer(*args: P.args, **more: P.kwargs) -> T:
            texts: tuple[Any, ...] = (*args, *more.values())
            is_long = (
                sum(len(text) for text in texts if isinstance(text, str)) > _LONGEST_REMEMBERED
            )
            return function(*args, **more) if is_long else kept(*args, **more)

        return answer

    return decorate
