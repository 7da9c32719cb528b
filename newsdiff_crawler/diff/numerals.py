"""Numbers in words: "twenty-two", "zweihundert", "quatre-vingts", "eighth", "två miljoner"."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

# Words by which a number before them is multiplied, after digits too.
_SCALES = {
    "en": {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
           "bn": 1e9, "mn": 1e6, "tn": 1e12},
    "de": {"hundert": 1e2, "tausend": 1e3, "million": 1e6, "millionen": 1e6, "mio": 1e6,
           "milliarde": 1e9, "milliarden": 1e9, "mrd": 1e9, "billionen": 1e12},
    "fr": {"cent": 1e2, "cents": 1e2, "mille": 1e3, "million": 1e6, "millions": 1e6,
           "milliard": 1e9, "milliards": 1e9},
    "es": {"mil": 1e3, "millón": 1e6, "millones": 1e6, "billones": 1e12},
    "it": {"mila": 1e3, "milione": 1e6, "milioni": 1e6, "mln": 1e6, "miliardo": 1e9,
           "miliardi": 1e9, "mld": 1e9},
    "pt": {"mil": 1e3, "milhão": 1e6, "milhões": 1e6, "bilhão": 1e9, "bilhões": 1e9},
    "nl": {"honderd": 1e2, "duizend": 1e3, "miljoen": 1e6, "mln": 1e6, "miljard": 1e9, "mld": 1e9},
    "pl": {"tysiąc": 1e3, "tysiące": 1e3, "tysięcy": 1e3, "tys": 1e3, "milion": 1e6,
           "miliony": 1e6, "milionów": 1e6, "mln": 1e6, "miliard": 1e9, "miliardy": 1e9,
           "miliardów": 1e9, "mld": 1e9},
    "sv": {"hundra": 1e2, "tusen": 1e3, "miljon": 1e6, "miljoner": 1e6, "milj": 1e6, "mn": 1e6,
           "miljard": 1e9, "miljarder": 1e9, "md": 1e9, "mdr": 1e9},
    "da": {"hundrede": 1e2, "tusind": 1e3, "million": 1e6, "millioner": 1e6, "mio": 1e6,
           "milliard": 1e9, "milliarder": 1e9, "mia": 1e9},
    "no": {"hundre": 1e2, "tusen": 1e3, "million": 1e6, "millioner": 1e6, "mill": 1e6,
           "milliard": 1e9, "milliarder": 1e9, "mrd": 1e9},
    "fi": {"sata": 1e2, "sataa": 1e2, "tuhat": 1e3, "tuhatta": 1e3, "miljoona": 1e6,
           "miljoonaa": 1e6, "milj": 1e6, "miljardi": 1e9, "miljardia": 1e9, "mrd": 1e9},
}  # fmt: skip
# Between a hundred or a thousand and what is added to it.
_AND = {"en": "and", "de": "und", "pt": "e", "da": "og", "no": "og", "nl": "en", "sv": "och"}
# Forms that the library lacks or spells otherwise.
_FORMS = {
    "de": {"ein": 1, "eine": 1, "einen": 1, "einer": 1, "einem": 1, "zwo": 2, "hundert": 100,
           "tausend": 1000},
    "fr": {"une": 1, "quatre vingt": 80, "septante": 70, "huitante": 80, "nonante": 90},
    "es": {"una": 1, "un": 1, "veintiún": 21, "ciento": 100, "doscientas": 200},
    "it": {"un": 1, "una": 1},
    "pt": {"uma": 1, "duas": 2, "duzentas": 200},
    "nl": {"een": 1, "tweeendertig": 32, "honderd": 100, "duizend": 1000},
    "pl": {"jedna": 1, "dwie": 2, "dwóch": 2, "trzech": 3, "czterech": 4, "pięciu": 5, "sześciu": 6,
           "siedmiu": 7, "ośmiu": 8, "dziewięciu": 9, "dziesięciu": 10},
    "sv": {"en": 1, "etthundra": 100, "hundra": 100, "tusen": 1000},
    "da": {"en": 1, "én": 1, "hundrede": 100, "tusind": 1000},
    "no": {"en": 1, "ei": 1, "én": 1, "hundre": 100, "tusen": 1000, "tyve": 20, "tredve": 30},
}  # fmt: skip
_ORDINAL_FORMS = {
    "fr": {"première": 1, "second": 2, "seconde": 2},
    "es": {"primer": 1, "tercer": 3},
    "sv": {"tjugonde": 20, "förste": 1},
    "da": {"tolvte": 12, "tredivte": 30},
}
# What else a word means, and oftener.
_OTHERWISE_TEXT = """
    andra andre andere anden cuarto cuarta quarto quarta quinta sesto secondo seconda secondi o
    a ei null mil
