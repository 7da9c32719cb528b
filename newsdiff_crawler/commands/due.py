"""``scrapy due``: the schedule ahead."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from rich.table import Table

from newsdiff_crawler.store.reading.forecast import DueCounts
from newsdiff_crawler.store.reading.records import Records
from newsdiff_crawler.terminal.record_command import TableCommand
from newsdiff_crawler.times import to_the_minute, utc_now


class Command(TableCommand):
    """How many articles are due in each source, and when; and when its feeds are."""

    def short_desc(self) -> str:
        return "Show what is due: now, in the next hour, in the next day"

    def rows(self, records: Records) -> list[DueCounts]:
        return records.forecast.due(utc_now())

    def table(self, rows: Sequence[DueCounts]) -> Table:
        now = utc_now()
        table = Table(title=f"Due at {now:%d %b %Y, %H:%M} UTC")
        table.add_column("source", overflow="fold")
        for name in ("now", "next hour", "next day", "later"):
            table.add_column(name, justify="right")
        table.add_column("the first", no_wrap=True)
        table.add_column("the next feed", no_wrap=True)
        for row in rows:
            counts = map(str, (row.now, row.hour, row.day, row.later))
            table.add_row(row.source, *counts, *(_moment(at, now) for at in (row.first, row.feed)))
        return table


def _moment(time: str | None, now: datetime) -> str:
    return to_the_minute(time, now) if time else "–"
