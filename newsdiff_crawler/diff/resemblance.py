"""Whether two texts tell one story."""

from __future__ import annotations

from newsdiff_crawler.diff.model import Diff, Side
from newsdiff_crawler.items import Block, BlockKind
from newsdiff_crawler.text import words_hash

# Of the shorter text's characters, the part that stands in the other one too. Of the shorter one:
# a first report of three sentences is the story that it grew into. Two stories of one newspaper
# share a few formulas, which is why half is asked for. Under one headline less will do, for a
# rewrite often keeps it; not nothing, for "Morning briefing" stands over another text each day.
LEAST_KEPT = 1 / 2
LEAST_KEPT_UNDER_ONE_HEADLINE = 1 / 4

_TOLD_APART: tuple[BlockKind, ...] = ("headline", "byline")  # judged by itself, says nothing


def is_one_story(diff: Diff) -> bool:
    """Whether the newer text is the older one after an edit, and not a story of its own."""
    before = [side for row in diff.rows for side in row.before]
    after = [side for row in diff.rows for side in row.after]
    kept = max(_kept(before), _kept(after))
    if _headline(diff.before()) == _headline(diff.after()):
        return kept >= LEAST_KEPT_UNDER_ONE_HEADLINE
    return kept >= LEAST_KEPT


def _kept(sides: list[Side]) -> float:
    spans = [span for side in sides if side.block.kind not in _TOLD_APART for span in side.spans]
    everything = sum(len(span.text) for span in spans)
    kept = sum(len(span.text) for span in spans if span.mark == "same" or span.cosmetic)
    return kept / everything if everything else 0.0


def _headline(blocks: list[Block]) -> str:
    return words_hash(block.text for block in blocks if block.kind == "headline")
