"""Any site: ``scrapy crawl feed -a feed=https://example.org/rss`` follows its feed, and
``scrapy crawl feed -a url=https://example.org/a-page`` one page of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from newsdiff_crawler.crawling.spider import NewsSpider
from newsdiff_crawler.parsing import generic
from newsdiff_crawler.urls import domain_of, normal, site_of


class AnyFeed(NewsSpider):
    """A source that goes by the host of its feed or page. ``-a domains=a.example,b.example`` says
    where its articles are, if they are not on that host."""

    name = "feed"
    title = "Any feed"
    domains: Sequence[str] = ()
    parsers = generic.PARSERS

    def __init__(
        self, *args: Any, feed: str = "", url: str | None = None, domains: str = "", **kwargs: Any
    ) -> None:
        if not (feed or url):
            raise ValueError("expected -a feed=https://... or -a url=https://...")
        feed, url = _usable("feed", feed), _usable("url", url) if url else None
        self.name = site_of(feed or url or "")
        self.feeds = (feed,) if feed else ()
        self.domains = tuple(map(domain_of, domains.split(","))) if domains else (self.name,)
        super().__init__(*args, url=url, **kwargs)


def _usable(name: str, address: str) -> str:
    try:
        return normal(address) if address else ""
    except ValueError as error:
        raise ValueError(f"expected -a {name}=https://..., not {address!r}: {error}") from error
