"""What happens to an article and not to its text."""

from __future__ import annotations

from newsdiff_crawler.scheduling.schedule import EventKind
from newsdiff_crawler.store.engine.database import Database


def add_event(db: Database, article_id: int, at: str, kind: EventKind, detail: str = "") -> None:
    """Notes what happened to an article at a time. The only way in which an event is written, so
    that there are no other kinds. ``detail``: for people."""
    row = {"article_id": article_id, "at": at, "kind": kind, "detail": detail}
    db.insert("events", row)


def add_event_once(db: Database, article_id: int, at: str, kind: EventKind, detail: str) -> bool:
    """The same, where it is not noted yet; whether it was not."""
    with db.transaction():
        known = db.execute(
            "select 1 from events where article_id = :id and at = :at and kind = :kind",
            {"id": article_id, "at": at, "kind": kind},
        ).fetchone()
        if known is None:
            add_event(db, article_id, at, kind, detail)
    return known is None
