"""All sources in one process: ``scrapy crawl all``, once, or ``-a every=1m`` over and over."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler

from newsdiff_crawler.crawling.all_sources import Crawls
from newsdiff_crawler.times import period


class AllSources(Spider):
    """No source itself: it begins the crawls of those that are followed, each with its own run,
    report, health and pace; what goes wrong in one is that one's.

    Arguments: ``-a every=1m`` looks again what is due each minute, until the process is told to
    end; ``-a recheck=1`` checks everything. Raises ValueError, with one line for people, for
    others.
    """

    name = "all"

    def __init__(self, *args: Any, every: str = "", recheck: str = "0", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.every = period(every).total_seconds() if every else 0.0
        self.recheck = recheck == "1"
        if recheck not in ("0", "1"):
            raise ValueError(f"expected -a recheck=1, not {recheck!r}")
        if self.recheck and self.every:
            raise ValueError("expected every or recheck, not both")

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> AllSources:
        """Scrapy's way to make a spider. The settings are those of the command, not frozen yet."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.crawls = Crawls(crawler.settings.copy(), recheck=spider.recheck)
        crawler.signals.connect(spider.crawls.stop, signals.spider_closed)
        return spider

    crawls: Crawls

    async def start(self) -> AsyncIterator[Request]:
        """Asks for nothing itself, and ends when the crawls have."""
        nothing: tuple[Request, ...] = ()
        for request in nothing:
            yield request
        self.crawls.begin_due()
        while self.every and not await self.crawls.is_told_to_stop(self.every):
            self.crawls.begin_due()
        await self.crawls.end()
