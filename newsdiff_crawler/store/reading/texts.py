"""The text of a version, which is stored as a list of passages."""

from __future__ import annotations

import json
from collections.abc import Sequence

from newsdiff_crawler.diff import shared_ends
from newsdiff_crawler.items import Block
from newsdiff_crawler.store.engine.database import Database

OF_BLOCK = 40  # characters that a block counts for, besides its own
MANY_BLOCKS = 10_000  # of such a text the blocks alone are told


def blocks_of(db: Database, article_id: int, number: int) -> list[Block]:
    """In reading order; empty where there is no such version."""
    with db.snapshot():
        layouts = _layouts(db, article_id, [number])
        return _in_full(db, layouts)[0] if layouts else []


def differing_blocks(
    db: Database, article_id: int, older: int, newer: int
) -> tuple[list[Block], list[Block]]:
    """The text of two versions without the blocks that both begin and end with."""
    with db.snapshot():
        before, after = _layouts(db, article_id, [older, newer])
        head, tail = shared_ends(before, after)
        inner = before[head : len(before) - tail], after[head : len(after) - tail]
        old, new = _in_full(db, inner)
    return old, new


def size_of(db: Database, article_id: int, numbers: Sequence[int]) -> int:
    """How much text versions have, in characters; a block counts for some more."""
    with db.snapshot():
        layouts = _layouts(db, article_id, numbers)
        blocks = sum(map(len, layouts))
        if blocks > MANY_BLOCKS:
            return blocks * OF_BLOCK
        ids = {id_ for layout in layouts for id_ in layout}
        rows = db.execute(
            f"select id, length(text) from passages where {db.one_of('id', 'ids')}",  # noqa: S608
            {"ids": db.list_value([*ids])},
        )
        lengths = {row[0]: row[1] for row in rows}
    return sum(lengths[id_] + OF_BLOCK for layout in layouts for id_ in layout)


def _layouts(db: Database, article_id: int, numbers: Sequence[int]) -> list[list[int]]:
    rows = db.execute(
        f"""select layout from versions
             where article_id = :article_id and {db.one_of("number", "numbers")}
             order by number""",  # noqa: S608
        {"article_id": article_id, "numbers": db.list_value(numbers)},
    )
    return [json.loads(layout) for (layout,) in rows]


def _in_full(db: Database, layouts: Sequence[Sequence[int]]) -> list[list[Block]]:
    """The blocks that stand behind the ids of passages."""
    ids = [id_ for layout in layouts for id_ in layout]
    rows = db.execute(
        f"select id, kind, text from passages where {db.one_of('id', 'ids')}",  # noqa: S608
        {"ids": db.list_value(ids)},
    )
    blocks = {id_: Block(kind, text) for id_, kind, text in rows}
    return [[blocks[id_] for id_ in layout] for layout in layouts]
