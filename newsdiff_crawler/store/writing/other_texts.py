"""Texts that stood at an article's address and are not its story: walls, notices, another story.

They are kept, so that nothing that was shown is lost, and so that one text at many addresses is
known for what it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from newsdiff_crawler.items import FetchedPage
from newsdiff_crawler.store.engine.database import Database

MOST_TWINS = 20
MOST_OF_AN_ARTICLE = 20  # of its other texts, the latest ones


@dataclass(frozen=True)
class Twin:
    """Another article of the source that has a text. ``number``: of the version; None: it was
    shown at ``url`` and is not held to be its story. ``url``: else the article's. ``since`` and
    ``at``: first and last seen there. ``was_led``: a redirect or stub led there.
    ``shares_body_only``: headline or numbers are others (of texts that are no story).
    ``listed_as``: its headline in a feed."""

    article_id: int
    number: int | None
    url: str
    since: str
    at: str
    words_hash: str | None
    is_hidden: bool
    was_led: bool
    shares_body_only: bool
    listed_as: str


class Sighting(NamedTuple):
    """``since``: None where it was never shown."""

    looks: int
    since: str | None


class OtherTexts:
    """The part of the record that knows one text at several addresses."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def twins(self, fetched: FetchedPage) -> list[Twin]:
        """Where else in the source the text of a page stands or stood, the latest first."""
        rows = self._db.execute(
            """select t.*, coalesce((select max(title) from feed_entries e where e.url = t.url), '')
                 from (select a.id as article_id, v.number, a.url, v.fetched_at as since,
                              v.fetched_at as at, v.words_hash,
                              case when a.state = 'hidden' then 1 else 0 end, 0, 0
                         from versions v join articles a on a.id = v.article_id
                        where v.text_key = :key and a.source = :source
                        union all
                       select o.article_id, null, o.url, o.first_at, o.last_at, null,
                              case when a.state = 'hidden' then 1 else 0 end,
                              case when o.url <> a.url then 1 else 0 end,
                              case when o.text_key <> :key then 1 else 0 end
                         from other_texts o join articles a on a.id = o.article_id
                        where o.body_key = :body and a.source = :source) as t
                where t.article_id <> :id order by t.at desc limit :most""",
            {
                "key": fetched.text_key,
                "body": fetched.body_key,
                "source": fetched.source,
                "id": fetched.article_id,
                "most": MOST_TWINS,
            },
        )
        return [_twin(*row) for row in rows]

    def sighting(self, fetched: FetchedPage) -> Sighting:
        """How often, and since when, this text was shown at this address before, in place of the
        article's."""
        row = self._db.execute(
            """select looks, first_at from other_texts
                where article_id = :id and text_key = :key and url = :url""",
            {"id": fetched.article_id, "key": fetched.text_key, "url": fetched.url},
        ).fetchone()
        return Sighting(*row) if row else Sighting(0, None)

    def is_one_text(self, article_id: int) -> bool:
        """Whether all versions of an article have one text, but for what it counts."""
        ((texts,),) = self._db.execute(
            """select count(distinct coalesce(text_key, -number)) from versions
                where article_id = :id""",
            {"id": article_id},
        )
        return bool(texts == 1)

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
            "body_key": fetched.body_key,
            "at": fetched.fetched_at,
            "title": fetched.page.title,
            "text": "\n".join(block.text for block in fetched.page.blocks()),
            "words": fetched.words,
            "reason": reason,
            "most": MOST_OF_AN_ARTICLE,
        }
        self._db.execute(
            """insert into other_texts
                      (article_id, url, text_key, body_key, first_at, last_at, looks, title, text,
                       words, reason)
               values (:article_id, :url, :text_key, :body_key, :at, :at, 1, :title, :text,
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


def _twin(*row: Any) -> Twin:
    values = list(row)
    values[6:9] = map(bool, values[6:9])
    return Twin(*values)
