"""How often an article changed, counted anew."""

from __future__ import annotations

from newsdiff_crawler.store.engine.database import Database
from newsdiff_crawler.store.rules import counts


def count_changes_anew(db: Database, article_id: int) -> None:
    """After a version of it was judged anew. To be called in that transaction."""
    db.execute(
        f"""update articles set (change_count, last_real_change_at) = (
               select count(*), max(fetched_at) from versions v
                where article_id = :id and {counts("v")})
            where id = :id""",  # noqa: S608
        {"id": article_id},
    )
