"""Whether two names are of the same person, place or thing: in two spellings, transliterations or
languages, in short and in full, by initials, or by the surname alone."""

from __future__ import annotations

import re
import unicodedata
from itertools import takewhile

from rapidfuzz.distance import OSA

from newsdiff_crawler.diff.lexicon import COUNTRIES, DEMONYMS, PARTICLES
from newsdiff_crawler.diff.other_names import FORENAMES, OTHER_NAMES, SHORTENED
from newsdiff_crawler.diff.place_names import CITIES
from newsdiff_crawler.text import remembered

_PART = re.compile(r"[^\W\d_]+")
_ABBREVIATED = re.compile(r"\b(?:[^\W\d_]\.){2,}|\b[^\W\d_]+\.?")  # "U.S.", "St.", "Ann"
_ALIKE = 2  # letters in which a name differs from its other spelling
_LONG = 12  # letters of one that may differ in more
_ALIKE_IN_LONG = 3
_FATHER = re.compile(r"(\w{2,})(?:sson|son|sen|sdotter)")
_ENDINGS = frozenset(["s", "es", "en", "ens", "et", "ets", "n", "ns", "na", "nas"])
_SHORTEST_ALIKE = 4  # letters
_SHORTEST_COMPOUNDED = 8  # of one that begins a compound; of one in capitals
_SHORTEST_ABBREVIATED = 3
_SHORTEST_REST = 3  # of what a compound goes on with
_SHORTEST_SOUND = 3  # consonants
_SOUND_ALIKE = 0.55  # of the letters of two names that sound alike
_SHORTEST_FORENAME = 2  # letters of one that is cut: "Ed" for "Edward"
_OF_WOMEN = ("a", "ine", "ette", "elle", "iane")
_ADJECTIVE = re.compile(r"(?:ian|ean|an|ese|ish|i)$")
_STEM = 3  # letters that a country and its adjective have in common
_SMALL = frozenset(word for word in PARTICLES if len(word) > 1) | {
    "of", "the", "for", "and", "och", "und", "et", "in",
}  # fmt: skip
# What one sound is written as, in the names of other scripts.
_SOUNDS = (
    ("tsch", "c"), ("tch", "c"), ("sch", "s"), ("dj", "j"), ("dzh", "j"), ("zh", "j"), ("kh", "k"),
    ("ch", "c"), ("sh", "s"), ("gh", "g"), ("dh", "d"), ("ph", "f"), ("th", "t"), ("ck", "k"),
    ("ou", "u"), ("ts", "s"), ("tz", "s"), ("x", "ks"), ("q", "k"), ("w", "v"), ("z", "s"),
    ("g", "k"), ("c", "k"),
)  # fmt: skip
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
_VOWELS = re.compile(r"[aeiouyj'’h]+")
_DOUBLED = re.compile(r"(.)\1+")


def is_respelling(one: str, other: str) -> bool:
    """Whether two names are one in two spellings.

    >>> is_respelling("Mila Kovak", "Mila Kovac"), is_respelling("Lyon", "Lille")
    (True, False)
    >>> is_respelling("Kiev", "Kyiv"), is_respelling("Moammar Gadhafi", "Muammar Qaddafi")
    (True, True)
    """
    words, others = _PART.findall(one.casefold()), _PART.findall(other.casefold())
    if words == others or are_two_countries(one, other) or are_two_cities(one, other):
        return False
    if len(words) != len(others) and "".join(words) == "".join(others):
        return True
    if _folds(one) & _folds(other) or (one[0] == other[0] and _of_one_thing(one, other)):
        return not _is_short_for(one, other)
    if len(words) != len(others):
        return False
    differing = [(a, b) for a, b in zip(words, others, strict=True) if a != b]
    if all(_sound_alike(a, b) for a, b in differing):
        return True
    is_part = len(differing) < len(words)  # Jess Ek and Jeff Ek; Jess alone may be anybody
    if len(words) > 1 and not is_part:
        return False
    return all(_are_alike(a, b, is_part=is_part) for a, b in differing)


