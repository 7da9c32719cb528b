"""``scrapy unhide``: shows an article again that was taken down."""

from __future__ import annotations

import argparse

from newsdiff_crawler.commands.hide import change
from newsdiff_crawler.store.writing.takedown import unhide
from newsdiff_crawler.terminal.project_command import ProjectCommand
from newsdiff_crawler.times import to_iso, utc_now


class Command(ProjectCommand):
    """Shows the article that a URL leads to, and has it checked next."""

    def syntax(self) -> str:
        return "<url>"

    def short_desc(self) -> str:
        return "Show an article again that was taken down"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:  # noqa: ARG002
        now = to_iso(utc_now())
        is_new = change(self, args, lambda db, urls: unhide(db, urls, now))
        print(f"Shown again: {args[0]}" if is_new else f"It was not hidden: {args[0]}")
