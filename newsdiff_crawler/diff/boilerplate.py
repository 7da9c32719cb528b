"""Two versions without what is the site's and not the story's. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from newsdiff_crawler.diff.notices import notice_of
from newsdiff_crawler.items import Block

# Blocks of a story that stand in other stories too are short; long ones are its own.
LONGEST_BOILERPLATE = 250  # characters


def may_be_boilerplate(block: Block) -> bool:
    """Whether a block is such as a site sets beside many stories. A correction is the story's,
    however often it is worded so."""
    if len(block.text) > LONGEST_BOILERPLATE or block.kind in ("headline", "byline"):
        return False
    return notice_of(block.text) is None


def changed_blocks(before: Sequence[Block], after: Sequence[Block]) -> list[Block]:
    """The blocks that only one of two versions has, those that came first."""
    old, new = set(before), set(after)
    came = [block for block in after if block not in old]
    return list(dict.fromkeys([*came, *(block for block in before if block not in new)]))


def without(blocks: Iterable[Block], texts: AbstractSet[str]) -> list[Block]:
    """Blocks without those of these texts that may be boilerplate."""
    return [block for block in blocks if not (block.text in texts and may_be_boilerplate(block))]
