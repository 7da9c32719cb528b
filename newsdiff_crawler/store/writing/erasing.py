"""Erasing an article for good: all that it ever said goes from the record, and a tombstone stays.

The tombstone is the article's row with its addresses, hidden, the row in ``erased``, and of each
version the hashes that bind it to the one before it. By it the story is known where it is found
again, and is not recorded.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from newsdiff_crawler.items import FetchedPage
from newsdiff_crawler.store.engine.database import Database, Row
from newsdiff_crawler.store.writing.boilerplate import Boilerplate
from newsdiff_crawler.store.writing.events import add_event
from newsdiff_crawler.store.writing.labels import forget_labels
from newsdiff_crawler.store.writing.queue import article_of
from newsdiff_crawler.store.writing.takedown import find, is_erased

_QUOTED = 80  # characters of a headline that a reason quotes at most
_REASONS = {
    "articles": "last_error",
    "other_texts": "reason",
    "stated_urls": "reason",
    "snapshots": "reason",
    "events": "detail",
}
# Columns of versions that are not emptied.
_IN_THE_CHAIN = ("article_id", "number", "fetched_at", "previous_hash", "version_hash", "root")
_KNOWN_BY = ("source", "words_hash", "text_key")
_NEVER_NULL = ("layout", "page_changed", "held", "captured")
_COMPUTED = ("size", "minor")
_NOT_EMPTIED = {*_IN_THE_CHAIN, *_KNOWN_BY, *_NEVER_NULL, *_COMPUTED}


@dataclass(frozen=True)
class Erasure:
    """``finished_at``: nothing of it is in any file since then; None: it has to be gone on with."""

    article_id: int
    url: str
    at: str
    reason: str
    finished_at: str | None


@dataclass(frozen=True)
class PagesToErase:
    """What the archive has of an erased article. ``records``: ids of its records, and in which
    file and where each is; ``kept``: ids of records at its addresses that are another's; ``last``:
    where in each file the last record of another begins."""

    addresses: frozenset[str]
    records: dict[str, tuple[str, int]]
    kept: frozenset[str]
    last: dict[str, int]
    sources: frozenset[str]


class Erasures:
    """The part of the record that says what was erased."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def all(self) -> list[Erasure]:
        """The oldest first."""
        rows = self._db.execute(
            """select e.article_id, a.url, e.at, e.reason, e.finished_at
                 from erased e join articles a on a.id = e.article_id order by e.at, a.id"""
        )
        return [Erasure(*row) for row in rows]

    def addresses(self) -> set[str]:
        """All that led to articles which are erased."""
        rows = self._db.execute(
            "select u.url from erased e join article_urls u on u.article_id = e.article_id"
        )
        return {url for (url,) in rows}

    def begin(self, urls: Sequence[str], at: str, reason: str) -> Erasure:
        """Takes the article that one of these URLs led to from the record; what is left is pages in
        the archive, and bytes in the file. One that was erased before stays as it is. Raises
        UnknownArticleError."""
        with self._db.transaction():
            article_id = find(self._db, urls)
            if not is_erased(self._db, article_id):
                row = {"article_id": article_id, "at": at, "reason": reason}
                self._db.insert("erased", row)
                _Erasing(self._db, article_id).run(at, reason)
        return next(each for each in self.all() if each.article_id == article_id)

    def pages(self, article_id: int) -> PagesToErase:
        """What the archive has of it."""
        names = {"id": article_id}
        known = "select url from article_urls where article_id = :id"
        urls = self._db.execute(
            f"{known} union select url from snapshots where article_id = :id",  # noqa: S608
            names,
        )
        addresses = frozenset(url for (url,) in urls)
        records = self._db.execute(
            """select record_id, file, "offset" from snapshots
                where article_id = :id and let_go_at is null""",
            names,
        ).fetchall()
        kept = self._db.execute(
            f"""select record_id from snapshots
                 where article_id <> :id and {self._db.one_of("url", "urls")}""",  # noqa: S608
            {**names, "urls": self._db.list_value(sorted(addresses))},
        )
        last = self._db.execute(
            """select file, max("offset") from snapshots where article_id <> :id group by file""",
            names,
        ).fetchall()
        sources = self._db.execute(
            """select source from articles where id = :id
                union select source from versions where article_id = :id""",
            names,
        ).fetchall()
        return PagesToErase(
            addresses,
            {id_: (file, offset) for id_, file, offset in records},
            frozenset(id_ for (id_,) in kept),
            {row[0]: row[1] for row in last},
            frozenset(source for (source,) in sources),
        )

    def take_over(self, article_id: int) -> None:
        """Addresses that have become an erased article's: no feed's headline of them stays."""
        with self._db.transaction():
            empty_feeds(self._db, article_id)

    def forget_pages(self, article_id: int, elsewhere: Collection[str]) -> None:
        """The archive has nothing of it any more but in these files, which other machines have."""
        with self._db.transaction():
            self._db.execute(
                f"""delete from snapshots
                     where article_id = :id and not ({self._db.one_of("file", "files")})""",  # noqa: S608
                {"id": article_id, "files": self._db.list_value(sorted(elsewhere))},
            )

    def finish(self, article_id: int, at: str) -> None:
        """Nothing of it is in any file."""
        self._db.execute(
            "update erased set finished_at = :at where article_id = :id",
            {"id": article_id, "at": at},
        )

    # --- What comes later -------------------------------------------------------------------------

    def may_keep(self, article_id: int, url: str) -> bool:
        """Whether a page of this article that was found at this address may be kept."""
        owner = article_of(self._db, url)
        return not any(is_erased(self._db, each) for each in {article_id, owner or 0})

    def claimant(self, fetched: FetchedPage, *, is_first: bool) -> int | None:
        """The erased article that a page belongs to: that was asked for, or has the address which
        answered. Of an article without a text: or that has one which its page or feed states as its
        own, or states one of this one's."""
        for article_id in (fetched.article_id, article_of(self._db, fetched.url)):
            if article_id is not None and is_erased(self._db, article_id):
                return article_id
        if not is_first:
            return None
        row = self._db.execute(
            """select e.article_id from erased e join article_urls u on u.article_id = e.article_id
                where u.url = :stated
                   or u.url in (select url from stated_urls where article_id = :id)
                   or exists (select 1 from stated_urls s join article_urls mine on mine.url = s.url
                               where s.article_id = e.article_id and mine.article_id = :id)
                limit 1""",
            {"stated": fetched.stated_url, "id": fetched.article_id},
        ).fetchone()
        return int(row[0]) if row else None

    def has_text(self, fetched: FetchedPage) -> bool:
        """Whether an erased article of the source said exactly this."""
        if not self._db.execute("select 1 from erased limit 1").fetchone():
            return False  # nearly always, and the key takes time
        row = self._db.execute(
            """select 1 from versions v join erased e on e.article_id = v.article_id
                where v.text_key = :key and v.source = :source limit 1""",
            {"key": fetched.text_key, "source": fetched.source},
        ).fetchone()
        return row is not None


