"""The project's own sources, by name: those with a file, and those with a table."""

from __future__ import annotations

import importlib
from functools import cache
from pathlib import Path

from scrapy.utils.spider import iter_spider_classes

from newsdiff_crawler.crawling import shipped
from newsdiff_crawler.crawling.source_table import spider_of
from newsdiff_crawler.crawling.spider import NewsSpider
from newsdiff_crawler.parsing import Parser, generic

FILES = sorted((Path(__file__).parents[2] / "newsdiff_crawler" / "spiders").glob("[a-z]*.py"))
NO_PAPERS = ("all", "feed")  # which crawls the others, and which has its feed from -a
IN_FILES = [path.stem for path in FILES if path.stem not in NO_PAPERS]
SOURCES = sorted({*IN_FILES, *shipped.named()})


@cache
def spider(name: str) -> type[NewsSpider]:
    """The one spider of a file, or of a table."""
    if name not in IN_FILES:
        return spider_of(name, shipped.named().table(name))
    module = importlib.import_module(f"newsdiff_crawler.spiders.{name}")
    (spider_class,) = iter_spider_classes(module)
    assert issubclass(spider_class, NewsSpider)
    return spider_class


def parsers_of(source: str) -> list[type[Parser]]:
    """A source's parsers, the newest first; ``generic``: those for any site."""
    return list(generic.PARSERS if source == "generic" else spider(source).parsers)
