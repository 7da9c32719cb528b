"""Which article a page belongs to. Stories move, and are found under two addresses before anybody
can know that they are one."""

from __future__ import annotations

from typing import Any

from newsdiff_crawler.store.engine.database import Database
from newsdiff_crawler.store.merging.merge import MergePoint, append, find_merge_point
from newsdiff_crawler.store.writing.events import add_event
from newsdiff_crawler.store.writing.queue import article_of
from newsdiff_crawler.store.writing.takedown import is_erased


class NoSuchArticleError(LookupError):
    """There is no article with this id. Mostly there was one, and another crawl has merged it into
    another article since."""


class Identities:
    """The part of the record that says which addresses, and which merged articles, are one."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def settle(self, article_id: int, url: str, at: str, moved_from: str | None = None) -> int:
        """The article that a page with this canonical URL belongs to, checked as `article_id`
        at a time.

        An article takes the URL that its page names. Where another article has that, they become
        one: where one of them has no version yet, or where the one's versions follow the other's
        and tell the same story. Else both stay as they are. ``moved_from``: the URL that led there
        by a redirect; the move of an article with versions is noted once. Raises
        NoSuchArticleError for an id that never was an article's.
        """
        if not moved_from and article_of(self._db, url) == article_id:
            return article_id
        merge_point = self._find_merge_point(self.current(article_id), url)
        with self._db.transaction():
            article_id = self.current(article_id)
            had_text = self._versions(article_id) > 0
            place = self._place(article_id, url, at, merge_point)
            if had_text:
                self._follow(place, url, at, moved_from)
        return place

    def absorb(self, article_id: int, merged: int, at: str) -> None:
        """Makes an article without versions part of another one. Nothing where it has a version by
        now, or is that article."""
        with self._db.transaction():
            merged = self.current(merged)
            if merged != article_id and not self._versions(merged):
                self._absorb(article_id, merged, at)

    def has(self, article_id: int, url: str) -> bool:
        """Whether a URL is this article's."""
        return article_of(self._db, url) == article_id

    def current(self, article_id: int) -> int:
        """The id that an article goes by now. Raises NoSuchArticleError for none."""
        row = self._db.execute(
            """select id from articles where id = :id
               union all select article_id from merged_articles where id = :id""",
            {"id": article_id},
        ).fetchone()
        if row is None:
            raise NoSuchArticleError(f"no article {article_id}")
        return int(row[0])

    def _find_merge_point(self, article_id: int, url: str) -> MergePoint | None:
        """To be called outside of the transaction: texts are compared."""
        owner = article_of(self._db, url)
        if owner is None or owner == article_id:
            return None
        return find_merge_point(self._db, article_id, owner)

    def _versions(self, article_id: int) -> int:
        return int(self._db.get("articles", article_id)["version_count"])

    def _place(self, article_id: int, url: str, at: str, merge_point: MergePoint | None) -> int:
        owner = article_of(self._db, url)
        if owner is None:
            self._db.insert("article_urls", {"url": url, "article_id": article_id})
            self._db.update("articles", article_id, {"url": url})
            return article_id
        if owner == article_id:
            return article_id
        return self._unite(article_id, owner, url, at, merge_point)

    def _unite(
        self, article_id: int, owner: int, url: str, at: str, merge_point: MergePoint | None
    ) -> int:
        """Makes one of two articles if that can be; which one the page belongs to. One that was
        erased stays what it is."""
        if any(is_erased(self._db, each) for each in (article_id, owner)):
            return article_id
        # Written before they are read: claims and checks, which take no turns on a server, wait.
        held = self._db.execute(
            """update articles set claimed_by = claimed_by where id in (:one, :other)
            returning id, version_count""",
            {"one": article_id, "other": owner},
        )
        counts = dict(held.tuples())
        if not counts[article_id]:
            self._absorb(owner, article_id, at)
            return owner
        if not counts[owner]:
            self._absorb(article_id, owner, at)
            return article_id
        # Not where a version came while the texts were compared: the next check will do it.
        if merge_point and merge_point.counts == (
            counts[merge_point.earlier],
            counts[merge_point.later],
        ):
            row = append(self._db, merge_point, url, at)
            self._absorb(merge_point.earlier, merge_point.later, at, merge_point.shift, row)
            return merge_point.earlier
        return article_id

    def _absorb(
        self,
        article_id: int,
        merged: int,
        at: str,
        shift: int = 0,
        row: dict[str, Any] | None = None,
    ) -> None:
        """What is left of another article becomes this one's: addresses, events, hints; and it is
        hidden if either was. ``row``: what else its row says then."""
        both = [self._db.get("articles", id_) for id_ in (article_id, merged)]
        row = {
            **(row or {}),
            "first_seen_at": min(each["first_seen_at"] for each in both),
            "hinted_by": both[0]["hinted_by"] or both[1]["hinted_by"],
            "hinted_while_claimed": max(each["hinted_while_claimed"] for each in both),
        }
        hidden = [each["state"] == "hidden" for each in both]
        if any(hidden):
            row |= {"state": "hidden", "next_check_at": None}
        if any(hidden) and not all(hidden):
            detail = "is one with an article that was hidden"
            add_event(self._db, article_id, at, "hidden", detail)
        names = {"to": article_id, "from": merged, "shift": shift}
        for table, key in (("stated_urls", "url"), ("other_texts", "text_key")):
            self._db.execute(
                f"""delete from {table} where article_id = :from and {key} in (
                       select {key} from {table} where article_id = :to)""",  # noqa: S608
                names,
            )
        for table in ("article_urls", "events", "stated_urls", "other_texts", "snapshots"):
            sql = f"update {table} set article_id = :to where article_id = :from"  # noqa: S608
            self._db.execute(sql, names)
        self._db.execute(
            """update rereadings set article_id = :to, number = number + :shift,
                                     became = became + :shift
                where article_id = :from""",
            names,
        )
        for table in ("notices", "copies"):
            self._db.execute(
                f"""update {table} set article_id = :to, number = number + :shift
                     where article_id = :from""",  # noqa: S608
                names,
            )
        self._db.execute(
            """update merged_articles set article_id = :to, shift = shift + :shift
                where article_id = :from""",
            names,
        )
        self._db.execute(
            "insert into merged_articles (id, article_id, shift) values (:from, :to, :shift)", names
        )
        self._db.execute("delete from articles where id = :from", names)
        self._db.update("articles", article_id, row)

    def _follow(self, article_id: int, url: str, at: str, moved_from: str | None) -> None:
        """An article with versions is now where its page is, unless that is another article's."""
        if self.has(article_id, url):
            self._db.update("articles", article_id, {"url": url})
        if moved_from is None:
            return
        detail = f"from {moved_from} to {url}"
        noted = (
            "select 1 from events where article_id = :id and kind = 'moved' and detail = :detail"
        )
        if not self._db.execute(noted, {"id": article_id, "detail": detail}).fetchone():
            add_event(self._db, article_id, at, "moved", detail)
