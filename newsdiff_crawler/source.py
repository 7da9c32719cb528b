"""What a source declares: who the publisher is, where its articles are, how they are read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import Any, ClassVar
from urllib.parse import urlsplit

from scrapy import Spider
from scrapy.settings import BaseSettings
from scrapy.spiderloader import SpiderLoaderProtocol

from newsdiff_crawler.configuration import name_the_contact
from newsdiff_crawler.parsing import Parser
from newsdiff_crawler.parsing.parser import is_selector
from newsdiff_crawler.urls import clean, domain_of, host_of, is_web_page, normal

# What only the crawl of a source is set to; other spiders have Scrapy's own.
OF_A_CRAWL: dict[str, Any] = {
    # What is claimed is asked for, once: no request is a duplicate.
    "DUPEFILTER_CLASS": "scrapy.dupefilters.BaseDupeFilter",
    # A hundred, Scrapy's own number, starts a hundred tasks for each response: 4 took 0.5 ms less,
    # 1 another 0.07. Pipelines wait for nothing, so nothing is gained by several.
    "CONCURRENT_ITEMS": 1,
    "DOWNLOADER_MIDDLEWARES": {
        # Ours make such a request fail, so that the check is recorded.
        "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
        "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,  # no publisher knows us
    },
    # Each takes its turn with every answer, and none has anything to do: an answer that brought no
    # article is a check all the same, a URL of any length may be asked for, sitemaps have bounds.
    "SPIDER_MIDDLEWARES": {
        "scrapy.spidermiddlewares.start.StartSpiderMiddleware": None,
        "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": None,
        "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
        "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
        "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware": None,
    },
}


class Source(Spider):
    """A publisher. A subclass sets these attributes; it has no code of its own."""

    title: ClassVar[str]
    domains: Sequence[str]  # hosts of articles, and all hosts below them
    feeds: Sequence[str] = ()  # RSS or Atom
    sitemaps: ClassVar[Sequence[str]] = ()  # news sitemaps, or indexes of them
    leave_out: ClassVar[Sequence[str]] = ()  # regular expressions on the path of an article's URL
    parsers: ClassVar[Sequence[type[Parser]]] = ()  # newest first
    remarks: ClassVar[Sequence[str]] = ()  # on how it was declared, for people
    min_articles: ClassVar[int] = 1  # that the feeds of a healthy source list

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Scrapy's way to complete the settings of a crawl."""
        super().update_settings(settings)
        for name, value in OF_A_CRAWL.items():
            known = settings.getdict(name) if isinstance(value, dict) else None
            settings.set(name, value if known is None else {**known, **value}, "spider")
        name_the_contact(settings)  # in the User-Agent that the source's own settings may have

    def check_declared(self) -> None:
        """Raises ValueError, with one line for people, for what was declared and cannot be used."""
        named = {"domains": self.domains, "feeds": self.feeds, "sitemaps": self.sitemaps}
        for what, values in {**named, "leave_out": self.leave_out}.items():
            if isinstance(values, str):
                raise ValueError(f"{self.name}: {what} = {values!r}: expected ({values!r},)")
            for value in values:
                if reason := _unusable(what, value):
                    raise ValueError(f"{self.name}: {what}: {reason}")
        for parser in self.parsers:
            for hook, selector in parser.selectors().items():
                if not is_selector(selector):
                    told = f"{hook} of {parser.name}: no CSS selector: {selector!r}"
                    raise ValueError(f"{self.name}: {told}")

    def hosts(self) -> set[str]:
        """The only hosts that are asked for anything: those of articles and of feeds."""
        return {*self.domains, *map(host_of, self.all_feeds())} - {""}

    def all_feeds(self) -> list[str]:
        """The URLs of feeds and sitemaps."""
        return [*self.feeds, *self.sitemaps]

    def is_article(self, url: str) -> bool:
        """Whether a URL is on the source's domains and not left out by rule."""
        return self.is_own_page(url) and not self._left_out.search(urlsplit(url).path)

    def is_own_page(self, url: str) -> bool:
        """Whether a URL is on the source's domains and names a page there: ``/?p=11`` does, ``/``
        and ``/?utm_source=rss`` do not."""
        if not is_web_page(url, self.domains):
            return False
        parts = urlsplit(url)
        return parts.path.strip("/") != "" or bool(parts.query and urlsplit(clean(url)).query)

    @cached_property
    def _left_out(self) -> re.Pattern[str]:
        return re.compile("|".join(self.leave_out) or r"(?!)")


def _unusable(what: str, value: str) -> str:
    """What is wrong with a domain, an address or a pattern; empty where nothing is."""
    try:
        if what == "leave_out":
            re.compile(value)
        elif what != "domains":
            normal(value)
        elif value.removeprefix("www.") != (domain := domain_of(value)):
            return f"expected {domain!r}, not {value!r}"
    except (ValueError, re.error) as error:
        return f"{value!r}: {error}" if repr(value) not in str(error) else str(error)
    return ""


def titles_of(loader: SpiderLoaderProtocol) -> dict[str, str]:
    """The project's sources, by name, as people call them."""
    spiders = {name: loader.load(name) for name in loader.list()}
    return {name: getattr(spider, "title", "") or name for name, spider in spiders.items()}
