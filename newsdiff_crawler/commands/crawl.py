"""``scrapy crawl``, Scrapy's own, after a check of the settings and whether the record can be
written to."""

from __future__ import annotations

import argparse
import sys

from scrapy.commands.crawl import Command as ScrapyCrawl

from newsdiff_crawler.configuration import configured
from newsdiff_crawler.store import Store, StoreError


class Command(ScrapyCrawl):
    """Ends with one clear line and status 1 where a setting makes no sense or the record cannot
    be opened."""

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        super().process_options(args, opts)
        assert self.settings
        try:
            Store.open(configured(self.settings).data).close()
        except StoreError as error:
            sys.exit(f"newsdiff_crawler: {error}")
