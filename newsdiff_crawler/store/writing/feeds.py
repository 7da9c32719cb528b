"""The feeds and sitemaps of sources: when each is due, and what it listed when it was last read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

from newsdiff_crawler.items import NOTHING_LEFT_OUT, FeedEntry, LeftOut
from newsdiff_crawler.scheduling.schedule import FeedScheduleState, is_followed
from newsdiff_crawler.store.engine.database import Database
from newsdiff_crawler.store.left_out import from_json, to_json
from newsdiff_crawler.store.writing.addresses import Addresses
from newsdiff_crawler.store.writing.erasing import erased_among
from newsdiff_crawler.store.writing.hints import hint, note_listed_anew
from newsdiff_crawler.store.writing.outside_links import OutsideLinks
from newsdiff_crawler.store.writing.portions import in_portions
from newsdiff_crawler.store.writing.queue import article_of
from newsdiff_crawler.times import to_iso

# A sitemap that an index lists, unless it is asked for already.
_LISTED = """
    insert into feeds (source, url, parent, next_check_at, claimed_by)
    select source, :url, id, :until, :run from feeds where id = :index
        on conflict (source, url) do update
       set parent = excluded.parent, next_check_at = excluded.next_check_at,
           claimed_by = excluded.claimed_by
     where feeds.next_check_at is null
 returning id
