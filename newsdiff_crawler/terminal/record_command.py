"""What the commands share that read the record.

Not in ``commands``: Scrapy takes every command class in there for a command.
"""

from __future__ import annotations

import argparse
import json
from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from rich.console import Console, RenderableType

from newsdiff_crawler.exit_status import ExitStatus, give_up
from newsdiff_crawler.store import DatabaseError, StoreError
from newsdiff_crawler.store.reading.records import ArticleFacts, Records
from newsdiff_crawler.terminal.own_address import article_shown_at
from newsdiff_crawler.terminal.project_command import ProjectCommand
from newsdiff_crawler.terminal.record_failure import give_up_record
from newsdiff_crawler.urls import spellings


class RecordCommand(ProjectCommand):
    """A command that reads the record, and ends with one clear line where there is none to read."""

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        try:
            with Records.open(self.configuration.data) as records:
                self.read(records, args, opts)
        except (StoreError, DatabaseError) as error:
            give_up_record(self.configuration.data, error)

    @abstractmethod
    def read(self, records: Records, args: list[str], opts: argparse.Namespace) -> None:
        """Prints what was asked for."""


class TableCommand(RecordCommand):
    """A command that prints one table, or its rows as JSON, and takes no arguments."""

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="print JSON")

    def read(self, records: Records, args: list[str], opts: argparse.Namespace) -> None:
        if args:
            give_up("this command takes no arguments", ExitStatus.NO_SENSE)
        rows = self.rows(records)
        if opts.json:
            print(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1))
        else:
            Console(highlight=False).print(self.table(rows))

    @abstractmethod
    def rows(self, records: Records) -> Sequence[Any]:
        """What there is to print: dataclasses."""

    @abstractmethod
    def table(self, rows: Sequence[Any]) -> RenderableType:
        """It, for people."""


class ReadingCommand(RecordCommand):
    """A command on the article that a URL leads to."""

    def read(self, records: Records, args: list[str], opts: argparse.Namespace) -> None:
        if not args:
            give_up("expected the URL of an article", ExitStatus.NO_SENSE)
        self.show(records, self._article(records, args[0]), args[1:], opts)

    def _article(self, records: Records, url: str) -> ArticleFacts:
        article_id = records.find(spellings(url)) or self._shown_at(records, url)
        article = records.article(article_id) if article_id else None
        if article is None:
            give_up(f"no article is known at {url}")
        return article

    def _shown_at(self, records: Records, url: str) -> int | None:
        article_id = article_shown_at(url, self.configuration)
        successor = records.successor(article_id) if article_id else None
        return successor.article_id if successor else article_id

    @abstractmethod
    def show(
        self, records: Records, article: ArticleFacts, args: list[str], opts: argparse.Namespace
    ) -> None:
        """Prints what was asked for. `args` are those after the URL."""
