"""Whether two texts tell one story."""

from __future__ import annotations

import re
from itertools import chain, pairwise

from newsdiff_crawler.diff.model import Diff, Side
from newsdiff_crawler.items import Block, BlockKind
from newsdiff_crawler.text import UNSPACED, words, words_hash

# Of the shorter text's characters, the part that stands in the other one too. Of the shorter one:
# a first report of three sentences is the story that it grew into. Two stories of one newspaper
# share a few formulas, which is why half is required. Under one headline less will do: a rewrite
# often keeps it. But some is required: "Morning briefing" stands over another text each day.
LEAST_SHARED = 1 / 2
LEAST_SHARED_UNDER_ONE_HEADLINE = 1 / 4
# Two stories of one newspaper share 2 % at most in 99 of 100 pairs; of all edits of three Swedish
# papers, 0.7 % share less than this, and are the same report written anew.
LEAST_SHARED_IN_PLACE = 0.15
# Of 127 such rewrites, 95 % tell of the same by these measures, of unlike stories of one Swedish
# paper 3 %, of English ones of many papers 24 %, of pages to log in 0 to 2 %.
LEAST_SUBJECT = 0.2  # of the shorter text's long words
FEWEST_TOLD = 2  # words of the headline

_LONG_WORD, _TELLING_WORD, _ARTICLE, _BEGINNING = 8, 5, 2, 6  # characters
_UNSPACED = re.compile(f"[{UNSPACED}]")

_NO_TEXT: tuple[BlockKind, ...] = ("headline", "byline")  # one counts by itself, one says nothing


def is_one_story(diff: Diff) -> bool:
    """Whether the newer text is the older one after an edit, and not a story of its own."""
    if _has_one_headline(diff):
        return _most_shared(diff) >= LEAST_SHARED_UNDER_ONE_HEADLINE
    return _most_shared(diff) >= LEAST_SHARED


def is_another_text(diff: Diff) -> bool:
    """Whether the newer text, at the older one's address, has nearly none of its sentences: the
    story written anew, or none at all."""
    return _most_shared(diff) < LEAST_SHARED_IN_PLACE


def shares_subject(diff: Diff) -> bool:
    """Whether two texts tell of the same: a name or a number and many long words are in both, or
    the newer headline's words in the older text. A story that is written anew still has them;
    "page not found" and a page to log in have none."""
    before, after = diff.before(), diff.after()
    long = [_beginnings(blocks, _LONG_WORD) for blocks in (before, after)]
    shared, smaller = len(long[0] & long[1]), min(map(len, long))
    if _names(before) & _names(after) and shared >= smaller * LEAST_SUBJECT:
        return True
    headline = [block for block in after if block.kind == "headline"]
    told = _beginnings(headline, _TELLING_WORD) & _beginnings(before, 1)
    return len(told) >= FEWEST_TOLD


def _has_one_headline(diff: Diff) -> bool:
    return _headline(diff.before()) == _headline(diff.after())


def _most_shared(diff: Diff) -> float:
    before = [side for row in diff.rows for side in row.before]
    after = [side for row in diff.rows for side in row.after]
    return max(_shared(before), _shared(after))


def _beginnings(blocks: list[Block], length: int) -> set[str]:
    """Of words of so many characters; of scripts without spaces, pairs of characters."""
    found: set[str] = set()
    for word in chain.from_iterable(words(block.text) for block in blocks):
        if _UNSPACED.match(word):
            found.update(map("".join, pairwise(word)))
        elif len(word) >= length:
            found.add(word.casefold()[:_BEGINNING])
    return found


def _names(blocks: list[Block]) -> set[str]:
    """Words that are written with a capital though they begin no block, and numbers; of scripts
    without spaces, runs of characters."""
    return {
        word.casefold()[:_BEGINNING]
        for block in blocks
        for place, word in enumerate(words(block.text))
        if word[0].isdigit()
        or (place and word[0].isupper() and len(word) > _ARTICLE)
        or _UNSPACED.match(word)
    }


def _shared(sides: list[Side]) -> float:
    """The part of a version's text that the other one has too, 0 to 1."""
    spans = [span for side in sides if side.block.kind not in _NO_TEXT for span in side.spans]
    everything = sum(len(span.text) for span in spans)
    shared = sum(len(s.text) for s in spans if s.cosmetic or s.mark not in ("removed", "added"))
    return shared / everything if everything else 0.0


def _headline(blocks: list[Block]) -> str:
    return words_hash(block.text for block in blocks if block.kind == "headline")
