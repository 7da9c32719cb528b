"""What every request passes on its way out."""

from __future__ import annotations

from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request

from newsdiff_crawler.news_spider import NewsSpider
from newsdiff_crawler.urls import is_web_page


class OnlyTheSource:
    """Refuses requests that leave the source's hosts, redirects included.

    Scrapy's own offsite middleware drops them without a word; here the request fails, so that
    the look at the article that led there is recorded.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> OnlyTheSource:
        """Scrapy's way to make a middleware."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Raises IgnoreRequest for a URL on no host of the source."""
        assert isinstance(self.crawler.spider, NewsSpider)
        if not is_web_page(request.url, self.crawler.spider.hosts()):
            raise IgnoreRequest(f"led away from the source, to {request.url}")
