"""Any site: ``scrapy crawl feed -a feed=https://example.org/rss`` follows its feed, and
``scrapy crawl feed -a url=https://example.org/a-page`` one page of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from newsdiff_crawler.crawling.spider import NewsSpider
from newsdiff_crawler.parsing import generic
from newsdiff_crawler.urls import is_web_page, site_of


class AnyFeed(NewsSpider):
    """A source that goes by the host of its feed or page. ``-a domains=a.example,b.example`` says
    where its articles are, if they are not on that host."""

    name = "feed"
    title = "Any feed"
    domains: Sequence[str] = ()
    parsers = generic.PARSERS

    def __init__(
        self, *args: Any, feed: str = "", url: str = "", domains: str = "", **kwargs: Any
    ) -> None:
        if not (feed or url):
            raise ValueError("expected -a feed=https://... or -a url=https://...")
        for name, address in {"feed": feed, "url": url}.items():
            if address and not _is_address(address):
                raise ValueError(f"expected -a {name}=https://..., not {address!r}")
        self.name = site_of(feed or url)
        self.feeds = (feed,) if feed else ()
        self.domains = tuple(domains.split(",")) if domains else (self.name,)
        super().__init__(*args, url=url, **kwargs)


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return bool(parts.hostname and parts.port != 0 and is_web_page(text, [parts.hostname]))
    except ValueError:
        return False
