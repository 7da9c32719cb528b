"""What stands in the place of blocks that a newer version no longer has: they were edited, and not
taken out."""

from __future__ import annotations

from newsdiff_crawler.diff.model import Diff, Row
from newsdiff_crawler.items import HEAD, Block


def replacements(diff: Diff) -> dict[Block, Block]:
    """For each block that was edited, split, merged or cut anew: the first that faces it. A
    headline, standfirst or byline is replaced by any other one of its kind."""
    after = diff.after()
    remaining = set(after)
    heads = {block.kind: block for block in reversed(after) if block.kind in HEAD}
    replaced: dict[Block, Block] = {}
    for row in diff.rows:
        facing = _facing(diff, row)
        for side in row.before:
            block = side.block
            if block not in remaining and (new := facing or heads.get(block.kind)):
                replaced.setdefault(block, new)
    return replaced


def _facing(diff: Diff, row: Row) -> Block | None:
    """The first newer block of a row, or of the one in which it stands now."""
    sides = row.after or (diff.rows[row.peer].after if row.peer is not None else ())
    return sides[0].block if sides else None
