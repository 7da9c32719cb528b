"""What the commands share that read the record.

Not in ``commands``: Scrapy takes every command class in there for a command.
"""

from __future__ import annotations

import argparse
import sys
from abc import abstractmethod
from pathlib import Path
from typing import ClassVar

from rich.console import Console, RenderableType
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newsdiff_crawler.store import StoreError
from newsdiff_crawler.store.engine.connection import DATABASE_NAME
from newsdiff_crawler.store.reading.records import ArticleFacts, Records
from newsdiff_crawler.urls import spellings


class RecordCommand(ScrapyCommand):
    """A command that reads the record, and ends with one clear line and status 1 where there
    is none to read."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, object]] = {"LOG_ENABLED": False}

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings
        try:
            with Records.open(Path(self.settings["NEWSDIFF_DATA"]) / DATABASE_NAME) as records:
                self.read(records, args, opts)
        except StoreError as error:
            sys.exit(f"newsdiff_crawler: {error}")

    @abstractmethod
    def read(self, records: Records, args: list[str], opts: argparse.Namespace) -> None:
        """Prints what was asked for."""


class TableCommand(RecordCommand):
    """A command that prints one table and takes no arguments."""

    def read(self, records: Records, args: list[str], opts: argparse.Namespace) -> None:  # noqa: ARG002
        if args:
            raise UsageError("this command takes no arguments")
        Console(highlight=False).print(self.table(records))

    @abstractmethod
    def table(self, records: Records) -> RenderableType:
        """What to print."""


class ReadingCommand(RecordCommand):
    """A command on the article that a URL leads to."""

    def read(self, records: Records, args: list[str], opts: argparse.Namespace) -> None:
        if not args:
            raise UsageError("expected the URL of an article")
        self.show(records, self._article(records, args[0]), args[1:], opts)

    def _article(self, records: Records, url: str) -> ArticleFacts:
        article_id = records.find(spellings(url))
        article = records.article(article_id) if article_id else None
        if article is None:
            sys.exit(f"newsdiff_crawler: no article is known at {url}")
        return article

    @abstractmethod
    def show(
        self, records: Records, article: ArticleFacts, args: list[str], opts: argparse.Namespace
    ) -> None:
        """Prints what was asked for. `args` are those after the URL."""
