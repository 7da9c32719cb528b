"""Any site that has a feed: ``scrapy crawl feed -a feed=https://example.org/rss``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from newsdiff_crawler.crawling.spider import NewsSpider
from newsdiff_crawler.parsing import generic
from newsdiff_crawler.urls import domain_of, normal, site_of


class AnyFeed(NewsSpider):
    """A source that goes by the host of its feed. ``-a domains=a.example,b.example`` says where its
    articles are, if they are not on that host."""

    name = "feed"
    title = "Any feed"
    domains: Sequence[str] = ()
    parsers = generic.PARSERS

    def __init__(self, *args: Any, feed: str = "", domains: str = "", **kwargs: Any) -> None:
        try:
            feed = normal(feed)
        except ValueError as error:
            raise ValueError(f"expected -a feed=https://..., not {feed!r}: {error}") from error
        super().__init__(*args, **kwargs)
        self.name = site_of(feed)
        self.feeds = (feed,)
        self.domains = tuple(map(domain_of, domains.split(","))) if domains else (self.name,)