"""


@dataclass(frozen=True)
class Feed:
    """A feed or sitemap as the record knows it. ``parent``: the id of the sitemap index that
    lists it. ``depth``: how many indexes it is below; ``root``: the id of the topmost, or its own.
    There the hints are counted, since such sitemaps come and go. ``listed``: links to articles, and
    ``left_out``: what else there was, when it was last read. ``error``: why the last check
    failed."""

    id: int
    url: str
    parent: int | None
    depth: int
    root: int
    etag: str | None
    last_modified: str | None
    not_modified: int  # 304s in a row
    listed: int | None
    is_followed: bool
    schedule_state: FeedScheduleState
    left_out: LeftOut = NOTHING_LEFT_OUT
    error: str | None = None


@dataclass(frozen=True)
class FeedsOverview:
    """How the feeds of a source do together. ``listed``: links to articles in those that could
    be read; None as long as one of them never was. ``left_out``: their other entries.
    ``errors``: why others could not, and how many of them each, the most frequent first."""

    feeds: int
    failing: int
    listed: int | None
    left_out: LeftOut = NOTHING_LEFT_OUT
    errors: Sequence[tuple[str, int]] = ()


class Feeds:
    """The part of the record that says where articles are found."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self.outside_links = OutsideLinks(db)

    def declare(self, source: str, urls: Sequence[str], now: datetime) -> None:
        """Makes these the feeds of a source: new ones are due at once; others, and the sitemaps
        that they list, are not asked for until they are declared again."""
        names = {"source": source, "urls": self._db.list_value(urls), "now": to_iso(now)}
        with self._db.transaction():
            self._db.executemany(
                """insert into feeds (source, url) values (:source, :url)
                       on conflict (source, url) do nothing""",
                [{"source": source, "url": url} for url in urls],
            )
            self._db.execute(
                f"""with declared as (select id from feeds where source = :source
                                         and {self._db.one_of("url", "urls")}),
                        listed as (select id from feeds where parent in (select id from declared))
                   update feeds
                      set parent = case when id not in (select id from declared) then parent end,
                          next_check_at = case
                              when id in (select id from declared)
                                or parent in (select id from declared)
                                or parent in (select id from listed)
                              then coalesce(next_check_at, :now) end
                    where source = :source""",  # noqa: S608
                names,
            )

    def claim(
        self, source: str, run: int, now: datetime, until: datetime, everything: bool = False
    ) -> list[Feed]:
        """Claims the feeds of a source that are due, or all but those that another crawl is asking
        for now. A claim ends with a recorded check, with the run, or at that moment (``until``)."""
        claimed = self._db.execute(
            f"""update feeds set next_check_at = :until, claimed_by = :run
                where id in (select id from feeds
                              where source = :source
                                and (next_check_at <= :now
                                     or (:everything = 1 and next_check_at is not null
                                         and claimed_by is null))
                              {self._db.unclaimed_only()})
            returning id""",  # noqa: S608
            {
                "source": source,
                "run": run,
                "now": to_iso(now),
                "until": to_iso(until),
                "everything": int(everything),
            },
        ).fetchall()
        return self._feeds([row["id"] for row in claimed])

    def note(self, feed: Feed, listed: Iterable[FeedEntry], now: datetime) -> int:
        """Takes note of the articles that a feed lists, each once. An entry that was listed
        already, with another mark, is a hint. How many are.

        In portions, so that nobody else waits for long; what is noted is noted whole."""
        entries = {entry.url: entry for entry in listed}
        sql = "select url, mark, title, guid from feed_entries where feed = :feed"
        kept = {row[0]: FeedEntry(*row) for row in self._db.execute(sql, {"feed": feed.id})}
        differing = [entry for url, entry in entries.items() if kept.get(url) != entry]
        for portion in in_portions(differing):
            with self._db.transaction():
                self._note(feed, portion, kept, now)
        for gone in in_portions([url for url in kept if url not in entries]):
            with self._db.transaction():
                self._db.executemany(
                    "delete from feed_entries where feed = :feed and url = :url",
                    [{"feed": feed.id, "url": url} for url in gone],
                )
        return sum(_has_moved(entry, kept) for entry in differing)

    def _note(
        self, feed: Feed, listed: Sequence[FeedEntry], kept: Mapping[str, FeedEntry], now: datetime
    ) -> None:
        """Of entries that are not as they were noted before."""
        for entry in listed:
            if _has_moved(entry, kept):
                hint(self._db, feed.root, feed.is_followed, entry.url, now)
        new = [entry for entry in listed if entry.url not in kept]
        self._note_renamed(kept.values(), new, now)
        note_listed_anew(self._db, [entry.url for entry in new], feed.listed is not None, now)
        self._db.executemany(
            """insert into feed_entries (feed, url, mark, title, guid)
                    values (:feed, :url, :mark, :title, :guid)
                   on conflict (feed, url) do update
                   set mark = excluded.mark, title = excluded.title, guid = excluded.guid""",
            [{"feed": feed.id, **asdict(entry)} for entry in self._without_erased(listed)],
        )

    def _without_erased(self, listed: Sequence[FeedEntry]) -> list[FeedEntry]:
        """Without the headlines of what was erased."""
        erased = erased_among(self._db, [entry.url for entry in listed])
        return [replace(each, title="") if each.url in erased else each for each in listed]

    def _note_renamed(
        self, kept: Iterable[FeedEntry], new: Iterable[FeedEntry], now: datetime
    ) -> None:
        """An entry whose guid was another address's may be the same story; its text decides."""
        named: dict[str, list[str]] = {}
        for entry in kept:
            named.setdefault(entry.guid, []).append(entry.url)
        for entry in new:
            before = named.get(entry.guid, []) if entry.guid else []
            article = article_of(self._db, entry.url)
            if article is not None and len(before) == 1:  # else it names nothing
                Addresses(self._db).state(article, before[0], "guid", to_iso(now))

    def renew(self, index: Feed, urls: Iterable[str], run: int, until: datetime) -> list[Feed]:
        """Makes these the sitemaps that an index lists. Those that are new, claimed at once."""
        listed = list(dict.fromkeys(urls))
        names = {"index": index.id, "until": to_iso(until), "run": run}
        with self._db.transaction():
            gone = f"parent = :index and not ({self._db.one_of('url', 'urls')})"
            below = f"parent in (select id from feeds where {gone})"  # noqa: S608
            for which in (below, gone):
                self._db.execute(
                    f"delete from feeds where {which}",  # noqa: S608
                    {"index": index.id, "urls": self._db.list_value(listed)},
                )
            new = [
                row["id"]
                for url in listed
                for row in self._db.execute(_LISTED, {**names, "url": url}).fetchall()
            ]
        return self._feeds(new)

    def record(self, feed: Feed, now: datetime | None) -> None:
        """Records how a check of a feed left it; None for the moment: it was not checked."""
        due = feed.schedule_state.next_check_at
        row = {
            "etag": feed.etag,
            "last_modified": feed.last_modified,
            "not_modified": feed.not_modified,
            "listed": feed.listed,
            "left_out": to_json(feed.left_out) if feed.listed is not None else None,
            "last_error": feed.error,
            "wait": int(feed.schedule_state.wait.total_seconds()),
            "failures": feed.schedule_state.failures,
            "next_check_at": to_iso(due) if due else None,
            "claimed_by": None,
        }
        if now:
            row["last_checked_at"] = to_iso(now)
        self._db.update("feeds", feed.id, row)

    def relist(self, feed: Feed, listed: int, left_out: LeftOut) -> None:
        """Records that a feed lists something else than its last check said."""
        self._db.update("feeds", feed.id, {"listed": listed, "left_out": to_json(left_out)})

    def reading(self, source: str) -> FeedsOverview:
        """How the feeds of a source do."""
        ((feeds, failing, listed, unread),) = self._db.execute(
            """select count(*), count(*) filter (where failures > 0),
                      sum(listed) filter (where failures = 0),
                      count(*) filter (where failures = 0 and listed is null)
                 from feeds where source = :source and next_check_at is not null""",
            {"source": source},
        )
        return FeedsOverview(
            feeds,
            failing,
            None if unread else int(listed or 0),
            self._left_out(source),
            self._errors(source),
        )

    def _errors(self, source: str) -> tuple[tuple[str, int], ...]:
        rows = self._db.execute(
            """select last_error, count(*) from feeds
                where source = :source and next_check_at is not null and failures > 0
                group by last_error order by count(*) desc, last_error""",
            {"source": source},
        )
        return tuple((error or "no reason is known", times) for error, times in rows)

    def _left_out(self, source: str) -> LeftOut:
        rows = self._db.execute(
            """select left_out from feeds
                where source = :source and next_check_at is not null and failures = 0""",
            {"source": source},
        )
        return sum((from_json(column) for (column,) in rows), NOTHING_LEFT_OUT)

    def _feeds(self, ids: list[int]) -> list[Feed]:
        rows = self._db.execute(
            f"""select f.id, f.url, f.parent,
                       case when g.id is not null then 2 when p.id is not null then 1 else 0 end,
                       coalesce(g.id, p.id, f.id),
                       f.etag, f.last_modified, f.not_modified, f.listed, f.left_out,
                       coalesce(g.hints, p.hints, f.hints),
                       coalesce(g.hints_right, p.hints_right, f.hints_right),
                       f.wait, f.failures
                  from feeds f left join feeds p on p.id = f.parent
                               left join feeds g on g.id = p.parent
                 where {self._db.one_of("f.id", "ids")} order by f.id""",  # noqa: S608
            {"ids": self._db.list_value(ids)},
        )
        return [_feed(*row) for row in rows]


def _has_moved(entry: FeedEntry, kept: Mapping[str, FeedEntry]) -> bool:
    return kept.get(entry.url, entry).mark != entry.mark


def _feed(
    id_: int,
    url: str,
    parent: int | None,
    depth: int,
    root: int,
    etag: str | None,
    last_modified: str | None,
    not_modified: int,
    listed: int | None,
    left_out: str | None,
    hints: int,
    hints_right: int,
    wait: int,
    failures: int,
) -> Feed:
    return Feed(
        id=id_,
        url=url,
        parent=parent,
        depth=depth,
        root=root,
        etag=etag,
        last_modified=last_modified,
        not_modified=not_modified,
        listed=listed,
        is_followed=is_followed(hints, hints_right),
        schedule_state=FeedScheduleState(timedelta(seconds=wait), failures),
        left_out=from_json(left_out),
    )
