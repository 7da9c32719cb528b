"""The feeds and sitemaps of sources: when each is due, and what it listed when it was last read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from newsdiff_crawler.scheduling.schedule import FeedScheduleState, is_followed
from newsdiff_crawler.store.engine.database import Database
from newsdiff_crawler.store.writing.hints import hint
from newsdiff_crawler.times import to_iso


@dataclass(frozen=True)
class Feed:
    """A feed or sitemap as the record knows it. ``parent``: the id of the sitemap index that
    lists it; there the hints are counted, since such sitemaps come and go. ``listed``: links to
    articles, when it was last read. ``error``: why the last check failed."""

    id: int
    url: str
    parent: int | None
    etag: str | None
    last_modified: str | None
    not_modified: int  # 304s in a row
    listed: int | None
    is_followed: bool
    schedule_state: FeedScheduleState
    error: str | None = None


@dataclass(frozen=True)
class FeedsOverview:
    """How the feeds of a source do together. ``listed``: links to articles in those that could
    be read; None as long as one of them never was."""

    feeds: int
    failing: int
    listed: int | None


class Feeds:
    """The part of the record that says where articles are found."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def declare(self, source: str, urls: Sequence[str], now: datetime) -> None:
        """Makes these the feeds of a source: new ones are due at once; others, and the sitemaps
        that they list, are not asked for until they are declared again."""
        names = {"source": source, "urls": json.dumps(urls), "now": to_iso(now)}
        with self._db.transaction():
            self._db.execute(
                """insert or ignore into feeds (source, url)
                   select :source, value from json_each(:urls)""",
                names,
            )
            self._db.execute(
                """with declared as (select id from feeds where source = :source
                                        and url in (select value from json_each(:urls)))
                   update feeds
                      set parent = iif(id in declared, null, parent),
                          next_check_at = iif(id in declared or parent in declared,
                                              coalesce(next_check_at, :now), null)
                    where source = :source""",
                names,
            )

    def claim(
        self, source: str, run: int, now: datetime, until: datetime, everything: bool = False
    ) -> list[Feed]:
        """Claims the feeds of a source that are due, or all but those that another crawl is asking
        for now. A claim ends with a recorded look, with the run, or at that moment (``until``)."""
        claimed = self._db.execute(
            """update feeds set next_check_at = :until, claimed_by = :run
                where source = :source
                  and (next_check_at <= :now
                       or (:everything and next_check_at is not null and claimed_by is null))
            returning id""",
            {
                "source": source,
                "run": run,
                "now": to_iso(now),
                "until": to_iso(until),
                "everything": everything,
            },
        ).fetchall()
        return self._feeds(claimed)

    def note(self, feed: Feed, marks: Mapping[str, str], now: datetime) -> int:
        """Takes note of the articles that a feed lists, each with its mark. An entry that was
        listed already, with another mark, is a hint. How many are."""
        with self._db.transaction():
            sql = "select url, mark from feed_entries where feed = ?"
            kept = dict(self._db.execute(sql, [feed.id]).fetchall())
            moved = [url for url, mark in marks.items() if kept.get(url, mark) != mark]
            for url in moved:
                hint(self._db, feed.parent or feed.id, feed.is_followed, url, now)
            self._db.executemany(
                "insert or replace into feed_entries (feed, url, mark) values (?, ?, ?)",
                [(feed.id, url, mark) for url, mark in marks.items() if kept.get(url) != mark],
            )
            self._db.executemany(
                "delete from feed_entries where feed = ? and url = ?",
                [(feed.id, url) for url in kept if url not in marks],
            )
        return len(moved)

    def renew(self, index: Feed, urls: Iterable[str], run: int, until: datetime) -> list[Feed]:
        """Makes these the sitemaps that an index lists. Those that are new, claimed at once."""
        listed = json.dumps(list(urls))
        with self._db.transaction():
            self._db.execute(
                """delete from feeds where parent = ?
                      and url not in (select value from json_each(?))""",
                [index.id, listed],
            )
            new = self._db.execute(
                """insert into feeds (source, url, parent, next_check_at, claimed_by)
                   select f.source, l.value, f.id, ?, ? from feeds f, json_each(?) l where f.id = ?
                       on conflict (source, url) do update
                      set parent = excluded.parent, next_check_at = excluded.next_check_at,
                          claimed_by = excluded.claimed_by
                    where feeds.next_check_at is null
                returning id""",
                [to_iso(until), run, listed, index.id],
            ).fetchall()
        return self._feeds(new)

    def record(self, feed: Feed, now: datetime | None) -> None:
        """Records how a check of a feed left it; None for the moment: it was not checked."""
        due = feed.schedule_state.next_check_at
        row = {
            "etag": feed.etag,
            "last_modified": feed.last_modified,
            "not_modified": feed.not_modified,
            "listed": feed.listed,
            "last_error": feed.error,
            "wait": int(feed.schedule_state.wait.total_seconds()),
            "failures": feed.schedule_state.failures,
            "next_check_at": to_iso(due) if due else None,
            "claimed_by": None,
        }
        if now:
            row["last_checked_at"] = to_iso(now)
        assignments = ", ".join(f"{column} = :{column}" for column in row)
        sql = f"update feeds set {assignments} where id = :id"  # noqa: S608
        self._db.execute(sql, {**row, "id": feed.id})

    def reading(self, source: str) -> FeedsOverview:
        """How the feeds of a source do."""
        feeds, failing, listed, unread = self._db.execute(
            """select count(*), total(failures > 0), total(iif(failures, 0, listed)),
                      total(failures = 0 and listed is null)
                 from feeds where source = ? and next_check_at is not null""",
            [source],
        ).fetchone()
        return FeedsOverview(feeds, int(failing), None if unread else int(listed))

    def _feeds(self, ids: list[tuple[int]]) -> list[Feed]:
        rows = self._db.execute(
            """select f.id, f.url, f.parent, f.etag, f.last_modified, f.not_modified, f.listed,
                       coalesce(p.hints, f.hints), coalesce(p.hints_right, f.hints_right),
                       f.wait, f.failures
                  from feeds f left join feeds p on p.id = f.parent
                 where f.id in (select value from json_each(?)) order by f.id""",
            [json.dumps([id_ for (id_,) in ids])],
        )
        return list(map(_feed, rows))


def _feed(row: Sequence[Any]) -> Feed:
    id_, url, parent, etag, last_modified, not_modified, listed, hints, right, wait, failures = row
    return Feed(
        id=id_,
        url=url,
        parent=parent,
        etag=etag,
        last_modified=last_modified,
        not_modified=not_modified,
        listed=listed,
        is_followed=is_followed(hints, right),
        schedule_state=FeedScheduleState(timedelta(seconds=wait), failures),
    )
