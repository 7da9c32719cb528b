"""``scrapy sources``: how each source does."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from newsdiff_crawler.diff.render.visible import visible
from newsdiff_crawler.reading_command import TableCommand
from newsdiff_crawler.store.queries import Records


class Command(TableCommand):
    """Counts and health of every source that was crawled."""

    def short_desc(self) -> str:
        return "Show the counts and the health of each source"

    def table(self, records: Records) -> Table:
        table = Table("source", title="Sources")
        for name in ("articles", "versions", "changes", "gone"):
            table.add_column(name, justify="right")
        table.add_column("hints right")
        table.add_column("last run")
        table.add_column("health")
        for row in records.outlook.states():
            counts = map(str, (row.articles, row.versions, row.changes, row.gone))
            right = f"{row.hints_right / row.hints:.0%} of {row.hints}" if row.hints else "–"
            health = Text(f"unwell: {visible(row.unwell)}" if row.unwell else "well")
            table.add_row(row.source, *counts, right, row.last_run_at or "running", health)
        return table
