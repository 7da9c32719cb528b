"""The spiders that visit the publisher: one that does as little as can be done, and ours.

Each prints, as its last act, the processor time that it took, in seconds, without its first
answers: a process is slow until all is imported, and memory and caches are filled.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from typing import Any

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from selectolax.lexbor import LexborHTMLParser

from benchmarks.crawls.publisher import HOST, Site
from newsdiff_crawler.crawling.spider import NewsSpider
from newsdiff_crawler.parsing import Page, read
from newsdiff_crawler.spiders.bbc import BBC

WARM = 200  # answers; BENCHMARK_WARM may say another number


def fetch(response: Response) -> None:
    """Nothing more."""


def parse(response: Response) -> None:
    """The tree of the page."""
    LexborHTMLParser(response.body)


def extract(response: Response) -> None:
    """The article on the page, by our parsers."""
    read(Page(response.body, response.url), BBC.parsers)


class Measured(Spider):
    """Prints what the answers after the first ``warm`` took of this process's time."""

    def _set_crawler(self, crawler: Crawler) -> None:
        super()._set_crawler(crawler)
        self.answers, self.warm = 0, crawler.settings.getint("BENCHMARK_WARM", WARM)
        crawler.signals.connect(self.answered, signals.response_received)
        crawler.signals.connect(self.end, signals.engine_stopped)

    def answered(self) -> None:
        self.answers += 1
        if self.answers == self.warm:
            self.crawler.signals.disconnect(self.answered, signals.response_received)
            self.began = time.process_time()

    def end(self) -> None:
        print(time.process_time() - self.began)


WORK = {work.__name__: work for work in (fetch, parse, extract)}


class Bare(Measured):
    """Asks for all articles. ``work``: what to do with each page; ``held``: the ETag to send."""

    name = "bare"
    handle_httpstatus_list = [304]

    def __init__(self, port: str, articles: str, work: str, held: str) -> None:
        super().__init__()
        self.site = Site(int(port), int(articles))
        self.headers = {"If-None-Match": held} if held else {}
        self.work = WORK[work]

    async def start(self) -> AsyncIterator[Request]:
        for url in self.site.urls():
            yield Request(url, headers=self.headers)

    def parse(self, response: Response) -> None:
        self.work(response)


class Paper(Measured, NewsSpider):
    """The publisher as one of our sources."""

    name = "paper"
    title = "The Paper"
    domains = (HOST,)
    parsers = BBC.parsers

    def __init__(self, *args: Any, port: str, articles: str, **kwargs: Any) -> None:
        self.feeds = (Site(int(port), int(articles)).feed,)
        super().__init__(*args, **kwargs)
