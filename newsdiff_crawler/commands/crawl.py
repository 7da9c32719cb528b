"""``scrapy crawl``, Scrapy's own, after a check of the settings and whether the record can be
written to."""

from __future__ import annotations

import argparse
import sys

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.settings import BaseSettings
from scrapy.spiderloader import get_spider_loader

from newsdiff_crawler.configuration import configured
from newsdiff_crawler.source import Source
from newsdiff_crawler.store import Store, StoreError


class Command(ScrapyCrawl):
    """Ends with one clear line and status 1 where a setting or an argument makes no sense or the
    record cannot be opened."""

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        super().process_options(args, opts)
        assert self.settings
        configuration = configured(self.settings)
        if not _is_source(args, self.settings):
            return
        try:
            _try_arguments(args, opts.spargs, self.settings)
            Store.open(configuration.data).close()
        except (ValueError, StoreError) as error:
            sys.exit(f"newsdiff_crawler: {error}")


def _try_arguments(names: list[str], arguments: dict[str, str], settings: BaseSettings) -> None:
    """Raises ValueError, with one line for people, where a source cannot do with them."""
    for name in names:
        get_spider_loader(settings).load(name)(**arguments)


def _is_source(names: list[str], settings: BaseSettings) -> bool:
    """Whether all these spiders are sources. Others have no record; what is no spider at all,
    Scrapy says."""
    loader = get_spider_loader(settings)
    known = set(loader.list())
    return all(name in known and issubclass(loader.load(name), Source) for name in names)
