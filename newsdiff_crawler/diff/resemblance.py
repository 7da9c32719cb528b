"""Whether two texts tell one story."""

from __future__ import annotations

import re
from itertools import pairwise

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
# Of 127 such rewrites, all but two have this many words of substance in common.
FEWEST_SUBJECT_WORDS = 2
LEAST_SUBJECT = 1 / 14  # of the shorter text's

_LONG_WORD, _ARTICLE, _BEGINNING = 5, 2, 6  # characters
_UNSPACED = re.compile(f"[{UNSPACED}]")

_NO_TEXT: tuple[BlockKind, ...] = ("headline", "byline")  # one counts by itself, one says nothing


def is_one_story(diff: Diff) -> bool:
    """Whether the newer text is the older one after an edit, and not a story of its own."""
    if _has_one_headline(diff):
        return _most_shared(diff) >= LEAST_SHARED_UNDER_ONE_HEADLINE
    return _most_shared(diff) >= LEAST_SHARED


def is_another_text(diff: Diff) -> bool:
    """Whether the newer text, at the older one's address, has another headline and nearly none of
    its sentences: the story written anew, or none at all."""
    return not _has_one_headline(diff) and _most_shared(diff) < LEAST_SHARED_IN_PLACE


def shares_subject(diff: Diff) -> bool:
    """Whether two texts have words of substance in common: names, places, what is told of. A story
    that is written anew still has them; "page not found" has none."""
    before, after = _subject(diff.before()), _subject(diff.after())
    shared = len(before & after)
    smaller = min(len(before), len(after))
    return shared >= FEWEST_SUBJECT_WORDS and shared >= smaller * LEAST_SUBJECT


def _has_one_headline(diff: Diff) -> bool:
    return _headline(diff.before()) == _headline(diff.after())


def _most_shared(diff: Diff) -> float:
    before = [side for row in diff.rows for side in row.before]
    after = [side for row in diff.rows for side in row.after]
    return max(_shared(before), _shared(after))


def _subject(blocks: list[Block]) -> set[str]:
    """Beginnings of long words and of names; of scripts without spaces, pairs of characters."""
    found: set[str] = set()
    for block in blocks:
        for place, word in enumerate(words(block.text)):
            if _UNSPACED.match(word):
                found.update(map("".join, pairwise(word)))
            elif len(word) >= _LONG_WORD or (place and word[0].isupper() and len(word) > _ARTICLE):
                found.add(word.casefold()[:_BEGINNING])
    return found


def _shared(sides: list[Side]) -> float:
    """The part of a version's text that the other one has too, 0 to 1."""
    spans = [span for side in sides if side.block.kind not in _NO_TEXT for span in side.spans]
    everything = sum(len(span.text) for span in spans)
    shared = sum(len(span.text) for span in spans if span.mark == "same" or span.cosmetic)
    return shared / everything if everything else 0.0


def _headline(blocks: list[Block]) -> str:
    return words_hash(block.text for block in blocks if block.kind == "headline")
