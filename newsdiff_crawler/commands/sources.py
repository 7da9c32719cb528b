"""``scrapy sources``: how each source does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from newsdiff_crawler.diff.render.visible import visible
from newsdiff_crawler.store.reading.records import Records
from newsdiff_crawler.store.reading.source_health import SourceOverview
from newsdiff_crawler.terminal.record_command import TableCommand
from newsdiff_crawler.times import to_the_minute, utc_now


class Command(TableCommand):
    """Counts and health of every source that was crawled."""

    def short_desc(self) -> str:
        return "Show the counts and the health of each source"

    def rows(self, records: Records) -> list[SourceOverview]:
        return records.health.overview(utc_now(), self.limits)

    def table(self, overview: Sequence[SourceOverview]) -> RenderableType:
        unwell = (
            f"{row.source} is unwell since {row.unwell_since}: {row.unwell}"
            for row in overview
            if row.unwell
        )
        left_out = (
            f"{row.source} leaves out of its feeds: {row.left_out}"
            for row in overview
            if str(row.left_out)
        )
        return Group(_table(overview), *(Text(visible(line)) for line in (*unwell, *left_out)))


def _table(overview: Iterable[SourceOverview]) -> Table:
    table = Table(title="Sources (times are UTC)", collapse_padding=True)
    table.add_column("source", overflow="fold")
    for name in ("articles", "versions", "changes", "gone"):
        table.add_column(name, justify="right", no_wrap=True)
    now = utc_now()
    table.add_column("hints right")
    table.add_column("last run", no_wrap=True)
    table.add_column("health", no_wrap=True)
    for row in overview:
        counts = map(str, (row.articles, row.versions, row.changes, row.gone))
        right = f"{row.hints_right / row.hints:.0%} of {row.hints}" if row.hints else "–"
        last_run = to_the_minute(row.last_run_at, now) if row.last_run_at else "running"
        health = "unwell" if row.unwell else "well" if row.followed else "not followed"
        table.add_row(row.source, *counts, right, last_run, health)
    return table