def is_other_form(one: str, other: str) -> bool:
    """Whether two names are one in short and in full, by another first name of the same person, or
    declined.

    >>> is_other_form("U.S.", "United States"), is_other_form("Bob Ek", "Robert Ek")
    (True, True)
    >>> is_other_form("Iranian", "Iran"), is_other_form("Berg", "Berger")
    (True, False)
    """
    words, others = _words(one), _words(other)
    ends = _from_where_they_differ(one, other)
    if is_inflected(one, other) or _of_one_thing(*ends) or _is_short_for(*ends):
        return True
    if _is_in_compound(*sorted((one, other), key=len)):
        return True
    if _is_part(words, others) or _is_part(others, words):
        return True
    if len(words) != len(others) or not words:
        return False
    places = enumerate(zip(words, others, strict=True))
    return all(_is_form(a, b, is_last=n == len(words) - 1) for n, (a, b) in places)


def is_said_in_full(one: str, other: str) -> bool:
    """Whether the other name has all words of this one, and more.

    >>> is_said_in_full("Berg", "Ulf Berg"), is_said_in_full("Ulf Berg", "Berg")
    (True, False)
    """
    words, others = _words(one), _words(other)
    return words != others and _is_part(words, others)


def is_inflected(one: str, other: str) -> bool:
    """Whether two names are one with and without an ending, as Germanic languages decline it.

    >>> is_inflected("Nordea", "Nordeas"), is_inflected("Berg", "Berger")
    (True, False)
    """
    short, long = sorted((one, other), key=len)
    return long.startswith(short) and long[len(short) :] in _ENDINGS


def _is_in_compound(short: str, long: str) -> bool:
    """Whether one begins or ends a compound of Germanic languages: "Stockholm" and
    "Stockholmsområdet", "Kina" and "Fastlandskina"."""
    enough = _SHORTEST_ABBREVIATED if short.isupper() else _SHORTEST_COMPOUNDED
    stem = short.removesuffix("s").casefold()
    if " " in long or len(long) - len(stem) < _SHORTEST_REST:
        return False
    ends = len(stem) >= _SHORTEST_ALIKE and long[0].isupper() and long.endswith(stem)
    return ends or (len(stem) >= enough and long.casefold().startswith(stem))


def _from_where_they_differ(one: str, other: str) -> tuple[str, str]:
    """Two names without the words that both begin with."""
    words, others = one.split(), other.split()
    n = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(words, others, strict=False)))
    return " ".join(words[n:]), " ".join(others[n:])


def _words(name: str) -> list[str]:
    """The words of a name, those in short in full: "St. Ives" as "Saint Ives"."""
    found = [word.casefold().replace(".", "") for word in _ABBREVIATED.findall(name)]
    return [SHORTENED.get(word, word) for word in found if word not in _SMALL]


def _is_part(words: list[str], others: list[str]) -> bool:
    """Whether each word is one of the others, or its genitive."""
    known = {form for word in others for form in (word, f"{word}s", word.removesuffix("s"))}
    return bool(words) and known.issuperset(words)


def _is_form(one: str, other: str, *, is_last: bool) -> bool:
    """Whether two words in the same place of two names say the same."""
    if one == other:
        return True
    stem = one[:_STEM] == other[:_STEM]
    if stem and (_is_of_country(one, other) or _is_of_country(other, one)):
        return True
    return not is_last and _is_forename(*sorted((one, other), key=len))


def _is_of_country(demonym: str, country: str) -> bool:
    """Whether one may be the adjective of the other: "Nigerian" is of Nigeria and not of Niger."""
    if demonym not in DEMONYMS or country in DEMONYMS:
        return False
    if country not in COUNTRIES:  # of those that look alike
        return True
    stem = _ADJECTIVE.sub("", demonym)
    own = country.removeprefix(stem)
    return own != country and len(own) <= len("ia") and (own != "" or f"{stem}ia" not in COUNTRIES)


