"""Versions of before an article was known: they become its first ones, by the same way on which two
articles become one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from newsdiff_crawler.store.writing.queue import article_of, insert_article
from newsdiff_crawler.times import to_iso

if TYPE_CHECKING:
    from newsdiff_crawler.store.writing.store import Store


class NotInFrontError(Exception):
    """The versions do not go before those that the article has; nothing was stored."""


@contextmanager
def in_front_of(store: Store, article_id: int, at_url: str, now: datetime) -> Iterator[int]:
    """An article for versions to be stored in that are all of before the first one that another
    article has; when the block ends, it has that one's too, and its addresses. ``at_url``: an
    address of no article. One transaction. Raises NotInFrontError."""
    with store.db.transaction():
        known = store.db.get("articles", article_id)
        earlier = insert_article(store.db, known["source"], at_url, known["first_seen_at"])
        yield earlier
        # Nobody asked for it, and nobody is to.
        row = {"next_check_at": None, "last_checked_at": None}
        store.db.update("articles", earlier, row)
        store.identities.settle(earlier, known["url"], to_iso(now))
        if article_of(store.db, known["url"]) != earlier:
            raise NotInFrontError(known["url"])
        store.db.execute("delete from article_urls where url = :url", {"url": at_url})
