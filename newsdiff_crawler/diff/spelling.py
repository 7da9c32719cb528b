"""Whether words are others, or the same in another spelling, form or length."""

from __future__ import annotations

from collections import Counter

from rapidfuzz.distance import OSA

from newsdiff_crawler.diff.lexicon import negations
from newsdiff_crawler.text import words

SHORTEST_SPELT = 4  # letters
_SMALL = 3  # letters of a word that may be missing from a quotation by mistake
_MISSPELT = 0.75  # of the letters of two spellings of one word, the same
_STEM = 0.45  # of the longer of two words: what two forms of one begin with


def counted(text: str) -> Counter[str]:
    """The words of a text, folded, each with how often it stands there."""
    return Counter(words(text.casefold().replace("’", "'")))


def is_one_name(old: str, new: str) -> bool:
    """Whether two names are one, cut otherwise or short for the other.

    >>> is_one_name("Ewa Mari Ek", "Ewamari Ek"), is_one_name("Sthlm", "Stockholm")
    (True, True)
    """
    one, other = ("".join(filter(str.isalnum, name.casefold())) for name in (old, new))
    short, long = sorted((one, other), key=len)
    if short == long or len(short) < SHORTEST_SPELT:
        return short == long
    letters = iter(long)
    return short[0] == long[0] and short[-1] == long[-1] and all(c in letters for c in short)


def is_put_right(before: str, after: str, language: str) -> bool:
    """Whether a quotation only has a word spelt otherwise, or won or lost a small one: an error in
    writing, and no other words.

    >>> is_put_right("They recieve no mony.", "They receive no money.", "en")
    True
    >>> is_put_right("We will never pay.", "We will pay.", "en")
    False
    """
    old, new = counted(before), counted(after)
    gone, come = list((old - new).elements()), list((new - old).elements())
    if gone and sorted("".join(gone)) == sorted("".join(come)):
        return True  # fundraising, fund-raising
    if (not gone and not come) or not negations(language).isdisjoint([*gone, *come]):
        return False
    for word in gone:
        alike = next((other for other in come if _is_form(word, other)), None)
        if alike is None and len(word) > _SMALL:
            return False
        if alike is not None:
            come.remove(alike)
    return len(come) <= 1 and all(len(word) <= _SMALL for word in come)


def are_forms(gone: Counter[str], come: Counter[str]) -> bool:
    """Whether each word that went is a form or a spelling of one that came, or the other way."""
    fewer, more = sorted((gone - come, come - gone), key=len)
    return all(any(_is_form(one, other) for other in more) for one in fewer)


def _is_form(one: str, other: str) -> bool:
    """Whether two words begin alike, or differ by a letter or two."""
    short, long = sorted((one, other), key=len)
    stem = short[: max(SHORTEST_SPELT, round(_STEM * len(long)))]
    begin_alike = len(stem) >= SHORTEST_SPELT and long.startswith(stem)
    misspelt = one[:_SMALL] == other[:_SMALL] and OSA.normalized_similarity(one, other) >= _MISSPELT
    return begin_alike or misspelt or OSA.distance(one, other, score_cutoff=1) <= 1


def is_spelling(old: str, new: str) -> bool:
    """Whether a word is another one with a letter or two put right; no other form of it.

    >>> is_spelling("recieve", "receive"), is_spelling("walk", "walks")
    (True, False)
    """
    if min(len(old), len(new)) < SHORTEST_SPELT or old[0] != new[0] or not (old + new).isalpha():
        return False
    if old[-1] != new[-1] or old.startswith(new) or new.startswith(old):
        return False
    return OSA.distance(old, new, score_cutoff=2) <= (2 if len(old) > 2 * SHORTEST_SPELT else 1)
