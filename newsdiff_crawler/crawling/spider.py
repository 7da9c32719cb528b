"""The spider that every source's spider is: asks for feeds and for due articles, and hands on
what the answers amount to."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from difflib import get_close_matches
from functools import cached_property
from inspect import signature
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.http import HtmlResponse, Response
from twisted.python.failure import Failure

from newsdiff_crawler.budget import CutShort
from newsdiff_crawler.crawling.discovery import Discovery
from newsdiff_crawler.crawling.responses import ResponseReader, is_new_text
from newsdiff_crawler.exit_status import ExitStatus
from newsdiff_crawler.fetching.errors import HostBackedOff, NoRobotsError, NotSentError, explain
from newsdiff_crawler.fetching.headers import header
from newsdiff_crawler.fetching.host_limits import HostLimits
from newsdiff_crawler.fetching.validators import Validators
from newsdiff_crawler.items import Check, FetchedPage
from newsdiff_crawler.parsing import LengthBounds
from newsdiff_crawler.parsing.charset import decode
from newsdiff_crawler.parsing.feed_text import MAX_SIZE
from newsdiff_crawler.parsing.stub import LONGEST_STUB, stub_target
from newsdiff_crawler.run import Run
from newsdiff_crawler.scheduling.schedule import after_check
from newsdiff_crawler.source import Source
from newsdiff_crawler.store import Claim, Feed
from newsdiff_crawler.urls import clean, is_web_page


class NewsSpider(Source):
    """The crawl of one source.

    Arguments: ``-a recheck=1`` checks every feed and tracked article now, ``-a url=...``
    tracks and checks one page. Raises ValueError, with one line for people, for a page that is
    none of the source's, and for a source that is not declared as it should be, or whose feed's
    address has a password: addresses of feeds are public.
    """

    def __init__(
        self, *args: Any, recheck: str = "0", url: str | None = None, **kwargs: Any
    ) -> None:
        for name in kwargs:
            if not name.startswith("_"):  # Scrapyd's
                raise ValueError(f"-a {name}={kwargs[name]}: {self._hint(name)}")
        if recheck not in ("0", "1"):
            raise ValueError(f"expected -a recheck=1, not {recheck!r}")
        super().__init__(*args, **kwargs)
        if any("@" in urlsplit(feed).netloc for feed in self.all_feeds()):
            raise ValueError(f"{self.name}: a feed's address has a user or a password in it")
        self.check_declared()
        self.recheck = recheck == "1"
        self.only_url = None if url is None else self._page(url)

    @classmethod
    def _hint(cls, name: str) -> str:
        """What may have been meant by an argument that there is not."""
        classes = [each for each in cls.__mro__ if issubclass(each, NewsSpider)]
        known = {name for each in classes for name in signature(each.__init__).parameters}
        known -= {"self", "args", "kwargs"}
        alike = get_close_matches(name, known, 1)
        meant = f"is it {alike[0]}?" if alike else f"there are {', '.join(sorted(known))}"
        return f"there is no such argument; {meant}"

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> NewsSpider:
        """Scrapy's way to make a spider."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.check_due, signals.spider_idle)
        return spider

    def _page(self, url: str) -> str:
        if not is_web_page(url, self.domains):
            raise ValueError(f"{url} is not a page of {self.name} ({', '.join(self.domains)})")
        return clean(url)

    @cached_property
    def run(self) -> Run:
        """The owner of the record, the clock and the counters."""
        run = Run.of(self.crawler)
        assert run
        return run

    @cached_property
    def discovery(self) -> Discovery:
        """Of the source's articles."""
        return Discovery(self.run)

    @cached_property
    def reader(self) -> ResponseReader:
        """Of the answers to articles' requests."""
        told = self.run.configuration
        bounds = LengthBounds(
            told.headline_words, told.headline_bytes, told.text_words, told.text_bytes
        )
        return ResponseReader(self, self.run.now, self.run.budget, bounds)

    @cached_property
    def validators(self) -> Validators:
        """Of the source's servers."""
        return Validators.of(self.crawler)

    @cached_property
    def host_limits(self) -> HostLimits:
        """Of the source's hosts."""
        return HostLimits.of(self.crawler)

    # --- Feeds --------------------------------------------------------------------------------

    async def start(self) -> AsyncIterator[Request]:
        """Begins the run with the feeds, or with the one page that was asked for."""
        if not self.run.configuration.contact:
            self.logger.warning("NEWSDIFF_CONTACT is not set: publishers cannot reach you")
        for remark in self.remarks:
            self.logger.warning("%s: %s", self.name, remark)
        self.run.begin()
        if self.run.is_idle:
            return
        self.discovery.inheritance.of_feeds(self.all_feeds())
        if self.only_url:
            self._track_one(self.only_url)
            return
        if self.recheck:
            self.run.store.queue.make_due(self.name, self.run.now())
        for request in self._feed_requests(
            self.discovery.claim(self.all_feeds(), everything=self.recheck)
        ):
            yield request

    def _track_one(self, url: str) -> None:
        queue, now = self.run.store.queue, self.run.now()
        self.run.count("found", queue.track(self.name, [url], now))
        owner = self.discovery.inheritance.of_page(url)
        if owner:
            ask = f"scrapy crawl {owner} -a url={url}"
            self.logger.error("%s: %s is an article of %s: %s", self.name, url, owner, ask)
            self.run.exit_status = ExitStatus.NOT_DONE
        queue.make_due(self.name, now, url)

    def _feed_requests(self, feeds: Iterable[Feed]) -> Iterator[Request]:
        """One that cannot be asked for is a feed that failed, like any other."""
        return filter(None, map(self._feed_request, feeds))

    def _feed_request(self, feed: Feed) -> Request | None:
        try:
            return self._request_for(feed)
        except ValueError as error:
            self.discovery.failed(feed, f"no usable address: {error}")
            return None

    def _request_for(self, feed: Feed) -> Request:
        return Request(
            feed.url,
            self.parse_feed,
            errback=self.feed_failed,
            headers=self.validators.conditions(feed.etag, feed.last_modified, feed.not_modified),
            meta={"download_maxsize": MAX_SIZE},
            cb_kwargs={"feed": feed},
        )

    def parse_feed(self, response: Response, feed: Feed) -> Iterator[Request]:
        """Tracks the articles that a feed links to, and follows the new sitemaps of an index."""
        self.host_limits.answered(response)
        try:
            listed = self.discovery.read(response, feed)
        except CutShort:
            return
        if listed.news and self.validators.is_untested(response, feed.etag, feed.last_modified):
            yield self.validators.test(feed.url, feed.etag, feed.last_modified)
        yield from self._feed_requests(listed.sitemaps)
        yield from self.discovery.outside_links.requests(listed.outside)

    def feed_failed(self, failure: Failure) -> None:
        """A feed that could not be fetched is due again later; one that was not asked for, too."""
        feed = failure.request.cb_kwargs["feed"]  # type: ignore[attr-defined]
        if isinstance(failure.value, HostBackedOff):
            self.discovery.put_off(feed, failure.value.back_off)
        elif not isinstance(failure.value, NotSentError):
            is_hosts = isinstance(failure.value, NoRobotsError)
            self.discovery.failed(feed, explain(failure).reason, is_hosts=is_hosts)

    # --- Articles -----------------------------------------------------------------------------

    def check_due(self) -> None:
        """Asks for the next portion of due articles each time that nothing is left to do."""
        claims = self.run.claim(self.only_url)
        for claim in claims:
            self.only_url = self.only_url and claim.url  # what was asked for is asked once
            self._ask(claim)
        if claims:
            raise DontCloseSpider

    def _ask(self, claim: Claim) -> None:
        """An address that nothing can be asked of, in a record of old, is a failed check."""
        try:
            self.crawler.engine.crawl(self._article_request(claim))
        except ValueError as error:
            store, now = self.run.store, self.run.now()
            check = self.reader.check(claim, "failed", f"no usable address: {error}")
            state = store.schedule_state(claim.article_id)
            store.record_check(check, after_check("failed", state, now))
            self.logger.warning("%s: %s: failed: %s", self.name, check.url, check.reason)

    def _article_request(self, claim: Claim) -> Request:
        held = (claim.etag, claim.last_modified, claim.not_modified)
        return Request(
            claim.asked_url,
            self.parse_article,
            errback=self.article_failed,
            headers={} if claim.is_to_be_read else self.validators.conditions(*held),
            cb_kwargs={"claim": claim},
        )

    def parse_article(
        self, response: Response, claim: Claim
    ) -> Iterator[FetchedPage | Check | Request]:
        """Reads an article's page, or says why it cannot be read. A stub is followed. What the end
        of the crawl cuts short is due again: the run gives it back."""
        try:
            result = self.reader.read(response, claim)
        except CutShort:
            return
        target = self._leads_to(response, result)
        if target:
            yield self._follow(response, claim, target)
            return
        self._judge_host(response, result)
        yield result
        held = (claim.etag, claim.last_modified)
        is_new = not claim.is_to_be_read and is_new_text(result, claim)
        if is_new and self.validators.is_untested(response, *held):
            yield self.validators.test(claim.url, *held)

    def _leads_to(self, response: Response, result: FetchedPage | Check) -> str | None:
        """Where a page without a text of its own leads on to."""
        is_stub = (
            not result.has_more_words(LONGEST_STUB)
            if isinstance(result, FetchedPage)
            else result.outcome == "failed" and not result.is_over_budget
        )
        if not (is_stub and response.status == 200 and isinstance(response, HtmlResponse)):
            return None
        html = decode(response.body, header(response, "Content-Type"))
        return stub_target(html, response.url, header(response, "Refresh") or "")

    def _follow(self, response: Response, claim: Claim, target: str) -> Request | Check:
        """As a redirect is: to the source's hosts, and no more than so often."""
        led_by = [*response.meta.get("redirect_urls", []), response.url]
        if len(led_by) > self.settings.getint("REDIRECT_MAX_TIMES"):
            return self.reader.check(claim, "failed", "redirected too often")
        return self._article_request(claim).replace(
            url=target, headers={}, meta={"redirect_urls": led_by}
        )

    def _judge_host(self, response: Response, result: FetchedPage | Check) -> None:
        """A page that is a bot check is a refusal of its host's, whatever its status; one that
        cannot be read in any reasonable time is as good as no answer."""
        host = urlsplit(response.url).hostname or ""
        if isinstance(result, Check) and result.is_over_budget:
            self.host_limits.back_offs.unanswered(host, result.reason)
        elif isinstance(result, Check) and result.outcome == "blocked" and response.status == 200:
            self.host_limits.back_offs.refused(host, result.reason)
        else:
            self.host_limits.answered(response)

    def article_failed(self, failure: Failure) -> Iterator[Check]:
        """A page that could not be fetched is a check, too; one that was not asked for is not."""
        claim = failure.request.cb_kwargs["claim"]  # type: ignore[attr-defined]
        if isinstance(failure.value, NotSentError):
            self._put_off(claim, failure.value)
            return
        problem = explain(failure)
        yield self.reader.check(claim, problem.outcome, problem.reason)

    def _put_off(self, claim: Claim, reason: NotSentError) -> None:
        if isinstance(reason, HostBackedOff):
            self.run.give_back(claim, reason.back_off.until)
            self.run.count("put_off")
        else:
            self.run.give_back(claim, self.run.now())
