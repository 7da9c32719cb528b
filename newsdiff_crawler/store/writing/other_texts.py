"""Texts that stood at an article's address and are not its story: walls, notices, another story.

They are kept, so that nothing that was shown is lost, and so that one text at many addresses is
known for what it is."""

from __future__ import annotations

from dataclasses import dataclass

from newsdiff_crawler.items import FetchedPage
from newsdiff_crawler.store.engine.database import Database

MOST_TWINS = 20
MOST_OF_AN_ARTICLE = 20  # of its other texts, the latest ones


@dataclass(frozen=True)
class Twin:
    """Another article of the source that has a text. ``number``: of the version; None: it was
    shown at ``url`` and is not held to be its story. ``url``: else the article's. ``versions``:
    how many the article has. ``listed_as``: its headline in a feed."""

    article_id: int
    number: int | None
    url: str
    at: str
    words_hash: str | None
    versions: int
    is_hidden: bool
    listed_as: str


class OtherTexts:
    """The part of the record that knows one text at several addresses."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def twins(self, fetched: FetchedPage) -> list[Twin]:
        """Where else in the source the text of a page stands or stood, the latest first."""
        rows = self._db.execute(
            """select t.*, coalesce((select max(title) from feed_entries e where e.url = t.url), '')
                 from (select a.id as article_id, v.number, a.url, v.fetched_at as at,
                              v.words_hash, a.version_count, a.state = 'hidden'
                         from versions v join articles a on a.id = v.article_id
                        where v.text_key = :key and a.source = :source
                        union all
                       select o.article_id, null, o.url, o.last_at, null, a.version_count,
                              a.state = 'hidden'
                         from other_texts o join articles a on a.id = o.article_id
                        where o.text_key = :key and a.source = :source) as t
                where t.article_id <> :id order by t.at desc limit :most""",
            {
                "key": fetched.text_key,
                "source": fetched.source,
                "id": fetched.article_id,
                "most": MOST_TWINS,
            },
        )
        return [
            Twin(article_id, number, url, at, words_hash, versions, bool(is_hidden), str(listed_as))
            for article_id, number, url, at, words_hash, versions, is_hidden, listed_as in rows
        ]

    def looks(self, fetched: FetchedPage) -> int:
        """How often this text was shown at this address before, in place of the article's."""
        row = self._db.execute(
            """select looks from other_texts
                where article_id = :id and text_key = :key and url = :url""",
            {"id": fetched.article_id, "key": fetched.text_key, "url": fetched.url},
        ).fetchone()
        return int(row[0]) if row else 0

    def since(self, fetched: FetchedPage) -> str | None:
        """When this text was first shown at this address in place of the article's; None: never."""
        row = self._db.execute(
            """select first_at from other_texts
                where article_id = :id and text_key = :key and url = :url""",
            {"id": fetched.article_id, "key": fetched.text_key, "url": fetched.url},
        ).fetchone()
        return str(row[0]) if row else None

    def listed_as(self, url: str) -> str:
        """The headline under which a feed lists an address; empty where none does."""
        row = self._db.execute(
            "select max(title) from feed_entries where url = :url", {"url": url}
        ).fetchone()
        return str((row and row[0]) or "")

    def keep(self, fetched: FetchedPage, reason: str) -> None:
        """Keeps the text of a page that is not its article's story. To be called in the
        transaction that records the check."""
        row = {
            "article_id": fetched.article_id,
            "url": fetched.url,
            "text_key": fetched.text_key,
            "at": fetched.fetched_at,
            "title": fetched.page.title,
            "text": "\n".join(block.text for block in fetched.page.blocks()),
            "words": fetched.words,
            "reason": reason,
            "most": MOST_OF_AN_ARTICLE,
        }
        self._db.execute(
            """insert into other_texts
                      (article_id, url, text_key, first_at, last_at, looks, title, text,
                       words, reason)
               values (:article_id, :url, :text_key, :at, :at, 1, :title, :text,
                       :words, :reason)
                   on conflict (article_id, text_key, url) do update
                  set last_at = excluded.last_at, looks = other_texts.looks + 1,
                      reason = excluded.reason""",
            row,
        )
        self._db.execute(
            """delete from other_texts where article_id = :article_id and id not in (
                   select id from other_texts where article_id = :article_id
                    order by last_at desc, id desc limit :most)""",
            row,
        )

    def forget(self, article_id: int, text_key: int) -> None:
        """A text is the article's story after all."""
        self._db.execute(
            "delete from other_texts where article_id = :id and text_key = :key",
            {"id": article_id, "key": text_key},
        )
