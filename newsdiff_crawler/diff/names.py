"""The names in a text, whole: with initials, with "of" and "and" in those of institutions, without
titles, and none made of a dateline or of a word whose capital comes from its place."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from newsdiff_crawler.diff import calendar_words as calendar
from newsdiff_crawler.diff.lexicon import (
    DEMONYMS,
    INSTITUTIONS,
    OPENERS,
    PARTICLES,
    TITLES,
)
from newsdiff_crawler.diff.numerals import first_words, scales
from newsdiff_crawler.diff.place_names import PLACES


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is written, and where. `doubtful`: one word at the beginning of a sentence that
    stands nowhere else in its version. `opens`: whether its first word has its capital for its
    place."""

    shown: str
    start: int
    end: int
    doubtful: bool = False
    opens: bool = False


_CAPITAL = re.compile(
    r"\b(?:(?:[A-ZÀ-Þ]\.){2,}|(?:[A-ZÀ-Þ]|Ste?|Mt|Ft)\.(?=\s[A-ZÀ-Þ])|[^\W\d_a-z]\w*(?:[’'&]\w+|-[A-ZÀ-Þ]\w*)*)"
)
_ELIDED = re.compile(r"\s(?:d|l|de\sl|dell|all)[’']")  # before a vowel: "Côte d’Ivoire"
_OF = re.compile(r"\s(?:of|for)\s")
_PART = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[A-Za-zÀ-ɏ]+|[^\W\d_]+")  # the same, found faster in most texts
_SPACED_CAPITAL = re.compile(r" ([A-ZÀ-Þ][^\W\d_]+)")
_OPENING = tuple("\"'“‘«„:(–—")  # what a capital means nothing after
_QUOTES = tuple("\"'”’»")  # what opens where nothing parts it from the word
_CLOSING = "\"'”’»)“"
_POSSESSIVE = re.compile(r"[’']s?$")
# A place and an agency, or a place in capitals, before a dash: "OSLO (AP) --", "LONDON —".
_DATELINE = re.compile(
    r"""\s*(?: [A-ZÀ-Þ][\w .,'’/-]{1,50}\([^)]{2,40}\)\s*[-–—]*
      | [A-ZÀ-Þ][A-ZÀ-Þ .,/’'-]{2,60}(?:,\s?[\w. ]{2,25})?\s?(?:--|[–—]|-\s) )\s?""",
    re.VERBOSE,
)
# The share of distinct words with a capital beyond which a language writes its nouns with one:
# one such word alone is then no name. German articles have 0.32 and more, others 0.18 as a rule.
_NOUN_CAPITALS = 0.28
_TITLE_CASE = 0.6  # beyond which a line is a headline whose capitals tell nothing
_TITLE_CASE_OF_NOUNS = 0.8  # the same, where nouns have one

# Authorities of the Nordic countries, whose names are one word.
_AUTHORITY = re.compile(r"\w{3,}(?:verket|myndigheten|inspektionen|direktoratet|tilsynet)s?")

# Nordic nouns in definite form that stand before the name of who or what they call so.
_ROLE = re.compile(
    r"\w*(?:bolaget|selskapet|selskabet|företaget|firman|jätten|koncernen|kedjan|ministern|ministeren"
    r"|chefen|sjefen|stjärnan|spelaren|tränaren|författaren|artisten|skådespelaren|politikern"
    r"|ledaren|lederen|föraren|åklagaren|regissören|sångaren|sångerskan|kommunen|partiet|klubben"
    r"|tidningen|byrån|myndigheten|presidenten|årets|veckans|dagens)"
)

# German nouns that go with a figure: "2,5 Millionen Euro".
_GERMAN_AMOUNTS = scales("de").keys() | {"euro", "dollar", "franken", "prozent", "pfund", "kronen"}

_Match = re.Match[str]


class Words:
    """What the words of texts tell about capitals; found once for each text, since most are in both
    versions."""

    def __init__(self) -> None:
        self._cased: dict[str, set[str]] = {}
        self._inside: dict[str, set[str]] = {}

    def cased(self, texts: Sequence[str]) -> set[str]:
        """All words, as they are written."""
        return _union(texts, self._cased, _words)

    def inside(self, texts: Sequence[str]) -> set[str]:
        """Words that have a capital where no sentence begins."""
        return _union(texts, self._inside, _inside_of_sentences)


def _union(
    texts: Sequence[str], known: dict[str, set[str]], find: Callable[[str], set[str]]
) -> set[str]:
    for text in texts:
        if text not in known:
            known[text] = find(text)
    return set().union(*map(known.__getitem__, texts))


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text))


