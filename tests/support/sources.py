"""The project's own sources, by name."""

from __future__ import annotations

import importlib
from pathlib import Path

from scrapy.utils.spider import iter_spider_classes

from newsdiff_crawler.crawling.spider import NewsSpider
from newsdiff_crawler.parsing import Parser, generic

FILES = sorted((Path(__file__).parents[2] / "newsdiff_crawler" / "spiders").glob("[a-z]*.py"))
NO_PAPERS = ("all", "feed")  # which crawls the others, and which has its feed from -a
SOURCES = [path.stem for path in FILES if path.stem not in NO_PAPERS]


def spider(name: str) -> type[NewsSpider]:
    """The one spider of a file."""
    module = importlib.import_module(f"newsdiff_crawler.spiders.{name}")
    (spider_class,) = iter_spider_classes(module)
    assert issubclass(spider_class, NewsSpider)
    return spider_class


def parsers_of(source: str) -> list[type[Parser]]:
    """A source's parsers, the newest first; ``generic``: those for any site."""
    return list(generic.PARSERS if source == "generic" else spider(source).parsers)
