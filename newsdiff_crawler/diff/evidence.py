"""Figures, quotations and names in a text: each as it is compared, and as it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from newsdiff_crawler.diff.lexicon import (
    ATTRIBUTIONS,
    FIGURE_WORDS,
    OPENERS,
    TIME_WORDS,
    TIMESTAMPS,
)
from newsdiff_crawler.diff.tokens import tokenise
from newsdiff_crawler.text import sentences, words

_FIGURE = re.compile(
    r"(?P<minus>[-−])?[^\w\s]*(?P<digits>\d+(?:[.,:/ \u00a0\u202f]\d+)*)\W*(?P<unit>\w*)"
)
_GROUPED = re.compile(r"\d{1,3}(?:[., \u00a0\u202f]\d{3})+")
_ORDINAL = frozenset({"st", "nd", "rd", "th", "e", "er", "ème"})
# Pairs of quotation marks. A quotation that goes on in the next paragraph is not closed.
_QUOTATION = re.compile(
    r'"([^"]+)"|“([^“”]+)|„([^„“”]+)|”([^“”]+)”|«([^«»]+)|»([^«»]+)[«»]|「([^「」]+)|『([^『』]+)'
)
_SPEECH_DASH = re.compile(r"\s*[-–—]\s*(?=[^\W\d])")
_SPEAKER = re.compile(rf",\s+(?:{'|'.join(sorted(ATTRIBUTIONS))})\b")
QUOTED_WORDS = 3  # fewer in quotation marks are a term, not a quotation
_NAME_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_PART = re.compile(r"[^\W\d_]+")
_OPENING = tuple("\"'“‘«„:(")  # what a capital means nothing after
_POSSESSIVE = re.compile(r"[’']s?$")
_LONGEST_TIMESTAMP = 80  # characters
# The share of distinct words with a capital beyond which a language writes its nouns with one:
# one such word alone is then no name. German articles have 0.32 and more, others 0.18 as a rule.
_NOUN_CAPITALS = 0.28
_TITLE_CASE = 0.6  # beyond which a line is a headline whose capitals tell nothing


def figures(text: str) -> dict[str, str]:
    """The figures of a text, days and months among them: value, and how it is written.

    >>> figures("Twelve of 1,500 people paid $2.5m on Monday")
    {'12': 'Twelve', '1500': '1,500', '2.5m': '$2.5m', 'monday': 'Monday'}
    """
    written = (token.strip() for token in tokenise(text))
    return {value: token for token in written if (value := _value(token))}


def _value(token: str) -> str:
    figure = _FIGURE.fullmatch(token)
    if not figure:
        return FIGURE_WORDS.get(token.casefold(), "")
    digits = figure["digits"]
    if _GROUPED.fullmatch(digits):
        digits = "".join(filter(str.isdecimal, digits))
    unit = figure["unit"].casefold()
    return f"{'-' if figure['minus'] else ''}{digits}{'' if unit in _ORDINAL else unit}"


def is_timestamp(text: str) -> bool:
    """Whether a text only says when the article was published or updated.

    >>> is_timestamp("Last updated: 3 May 2024 at 14:32 GMT"), is_timestamp("Updated prices: 12")
    (True, False)
    """
    in_text = words(text.casefold()) if len(text) < _LONGEST_TIMESTAMP else []
    return not TIMESTAMPS.isdisjoint(in_text) and all(
        word in TIME_WORDS or word[0].isdigit() for word in in_text
    )


def quotations(text: str) -> dict[str, str]:
    """What a text puts in quotation marks, or after a dash that opens speech: words, as written.

    >>> quotations('He said: "We will not pay," and left "early".')
    {'we will not pay': 'We will not pay,'}
    """
    if dash := _SPEECH_DASH.match(text):
        quoted = [_SPEAKER.split(text[dash.end() :], maxsplit=1)[0]]
    else:
        quoted = [next(filter(None, match.groups())) for match in _QUOTATION.finditer(text)]
    spoken = ((words(quote), quote.strip()) for quote in quoted)
    return {" ".join(w).casefold(): quote for w, quote in spoken if len(w) >= QUOTED_WORDS}


class KnownNames:
    """The names in one version of an article, and with them those that only another one has.

    A name is a run of words with a capital, unless the capital has another reason.
    """

    def __init__(self, version: str) -> None:
        """`version` is its whole text."""
        self._version = version

    @cached_property
    def _cased(self) -> set[str]:
        return set(_PART.findall(self._version))

    @cached_property
    def _known(self) -> set[str]:
        return {word.casefold() for word in self._cased}

    @cached_property
    def _shortest(self) -> int:
        capitals = sum(word[0].isupper() for word in self._cased)
        return 2 if capitals > _NOUN_CAPITALS * len(self._cased) else 1

    def new_in(self, text: str) -> Iterator[str]:
        """The names in a block of another version that are not known, as they are written.

        >>> names = KnownNames("The mayor said then that she had met the chief in London.")
        >>> list(names.new_in("The mayor met Anna Ek. Then she left for London on Monday."))
        ['Anna Ek']
        """
        for sentence in sentences(text):
            matches = list(_NAME_WORD.finditer(sentence))
            capitals = [word[0] for word in matches if word[0][0].isupper()]
            in_title_case = len(capitals) > _TITLE_CASE * max(len(matches), 5)
            if not in_title_case and any(self._is_new(word) for word in capitals):
                names = (self._name(sentence, run, run[0] is matches[0]) for run in _runs(matches))
                yield from (name for name in names if self._is_new(name))

    def _name(self, sentence: str, run: list[re.Match[str]], first: bool) -> str:
        """A run as a name, without a word whose capital comes from its place only; or ""."""
        opens = first or sentence[: run[0].start()].rstrip().endswith(_OPENING)
        word = run[0][0].lower()
        if opens and (len(run) == 1 or word in self._cased or word in OPENERS):
            run = run[1:]
        shouted = len(run) > 1 and all(word[0].isupper() for word in run)
        if shouted or len(run) < self._shortest or (len(run) == 1 and len(run[0][0]) == 1):
            return ""
        return _POSSESSIVE.sub("", sentence[run[0].start() : run[-1].end()])

    def _is_new(self, name: str) -> bool:
        """Whether a word of it is not known; a genitive or a plural is no new word."""
        words = _PART.findall(name.casefold())
        return any(self._known.isdisjoint((w, f"{w}s", w.removesuffix("s"))) for w in words)


def _runs(matches: list[re.Match[str]]) -> Iterator[list[re.Match[str]]]:
    """Words with a capital and only white space between them, without days and months."""
    run: list[re.Match[str]] = []
    for word in matches:
        capital = word[0][0].isupper() and word[0].casefold() not in FIGURE_WORDS
        if run and not (capital and word.string[run[-1].end() : word.start()].isspace()):
            yield run
            run = []
        if capital:
            run.append(word)
    if run:
        yield run
