"""``scrapy crawl``, Scrapy's own, after a check of the settings and whether the record can be
written to."""

from __future__ import annotations

import argparse
import sys

from scrapy.commands.crawl import Command as ScrapyCrawl

from newsdiff_crawler.scheduling.price import FEWEST_CHECKS, MOST_CHECKS
from newsdiff_crawler.store import Store, StoreError

RANGES = {
    "NEWSDIFF_CHECKS_PER_ARTICLE": (FEWEST_CHECKS, MOST_CHECKS),
    "NEWSDIFF_CHECKS_PER_HOUR": (0, 1_000_000),
}


class Command(ScrapyCrawl):
    """Ends with one clear line and status 1 where a setting makes no sense or the record cannot
    be opened."""

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        super().process_options(args, opts)
        assert self.settings
        for name, (low, high) in RANGES.items():
            if not _is_between(self.settings[name], low, high):
                told = f"{self.settings[name]} is no number from {low} to {high}"
                sys.exit(f"newsdiff_crawler: {name}: {told}")
        try:
            Store.open(self.settings["NEWSDIFF_DATA"]).close()
        except StoreError as error:
            sys.exit(f"newsdiff_crawler: {error}")


def _is_between(value: object, low: float, high: float) -> bool:
    try:
        return low <= float(str(value)) <= high
    except ValueError:
        return False
