"""Invented words in place of a publisher's: as long as they were, in the same case and script, and
the same for the same word. What is invented can be told from what is not."""

from __future__ import annotations

import hashlib
import re
import unicodedata
import zlib
from collections.abc import Set as AbstractSet
from functools import lru_cache
from urllib.parse import unquote, urlsplit, urlunsplit

_WORD = re.compile(r"(?:[^\W\d_]|(?<=[^\W\d_])[\u0300-\u036f\u064b-\u0655\u0900-\u0dff])+")
# Letters in turn, and the last one follows from the others: few words of a language are so.
_TURNS = {
    "LATIN": ("bdfgklmnprstvz", "aeiou"),
    "CYRILLIC": ("бвгдклмнпрст", "аеиоу"),
    "GREEK": ("βγδκλμνπρστ", "αεηιο"),
    "ARABIC": ("بدرسكلمن", "اوي"),
    "HEBREW": ("בגדכלמנר", "אוי"),
    "CJK": ("山川天地日月水火", "木石田雨"),
    "HIRAGANA": ("かさたなまらは", "あいうえお"),
    "KATAKANA": ("カサタナマラハ", "アイウエオ"),
    "HANGUL": ("가나다라마바사", "아오우이"),
    "DEVANAGARI": ("कगतदनपमर", "अइउए"),
}
_SHORTEST = 2  # letters of a word that says anything, where a script has letters for sounds
_DENSE = frozenset({"CJK", "HIRAGANA", "KATAKANA", "HANGUL"})
_LONGEST_URL = 300  # characters
# Words of furniture, by which a page's parts are known for what they are; and of dates.
FURNITURE = frozenset(
    """
    about account ad ads am ap at et pm sur uk us advertisement advertising after ago all also and
    anzeige article articles audio author beitrag below before by comment comments content continue
    continues cookie cookies copy correction corrections clarification day days der die das des du
    edited editor editors en for follow follows from get here hour hours image images in is join
    just keep last le la les latest link lire listen live load login lesen mehr min mins minute
    minutes more most need newsletter newsletters next note now of on originally our photo
    photograph photos picture pictures play podcast popular posted published publié read reading
    recommended register related reports review save saved see share show sign sponsored stories
    story subscribe subscriber subscribers suscríbete the this to today top trending um und uhr
    update updated updates up video videos view von vor was watch week weeks with written yesterday
    you your zum aktualisiert ard avec br dpa afp reuters cnn bbc mdr ndr rbb swr wdr zdf facebook
    instagram twitter email mail printable version click friend send auch korrektur hinweis
    redaktion werbung teilen stand mis jour à publicité abonnez vous plus correctif par leer más
    también publicidad por gmt bst utc est edt cet cest jan feb mar apr may jun jul aug sep sept
    oct nov dec january february march april june july august september october november december
    mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday januar
    februar märz mai juni juli oktober dezember montag dienstag mittwoch donnerstag freitag samstag
    sonntag janvier février mars avril juin juillet août septembre octobre novembre décembre lundi
    mardi mercredi jeudi vendredi samedi dimanche
    """.split()  # noqa: SIM905
)


def invented(text: str, kept: AbstractSet[str] = frozenset()) -> str:
    """A text in which each word but those of furniture, and those ``kept``, is another one. What
    was made so stays: a text is invented if this changes nothing.

    >>> invented("The Mayor's 3 goats: read more")
    'The Tubor's 3 munip: read more'
    """
    return _WORD.sub(lambda match: _another(match[0], kept), text)


def invented_url(url: str, kept: AbstractSet[str] = frozenset()) -> str:
    """A URL without what is a headline in it: several words in one part of its path."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    path = "/".join(
        invented(unquote(part), kept) if _says_something(part) else part
        for part in parts.path[:_LONGEST_URL].split("/")
    )
    return urlunsplit((parts.scheme, parts.netloc, path, "", ""))


def _says_something(part: str) -> bool:
    return "%" in part or len(re.findall(r"[^\W\d_]{2,}", part)) > 1


def _stays(word: str, kept: AbstractSet[str]) -> bool:
    folded = word.casefold()
    return folded in FURNITURE or folded in kept or not _is_telling(word) or _is_in_turn(folded)


def _is_telling(word: str) -> bool:
    return len(word) >= _SHORTEST or _script(word[0]) in _DENSE


def _another(word: str, kept: AbstractSet[str]) -> str:
    if _stays(word, kept):
        return word
    folded = word.casefold()
    digest = hashlib.blake2b(folded.encode(), digest_size=64).digest()
    letters = "".join(
        _turn(letter, at)[digest[at % len(digest)] % len(_turn(letter, at))]
        for at, letter in enumerate(word[:-1])
    )
    letters += _last(letters, word[-1])
    return "".join(
        one.upper() if letter.isupper() else one for one, letter in zip(letters, word, strict=True)
    )


def _is_in_turn(word: str) -> bool:
    in_turn = all(letter in _turn(letter, at) for at, letter in enumerate(word))
    return in_turn and word[-1] == _last(word[:-1], word[-1])


def _last(letters: str, like: str) -> str:
    turn = _turn(like, len(letters))
    return turn[zlib.crc32(letters.encode()) % len(turn)]


def _turn(letter: str, at: int) -> str:
    return _TURNS[_script(letter)][at % 2]


@lru_cache(4096)
def _script(letter: str) -> str:
    """The script of a letter, as Unicode names it; Latin for one that has no letters here."""
    name = unicodedata.name(letter, "LATIN").partition(" ")[0]
    return name if name in _TURNS else "LATIN"