def _is_forename(short: str, long: str) -> bool:
    """Whether two first names may be one person's: an initial, a cut, a usual short form."""
    if len(short) == 1:
        return long.startswith(short)
    cut = len(short) >= _SHORTEST_FORENAME and long.startswith(short)
    cut = cut and not long.endswith(_OF_WOMEN)  # Dan and Daniela are two
    return cut or not FORENAMES.get(short, frozenset()).isdisjoint(FORENAMES.get(long, ()))


def are_two_countries(one: str, other: str) -> bool:
    """Whether two names are of countries that look like one in two spellings."""
    return {one.casefold(), other.casefold()} <= COUNTRIES


def are_two_cities(one: str, other: str) -> bool:
    """Whether two names are of cities that are written alike: Luleå and Umeå."""
    is_one = _of_one_thing(one, other) or not _folds(one).isdisjoint(_folds(other))
    return {one.casefold(), other.casefold()} <= CITIES and not is_one


def _is_short_for(one: str, other: str) -> bool:
    return _is_initialism(one, other) or _is_initialism(other, one)


def _is_initialism(short: str, long: str) -> bool:
    """Whether a name in capitals is made of the first letters of another one."""
    letters = short.replace(".", "").replace(" ", "")
    if not (len(letters) > 1 and letters.isupper()):
        return False
    words = _PART.findall(long)
    every = "".join(word[0] for word in words).upper()
    large = "".join(word[0] for word in words if word.casefold() not in _SMALL).upper()
    return len(words) > 1 and (letters in (every, large) or letters[1:] == every)  # AKB


def _of_one_thing(one: str, other: str) -> bool:
    """Whether two names are in the table of those that one place or body has."""
    both = [OTHER_NAMES.get(_plain(name), frozenset()) for name in (one, other)]
    return not both[0].isdisjoint(both[1])


@remembered(256)
def _plain(name: str) -> str:
    """A name without accents, full stops and case."""
    split = unicodedata.normalize("NFD", name.casefold().translate(_LETTERS))
    letters = "".join(c for c in split if not unicodedata.combining(c))
    return " ".join(letters.replace(".", "").replace("-", " ").split())


def _folds(name: str) -> set[str]:
    """How a name may be written without the letters of one language."""
    return {_plain(name), _plain(name.casefold().translate(_UMLAUTS))}


def _sound_alike(one: str, other: str) -> bool:
    """Whether two words are one name of another script, written by ear."""
    sounds = _sound(one)
    if len(sounds) < _SHORTEST_SOUND or sounds != _sound(other):
        return False
    return OSA.normalized_similarity(one, other) >= _SOUND_ALIKE


@remembered(256)
def _sound(word: str) -> str:
    sounds = _DOUBLED.sub(r"\1", _plain(word))
    for written, sound in _SOUNDS:
        sounds = sounds.replace(written, sound)
    first = "*" if _VOWELS.match(sounds) else ""
    return first + _VOWELS.sub("", sounds)


def _are_alike(one: str, other: str, *, is_part: bool) -> bool:
    if (old := _FATHER.fullmatch(one)) and (new := _FATHER.fullmatch(other)):
        return _are_one_father(*sorted((old[1], new[1]), key=len))
    shortest = min(len(one), len(other))
    is_long = len(one) > _SHORTEST_ALIKE
    is_long |= is_part and shortest == _SHORTEST_ALIKE and one[0] == other[0]
    most = _ALIKE_IN_LONG if shortest >= _LONG else _ALIKE if is_long else 1
    return shortest >= _SHORTEST_ALIKE - 1 and OSA.distance(one, other, score_cutoff=most) <= most


def _are_one_father(short: str, long: str) -> bool:
    """Whether Isacsson and Isaksson are after one father, as Isacsson and Ivarsson are not."""
    letters = iter(long)
    return OSA.distance(short, long) <= 1 or all(letter in letters for letter in short)
