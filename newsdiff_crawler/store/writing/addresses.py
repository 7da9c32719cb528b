"""The addresses of articles: those that answered with the story, and those only stated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from newsdiff_crawler.store.engine.database import Database
from newsdiff_crawler.store.writing.queue import article_of, insert_article

# Where an address comes from that is not known to be the article's: its page's canonical link, a
# feed's guid, or a time when it was the article's.
How = Literal["canonical", "guid", "former"]

MOST_KIN = 5  # articles that are compared with one


@dataclass(frozen=True)
class Address:
    """A URL that led to an article. ``answered_at``: when it first answered with the story's text
    itself; None: it never did, it was listed, or led to another address."""

    url: str
    answered_at: str | None


class Addresses:
    """The part of the record that says where a story is found."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def owner(self, url: str) -> int | None:
        """The article that a URL leads to."""
        return article_of(self._db, url)

    def of(self, article_id: int) -> list[Address]:
        """Those of an article, the ones that answered last first."""
        rows = self._db.execute(
            """select url, answered_at from article_urls where article_id = :id
                order by answered_at is null, answered_at desc, url""",
            {"id": article_id},
        )
        return [Address(*row) for row in rows]

    def answered(self, article_id: int, url: str, at: str) -> None:
        """Notes that a URL answered with an article's text. One that is another article's stays
        so."""
        self._db.execute(
            """insert into article_urls (url, article_id, answered_at) values (:url, :id, :at)
                   on conflict (url) do update set answered_at = excluded.answered_at
                where article_urls.article_id = :id and article_urls.answered_at is null""",
            {"url": url, "id": article_id, "at": at},
        )

    def answering(self, article_id: int) -> dict[str, str | None]:
        """Those of an article, and when each first answered with its story itself."""
        return {each.url: each.answered_at for each in self.of(article_id)}

    def state(self, article_id: int, url: str, how: How, at: str) -> None:
        """Notes that a page or a feed says that this is an article's address. It is
        tried at the next check, once, unless it is another article's already."""
        stated = self._db.execute(
            """insert into stated_urls (article_id, url, how, stated_at)
               values (:id, :url, :how, :at) on conflict (article_id, url) do nothing
            returning url""",
            {"id": article_id, "url": url, "how": how, "at": at},
        ).fetchall()
        if stated and how == "canonical" and self.owner(url) in (None, article_id):
            self._db.update("articles", article_id, {"trial_url": url})

    def believe(self, article_id: int, url: str, at: str) -> None:
        """A stated address has shown the story."""
        with self._db.transaction():
            self.answered(article_id, url, at)
            names = {"id": article_id, "url": url}
            self._db.execute("delete from stated_urls where article_id = :id and url = :url", names)
            self._db.execute(
                "update articles set trial_url = null where id = :id and trial_url = :url", names
            )

    def adopt(self, article_id: int, url: str) -> None:
        """Makes one of an article's addresses the one that is asked."""
        self._db.execute(
            """update articles set url = :url, etag = null, last_modified = null, body_hash = null
                where id = :id and url <> :url""",
            {"url": url, "id": article_id},
        )

    def refuse(self, article_id: int, url: str, reason: str, at: str, due: str) -> None:
        """Another address than its own did not show an article's story when it was tried; its own
        is due at that moment."""
        names = {"id": article_id, "url": url, "reason": reason, "at": at, "due": due}
        with self._db.transaction():
            self._db.execute(
                """insert into stated_urls (article_id, url, how, stated_at, refused_at, reason)
                   values (:id, :url, 'former', :at, :at, :reason)
                       on conflict (article_id, url) do update
                      set refused_at = excluded.refused_at, reason = excluded.reason""",
                names,
            )
            self._db.execute(
                """update articles set trial_url = null, claimed_by = null,
                          next_check_at = case when state = 'hidden' then null else :due end
                    where id = :id""",
                names,
            )

    def fall_back(self, article_id: int, now: str) -> None:
        """Makes the last other address that answered with the story the one that is tried next, at
        once, if there is one that was not tried in vain before."""
        with self._db.transaction():
            row = self._db.execute(
                """select u.url from article_urls u join articles a on a.id = u.article_id
                    left join stated_urls s on s.article_id = u.article_id and s.url = u.url
                    where u.article_id = :id and u.answered_at is not null and u.url <> a.url
                      and s.refused_at is null and a.state <> 'hidden'
                    order by u.answered_at desc limit 1""",
                {"id": article_id},
            ).fetchone()
            if row:
                self._db.update("articles", article_id, {"trial_url": row[0], "next_check_at": now})

    def kin(self, article_id: int, stated_url: str | None) -> list[int]:
        """Articles with a version that may tell the same story: at an address that this one's page
        or feed states, or that state one of this one's addresses."""
        rows = self._db.execute(
            """select id from articles
                where version_count > 0 and id <> :id and id in (
                      select article_id from article_urls where url = :stated
                       union
                      select u.article_id from stated_urls s join article_urls u on u.url = s.url
                       where s.article_id = :id
                       union
                      select s.article_id from article_urls u join stated_urls s on s.url = u.url
                       where u.article_id = :id)
                order by id limit :most""",
            {"id": article_id, "stated": stated_url or "", "most": MOST_KIN},
        )
        return [int(row[0]) for row in rows]

    def detach(self, article_id: int, url: str, at: str) -> int:
        """Gives an address that only led to an article, and tells a story of its own by now, to a
        new article, whose id is returned. The old one is where it answered last, due at once."""
        with self._db.transaction():
            (source,) = self._db.execute(
                "select source from articles where id = :id", {"id": article_id}
            ).fetchone() or ("",)
            self._db.execute("delete from article_urls where url = :url", {"url": url})
            last = self.of(article_id)[0]
            row = {"url": last.url, "next_check_at": at, "claimed_by": None, "trial_url": None}
            self._db.update("articles", article_id, row)
            return insert_article(self._db, str(source), url, at)
