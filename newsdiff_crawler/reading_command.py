"""What the commands share that read one article's record.

Not in ``commands``: Scrapy takes every command class in there for a command.
"""

from __future__ import annotations

import argparse
import sys
from abc import abstractmethod
from pathlib import Path
from typing import ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newsdiff_crawler.store import StoreError
from newsdiff_crawler.store.connection import DATABASE_NAME
from newsdiff_crawler.store.queries import ArticleFacts, Records
from newsdiff_crawler.urls import clean


class ReadingCommand(ScrapyCommand):
    """A command on the article that a URL leads to. Ends with one clear line and status 1 where
    there is no record, or no such article in it."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, object]] = {"LOG_ENABLED": False}

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if not args:
            raise UsageError("expected the URL of an article")
        assert self.settings
        try:
            with Records.open(Path(self.settings["NEWSDIFF_DATA"]) / DATABASE_NAME) as records:
                self.show(records, self._article(records, args[0]), args[1:], opts)
        except StoreError as error:
            sys.exit(f"newsdiff_crawler: {error}")

    def _article(self, records: Records, url: str) -> ArticleFacts:
        article_id = records.find([url, clean(url)])
        article = records.article(article_id) if article_id else None
        if article is None:
            sys.exit(f"newsdiff_crawler: no article is known at {url}")
        return article

    @abstractmethod
    def show(
        self, records: Records, article: ArticleFacts, args: list[str], opts: argparse.Namespace
    ) -> None:
        """Prints what was asked for. `args` are those after the URL."""
