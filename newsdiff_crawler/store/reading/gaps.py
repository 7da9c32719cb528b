"""When nobody looked: the times between two versions of an article in which it may have said
something else."""

from __future__ import annotations

from dataclasses import dataclass

from newsdiff_crawler.store.engine.database import Database


@dataclass(frozen=True)
class Gap:
    """From when a version was last seen to when the next one first was, both left out.
    ``parser``: that read both."""

    after: str
    before: str
    older: int
    newer: int
    parser: str


def gaps(db: Database, article_id: int) -> list[Gap]:
    """Those between versions that we fetched ourselves, the oldest first. Where the page changed
    and not the story, a text in between would show no more than that."""
    rows = db.execute(
        """select coalesce(v.confirmed_at, v.fetched_at), w.fetched_at, v.number, w.number, v.parser
             from versions v join versions w on w.article_id = v.article_id
              and w.number = v.number + 1 and w.parser = v.parser
            where v.article_id = :id and v.captured = 0 and w.captured = 0
              and v.page_changed = 0 and w.page_changed = 0
              and coalesce(v.confirmed_at, v.fetched_at) < w.fetched_at
            order by v.number""",
        {"id": article_id},
    )
    return [Gap(*row) for row in rows]
