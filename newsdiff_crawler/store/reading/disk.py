"""What each source takes of the disk, and how that grows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from newsdiff_crawler.store.engine.database import Database
from newsdiff_crawler.times import from_iso, to_iso

MEASURED = timedelta(days=7)
_PER_SOURCE = """
    select source, sum(versions), sum(recent), sum(bytes), sum(recent_bytes), min(first) from (
        select source, count(*) as versions, count(*) filter (where fetched_at >= :since) as recent,
               0 as bytes, 0 as recent_bytes, min(fetched_at) as first
          from versions group by source
         union all
        select a.source, 0, 0, sum(s.length),
               coalesce(sum(s.length) filter (where s.at >= :since), 0), min(s.at)
          from snapshots s join articles a on a.id = s.article_id group by a.source) as both
     group by source order by source
"""


@dataclass(frozen=True)
class DiskUse:
    """Of a source, in bytes: its part of the record, by its versions; its pages in the archive;
    both a day, as in the last week; and both together after a year of that."""

    source: str
    versions: int
    record: int
    pages: int
    a_day: int
    in_a_year: int


def disk_use(db: Database, now: datetime) -> list[DiskUse]:
    """Of each source, in alphabetical order."""
    rows = db.execute(_PER_SOURCE, {"since": to_iso(now - MEASURED)}).fetchall()
    each = db.size() / max(1, sum(row[1] for row in rows))
    return [_use(each, now, *row) for row in rows]


def whole(uses: Sequence[DiskUse]) -> DiskUse:
    """All of them together."""
    figures = [(use.versions, use.record, use.pages, use.a_day, use.in_a_year) for use in uses]
    return DiskUse("all", *map(sum, zip(*figures, strict=True))) if figures else _NOTHING


_NOTHING = DiskUse("all", 0, 0, 0, 0, 0)


def _use(
    each: float,
    now: datetime,
    source: str,
    versions: int,
    recent: int,
    pages: int,
    recent_pages: int,
    first: str,
) -> DiskUse:
    days = min(max(now - from_iso(first), timedelta(days=1)), MEASURED) / timedelta(days=1)
    record, a_day = each * versions, (each * recent + recent_pages) / days
    in_a_year = record + pages + 365 * a_day
    return DiskUse(source, versions, *map(round, (record, pages, a_day, in_a_year)))
