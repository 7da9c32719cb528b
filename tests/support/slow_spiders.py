"""A paper whose parser never comes to an end with a page that says so."""

from __future__ import annotations

import sys

from newsdiff_crawler.items import ParsedPage
from newsdiff_crawler.parsing import Page
from tests.support.spiders import AnyPage, PaperSpider

READING = "reading what never ends"


class Endless(AnyPage):
    name = "endless/2026"

    def parse(self, page: Page) -> ParsedPage:
        if "never ends" in page.html:
            print(READING, page.url, file=sys.stderr, flush=True)
        while "never ends" in page.html:
            pass
        return super().parse(page)


class Paper(PaperSpider):
    name = "paper"
    parsers = (Endless,)
