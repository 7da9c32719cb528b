"""What the spiders of tests have in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from newsdiff_crawler.crawling.spider import NewsSpider
from newsdiff_crawler.parsing import Parser


class AnyPage(Parser):
    name = "any/2026"
    layout = "h1"
    body = "body"


class PaperSpider(NewsSpider):
    """A paper that somebody else gives a name."""

    title = "The Paper"
    domains = ("paper.example",)
    feeds = ("https://www.paper.example/rss",)
    parsers: ClassVar[Sequence[type[Parser]]] = (AnyPage,)
