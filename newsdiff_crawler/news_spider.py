"""The spider that every source's spider is: find articles, look at what is due, read each page."""

from __future__ import annotations

import re
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, ClassVar
from urllib.parse import urlsplit

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response, TextResponse
from twisted.python.failure import Failure

from newsdiff_crawler.fetch_errors import explain
from newsdiff_crawler.items import Article, Check, Outcome
from newsdiff_crawler.parsing import Page, Parser, Refusal, read
from newsdiff_crawler.parsing.feeds import FeedError, read_feed
from newsdiff_crawler.store import Claim, Store
from newsdiff_crawler.times import from_iso, to_iso, utc_now
from newsdiff_crawler.urls import clean, is_web_page

BLOCKED_STATUSES = (401, 403, 429, 451, 503)
ABSENT_STATUSES = (404, 410)
SITEMAPS_OF_AN_INDEX = 10  # the first ones; publishers list the newest first


class NewsSpider(Spider):
    """One news source. A subclass declares; everything it does is done here.

    Arguments: ``-a recheck=1`` looks at every tracked article now, ``-a url=...`` tracks and
    looks at one page.
    """

    title: ClassVar[str]
    domains: Sequence[str]  # hosts of articles, and all hosts below them
    feeds: Sequence[str] = ()  # RSS or Atom
    sitemaps: ClassVar[Sequence[str]] = ()  # news sitemaps, or indexes of them
    leave_out: ClassVar[Sequence[str]] = ()  # regular expressions on the path of an article's URL
    parsers: ClassVar[Sequence[type[Parser]]] = ()  # newest first
    min_articles: ClassVar[int] = 1  # that the feeds of a healthy source list

    def __init__(self, *args: Any, recheck: str = "", url: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.recheck = recheck not in ("", "0")
        self.only_url = clean(url) if url else None
        self.run: int | None = None
        self.claimed = 0
        self._started = time.monotonic()
        self._left_out = re.compile("|".join(self.leave_out) or r"(?!)")

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> NewsSpider:
        """Scrapy's way to make a spider."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.look_at_due, signals.spider_idle)
        return spider

    @cached_property
    def store(self) -> Store:
        """The record, opened when it is first asked for. Raises StoreError where it cannot be."""
        return Store.open(self.settings["NEWSDIFF_DATA"])

    def now(self) -> datetime:
        """The present moment, or what NEWSDIFF_NOW declares it to be."""
        fixed = self.settings["NEWSDIFF_NOW"]
        return from_iso(fixed) if fixed else utc_now()

    def count(self, name: str, number: int = 1) -> None:
        """Adds to one of the crawl's figures, in the Scrapy stats under ``newsdiff/``."""
        assert self.crawler.stats
        self.crawler.stats.inc_value(f"newsdiff/{name}", number)

    # --- Discover -----------------------------------------------------------------------------

    async def start(self) -> AsyncIterator[Request]:
        """Begins the run with the feeds, or with the one page that was asked for."""
        self.run = self.store.runs.start(self.name, to_iso(self.now()))
        if self.only_url:
            self._track_one(self.only_url)
            return
        if self.recheck:
            self.store.agenda.make_due(self.name, self.now())
        for feed in self._all_feeds():
            yield self._feed_request(feed)

    def hosts(self) -> set[str]:
        """The only hosts that are asked for anything: those of articles and of feeds."""
        feeds = {urlsplit(feed).hostname or "" for feed in self._all_feeds()}
        return {*self.domains, *feeds} - {""}

    def _all_feeds(self) -> list[str]:
        return [*self.feeds, *self.sitemaps]

    def _feed_request(self, feed: str) -> Request:
        validators = self.store.agenda.feed_validators(feed)
        request = self._request(feed, self.parse_feed, self.feed_failed, validators)
        request.cb_kwargs["feed"] = feed
        return request

    def _track_one(self, url: str) -> None:
        if not is_web_page(url, self.domains):
            domains = ", ".join(self.domains)
            self.logger.error("%s: %s is not a page of %s (%s)", self.name, url, self.name, domains)
            return
        self.count("found", self.store.agenda.track(self.name, [url], self.now()))
        self.store.agenda.make_due(self.name, self.now(), url)

    def parse_feed(self, response: Response, feed: str) -> Iterator[Request]:
        """Tracks the articles that a feed links to, and follows the sitemaps of an index."""
        if response.status not in (200, 304):
            self._feed_is_bad(feed, f"HTTP {response.status}")
            return
        if response.status == 200:
            try:
                links = read_feed(response.body)
            except FeedError as error:
                self._feed_is_bad(feed, str(error))
                return
            found = [url for url in map(clean, links.articles) if self.is_article(url)]
            self.count("listed", len(found))
            self.count("found", self.store.agenda.track(self.name, found, self.now()))
            if feed in self.sitemaps:
                yield from map(self._feed_request, links.sitemaps[:SITEMAPS_OF_AN_INDEX])
        self.count("feeds_unchanged", int(response.status == 304))
        self.count("feeds_read")
        self.store.agenda.record_feed(self._feed_row(feed) | _validators(response))

    def is_article(self, url: str) -> bool:
        """Whether a URL is on the source's domains and not left out by rule."""
        path = urlsplit(url).path
        return (
            is_web_page(url, self.domains)
            and path.strip("/") != ""
            and not self._left_out.search(path)
        )

    def feed_failed(self, failure: Failure) -> None:
        """Counts and reports a feed that could not be fetched."""
        feed = failure.request.cb_kwargs["feed"]  # type: ignore[attr-defined]
        self._feed_is_bad(feed, explain(failure).reason)

    def _feed_is_bad(self, feed: str, reason: str) -> None:
        self.count("feeds_failed")
        self.logger.warning("%s: feed %s: %s", self.name, feed, reason)
        self.store.agenda.record_feed(self._feed_row(feed) | {"last_error": reason})

    def _feed_row(self, feed: str) -> dict[str, str | None]:
        return {"url": feed, "source": self.name, "last_checked_at": to_iso(self.now())}

    # --- Look again -----------------------------------------------------------------------------

    def look_at_due(self) -> None:
        """Claims the next portion of due articles each time that nothing is left to do."""
        claims = self._claim_portion()
        self.claimed += len(claims)
        for claim in claims:
            validators = (claim.etag, claim.last_modified)
            request = self._request(claim.url, self.parse_article, self.article_failed, validators)
            request.cb_kwargs["claim"] = claim
            assert self.crawler.engine
            self.crawler.engine.crawl(request)
        if claims:
            raise DontCloseSpider

    def _claim_portion(self) -> list[Claim]:
        minutes = (time.monotonic() - self._started) / 60
        if self.run is None or minutes > self.settings.getfloat("NEWSDIFF_CRAWL_MINUTES"):
            return []
        lease = timedelta(seconds=self.settings.getint("NEWSDIFF_LEASE"))
        portion = self.settings.getint("NEWSDIFF_PORTION")
        return self.store.agenda.claim(
            self.name, self.run, self.now(), portion, lease, self.only_url
        )

    def _request(
        self, url: str, callback: Any, errback: Any, validators: tuple[str | None, str | None]
    ) -> Request:
        names = ("If-None-Match", "If-Modified-Since")
        headers = {name: value for name, value in zip(names, validators, strict=True) if value}
        return Request(url, callback, errback=errback, headers=headers)

    def parse_article(self, response: Response, claim: Claim) -> Iterator[Article | Check]:
        """Reads an article's page, or says why it cannot be read."""
        if response.status == 304:
            yield self._check(claim, "unchanged", "not modified")
        elif response.status in ABSENT_STATUSES:
            yield self._check(claim, "gone", f"HTTP {response.status}")
        elif response.status in BLOCKED_STATUSES:
            yield self._check(claim, "blocked", f"HTTP {response.status}")
        elif response.status != 200:
            yield self._check(claim, "failed", f"HTTP {response.status}")
        elif not isinstance(response, TextResponse):
            content_type = _header(response, "Content-Type")
            yield self._check(claim, "failed", f"not HTML ({content_type or 'no content type'})")
        else:
            yield self._read(response, claim)

    def _read(self, response: TextResponse, claim: Claim) -> Article | Check:
        try:
            content_type = _header(response, "Content-Type")
            page = Page(response.body, response.url, asked_url=claim.url, content_type=content_type)
            article = read(page, self.parsers, prefer=claim.parser or "")
        except Refusal as refusal:
            return self._check(claim, refusal.outcome, str(refusal))
        except Exception:
            self.logger.exception("%s: %s: the parser failed", self.name, response.url)
            return self._check(claim, "failed", "the parser failed")
        article.source = self.name
        article.article_id = claim.article_id
        article.url = self._identity(article, response)
        article.fetched_at = to_iso(self.now())
        article.etag = _header(response, "ETag")
        article.last_modified = _header(response, "Last-Modified")
        return article

    def _identity(self, article: Article, response: Response) -> str:
        canonical = clean(article.canonical_url or "")
        return canonical if self.is_article(canonical) else clean(response.url)

    def article_failed(self, failure: Failure) -> Iterator[Check]:
        """A page that could not be fetched is a check, too."""
        claim = failure.request.cb_kwargs["claim"]  # type: ignore[attr-defined]
        problem = explain(failure)
        yield self._check(claim, problem.outcome, problem.reason)

    def _check(self, claim: Claim, outcome: Outcome, reason: str) -> Check:
        now = to_iso(self.now())
        return Check(self.name, claim.url, claim.article_id, outcome, now, reason)


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None


def _validators(response: Response) -> dict[str, str | None]:
    """What the next request is to carry; nothing where the answer brought nothing, as a 304 may."""
    found = {"etag": _header(response, "ETag"), "last_modified": _header(response, "Last-Modified")}
    return found if any(found.values()) else {}
