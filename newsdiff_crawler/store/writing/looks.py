"""What an article said at the last looks at it."""

from __future__ import annotations

from newsdiff_crawler.items import Block
from newsdiff_crawler.store.engine.database import Database
from newsdiff_crawler.store.reading.texts import blocks_of


def texts_of_last_looks(db: Database, article_id: int, most: int) -> list[list[Block]]:
    """The last texts of an article, the oldest first; none where the last look brought no other
    text than the one before it."""
    rows = db.execute(
        """select v.number from versions v join articles a on a.id = v.article_id
            where a.id = :id and v.number > a.version_count - :most
              and a.last_checked_at = (
                  select fetched_at from versions newest
                   where newest.article_id = a.id and newest.number = a.version_count)
            order by v.number""",
        {"id": article_id, "most": most},
    ).fetchall()
    return [blocks_of(db, article_id, number) for (number,) in rows] if len(rows) == most else []
