"""``scrapy history``: what happened to an article, in the terminal."""

from __future__ import annotations

import argparse

from rich.console import Console
from rich.table import Table
from rich.text import Text

from newsdiff_crawler.diff.render.visible import visible
from newsdiff_crawler.store.reading.changes import Change
from newsdiff_crawler.store.reading.records import ArticleFacts, Records, VersionFacts
from newsdiff_crawler.terminal.record_command import ReadingCommand
from newsdiff_crawler.web.wording import PLACEHOLDER, minor_text


class Command(ReadingCommand):
    """Versions and events of an article, the oldest first."""

    def syntax(self) -> str:
        return "<url>"

    def short_desc(self) -> str:
        return "Show the timeline of an article"

    def show(
        self,
        records: Records,
        article: ArticleFacts,
        args: list[str],  # noqa: ARG002
        opts: argparse.Namespace,  # noqa: ARG002
    ) -> None:
        table = Table("when (UTC)", "", "what", title=Text(visible(article.title)))
        for at, name, what in _timeline(records, article):
            table.add_row(at, name, Text(visible(what)))
        console = Console(highlight=False)
        console.print(table)
        console.print(article.url, markup=False)
        due = article.next_check_at
        console.print(f"next check {due}" if due else f"not checked again: {article.state}")


def _timeline(records: Records, article: ArticleFacts) -> list[tuple[str, str, str]]:
    every = article.version_count
    versions = records.versions(article.id, limit=every)
    changes = {each.to_version: each for each in records.changes.of(article.id, limit=every)}
    rows = [
        (each.fetched_at, f"version {each.number}", _what(each, changes.get(each.number)))
        for each in versions
    ]
    events = [(event.at, event.kind, event.detail) for event in records.events(article.id)]
    return sorted([*rows, *events])


def _what(version: VersionFacts, change: Change | None) -> str:
    if change is None:
        return PLACEHOLDER if version.is_placeholder else "first seen"
    return f"{change.summary} ({minor_text(change)})" if change.minor else change.summary
