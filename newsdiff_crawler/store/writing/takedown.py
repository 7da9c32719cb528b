"""Hiding an article from every reader, and showing it again. Nothing of it is deleted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from newsdiff_crawler.scheduling.schedule import EventKind
from newsdiff_crawler.store.engine.database import Database
from newsdiff_crawler.store.writing.events import add_event
from newsdiff_crawler.store.writing.outbox import withdraw_article
from newsdiff_crawler.store.writing.queue import article_of


class ErasedArticleError(Exception):
    """The article was erased for good."""


class UnknownArticleError(Exception):
    """No article ever had any of these URLs."""


def hide(db: Database, urls: Sequence[str], at: str, reason: str) -> bool:
    """Hides the article that one of these URLs led to; it is not checked any more, and a crawl
    that has claimed it does not give it back. False where it was hidden before: that changes
    nothing. Raises UnknownArticleError, and ErasedArticleError for one that was erased."""
    row = {"state": "hidden", "next_check_at": None, "claimed_by": None}
    return _turn(db, urls, row, at, "hidden", reason)


def unhide(db: Database, urls: Sequence[str], at: str) -> bool:
    """Shows a hidden article again, and has it checked next. False where it was not hidden: that
    changes nothing. Raises UnknownArticleError, and ErasedArticleError for one that was erased."""
    row = {"state": "live", "next_check_at": at}
    return _turn(db, urls, row, at, "shown")


def addresses_of(db: Database, article_id: int) -> list[str]:
    """The address of an article, or of the one that it was merged into; none for another number."""
    rows = db.execute(
        """select url from articles where id = coalesce(
            (select article_id from merged_articles where id = :article), :article)""",
        {"article": article_id},
    )
    return [row["url"] for row in rows]


def _turn(
    db: Database,
    urls: Sequence[str],
    row: Mapping[str, str | None],
    at: str,
    kind: EventKind,
    detail: str = "",
) -> bool:
    with db.transaction():
        article_id = find(db, urls)
        if is_erased(db, article_id):
            raise ErasedArticleError
        is_hidden = db.get("articles", article_id)["state"] == "hidden"
        if is_hidden == (row["state"] == "hidden"):
            return False
        db.update("articles", article_id, row)
        add_event(db, article_id, at, kind, detail)
        if kind == "hidden":
            withdraw_article(db, article_id)
        return True


def find(db: Database, urls: Sequence[str]) -> int:
    """The article that one of these URLs led to. Raises UnknownArticleError."""
    for url in urls:
        article_id = article_of(db, url)
        if article_id is not None:
            return article_id
    raise UnknownArticleError


def is_erased(db: Database, article_id: int) -> bool:
    """Whether an article was erased."""
    sql = "select 1 from erased where article_id = :id"
    return db.execute(sql, {"id": article_id}).fetchone() is not None
