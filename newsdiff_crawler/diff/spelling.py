"""Whether words are others, or the same in another spelling, form or length."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from rapidfuzz.distance import OSA, LCSseq

from newsdiff_crawler.diff.lexicon import negations
from newsdiff_crawler.text import words

SHORTEST_SPELT = 4  # letters
_SMALL = 3  # letters of a word that may be missing from a quotation by mistake
_MOST_SMALL = 2  # of these
_MISSPELT = 0.75  # of the letters of two spellings of one word, the same
_LONG = 9  # letters of a word that may have been misspelt more
_MISSPELT_LONG = 0.6  # of its letters, the same
_LONGEST_STRONG = 7  # letters of a verb whose vowel tells its tense
_VOWELS = re.compile(r"[aeiouyåäöæøü]")
_SHORTEST_TELLING = 3  # letters
_PRONOUNS_TEXT = """
    the and but for nor are was has had did can may its his her our you she him who how why all any
    one two out off per via too yet been were have with from will
    hade skulle kunde
    och att det som sedan har han hon den vid men när hur vad ska kan var mig dig sig sin mot för
    oss ett
    där min din sen nog ju varit från med blir
    der die das und ist mit den dem des ein für auf von zum zur wie was wer wir ihr sie als bei nun
    nur hat war auch ich mir uns dir eine einen haben sind wird
    les des une que qui est par sur son ses mes nos vos aux ont sont pour dans avec
    los las una con por del sus muy fue son ser era para como
    che con per del una nel non het een van zijn voor met door niet
    they them their this that these those your yours ours hers
    hans hennes deras dess sina deras denna dessa detta
    sein seine seinen seiner seinem ihre ihren ihrer ihrem dies diese dieser dieses diesen
    leur leurs cette elle elles notre votre esta este estos estas ellos ellas suyo nuestro nuestra
