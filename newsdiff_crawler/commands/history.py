"""``scrapy history``: what happened to an article, in the terminal."""

from __future__ import annotations

import argparse

from rich.console import Console
from rich.table import Table
from rich.text import Text

from newsdiff_crawler.diff import compare, summarise
from newsdiff_crawler.diff.render.visible import visible
from newsdiff_crawler.store.reading.records import ArticleFacts, Records
from newsdiff_crawler.terminal.record_command import ReadingCommand


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
    versions = records.versions(article.id)
    rows = [
        (v.fetched_at, f"version {v.number}", _what(records, article, v.number)) for v in versions
    ]
    events = [(event.at, event.kind, event.detail) for event in records.events(article.id)]
    return sorted([*rows, *events])


def _what(records: Records, article: ArticleFacts, number: int) -> str:
    if number == 1:
        return "first seen"
    before, after = (records.blocks(article.id, version) for version in (number - 1, number))
    return summarise(compare(before, after)).sentence
