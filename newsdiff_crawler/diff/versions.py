"""Both versions of a diff, as evidence is looked for in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from newsdiff_crawler.diff.aliases import are_said_to_be_one
from newsdiff_crawler.diff.changes import BlockChange
from newsdiff_crawler.diff.language import guess, language_of
from newsdiff_crawler.diff.model import Diff
from newsdiff_crawler.diff.names import KnownNames, Words
from newsdiff_crawler.diff.quotations import Quotation, may_quote, quotations
from newsdiff_crawler.items import Block

_BROKEN = re.compile(r"\n(?<=[^\W\d_]\n|,\n)(?=[a-zà-öø-ÿ])")  # as long as the space for it
_LONGEST_QUOTING = 40_000  # characters of a block: work limit
_MOST_ASKED = 100  # pairs of names: work limit


class Versions:
    """What is known of both, found once."""

    def __init__(self, diff: Diff) -> None:
        self.diff = diff
        self._words = Words()
        self._asked = 0
        self._said: dict[str, dict[str, Quotation]] = {}

    def are_one(self, one: str, other: str) -> bool:
        """Whether one of the versions says that two names are of one: of the first that are asked
        for."""
        self._asked += 1
        texts = self._all_texts if self._asked <= _MOST_ASKED else ()
        return are_said_to_be_one(one, other, (t for t in texts if one in t and other in t))

    @cached_property
    def _all_texts(self) -> frozenset[str]:
        return frozenset(_texts([*self.diff.before(), *self.diff.after()]))

    def said(self, text: str) -> dict[str, Quotation]:
        """The quotations of a text by their words; remembered, for most are in both versions."""
        said = self._said.get(text)
        if said is None:
            is_read = len(text) <= _LONGEST_QUOTING and may_quote(text)
            quoted = self._quoted(text) if is_read else ()
            said = self._said[text] = {each.said: each for each in quoted}
        return said

    def _quoted(self, text: str) -> Iterator[Quotation]:
        """Line by line, with their places in the whole. A line that breaks off in a sentence goes
        on in the next one."""
        at = 0
        for line in _BROKEN.sub(" ", text).split("\n"):
            for quoted in quotations(line, self.language):
                yield replace(quoted, start=at + quoted.start, end=at + quoted.end)
            at += len(line) + 1

    @cached_property
    def language(self) -> str:
        return language_of(self.diff.after()) or language_of(self.diff.before())

    def language_in(self, change: BlockChange) -> str:
        """The language of a change: that of the article, unless its own words tell another."""
        return guess(change.text_after() or change.text_before(), self.language)

    @cached_property
    def before(self) -> KnownNames:
        return KnownNames(_texts(self.diff.before()), self.language, self._words)

    @cached_property
    def after(self) -> KnownNames:
        return KnownNames(_texts(self.diff.after()), self.language, self._words)


def _texts(blocks: Sequence[Block]) -> list[str]:
    return [block.text for block in blocks]