def erased_among(db: Database, urls: Iterable[str]) -> set[str]:
    """Those of these URLs that led to an article which was erased."""
    rows = db.execute(
        f"""select u.url from erased e join article_urls u on u.article_id = e.article_id
             where {db.one_of("u.url", "urls")}""",  # noqa: S608
        {"urls": db.list_value(list(urls))},
    )
    return {url for (url,) in rows}


def empty_feeds(db: Database, article_id: int) -> None:
    """Feeds have no headline of an article any more. To be called in a transaction."""
    known = "select url from article_urls where article_id = :id"
    sql = f"update feed_entries set title = '' where url in ({known})"  # noqa: S608
    db.execute(sql, {"id": article_id})


class _Erasing:
    """What `Erasures.begin` does, step by step, in its transaction."""

    def __init__(self, db: Database, article_id: int) -> None:
        self._db = db
        self._names = {"id": article_id}
        self._id = article_id

    def run(self, at: str, reason: str) -> None:
        texts = self._texts()
        elsewhere = self._elsewhere(texts)
        self._forget_quotes()
        self._forget_copies(texts - elsewhere)
        self._forget_boilerplate(texts - elsewhere)
        self._forget_notices()
        empty_feeds(self._db, self._id)
        self._forget_passages()
        self._strip_versions()
        self._leave_tombstone(at, reason)

    def _texts(self) -> set[str]:
        """All that it said, block by block, and as feeds announced it."""
        rows = self._run(
            """select text from passages where article_id = :id
                union select e.title from feed_entries e join article_urls u on u.url = e.url
                       where u.article_id = :id and e.title <> ''"""
        )
        return {text for (text,) in rows}

    def _elsewhere(self, texts: set[str]) -> set[str]:
        """Those of the texts that another article says, too: they are that one's."""
        rows = self._db.execute(
            f"""select distinct text from passages
                 where article_id <> :id and {self._db.one_of("text", "texts")}""",  # noqa: S608
            {**self._names, "texts": self._db.list_value(sorted(texts))},
        )
        return {text for (text,) in rows}

    def _forget_quotes(self) -> None:
        """Headlines that reasons quote, of other articles too."""
        titles = self._run(
            """select title from versions where article_id = :id
                union select title from other_texts where article_id = :id
                union select e.title from feed_entries e join article_urls u on u.url = e.url
                       where u.article_id = :id"""
        )
        for quoted in sorted({f"“{t[:n]}”" for (t,) in titles if t for n in (_QUOTED, None)}):
            for table, column in _REASONS.items():
                self._db.execute(
                    f"""update {table} set {column} = replace({column}, :quoted, '“…”')
                         where replace({column}, :quoted, '') <> {column}""",  # noqa: S608
                    {"quoted": quoted},
                )

    def _forget_copies(self, texts: set[str]) -> None:
        """Texts that stood at addresses of other articles and are copies of it, and their pages."""
        keys = """select text_key from versions where article_id = :id
                   union select text_key from other_texts where article_id = :id"""
        rows = self._run(
            f"""select id, article_id, url, first_at, last_at, text, text_key in ({keys})
                  from other_texts where article_id <> :id"""  # noqa: S608
        )
        copies = [row for row in rows if row[6] or not texts.isdisjoint((row[5] or "").split("\n"))]
        self._take_pages("url in (select url from article_urls where article_id = :id)")
        same_body = "select body_sha256 from snapshots where article_id = :id"
        self._take_pages(f"status = 200 and body_sha256 in ({same_body})")
        for id_, article_id, url, first, last, *_ in copies:
            shown = "article_id = :shown and url = :url and at between :first and :last"
            names = {"shown": article_id, "url": url, "first": first, "last": last}
            self._take_pages(shown, **names)
            self._db.execute("delete from other_texts where id = :other", {"other": id_})
        self._run("delete from other_texts where article_id = :id")

    def _take_pages(self, which: str, **names: object) -> None:
        """Pages of other articles, which are copies, go with this one's. Not those behind a version
        of theirs."""
        self._db.execute(
            f"""update snapshots as s set article_id = :id
                 where s.article_id <> :id and {which}
                   and not exists (
                       select 1 from versions v join snapshots t on t.id = v.snapshot
                        where v.article_id = s.article_id
                          and (t.id = s.id or t.same_as = s.record_id))""",  # noqa: S608
            {**self._names, **names},
        )

    def _forget_boilerplate(self, texts: set[str]) -> None:
        self._db.execute(
            f"delete from boilerplate where {self._db.one_of('text', 'texts')}",  # noqa: S608
            {"texts": self._db.list_value(sorted(texts))},
        )
        Boilerplate(self._db).forget(self._id)

    def _forget_notices(self) -> None:
        """With what services said of the messages that told of it."""
        told = "select message_id from notices where article_id = :id"
        self._run(f"update messages set said = null where id in ({told})")  # noqa: S608
        self._run(
            f"""delete from messages where id in ({told}) and id not in (
                    select message_id from notices
                     where message_id is not null
                       and (article_id is null or article_id <> :id))"""  # noqa: S608
        )
        self._run("delete from notices where article_id = :id")
        self._run("delete from copies where article_id = :id")

    def _forget_passages(self) -> None:
        self._db.search_index.forget_article(self._id)
        forget_labels(self._db, self._id)
        self._run(
            """delete from removals where passage_id in (
                   select id from passages where article_id = :id)"""
        )
        self._run("delete from passages where article_id = :id")

    def _strip_versions(self) -> None:
        """A version is its place in the chain, and the fingerprints by which it is known again."""
        some = self._db.query("select * from versions where article_id = :id limit 1", self._names)
        empty = [name for row in some for name in row if name not in _NOT_EMPTIED]
        if not empty:
            return
        assignments = ", ".join(f"{column} = null" for column in empty)
        self._run(
            f"""update versions set {assignments}, layout = '[]', held = 0,
                       text_key = case when page_changed < 2 then text_key end,
                       page_changed = case when page_changed < 2 then 0 else 2 end
                 where article_id = :id"""  # noqa: S608
        )

    def _leave_tombstone(self, at: str, reason: str) -> None:
        """The event comes first: caches go by the number of the last one."""
        add_event(self._db, self._id, at, "hidden", reason)
        newest = "select max(id) from events where article_id = :id"
        self._run(f"delete from events where article_id = :id and id < ({newest})")  # noqa: S608
        self._run("update snapshots set reason = null where article_id = :id")
        self._run("update rereadings set text_hash = null where article_id = :id")
        self._run(
            """update articles
                  set state = 'hidden', next_check_at = null, claimed_by = null, title = null,
                      published_at = null, change_count = 0, seen_hash = null, body_hash = null,
                      etag = null, last_modified = null, last_error = null, trial_url = null,
                      last_real_change_at = null, unconfirmed = 0
                where id = :id"""
        )

    def _run(self, sql: str) -> list[Row]:
        return self._db.execute(sql, self._names).fetchall()
