"""The spider that every source's spider is: find articles, check what is due, read each page."""

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
from scrapy.http import Response
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from newsdiff_crawler.crawling.discovery import Discovery
from newsdiff_crawler.crawling.responses import BLOCKED_STATUSES, Reader, is_new_text
from newsdiff_crawler.fetching.back_off import BackOffs
from newsdiff_crawler.fetching.errors import HostBackedOff, NotSentError, explain
from newsdiff_crawler.fetching.validators import ValidatorTrust
from newsdiff_crawler.items import Article, Check
from newsdiff_crawler.parsing import Parser
from newsdiff_crawler.store import Claim, Feed, Store
from newsdiff_crawler.times import from_iso, to_iso, utc_now
from newsdiff_crawler.urls import clean, is_web_page

FIRST_PORTION = 5


class NewsSpider(Spider):
    """One news source. A subclass declares; everything it does is done here.

    Arguments: ``-a recheck=1`` checks every feed and tracked article now, ``-a url=...``
    tracks and checks one page.
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
        crawler.signals.connect(spider.check_due, signals.spider_idle)
        return spider

    @cached_property
    def store(self) -> Store:
        """The record, opened when it is first asked for. Raises StoreError where it cannot be."""
        return Store.open(self.settings["NEWSDIFF_DATA"])

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Scrapy's way to complete the settings: the User-Agent names whom to turn to."""
        super().update_settings(settings)
        contact = settings["NEWSDIFF_CONTACT"] or "no contact given"
        settings.set("USER_AGENT", settings["USER_AGENT"].replace("{contact}", contact), "cmdline")

    @cached_property
    def back_offs(self) -> BackOffs:
        """With the hosts of the source."""
        return BackOffs(self.store.hosts, self.name, self.now)

    @cached_property
    def discovery(self) -> Discovery:
        """Of the source's articles."""
        lease = timedelta(seconds=self.settings.getint("NEWSDIFF_LEASE"))
        return Discovery(
            self.store, self.name, self.is_article, self.now, self.count, self.this_run, lease
        )

    @cached_property
    def reader(self) -> Reader:
        """Of what articles' requests are answered with."""
        return Reader(self.name, self.parsers, self.is_article, self.now)

    @cached_property
    def validators(self) -> ValidatorTrust:
        """Of the validators of the source's servers."""
        return ValidatorTrust(self.store.hosts, self.name, self.now)

    def now(self) -> datetime:
        """The present moment, or what NEWSDIFF_NOW declares it to be."""
        fixed = self.settings["NEWSDIFF_NOW"]
        return from_iso(fixed) if fixed else utc_now()

    def this_run(self) -> int:
        """The id of the run, once it has begun."""
        assert self.run is not None
        return self.run

    def count(self, name: str, number: int = 1) -> None:
        """Adds to one of the crawl's figures, in the Scrapy stats under ``newsdiff/``."""
        assert self.crawler.stats
        self.crawler.stats.inc_value(f"newsdiff/{name}", number)

    # --- Discover -----------------------------------------------------------------------------

    async def start(self) -> AsyncIterator[Request]:
        """Begins the run with the feeds, or with the one page that was asked for."""
        if not self.settings["NEWSDIFF_CONTACT"]:
            self.logger.warning("NEWSDIFF_CONTACT is not set: publishers cannot reach you")
        self.store.tuning.tune(
            self.now(),
            self.settings.getfloat("NEWSDIFF_CHECKS_PER_ARTICLE"),
            self.settings.getfloat("NEWSDIFF_CHECKS_PER_HOUR"),
        )
        self.run = self.store.runs.start(self.name, to_iso(self.now()))
        if self.only_url:
            self._track_one(self.only_url)
            return
        if self.recheck:
            self.store.queue.make_due(self.name, self.now())
        for feed in self.discovery.claim(self.all_feeds(), everything=self.recheck):
            yield self._feed_request(feed)

    def hosts(self) -> set[str]:
        """The only hosts that are asked for anything: those of articles and of feeds."""
        feeds = {urlsplit(feed).hostname or "" for feed in self.all_feeds()}
        return {*self.domains, *feeds} - {""}

    def all_feeds(self) -> list[str]:
        """The URLs of feeds and sitemaps."""
        return [*self.feeds, *self.sitemaps]

    def _feed_request(self, feed: Feed) -> Request:
        headers = self.validators.conditions(feed.etag, feed.last_modified, feed.not_modified)
        return Request(
            feed.url,
            self.parse_feed,
            errback=self.feed_failed,
            headers=headers,
            cb_kwargs={"feed": feed},
        )

    def _track_one(self, url: str) -> None:
        if not is_web_page(url, self.domains):
            domains = ", ".join(self.domains)
            self.logger.error("%s: %s is not a page of %s (%s)", self.name, url, self.name, domains)
            return
        self.count("found", self.store.queue.track(self.name, [url], self.now()))
        self.store.queue.make_due(self.name, self.now(), url)

    def parse_feed(self, response: Response, feed: Feed) -> Iterator[Request]:
        """Tracks the articles that a feed links to, and follows the new sitemaps of an index."""
        self._judge_host(response)
        found = self.discovery.read(response, feed)
        if found.news and self.validators.is_untested(response, feed.etag, feed.last_modified):
            yield self.validators.test(feed.url, feed.etag, feed.last_modified)
        yield from map(self._feed_request, found.sitemaps)

    def is_article(self, url: str) -> bool:
        """Whether a URL is on the source's domains and not left out by rule."""
        path = urlsplit(url).path
        return (
            is_web_page(url, self.domains)
            and path.strip("/") != ""
            and not self._left_out.search(path)
        )

    def feed_failed(self, failure: Failure) -> None:
        """A feed that could not be fetched is due again later; one that was not asked for, too."""
        feed = failure.request.cb_kwargs["feed"]  # type: ignore[attr-defined]
        if isinstance(failure.value, HostBackedOff):
            self.discovery.put_off(feed, failure.value.rest)
        elif not isinstance(failure.value, NotSentError):
            self.discovery.failed(feed, explain(failure).reason)

    # --- Look again -----------------------------------------------------------------------------

    def check_due(self) -> None:
        """Claims the next portion of due articles each time that nothing is left to do."""
        claims = self._claim_portion()
        self.claimed += len(claims)
        for claim in claims:
            assert self.crawler.engine
            self.crawler.engine.crawl(self._look(claim))
        if claims:
            raise DontCloseSpider

    def _claim_portion(self) -> list[Claim]:
        minutes = (time.monotonic() - self._started) / 60
        if self.run is None or minutes > self.settings.getfloat("NEWSDIFF_CRAWL_MINUTES"):
            return []
        lease = self.settings.getint("NEWSDIFF_LEASE")
        return self.store.queue.claim(
            self.name,
            self.run,
            self.now(),
            self._portion(lease),
            timedelta(seconds=lease),
            self.only_url,
        )

    def _portion(self, lease: int) -> int:
        """As many articles as can be asked for within half the lease, however slowly their hosts
        want to be asked; the first few find that out."""
        portion = self.settings.getint("NEWSDIFF_PORTION")
        if not self.claimed:
            return min(portion, FIRST_PORTION)
        assert self.crawler.engine
        slots = self.crawler.engine.downloader.slots.values()
        slowest = max((slot.delay for slot in slots), default=0.0)
        return max(1, min(portion, int(lease / 2 / slowest))) if slowest else portion

    def _look(self, claim: Claim) -> Request:
        return Request(
            claim.url,
            self.parse_article,
            errback=self.article_failed,
            headers=self.validators.conditions(claim.etag, claim.last_modified, claim.not_modified),
            cb_kwargs={"claim": claim},
        )

    def parse_article(
        self, response: Response, claim: Claim
    ) -> Iterator[Article | Check | Request]:
        """Reads an article's page, or says why it cannot be read."""
        found = self.reader.read(response, claim)
        self._judge_host(response, found)
        yield found
        held = (claim.etag, claim.last_modified)
        if self.validators.is_untested(response, *held) and is_new_text(found, claim):
            yield self.validators.test(claim.url, *held)

    def _judge_host(self, response: Response, found: Article | Check | None = None) -> None:
        """Takes note of a good answer, and of a bot check; the gate saw what went wrong."""
        host = urlsplit(response.url).hostname or ""
        if isinstance(found, Check) and found.outcome == "blocked" and response.status == 200:
            self.back_offs.refused(host, found.reason)
        elif response.status < 500 and response.status not in BLOCKED_STATUSES:
            self.back_offs.answered(host)

    def article_failed(self, failure: Failure) -> Iterator[Check]:
        """A page that could not be fetched is a check, too; one that was not asked for is not."""
        claim = failure.request.cb_kwargs["claim"]  # type: ignore[attr-defined]
        if isinstance(failure.value, NotSentError):
            self._put_off(claim, failure.value)
            return
        problem = explain(failure)
        yield self.reader.check(claim, problem.outcome, problem.reason)

    def _put_off(self, claim: Claim, reason: NotSentError) -> None:
        due = reason.rest.until if isinstance(reason, HostBackedOff) else self.now()
        self.store.queue.give_back(claim.article_id, self.this_run(), due)
        self.count("put_off", int(isinstance(reason, HostBackedOff)))
