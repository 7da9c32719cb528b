"""What to check: tracked articles, and claims on those that are due."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from newsdiff_crawler.items import READING
from newsdiff_crawler.store.engine.database import Database
from newsdiff_crawler.store.rules import not_hidden
from newsdiff_crawler.store.writing.portions import in_portions
from newsdiff_crawler.times import to_iso


@dataclass(frozen=True)
class Claim:
    """An article that this crawl, and no other, is to check now."""

    article_id: int
    url: str
    etag: str | None
    last_modified: str | None
    parser: str | None  # that made the last version
    seen_hash: str | None  # content_hash of the text last seen
    body_hash: str | None  # of the bytes that held it
    not_modified: int  # 304s since
    reading: int = READING  # of the text last seen
    trial_url: str | None = None  # another address of it, which is asked this time

    @property
    def is_to_be_read(self) -> bool:
        """Whether the whole page is wanted: what is known of it is not what this reading of its
        own address would give."""
        return self.trial_url is not None or self.reading != READING

    @property
    def asked_url(self) -> str:
        """The address that is asked."""
        return self.trial_url or self.url


class CheckQueue:
    """The part of the record that says what is to be checked, and when."""

    def __init__(self, db: Database) -> None:
        self.db = db

    def track(
        self, source: str, urls: Iterable[str], now: datetime, most: int | None = None
    ) -> int:
        """Starts tracking the URLs that led to no article before, due at once: how many. No more
        than ``most``, the first ones."""
        new = 0
        for portion in in_portions(list(dict.fromkeys(urls))):
            with self.db.transaction():
                for url in portion:
                    if most is not None and new >= most:
                        return new
                    new += self._track(source, url, to_iso(now))
        return new

    def _track(self, source: str, url: str, now: str) -> bool:
        if article_of(self.db, url) is not None:
            return False
        insert_article(self.db, source, url, now)
        return True

    def make_due(self, source: str, now: datetime, url: str | None = None) -> None:
        """Makes all articles of a source due, or the one that a URL leads to, claimed and hidden
        ones left out."""
        with self.db.transaction():
            self.db.execute(
                f"""update articles set next_check_at = :now
                    where source = :source and {not_hidden("articles")} and claimed_by is null
                      and (:url = '' or id = (select article_id from article_urls where url = :url))
                """,  # noqa: S608
                {"source": source, "now": to_iso(now), "url": url or ""},
            )

    def claim(
        self,
        source: str,
        run: int,
        now: datetime,
        portion: int,
        lease: timedelta,
        url: str | None = None,
    ) -> list[Claim]:
        """Claims up to `portion` due articles, or just the one that a URL leads to.

        First those that a feed hinted at, then those that are the most overdue for how often
        they are checked. A claim ends with a recorded check or version, with the run, or with
        the lease. In the order of their ids: a server gives them in any.
        """
        claimed = self.db.execute(
            f"""update articles set next_check_at = :lease_end, claimed_by = :run,
                                   hinted_while_claimed = 0
                where id in (select id from articles
                              where source = :source and next_check_at <= :now
                                and {not_hidden("articles")}
                                and (:url = '' or id =
                                     (select article_id from article_urls where url = :url))
                              order by hinted_by is null,
                                       1.0 * {self.db.seconds_between("next_check_at", ":now")}
                                       / case when wait > 60 then wait else 60 end desc, id
                              limit :portion {self.db.unclaimed_only()})
            returning id, url, etag, last_modified, parser, seen_hash, body_hash, not_modified,
                      reading,
                      case when :url = '' then trial_url when :url <> url then :url end""",  # noqa: S608
            {
                "source": source,
                "run": run,
                "now": to_iso(now),
                "lease_end": to_iso(now + lease),
                "portion": portion,
                "url": url or "",
            },
        )
        claims = [Claim(*row) for row in claimed.fetchall()]
        return sorted(claims, key=lambda claim: claim.article_id)

    def give_back(self, article_id: int, run: int, due: datetime) -> None:
        """Gives back a claim of this run without a check; another one is due at that moment."""
        self.db.execute(
            """update articles set next_check_at = :due, claimed_by = null
                where id = :id and claimed_by = :run""",
            {"due": to_iso(due), "id": article_id, "run": run},
        )

    def next_due(self, source: str) -> str | None:
        """When the next article or feed of a source is due."""
        (row,) = self.db.execute(
            f"""select min(due) from (
                   select min(next_check_at) as due from articles
                    where source = :source and {not_hidden("articles")}
                   union all
                   select min(next_check_at) from feeds where source = :source) as dues""",  # noqa: S608
            {"source": source},
        )
        return cast("str | None", row[0])


def insert_article(db: Database, source: str, url: str, now: str) -> int:
    """Adds an article without a version, due at once. Its id."""
    article_id = _free_id(db)
    row = {"source": source, "url": url, "first_seen_at": now, "next_check_at": now}
    db.insert("articles", {"id": article_id, **row})
    db.insert("article_urls", {"url": url, "article_id": article_id})
    return article_id


def _free_id(db: Database) -> int:
    """SQLite gives the id of the last row anew once that is deleted; a merged article's lives on in
    addresses, and in the hands of other crawls."""
    (row,) = db.execute(
        """select 1 + coalesce(max(id), 0) from (select max(id) as id from articles union all
                                                  select max(id) from merged_articles) as ids"""
    )
    return int(row[0])


def article_of(db: Database, url: str) -> int | None:
    """The id of the article that a URL led to before."""
    sql = "select article_id from article_urls where url = :url"
    row = db.execute(sql, {"url": url}).fetchone()
    return int(row[0]) if row else None
