"""``scrapy sources``: how each source does."""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import asdict

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from newsdiff_crawler.diff.render.visible import visible
from newsdiff_crawler.store.reading.disk import DiskUse, whole
from newsdiff_crawler.store.reading.records import Records
from newsdiff_crawler.store.reading.source_health import SourceOverview
from newsdiff_crawler.terminal.record_command import TableCommand
from newsdiff_crawler.times import to_the_minute, utc_now


class Command(TableCommand):
    """Counts and health of every source that was crawled."""

    def short_desc(self) -> str:
        return "Show the counts and the health of each source"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--disk", action="store_true", help="what each takes of the disk")

    def read(self, records: Records, args: list[str], opts: argparse.Namespace) -> None:
        if not opts.disk:
            super().read(records, args, opts)
            return
        uses = records.disk_use(utc_now())
        if opts.json:
            print(json.dumps([asdict(use) for use in uses], ensure_ascii=False, indent=1))
            return
        free = shutil.disk_usage(self.configuration.data).free
        Console(highlight=False).print(_disk(uses, free))

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


def _disk(uses: Sequence[DiskUse], free: int) -> RenderableType:
    table = Table(title="Disk, in MB")
    table.add_column("source", overflow="fold")
    for name in ("versions", "record", "pages", "a day", "in a year"):
        table.add_column(name, justify="right", no_wrap=True)
    all_together = whole(uses)
    for use in (*uses, all_together):
        sizes = (use.record, use.pages, use.a_day, use.in_a_year)
        table.add_row(use.source, f"{use.versions:,}", *(f"{size / 1e6:,.1f}" for size in sizes))
    days = f", enough for {free // all_together.a_day:,} days of this" if all_together.a_day else ""
    return Group(table, Text(f"{free / 1e6:,.0f} MB are free{days}"))
