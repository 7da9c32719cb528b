"""Hiding an article from every reader, and showing it again. Nothing of it is deleted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlite_utils import Database

from newsdiff_crawler.store.engine.connection import immediate
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
    with immediate(db):
        if not db.table("articles").count_where(f"id = ? and {condition}", [article_id]):
            return
        db.table("articles").update(article_id, dict(row))
        told = dict(zip(("at", "kind", "detail"), event, strict=True))
        db.table("events").insert({"article_id": article_id, **told})
