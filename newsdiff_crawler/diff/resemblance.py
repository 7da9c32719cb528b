"""Whether two texts tell one story."""

from __future__ import annotations

from newsdiff_crawler.diff.model import Diff, Side
from newsdiff_crawler.items import Block, BlockKind
from newsdiff_crawler.text import words_hash

# Of the shorter text's characters, the part that stands in the other one too. Of the shorter one:
# a first report of three sentences is the story that it grew into. Two stories of one newspaper
# share a few formulas, which is why half is required. Under one headline less will do: a rewrite
# often keeps it. But some is required: "Morning briefing" stands over another text each day.
LEAST_SHARED = 1 / 2
LEAST_SHARED_UNDER_ONE_HEADLINE = 1 / 4

_NO_TEXT: tuple[BlockKind, ...] = ("headline", "byline")  # one counts by itself, one says nothing


def is_one_story(diff: Diff) -> bool:
    """Whether the newer text is the older one after an edit, and not a story of its own."""
    before = [side for row in diff.rows for side in row.before]
    after = [side for row in diff.rows for side in row.after]
    shared = max(_shared(before), _shared(after))
    if _headline(diff.before()) == _headline(diff.after()):
        return shared >= LEAST_SHARED_UNDER_ONE_HEADLINE
    return shared >= LEAST_SHARED


def _shared(sides: list[Side]) -> float:
    """The part of a version's text that the other one has too, 0 to 1."""
    spans = [span for side in sides if side.block.kind not in _NO_TEXT for span in side.spans]
    everything = sum(len(span.text) for span in spans)
    shared = sum(len(span.text) for span in spans if span.mark == "same" or span.cosmetic)
    return shared / everything if everything else 0.0


def _headline(blocks: list[Block]) -> str:
    return words_hash(block.text for block in blocks if block.kind == "headline")
