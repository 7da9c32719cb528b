"""A paper whose parser never comes to an end with a page that says so."""

from __future__ import annotations

import sys

from newsdiff_crawler.crawling.spider import NewsSpider
from newsdiff_crawler.items import ParsedPage
from newsdiff_crawler.parsing import Page, Parser

READING = "reading what never ends"


class Endless(Parser):
    name = "endless/2026"
    layout = "h1"
    body = "body"

    def parse(self, page: Page) -> ParsedPage:
        if "never ends" in page.html:
            print(READING, page.url, file=sys.stderr, flush=True)
        while "never ends" in page.html:
            pass
        return super().parse(page)


class Paper(NewsSpider):
    name = "paper"
    title = "The Paper"
    domains = ("paper.example",)
    feeds = ("https://www.paper.example/rss",)
    parsers = (Endless,)
