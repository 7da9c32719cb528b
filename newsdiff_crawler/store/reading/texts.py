"""The text of a version, which is stored as a list of passages."""

from __future__ import annotations

import sqlite3

from newsdiff_crawler.items import Block


def blocks_of(connection: sqlite3.Connection, article_id: int, number: int) -> list[Block]:
    """In reading order; empty where there is no such version."""
    rows = connection.execute(
        """select p.kind, p.text from versions v, json_each(v.layout) l
             join passages p on p.id = l.value
            where v.article_id = ? and v.number = ? order by l.key""",
        [article_id, number],
    )
    return [Block(*row) for row in rows]
