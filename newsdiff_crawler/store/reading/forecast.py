"""What lies ahead, and how each source does: for the terminal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from newsdiff_crawler.store.engine.database import Database
from newsdiff_crawler.store.rules import not_hidden, visible
from newsdiff_crawler.times import to_iso


@dataclass(frozen=True)
class DueCounts:
    """Checks of articles that are due in a source: now, within an hour and within a day from now,
    each without the ones before. ``first`` and ``feed``: when the first of them, and the first of
    its feeds, is due."""

    source: str
    now: int
    hour: int
    day: int
    later: int
    first: str | None
    feed: str | None


@dataclass(frozen=True)
class SourceOverview:
    """A source in a few figures, and what its last run said. ``hints``: entries in its feeds that
    moved and were checked since, ``hints_right``: of them, those whose article had really
    changed. ``unwell``: why; None: it is well."""

    source: str
    articles: int
    versions: int
    changes: int
    gone: int
    hints: int
    hints_right: int
    last_run_at: str | None
    unwell: str | None


class Forecast:
    """Figures per source, in alphabetical order."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def ahead(self, now: datetime) -> list[DueCounts]:
        """The schedule, of every source that has something to check."""
        moments = {
            "now": to_iso(now),
            "hour": to_iso(now + timedelta(hours=1)),
            "day": to_iso(now + timedelta(days=1)),
        }
        rows = self._db.execute(
            f"""with due as (
                    select source, next_check_at as article, null as feed from articles
                     where next_check_at is not null and {not_hidden("articles")}
                    union all select source, null, next_check_at from feeds
                     where next_check_at is not null)
                select source, count(case when article <= :now then 1 end),
                       count(case when article > :now and article <= :hour then 1 end),
                       count(case when article > :hour and article <= :day then 1 end),
                       count(case when article > :day then 1 end), min(article), min(feed)
                  from due group by source order by source""",  # noqa: S608
            moments,
        )
        return [DueCounts(*row) for row in rows]

    def states(self) -> list[SourceOverview]:
        """Every source that was ever crawled."""
        rows = self._db.execute(
            f"""with names as (select distinct source from runs)
                select names.source, count(a.id), coalesce(sum(a.version_count), 0),
                       coalesce(sum(a.change_count), 0),
                       count(case when a.state = 'gone' then 1 end),
                       (select coalesce(sum(hints), 0) from feeds f
                         where f.source = names.source),
                       (select coalesce(sum(hints_right), 0) from feeds f
                         where f.source = names.source),
                       (select max(finished_at) from runs r where r.source = names.source),
                       (select unwell from runs r where r.source = names.source
                          and reason <> 'killed' order by id desc limit 1)
                  from names left join articles a
                    on a.source = names.source and {visible("a")}
                 group by names.source order by names.source"""  # noqa: S608
        )
        return [SourceOverview(*row) for row in rows]
