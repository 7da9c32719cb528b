"""``scrapy settings``, Scrapy's own, after a check of the settings."""

from __future__ import annotations

import argparse

from scrapy.commands.settings import Command as ScrapySettings

from newsdiff_crawler.configuration import configured
from newsdiff_crawler.terminal.standard_output import Printing


class Command(Printing, ScrapySettings):
    """Ends with one clear line and status 1 where a setting of ours makes no sense.

    Scrapy's other commands load the spiders, and `SourcesLoader` does the same for them.
    """

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        super().process_options(args, opts)
        assert self.settings
        configured(self.settings)
