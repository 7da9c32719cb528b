"""``scrapy crawl``, Scrapy's own, after a look whether the record can be written to."""

from __future__ import annotations

import argparse
import sys

from scrapy.commands.crawl import Command as ScrapyCrawl

from newsdiff_crawler.store import Store, StoreError


class Command(ScrapyCrawl):
    """Ends with one clear line and status 1 where the record cannot be opened."""

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        super().process_options(args, opts)
        assert self.settings
        try:
            Store.open(self.settings["NEWSDIFF_DATA"]).close()
        except StoreError as error:
            sys.exit(f"newsdiff_crawler: {error}")
