"""Hiding an article from every reader, and showing it again. Nothing of it is deleted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from newsdiff_crawler.store.engine.database import Database
from newsdiff_crawler.store.writing.queue import article_of


class UnknownArticleError(Exception):
    """No article ever had any of these URLs."""


def hide(db: Database, urls: Sequence[str], at: str, reason: str) -> None:
    """Hides the article that one of these URLs led to; it is not checked any more. A second
    time changes nothing. Raises UnknownArticleError."""
    article_id = _find(db, urls)
    row = {"state": "hidden", "next_check_at": None}
    _turn(db, article_id, "state <> 'hidden'", row, (at, "hidden", reason))


def unhide(db: Database, urls: Sequence[str], at: str) -> None:
    """Shows a hidden article again, and has it checked next. Changes nothing where it is not
    hidden. Raises UnknownArticleError."""
    row = {"state": "live", "next_check_at": at}
    _turn(db, _find(db, urls), "state = 'hidden'", row, (at, "shown", ""))


def _find(db: Database, urls: Sequence[str]) -> int:
    for url in urls:
        article_id = article_of(db, url)
        if article_id is not None:
            return article_id
    raise UnknownArticleError


def _turn(
    db: Database,
    article_id: int,
    condition: str,
    row: Mapping[str, str | None],
    event: tuple[str, str, str],
) -> None:
    with db.transaction():
        sql = f"select 1 from articles where id = :id and {condition}"  # noqa: S608
        if not db.execute(sql, {"id": article_id}).fetchone():
            return
        db.update("articles", article_id, row)
        at, kind, detail = event
        db.insert("events", {"article_id": article_id, "at": at, "kind": kind, "detail": detail})