"""
_OTHERWISE = frozenset(_OTHERWISE_TEXT.split())
_LONGEST = 5  # words
_GENDERED = {"es": "oa", "it": "oaei", "pt": "oa"}
_ENDED = {"de": ("", "n", "r", "s", "m"), "pl": ("", "ch")}


class Numeral(NamedTuple):
    """A number in words, and how many words it takes. `one`: it may be an article too."""

    value: float
    ordinal: bool
    length: int
    one: bool = False


def scales(language: str) -> dict[str, float]:
    """The words of a language that multiply, in lower case: hundred, million, Mrd."""
    return _SCALES.get(language, {})


@lru_cache(maxsize=16)
def numerals(language: str) -> dict[str, tuple[float, bool]]:
    """Words of a language in lower case, without hyphens: the number, and whether it is an
    ordinal. Empty where the language is not known."""
    if language not in _SCALES:
        return {}
    from num2words import num2words

    numbers = [*range(101), *range(200, 1001, 100), *range(2000, 10001, 1000)]
    words = {_plain(num2words(n, lang=language)): (float(n), False) for n in reversed(numbers)}
    for n in [*range(1, 32), *range(40, 101, 10)]:
        for form in _forms(_plain(num2words(n, lang=language, to="ordinal")), language):
            words.setdefault(form, (float(n), True))
    words |= {word: (float(n), False) for word, n in _FORMS.get(language, {}).items()}
    words |= {word: (float(n), True) for word, n in _ORDINAL_FORMS.get(language, {}).items()}
    return {word: value for word, value in words.items() if word not in _OTHERWISE}


def _plain(words: str) -> str:
    return re.sub(r"[\s\u00ad-]+", " ", words.lower()).strip()


def _forms(ordinal: str, language: str) -> list[str]:
    """An ordinal in each gender and case."""
    if language in _GENDERED and ordinal.endswith("o"):
        return [ordinal[:-1] + end for end in _GENDERED[language]]
    return [ordinal + end for end in _ENDED.get(language, ("",))]


@lru_cache(maxsize=16)
def first_words(language: str) -> frozenset[str]:
    """Words with which a number in words may begin."""
    return frozenset(word.split()[0] for word in numerals(language))


def read_numeral(words: list[str], language: str) -> Numeral | None:
    """The number that words in lower case begin with, without hyphens between them.

    >>> read_numeral("two hundred and five people".split(), "en")
    Numeral(value=205.0, ordinal=False, length=4, one=False)
    >>> read_numeral("quatre vingt dix sept personnes".split(), "fr").value
    97.0
    """
    first = _atom(words, language)
    if first is None or first.ordinal:
        return first
    value, length = _grown(first.value, words, first.length, language)
    one = value == 1 and words[0] not in ("one", "eins", "uno", "één", "én")
    return Numeral(value, False, length, one)


def _grown(value: float, words: list[str], at: int, language: str) -> tuple[float, int]:
    """A number, multiplied by the words after it and with what is added to that: "two hundred
    thousand", "two hundred and five"."""
    known = scales(language)
    while at < len(words) and (factor := known.get(words[at])) and factor > 1:
        value, at = value * factor, at + 1
    if 100 <= value < 1e6 and value % 100 == 0:
        joined = at < len(words) and words[at] == _AND.get(language)
        rest = _atom(words[at + joined :], language)
        if rest and not rest.ordinal and 1 < rest.value < 100:
            return value + rest.value, at + joined + rest.length
    return value, at


def _atom(words: list[str], language: str) -> Numeral | None:
    """The longest run of words that is a number by itself."""
    known = numerals(language)
    for length in range(min(_LONGEST, len(words)), 0, -1):
        found = known.get(" ".join(words[:length]))
        if found:
            return Numeral(*found, length)
    return None
