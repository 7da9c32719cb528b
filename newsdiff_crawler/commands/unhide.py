"""``scrapy unhide``: shows an article again that was taken down."""

from __future__ import annotations

import argparse
from typing import ClassVar

from scrapy.commands import ScrapyCommand

from newsdiff_crawler.commands.hide import change
from newsdiff_crawler.store.writing.takedown import unhide
from newsdiff_crawler.times import to_iso, utc_now


class Command(ScrapyCommand):
    """Shows the article that a URL leads to, and has it checked next."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, object]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "<url>"

    def short_desc(self) -> str:
        return "Show an article again that was taken down"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:  # noqa: ARG002
        now = to_iso(utc_now())
        change(self, args, lambda db, urls: unhide(db, urls, now))
        print(f"Shown again: {args[0]}")