"""
_PRONOUNS = frozenset(_PRONOUNS_TEXT.split())
_TOLD_ANEW = 0.5  # of the telling words of two sentences, the same
_FEWEST_TOLD = 4  # of these
_IN_ORDER = 0.4  # of the same, in one order
# Endings of Nordic verbs: "hänt", "hända".
_TENSES = frozenset(["a", "t", "d", "da", "de", "te", "ta", "er", "r"])
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
    return _is_shortened(short, long)


def _is_shortened(short: str, long: str) -> bool:
    """Whether a word has the first and the last letter of another, and others of it in order."""
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
    if gone and sorted(_letters(gone)) == sorted(_letters(come)):
        return True  # fundraising, fund-raising
    if (not gone and not come) or not negations(language).isdisjoint([*gone, *come]):
        return False
    for word in gone:
        alike = next((other for other in come if _is_form(word, other)), None)
        if alike is None and not (_is_small(word) or word in new):  # "can can"
            return False
        if alike is not None:
            come.remove(alike)
    return len(come) <= _MOST_SMALL and all(map(_is_small, come))


def _letters(found: Iterable[str]) -> str:
    return "".join(filter(str.isalnum, "".join(found)))


def _is_small(word: str) -> bool:
    """Whether a word may be missing from a quotation by mistake: no figure is."""
    return len(word) <= _SMALL and word.isalpha()


def without_joined(gone: Counter[str], come: Counter[str]) -> tuple[Counter[str], Counter[str]]:
    """Words that went and words that came, without those that were only written in one word, or in
    two.

    >>> without_joined(counted("ice cream man"), counted("icecream woman"))
    (Counter({'man': 1}), Counter({'woman': 1}))
    """
    for joined, parts in ((come, gone), (gone, come)):
        for word in list(joined):
            for first in list(parts):
                rest = word.removeprefix(first)
                if first != word and rest != word and rest in parts:
                    joined, parts = joined - Counter([word]), parts - Counter([first, rest])
                    return (parts, joined) if word in come else (joined, parts)
    return gone, come


def without_forms(gone: Counter[str], come: Counter[str]) -> tuple[Counter[str], Counter[str]]:
    """Words that went and words that came, without those that are only another form or spelling of
    one on the other side."""
    others = sorted(come)
    for word in sorted(gone):
        form = next((other for other in others if come[other] and _is_form(word, other)), None)
        if form is not None:
            both = min(gone[word], come[form])
            gone, come = gone - Counter({word: both}), come - Counter({form: both})
    return gone, come


def is_telling(word: str) -> bool:
    """Whether a word tells something by itself: none of those that join others."""
    return len(word) >= _SHORTEST_TELLING and word not in _PRONOUNS


class Told:
    """What words tell: with what each telling one begins, in order."""

    def __init__(self, said: Iterable[str]) -> None:
        self.stems = [word[:SHORTEST_SPELT] for word in said if is_telling(word)]
        self.known = frozenset(self.stems)

    def is_told_anew(self, other: Told) -> bool:
        """Whether another sentence tells the same in other words: half of what both tell begins
        alike, and mostly in the same order.

        >>> old = Told("it is obligatory to attend but nobody is graded for running".split())
        >>> new = "attendance is an obligation but there is no grade for runs".split()
        >>> old.is_told_anew(Told(new))
        False
        >>> new = "there is an obligation to attend but the running is not graded".split()
        >>> old.is_told_anew(Told(new))
        True
        """
        most = max(len(self.stems), len(other.stems))
        if len(self.known & other.known) < max(_FEWEST_TOLD, _TOLD_ANEW * most):
            return False
        return LCSseq.similarity(self.stems, other.stems) >= _IN_ORDER * most


def are_forms(gone: Counter[str], come: Counter[str]) -> bool:
    """Whether each word that went is a form or a spelling of one that came, or the other way."""
    fewer, more = sorted((gone - come, come - gone), key=len)
    return all(any(_is_form(one, other) for other in more) for one in fewer)


def _is_form(one: str, other: str) -> bool:
    """Whether two words begin alike, or differ by a letter or two."""
    short, long = sorted((one, other), key=len)
    stem = short[: max(SHORTEST_SPELT, round(_STEM * len(long)))]
    begin_alike = len(stem) >= SHORTEST_SPELT and long.startswith(stem)
    alike = _MISSPELT_LONG if len(short) >= _LONG else _MISSPELT
    misspelt = one[:_SMALL] == other[:_SMALL] and (
        OSA.normalized_similarity(one, other) >= alike
        or (len(short) > SHORTEST_SPELT and OSA.distance(one, other, score_cutoff=2) <= 2)
    )
    ends = one[_SMALL:], other[_SMALL:]  # of short verbs, all there is to see
    tenses = one[:_SMALL] == other[:_SMALL] and _TENSES.issuperset(ends)
    spoken = len(short) >= _SMALL and _is_shortened(short, long)  # "nån", "någon"
    spoken = spoken and (short in _PRONOUNS) == (long in _PRONOUNS)  # not "ska", "skada"
    return (
        tenses or spoken or begin_alike or misspelt or OSA.distance(one, other, score_cutoff=1) <= 1
    )


def is_spelling(old: str, new: str) -> bool:
    """Whether a word is another one with a letter or two put right; no other form of it.

    >>> is_spelling("recieve", "receive"), is_spelling("walk", "walks")
    (True, False)
    """
    if min(len(old), len(new)) < SHORTEST_SPELT or old[0] != new[0] or not (old + new).isalpha():
        return False
    if old[-1] != new[-1] or old.startswith(new) or new.startswith(old):
        return False
    consonants = {_VOWELS.sub("", word) for word in (old, new)}
    if len(consonants) == 1 and len(old) <= _LONGEST_STRONG and sorted(old) != sorted(new):
        return False  # "finns", "fanns"
    return OSA.distance(old, new, score_cutoff=2) <= (2 if len(old) > 2 * SHORTEST_SPELT else 1)