# A lone capital with its full stop: what ends so after two ("the EU.") ends a sentence.
_INITIAL = re.compile(r"(?:^|[\s.])[^\W\d_]\.$")


def _inside_of_sentences(text: str) -> set[str]:
    found = set()
    for word in _SPACED_CAPITAL.finditer(text):
        at = word.start()
        before = text[at - 1 : at] if at else ""
        initial = before == "." and _INITIAL.search(text, max(0, at - 3), at) is not None
        if before == "," or before == "_" or before.isalnum() or initial:
            found.add(word[1])
    return found


class KnownNames:
    """The names of one version of an article, and of what its words tell about capitals."""

    def __init__(self, texts: Sequence[str], language: str, words: Words) -> None:
        """`texts` are those of its blocks."""
        self._texts = texts
        self._language = language
        self._words = words
        self._days = calendar.days(language).keys()
        self._months = calendar.months(language).keys()

    @cached_property
    def _cased(self) -> set[str]:
        return self._words.cased(self._texts)

    @cached_property
    def _known(self) -> set[str]:
        return set(" ".join(self._cased).casefold().split(" "))

    @cached_property
    def _inside(self) -> set[str]:
        return self._words.inside(self._texts)

    @cached_property
    def _shortest(self) -> int:
        if self._language:
            return 2 if self._language == "de" else 1
        capitals = sum(word[0].isupper() for word in self._cased)
        return 2 if capitals > _NOUN_CAPITALS * max(len(self._cased), 20) else 1

    def knows(self, name: str) -> bool:
        """Whether each word of a name is in the version; a genitive or a plural is no new word."""
        words = _PART.findall(name.casefold())
        return not any(self._known.isdisjoint((w, f"{w}s", w.removesuffix("s"))) for w in words)

    def names(self, text: str, within: Sequence[tuple[int, int]] | None = None) -> list[Name]:
        """The names in a block of this version, in order; only those that touch one of some
        stretches of it, which come in order, where these are given.

        >>> known = KnownNames([], "en", Words())
        >>> found = known.names("It was led by Senator Mia B. Cole of the Bank of Lund.")
        >>> [name.shown for name in found]
        ['Mia B. Cole', 'Bank of Lund']
        """
        return list(self._names(text, within))

    def _names(self, text: str, within: Sequence[tuple[int, int]] | None) -> Iterator[Name]:
        dateline = _DATELINE.match(text)
        at = dateline.end() if dateline else 0
        capitals = [word for word in _CAPITAL.finditer(text, at) if self._has_capital(word)]
        most = _TITLE_CASE_OF_NOUNS if self._language == "de" else _TITLE_CASE
        if len(capitals) <= most * max(text.count(" ") + 1, 5):
            ends = [end for _, end in within or ()]
            for run in _runs(text, capitals, nouns=self._shortest > 1):
                n = bisect_left(ends, run[0].start())
                if within is not None and (n == len(ends) or within[n][0] > run[-1].end()):
                    continue
                if name := self._name(text, run, run[0].start() == at):
                    yield name

    def _has_capital(self, word: _Match) -> bool:
        """Whether a word may be part of a name: days are not, nor are months beside a number."""
        if not word[0][0].isupper() or word[0].lower() in self._days:
            return False
        if self._language == "de" and _is_of_figure(word[0].lower()):
            return False
        if word[0].lower() not in self._months:
            return True
        before = word.string[max(0, word.start() - 20) : word.start()]
        after = word.string[word.end() : word.end() + 4]
        if any(map(str.isdigit, before[-3:] + after)):
            return False
        if len(word[0]) == 3 and word[0] != "May":
            return True
        forename = before.rpartition(" ")[0].rpartition(" ")[2]
        return after[1:2].isupper() or (
            before.endswith(" ") and forename[:1].isupper() and forename.lower() not in OPENERS
        )

    def _name(self, text: str, run: list[_Match], first: bool) -> Name | None:
        """A run as a name, without titles and without a word whose capital comes from its place."""
        opens = first or _opens_sentence(text, run[0].start())
        doubtful = opens and len(run) == 1 and run[0][0] not in self._inside
        doubtful = doubtful and not (_AUTHORITY.fullmatch(run[0][0]) or _is_place(run[0][0]))
        word = run[0][0].lower()
        if opens and (word in OPENERS or word in self._cased or _is_role(run)):
            run, doubtful = run[1:], False
        titled = False
        if self._shortest > 1 and len(run) == 2:
            is_joined = not text[run[0].end() : run[1].start()].isspace()
            doubtful = doubtful or is_joined  # "Angaben von Zeugen"
        while run and (self._is_title(run) or self._is_demonym(run)):
            titled = titled or run[0][0].lower() in TITLES
            run, doubtful = run[1:], False
        shouted = len(run) > 1 and all(w[0].isupper() for w in run)
        alone = len(run) == 1 and (len(run[0][0].strip(".")) == 1 or run[0][0].isdigit())
        if not run or shouted or alone:
            return None
        if len(run) < self._shortest and not titled and not _is_place(run[0][0]):
            return None
        start = run[0].start()
        shown = _POSSESSIVE.sub("", text[start : run[-1].end()])
        return Name(shown, start, start + len(shown), doubtful, opens)

    def _is_title(self, run: list[_Match]) -> bool:
        """Whether a run begins with a title that is no part of a name, as "Duke" of York is."""
        of = run[0].string.startswith((" of ", " for "), run[0].end()) and len(run) > 1
        return run[0][0].lower() in TITLES and not of

    def _is_demonym(self, run: list[_Match]) -> bool:
        """Whether a run begins with a nationality that is no part of a name, as it is of the
        European Union."""
        if self._language not in ("en", "") or run[0][0].lower() not in DEMONYMS:
            return False
        return not any(word[0].lower() in INSTITUTIONS for word in run[1:2])


