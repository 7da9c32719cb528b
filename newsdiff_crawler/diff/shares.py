"""Parts of a whole in words ("two thirds", "hälften"), in per cent, and hours that have a name."""

from __future__ import annotations

import re
from functools import lru_cache

_FIFTHS = {"third": 100 / 3, "quarter": 25.0, "fifth": 20.0, "tenth": 10.0}
# By language, in lower case: what is said, and how many per cent it is.
_SHARES: dict[str, dict[str, float]] = {
    "en": {
        "half": 50,
        **{f"{one} {part}": share for one in ("a", "one") for part, share in _FIFTHS.items()},
        "two thirds": 200 / 3, "three quarters": 75, "two fifths": 40, "three fifths": 60,
    },
    "de": {"die hälfte": 50, "der hälfte": 50, "hälfte": 50, "ein drittel": 100 / 3,
           "zwei drittel": 200 / 3, "ein viertel": 25, "drei viertel": 75, "ein fünftel": 20},
    "fr": {"la moitié": 50, "moitié": 50, "un tiers": 100 / 3, "deux tiers": 200 / 3,
           "un quart": 25, "trois quarts": 75, "un cinquième": 20},
    "es": {"la mitad": 50, "mitad": 50, "un tercio": 100 / 3, "dos tercios": 200 / 3,
           "una cuarta parte": 25, "un cuarto": 25, "tres cuartos": 75},
    "it": {"metà": 50, "un terzo": 100 / 3, "due terzi": 200 / 3, "un quarto": 25,
           "tre quarti": 75},
    "pt": {"metade": 50, "um terço": 100 / 3, "dois terços": 200 / 3, "um quarto": 25},
    "nl": {"de helft": 50, "helft": 50, "een derde": 100 / 3, "twee derde": 200 / 3,
           "een kwart": 25, "driekwart": 75},
    "pl": {"połowa": 50, "połowę": 50, "połowy": 50, "jedna trzecia": 100 / 3},
    "sv": {"hälften": 50, "en tredjedel": 100 / 3, "två tredjedelar": 200 / 3,
           "en fjärdedel": 25, "tre fjärdedelar": 75, "en femtedel": 20, "en tiondel": 10},
    "da": {"halvdelen": 50, "en tredjedel": 100 / 3, "to tredjedele": 200 / 3,
           "en fjerdedel": 25, "tre fjerdedele": 75},
    "no": {"halvparten": 50, "en tredel": 100 / 3, "to tredeler": 200 / 3, "en firedel": 25,
           "en fjerdedel": 25, "tre firedeler": 75},
    "fi": {"puolet": 50, "kolmannes": 100 / 3, "kaksi kolmasosaa": 200 / 3, "neljännes": 25},
}  # fmt: skip
# "Half an hour" and "a third man" are no parts of a whole.
_OF_A_WHOLE = {"en": r"(?=\s(?:of|the|its|their|his|her|all|more|as)\b|[.,;]|$)"}
# Minutes after midnight.
_HOURS: dict[str, dict[str, int]] = {
    "en": {"noon": 720, "midday": 720, "midnight": 0},
    "de": {"mitternacht": 0},
    "fr": {"midi": 720, "minuit": 0},
    "es": {"mediodía": 720, "medianoche": 0},
    "it": {"mezzogiorno": 720, "mezzanotte": 0},
    "pt": {"meia-noite": 0},
    "nl": {"middernacht": 0},
    "sv": {"midnatt": 0},
    "da": {"midnat": 0},
    "no": {"midnatt": 0},
}


def first_words(language: str) -> frozenset[str]:
    """The words with which one may begin."""
    shares = (phrase.split()[0] for phrase in _SHARES.get(language, {}))
    return frozenset([*shares, *_HOURS.get(language, {})])


def hour(word: str, language: str) -> int | None:
    """The minutes after midnight that a word in lower case names."""
    return _HOURS.get(language, {}).get(word)


def share_at(text: str, at: int, language: str) -> tuple[float, int] | None:
    """The share that begins at a place in a text, in per cent, and where it ends.

    >>> share_at("Two-thirds of them left.", 0, "en")
    (66.66666666666667, 10)
    >>> share_at("Half an hour later they left.", 0, "en") is None
    True
    """
    if language not in _SHARES:
        return None
    found = _pattern(language).match(text, at)
    if not found:
        return None
    return float(_SHARES[language][re.sub(r"[\s-]", " ", found[1].lower())]), found.end()


@lru_cache(maxsize=16)
def _pattern(language: str) -> re.Pattern[str]:
    phrases = "|".join(
        phrase.replace(" ", r"[\s-]") for phrase in sorted(_SHARES[language], key=len, reverse=True)
    )
    return re.compile(rf"({phrases})\b{_OF_A_WHOLE.get(language, '')}", re.IGNORECASE)
