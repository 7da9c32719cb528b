"""What lies ahead, and how each source does: for the terminal."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta

from newsdiff_crawler.times import to_iso


@dataclass(frozen=True)
class Ahead:
    """Looks that are due in a source: now, within an hour and within a day from now, each
    without the ones before; and since when the oldest of them waits."""

    source: str
    now: int
    hour: int
    day: int
    later: int
    oldest: str | None


@dataclass(frozen=True)
class SourceState:
    """A source in a few figures, and what its last run said. ``unwell``: why; None: it is well."""

    source: str
    articles: int
    versions: int
    changes: int
    gone: int
    last_run_at: str | None
    unwell: str | None


class Outlook:
    """Figures per source, in alphabetical order."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def ahead(self, now: datetime) -> list[Ahead]:
        """The schedule, of every source that has something to look at."""
        moments = {
            "now": to_iso(now),
            "hour": to_iso(now + timedelta(hours=1)),
            "day": to_iso(now + timedelta(days=1)),
        }
        rows = self._connection.execute(
            """select source, total(next_check_at <= :now),
                      total(next_check_at > :now and next_check_at <= :hour),
                      total(next_check_at > :hour and next_check_at <= :day),
                      total(next_check_at > :day), min(next_check_at)
                 from articles where next_check_at is not null and state <> 'hidden'
                group by source order by source""",
            moments,
        )
        return [
            Ahead(source, int(at_once), int(hour), int(day), int(later), oldest)
            for source, at_once, hour, day, later, oldest in map(tuple, rows)
        ]

    def states(self) -> list[SourceState]:
        """Every source that was ever crawled."""
        rows = self._connection.execute(
            """with names as (select distinct source from runs)
               select names.source, total(a.version_count > 0), total(a.version_count),
                      total(a.change_count), total(a.state = 'gone'),
                      (select max(finished_at) from runs r where r.source = names.source),
                      (select unwell from runs r where r.source = names.source
                         and reason <> 'killed' order by id desc limit 1)
                 from names left join articles a
                   on a.source = names.source and a.state <> 'hidden'
                group by names.source order by names.source"""
        )
        return [
            SourceState(source, int(articles), int(versions), int(changes), int(gone), last, unwell)
            for source, articles, versions, changes, gone, last, unwell in map(tuple, rows)
        ]