def _is_role(run: Sequence[_Match]) -> bool:
    """Whether a Nordic noun stands before a name: "Biometribolaget Fingerprint Cards"."""
    return len(run) > 1 and _ROLE.fullmatch(run[0][0].lower()) is not None


def _is_of_figure(word: str) -> bool:
    """Whether a German word is a number, or goes with one: "Zehn Menschen"."""
    return word in _GERMAN_AMOUNTS or word in first_words("de")


def _is_place(word: str) -> bool:
    """Whether a word names a country or a large city."""
    return word.lower() in PLACES or _POSSESSIVE.sub("", word).lower() in PLACES


def _opens_sentence(text: str, at: int) -> bool:
    """Whether a word here has a capital for its place: after the end of a sentence, or a mark."""
    before = text[max(0, at - 20) : at].rstrip()
    if not before or before.endswith(_OPENING) or text.startswith(_QUOTES, at - 1):
        return True
    if not before.rstrip(_CLOSING).endswith((".", "!", "?", "…")):
        return False
    last = before.rpartition(" ")[2].rstrip(".").lower()
    return last not in TITLES and len(last) > 1


# Before a German noun: "in der Nacht von der Polizei" has no name in it.
_ARTICLE = re.compile(
    r"\b(?:der|die|das|den|dem|des|ein|eine|einen|einem|einer|im|am|zum|zur|vom|beim)\s$"
)
_GERMAN_ARTICLES = frozenset(["der", "den", "des", "das", "zum", "zur"])
# The longest small words inside a name, with the spaces around them: " for the ", " de la ".
_LONGEST_GAP = 16


def _runs(text: str, capitals: Sequence[_Match], *, nouns: bool) -> Iterator[list[_Match]]:
    """Words that make one name: with capitals and only white space between them, or with particles
    ("de la"), or in the name of an institution "of", "for" and "and". ``nouns``: whether nouns have
    a capital too, of which articles are no particles."""
    run: list[_Match] = []
    for n, word in enumerate(capitals):
        if run and not _goes_on(text, run, word, capitals[n + 1 : n + 2], nouns=nouns):
            yield run
            run = []
        run.append(word)
    if run:
        yield run


def _goes_on(
    text: str, run: list[_Match], word: _Match, then: Sequence[_Match], *, nouns: bool
) -> bool:
    """Whether a word is part of the name before it; `then` is the next one with a capital."""
    gap = text[run[-1].end() : word.start()]
    if len(gap) > _LONGEST_GAP:
        return False
    if gap.isspace() or gap == " & ":
        return not _POSSESSIVE.search(run[-1][0]) or word[0].lower() in INSTITUTIONS
    if _ELIDED.fullmatch(gap):
        return True
    small = gap.split()
    if not gap[:1].isspace() or not gap[-1:].isspace():
        return False
    if all(each in PARTICLES for each in small):
        if nouns and (small[0] in _GERMAN_ARTICLES or _is_place(run[-1][0])):
            return False
        return len(run) > 1 or not _ARTICLE.search(text, max(0, run[0].start() - 8), run[0].start())
    if small[0] in ("of", "for") and small[1:] in ([], ["the"]):
        return any(each[0].lower() in INSTITUTIONS for each in run)
    if small not in (["and"], ["och"], ["und"]):
        return False
    ends = bool(then) and then[0][0].lower() in INSTITUTIONS and len(run) == 1
    return ends or _OF.search(text, run[0].start(), run[-1].end()) is not None
