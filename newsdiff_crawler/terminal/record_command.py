"""What the commands share that read the record.

Not in ``commands``: Scrapy takes every command class in there for a command.
"""

from __future__ import annotations

import argparse
from abc import abstractmethod

from rich.console import Console, RenderableType

from newsdiff_crawler.exit_status import ExitStatus, give_up
from newsdiff_crawler.store import StoreError
from newsdiff_crawler.store.reading.records import ArticleFacts, Records
from newsdiff_crawler.terminal.project_command import ProjectCommand
from newsdiff_crawler.urls import spellings


class RecordCommand(ProjectCommand):
    """A command that reads the record, and ends with one clear line where there is none to read."""

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        try:
            with Records.open(self.database) as records:
                self.read(records, args, opts)
        except StoreError as error:
            give_up(error, ExitStatus.NO_RECORD)

    @abstractmethod
    def read(self, records: Records, args: list[str], opts: argparse.Namespace) -> None:
        """Prints what was asked for."""


class TableCommand(RecordCommand):
    """A command that prints one table and takes no arguments."""

    def read(self, records: Records, args: list[str], opts: argparse.Namespace) -> None:  # noqa: ARG002
        if args:
            give_up("this command takes no arguments", ExitStatus.NO_SENSE)
        Console(highlight=False).print(self.table(records))

    @abstractmethod
    def table(self, records: Records) -> RenderableType:
        """What to print."""


class ReadingCommand(RecordCommand):
    """A command on the article that a URL leads to."""

    def read(self, records: Records, args: list[str], opts: argparse.Namespace) -> None:
        if not args:
            give_up("expected the URL of an article", ExitStatus.NO_SENSE)
        self.show(records, self._article(records, args[0]), args[1:], opts)

    def _article(self, records: Records, url: str) -> ArticleFacts:
        article_id = records.find(spellings(url))
        article = records.article(article_id) if article_id else None
        if article is None:
            give_up(f"no article is known at {url}")
        return article

    @abstractmethod
    def show(
        self, records: Records, article: ArticleFacts, args: list[str], opts: argparse.Namespace
    ) -> None:
        """Prints what was asked for. `args` are those after the URL."""
