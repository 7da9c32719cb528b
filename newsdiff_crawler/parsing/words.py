"""Lists of words, and texts in which they are looked for; where sentences end. In any script."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache, reduce
from itertools import pairwise
from operator import or_
from typing import ClassVar

_HEAD = 3  # letters that a beginning has at least
_SPACELESS = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
_WORD = re.compile(r"\w+(?:[-'’]\w+)*")
_MARKS = '“„«"'
_QUOTED = re.compile('[“„«"][^“”„«»"]*(?:[“”»"]|$)')
_OPENS = re.compile(r"(?:[.!?…:;|»>►▶•–—()¿¡？！。]|\s-)\W*\Z")
_SENTENCE_END = re.compile(r"(?<=[.!?…؟])\s+|(?<=[。！？])(?=.)")
# What ends a headline seldom, and any sentence.
FULL_STOPS = (".", "。", "।", "…", "؟")
STOPS = (*FULL_STOPS, "!", "?", ":", "！", "？", "۔")
QUESTION_MARKS = ("?", "？", "؟")
_CLOSING = "\"'”’»“)]」』 "


class Words:
    """A list of words and phrases: ``abonn*`` is a beginning, ``sign_up`` a phrase. Those in
    scripts without spaces are looked for anywhere in a text."""

    every: ClassVar[list[Words]] = []
    beginnings: ClassVar[dict[tuple[str, str], int]] = {}  # of phrases: the bits of their lists

    def __init__(self, listed: str) -> None:
        self.bit = 1 << len(self.every)
        self.every.append(self)
        words = listed.split()
        self._spaceless = tuple(word for word in words if _SPACELESS.search(word))
        words = [word for word in words if not _SPACELESS.search(word)]
        self._whole = frozenset(word for word in words if word[-1] != "*" and "_" not in word)
        self._stems = tuple(word[:-1] for word in words if word[-1] == "*")
        self._heads = frozenset(stem[:_HEAD] for stem in self._stems)
        self._phrases: dict[str, list[list[str]]] = {}
        for first, *rest in (word.split("_") for word in words if "_" in word):
            self._phrases.setdefault(first, []).append(rest)
            begin = (first, rest[0])
            self.beginnings[begin] = self.beginnings.get(begin, 0) | self.bit

    def at(self, words: Sequence[str], at: int) -> bool:
        """Whether a word or phrase of the list begins at a place among words in small letters."""
        word = words[at]
        if _bits_of(word) & self.bit:
            return True
        phrases = self._phrases.get(word, ())
        return any(words[at + 1 : at + 1 + len(rest)] == rest for rest in phrases)

    def any(self, said: Said) -> bool:
        """Whether one stands anywhere in a text."""
        if said.bits & self.bit or self.within(said):
            return True
        places = range(len(said.words)) if said.begun & self.bit else ()
        return any(self.at(said.words, at) for at in places)

    def begins(self, said: Said) -> bool:
        """Whether a sentence begins with one."""
        if not (said.bits | said.begun) & self.bit:
            return False
        end = 0
        for at, match in enumerate(_WORD.finditer(said.text)):
            begins = at == 0 or _OPENS.search(said.text, end, match.start())
            if begins and self.at(said.words, at):
                return True
            end = match.end()
        return False

    def bit_of(self, word: str) -> int:
        """A bit of the list's own for a word of it, else none."""
        is_in = word in self._whole or (
            word[:_HEAD] in self._heads and word.startswith(self._stems)
        )
        return self.bit * is_in

    def within(self, said: Said) -> bool:
        """Whether one in a script without spaces stands anywhere in a text."""
        return said.is_spaceless and any(word in said.text for word in self._spaceless)


class Said:
    """A text without its quotations, and its words: in small letters but for US, and the parts of
    those with a hyphen at the end. ``bits``: the lists that they are in; ``begun``: those of which
    a phrase may begin in it."""

    def __init__(self, text: str) -> None:
        self.text = _QUOTED.sub(" … ", text) if any(mark in text for mark in _MARKS) else text
        if "US" in self.text:
            words = [word if word == "US" else word.lower() for word in _WORD.findall(self.text)]
        else:
            words = _WORD.findall(self.text.lower())
        if "-" in self.text:
            words += [part for word in words if "-" in word for part in word.split("-")]
        self.words = words
        self.is_spaceless = is_spaceless(self.text)
        self.bits = reduce(or_, map(_bits_of, words), 0)
        begun = Words.beginnings.keys() & pairwise(words)
        self.begun = reduce(or_, map(Words.beginnings.__getitem__, begun), 0)

    def may_have(self, bits: int) -> bool:
        """Whether a word or phrase of one of the lists with these bits may be among the words."""
        return bool((self.bits | self.begun) & bits) or self.is_spaceless


@lru_cache(8192)  # texts are made of the same few words
def _bits_of(word: str) -> int:
    return sum(words.bit_of(word) for words in Words.every)


def is_spaceless(text: str) -> bool:
    """Whether a text has characters of a script that puts no space between words."""
    return not text.isascii() and _SPACELESS.search(text) is not None


def sentences_of(text: str) -> list[str]:
    """Faster than `text.sentences`, which knows abbreviations."""
    return _SENTENCE_END.split(text)


def ends_as_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does, or with the colon before another."""
    return text.rstrip(_CLOSING).endswith(STOPS)


def ends_as_question(text: str) -> bool:
    return text.rstrip(_CLOSING).endswith(QUESTION_MARKS)


def without_closing(text: str) -> str:
    """Without quotation marks and brackets at the end."""
    return text.rstrip(_CLOSING)
