"""What is due to be checked, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from newsdiff_crawler.store.engine.database import Database
from newsdiff_crawler.store.rules import not_hidden
from newsdiff_crawler.times import to_iso


@dataclass(frozen=True)
class DueCounts:
    """How many articles of a source are due: now, within an hour and within a day from now, each
    without the ones before. ``first`` and ``feed``: when the first of them, and the first of its
    feeds, is due."""

    source: str
    now: int
    hour: int
    day: int
    later: int
    first: str | None
    feed: str | None


class Forecast:
    """What the schedule has set."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def due(self, now: datetime) -> list[DueCounts]:
        """Of every source that has something to check, in alphabetical order."""
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
