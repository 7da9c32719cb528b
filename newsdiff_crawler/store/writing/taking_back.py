"""Versions that turn out not to be what the newsroom wrote: the page's doing.

They stay, and are marked: hidden at first, not counted, of no effect on the schedule. What comes
after them is compared with what was there before. A first and only version that was none is taken
out instead: such an article was never read.
"""

from __future__ import annotations

import json

from newsdiff_crawler.diff import compare, summarise
from newsdiff_crawler.items import HEAD, is_cosmetic
from newsdiff_crawler.store.engine.database import Database
from newsdiff_crawler.store.reading.texts import blocks_of
from newsdiff_crawler.store.rules import is_the_story
from newsdiff_crawler.store.writing.boilerplate import Boilerplate
from newsdiff_crawler.store.writing.chain import retire
from newsdiff_crawler.store.writing.counting import count_changes_anew
from newsdiff_crawler.store.writing.labels import forget_labels
from newsdiff_crawler.store.writing.removals import Removals
from newsdiff_crawler.text import body_key


class TakingBack:
    """The part of the record that corrects itself. Each method is one transaction."""

    def __init__(self, db: Database, boilerplate: Boilerplate, removals: Removals) -> None:
        self._db = db
        self._boilerplate = boilerplate
        self._removals = removals

    def placeholder(self, article_id: int, number: int, reason: str, at: str) -> None:
        """Version `number` of an article was a placeholder. Nothing where it is no more, or was
        taken back before."""
        with self._db.transaction():
            version = self._version(article_id, number)
            if version is None:
                return
            if not self._has_other_text(article_id, number):
                self._unread(article_id, reason, at)
                return
            self._mark(article_id, number, 2)
            following = self._following(article_id, number)
            if following:
                self._close_gap(article_id, self._base(article_id, number), following)
            self._correct_removals(article_id, number, following)
            self._renew(article_id)

    def _version(self, article_id: int, number: int) -> int | None:
        row = self._db.execute(
            f"""select number from versions v
                where article_id = :id and number = :number and {is_the_story("v")}""",  # noqa: S608
            {"id": article_id, "number": number},
        ).fetchone()
        return int(row[0]) if row else None

    def _has_other_text(self, article_id: int, number: int) -> bool:
        """Whether another version is the story."""
        sql = f"""select 1 from versions v
                   where article_id = :id and number <> :number and {is_the_story("v")}
                   limit 1"""  # noqa: S608
        return bool(self._db.execute(sql, {"id": article_id, "number": number}).fetchone())

    # --- Marking --------------------------------------------------------------------------------

    def _mark(self, article_id: int, number: int, page_changed: int) -> None:
        """1: the change is the page's doing; 2: the text is no story at all."""
        self._db.execute(
            """update versions set page_changed = :page_changed
                where article_id = :id and number = :number""",
            {"id": article_id, "number": number, "page_changed": page_changed},
        )

    def _base(self, article_id: int, number: int) -> int | None:
        """The version that is the story before this one."""
        row = self._db.execute(
            f"""select max(number) from versions v
                where article_id = :id and number < :number and {is_the_story("v")}""",  # noqa: S608
            {"id": article_id, "number": number},
        ).fetchone()
        return row[0] if row else None

    def _following(self, article_id: int, number: int) -> int | None:
        """The version that is the story after this one: others between may be marked already."""
        row = self._db.execute(
            f"""select min(number) from versions v
                where article_id = :id and number > :number and {is_the_story("v")}""",  # noqa: S608
            {"id": article_id, "number": number},
        ).fetchone()
        return row[0] if row else None

    def _close_gap(self, article_id: int, base: int | None, following: int) -> None:
        """What the story said before a marked version was not taken out by it. The version after
        it is compared with the one before it."""
        if base is None:
            self._mark(article_id, following, 1)  # the first that is the story is no change
        else:
            self._compare(article_id, base, following)

    def _correct_removals(self, article_id: int, number: int, following: int | None) -> None:
        """Nothing was taken out by a marked version. The one after it took out what that before
        had."""
        self._removals.forget(article_id, number)
        if following:
            self._removals.forget(article_id, following)
            self._removals.find(article_id, following)
        self._removals.find_returns(article_id)

    def _compare(self, article_id: int, base: int, number: int) -> None:
        blocks = [blocks_of(self._db, article_id, each) for each in (base, number)]
        summary = summarise(compare(*blocks))
        ((is_alike, is_same),) = self._db.execute(
            """select u.words_hash = v.words_hash, u.content_hash = v.content_hash
                 from versions u join versions v on v.article_id = u.article_id
                where u.article_id = :id and u.number = :base and v.number = :number""",
            {"id": article_id, "base": base, "number": number},
        )
        cosmetic = is_cosmetic(words_alike=bool(is_alike), changes=summary.counts)
        columns = {
            "compared_with": base,
            "cosmetic": int(cosmetic),
            "page_changed": int(bool(is_same)),
            "labels": json.dumps([label.name for label in summary.labels]),
            "summary": summary.sentence,
            **vars(summary.counts),
        }
        forget_labels(self._db, article_id, number)
        assignments = ", ".join(f"{column} = :{column}" for column in columns)
        (version,) = self._db.query(
            f"""update versions set {assignments} where article_id = :id and number = :number
             returning fetched_at, article_id, number, source""",  # noqa: S608
            {**columns, "id": article_id, "number": number},
        )
        labels = [{**version, "label": label.name} for label in summary.labels]
        self._db.insert_all("change_labels", labels)

    def _renew(self, article_id: int) -> None:
        """The article is what its newest version that is the story says; the next check reads the
        whole page."""
        self._db.execute(
            f"""update articles
                   set (title, published_at, parser, seen_hash, last_changed_at) = (
                          select title, published_at, parser, content_hash, fetched_at
                            from versions v where article_id = :id
                           order by ({is_the_story("v")}) desc, number desc limit 1),
                       body_hash = null, etag = null, last_modified = null, not_modified = 0
                 where id = :id""",  # noqa: S608
            {"id": article_id},
        )
        count_changes_anew(self._db, article_id)

    # --- Unreading ------------------------------------------------------------------------------

    def unread(self, article_id: int, reason: str, at: str) -> None:
        """No version of an article was its story: it was never read. What stood there is kept as
        such."""
        with self._db.transaction():
            self._unread(article_id, reason, at)

    def _unread(self, article_id: int, reason: str, at: str) -> None:
        names = {"id": article_id, "reason": reason, "at": at}
        self._keep_texts(article_id, reason)
        retire(self._db, article_id, "was never the story", at)
        self._forget_versions(article_id)
        self._db.execute("update article_urls set answered_at = null where article_id = :id", names)
        self._db.execute(
            """update articles
                  set version_count = 0, change_count = 0, title = null, published_at = null,
                      parser = null, seen_hash = null, body_hash = null, etag = null,
                      last_modified = null, last_changed_at = null, last_real_change_at = null,
                      not_modified = 0, unconfirmed = 0, last_error = :reason,
                      confirmed_at = null,
                      next_check_at = case when claimed_by is null and state = 'live'
                                           then :at else next_check_at end
                where id = :id""",
            names,
        )

    def _keep_texts(self, article_id: int, reason: str) -> None:
        versions = self._db.query(
            """select v.article_id, v.number, a.url, v.text_key, v.fetched_at as at, v.title,
                      v.words
                 from versions v join articles a on a.id = v.article_id
                where v.article_id = :id and v.text_key is not null order by v.number desc""",
            {"id": article_id},
        )
        for version in versions:
            blocks = blocks_of(self._db, article_id, version["number"])
            text = "\n".join(block.text for block in blocks)
            body = body_key(block.text for block in blocks if block.kind not in HEAD)
            self._db.execute(
                """insert into other_texts (article_id, url, text_key, body_key, first_at, last_at,
                                            looks, title, text, words, reason)
                   values (:article_id, :url, :text_key, :body, :at, :at, 1, :title, :text, :words,
                           :reason)
                       on conflict (article_id, text_key, url) do nothing""",
                {**version, "text": text, "body": body, "reason": reason},
            )

    def _forget_versions(self, article_id: int) -> None:
        names = {"id": article_id}
        self._db.search_index.forget_article(article_id)
        forget_labels(self._db, article_id)
        self._boilerplate.forget(article_id)
        self._db.execute(
            """delete from removals where passage_id in (
                   select id from passages where article_id = :id)""",
            names,
        )
        for table in ("passages", "versions"):
            self._db.execute(f"delete from {table} where article_id = :id", names)  # noqa: S608
