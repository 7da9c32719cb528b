"""Papers whose crawl is told to end in the moment in which it is made, in which it begins, and
twice."""

from __future__ import annotations

import os
import signal
from collections.abc import AsyncIterator
from threading import Lock
from typing import Any

from scrapy import Request, signals
from scrapy.crawler import Crawler

from newsdiff_crawler.crawling.all_sources import ManyCrawls
from tests.support.spiders import PaperSpider


class Early(PaperSpider):
    name = "early"

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Any:
        os.kill(os.getpid(), signal.SIGTERM)
        return super().from_crawler(crawler, *args, **kwargs)


class Deaf(PaperSpider):
    """Waits for what never comes."""

    name = "deaf"

    async def start(self) -> AsyncIterator[Request]:
        self.run.begin()
        os.kill(os.getpid(), signal.SIGTERM)
        lock = Lock()
        while lock.acquire():
            pass
        yield Request(self.feeds[0])


class Twice(PaperSpider):
    """Is closed once more while it is being closed."""

    name = "twice"
    domains = ("ash.example",)
    feeds = ("https://ash.example/rss",)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Any:
        spider: Any = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.close_again, signals.spider_closed)
        return spider

    def close_again(self) -> None:
        self.crawler.signals.disconnect(self.close_again, signals.spider_closed)
        self.crawler.signals.send_catch_log(signals.spider_closed, spider=self, reason="shutdown")


class All(ManyCrawls):
    name = "all"
