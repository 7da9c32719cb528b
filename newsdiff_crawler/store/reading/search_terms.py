"""The terms of a search: words, phrases and beginnings of words. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from newsdiff_crawler.findable import WORD, words_of
from newsdiff_crawler.text import fold

MOST_TERMS = 16

_TERM = re.compile(r'"([^"]*)"|([^\s"]+)')


@dataclass(frozen=True)
class Term:
    """Words that stand one after the other, folded; of the last only the beginning if
    ``is_prefix``."""

    words: tuple[str, ...]
    is_prefix: bool = False


class MarkedText(NamedTuple):
    """A piece of a text, and whether it is what was searched for."""

    text: str
    is_hit: bool


def parse_query(text: str) -> list[Term]:
    """The terms of a query, which all must be met: words, "phrases in quotes", beginnings*.

    >>> parse_query('Café "the mayor" resign*')[1:]
    [Term(words=('the', 'mayor'), is_prefix=False), Term(words=('resign',), is_prefix=True)]
    """
    terms = []
    for typed in typed_terms(text):
        words = tuple(words_of(typed))
        if words:
            terms.append(Term(words, is_prefix=typed.endswith("*")))
    return [*dict.fromkeys(terms)][:MOST_TERMS]


def typed_terms(text: str) -> list[str]:
    """The terms of a query as they were typed, phrases without their quotes."""
    return [phrase or word for phrase, word in _TERM.findall(text)]


def expression(terms: list[Term]) -> str:
    """The terms as FTS5 wants them. Made of quoted words alone, so nothing that a reader types
    is ever syntax."""
    return " AND ".join(
        f'"{" ".join(term.words)}"' + ("*" if term.is_prefix else "") for term in terms
    )


def marked(text: str, terms: list[Term]) -> list[MarkedText]:
    """A text cut at what was searched for; joined, the pieces are the text again."""
    matches = list(WORD.finditer(text))
    words = [fold(match[0]) for match in matches]
    pieces, end = [], 0
    for first, last in _merged(_hits(words, terms)):
        start, stop = matches[first].start(), matches[last].end()
        pieces += [MarkedText(text[end:start], False), MarkedText(text[start:stop], True)]
        end = stop
    pieces.append(MarkedText(text[end:], False))
    return [piece for piece in pieces if piece.text]


def stands_in(text: str, terms: list[Term]) -> bool:
    """Whether a text has all the terms."""
    folded = fold(text)
    if not all(word in folded for term in terms for word in term.words):
        return False  # most texts, and at once
    words = words_of(text)
    return all(any(True for _ in _hits(words, [term])) for term in terms)


def _hits(words: list[str], terms: list[Term]) -> Iterator[tuple[int, int]]:
    """Where terms stand: indexes of their first and last words."""
    single = [term for term in terms if len(term.words) == 1]
    exact = {term.words[0] for term in single if not term.is_prefix}
    beginnings = tuple(term.words[0] for term in single if term.is_prefix)
    for place, word in enumerate(words):
        if word in exact or word.startswith(beginnings):
            yield place, place
    for term in terms:
        if len(term.words) > 1:
            yield from _phrase_hits(words, term)


def _phrase_hits(words: list[str], term: Term) -> Iterator[tuple[int, int]]:
    *whole, last = term.words
    for start in range(len(words) - len(whole)):
        end = start + len(whole)
        if words[start] == whole[0] and words[start:end] == whole:
            ends = words[end].startswith(last) if term.is_prefix else words[end] == last
            if ends:
                yield start, end


def _merged(hits: Iterator[tuple[int, int]]) -> list[tuple[int, int]]:
    """Hits in order, those that overlap as one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(hits):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
