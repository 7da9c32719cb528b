"""What our downloader middlewares share."""

from __future__ import annotations

from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Request
from scrapy.utils.httpobj import urlparse_cached
from typing_extensions import Self

from newsdiff_crawler.run import Run


class SourceMiddleware:
    """One that the crawls of sources have; those of other spiders go without."""

    def __init__(self, crawler: Crawler, run: Run) -> None:
        self.crawler = crawler
        self.run = run

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make a middleware."""
        run = Run.of(crawler)
        if run is None:
            raise NotConfigured
        return cls(crawler, run)

    @classmethod
    def of(cls, crawler: Crawler) -> Self:
        """The one of a source's crawl."""
        middleware = crawler.get_downloader_middleware(cls)
        assert middleware
        return middleware


def host_of(request: Request) -> str:
    """The host that is asked; empty where the URL has none."""
    return urlparse_cached(request).hostname or ""
