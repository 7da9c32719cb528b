"""Finding articles: what a source's feeds and sitemaps list, what is new in them, what moved."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace

from scrapy.http import Response

from newsdiff_crawler.budget import OverBudget
from newsdiff_crawler.crawling.inheritance import Inheritance
from newsdiff_crawler.crawling.listing import Leads, Listing, sort_out, sort_out_sitemaps
from newsdiff_crawler.crawling.outside_links import OutsideLinks
from newsdiff_crawler.fetching.headers import header, validators_of
from newsdiff_crawler.items import LeftOut
from newsdiff_crawler.parsing.feeds import FeedError, Links, read_feed
from newsdiff_crawler.run import Run
from newsdiff_crawler.scheduling.schedule import after_feed_check
from newsdiff_crawler.store import Feed
from newsdiff_crawler.store.writing.hosts import BackOff

logger = logging.getLogger(__name__)

DEEPEST = 2  # an index may list indexes, and no more


@dataclass(frozen=True)
class FeedNews:
    """What a check of a feed brought: the number of new and moved entries and of new sitemaps,
    those sitemaps, and links on other hosts that are to be asked where they lead."""

    news: int = 0
    sitemaps: tuple[Feed, ...] = ()
    outside: tuple[str, ...] = ()


class Discovery:
    """Of the articles of a run's source."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._source = run.source
        self._store = run.store
        self.inheritance = Inheritance(run)
        self.outside_links = OutsideLinks(run, self._learned)
        self._is_full = False  # no more articles may be tracked today
        # What lists a link that is being asked.
        self._asking: dict[str, list[tuple[Feed, Links]]] = {}

    def claim(self, declared: Sequence[str], everything: bool) -> list[Feed]:
        """Those of the source's feeds, and of the sitemaps that they list, which this crawl is to
        ask for, and no other."""
        now = self._run.now()
        self._store.feeds.declare(self._source.name, declared, now)
        until = now + self._run.configuration.lease
        feeds = self._store.feeds.claim(self._source.name, self._run_id(), now, until, everything)
        self._run.asked += [feed.id for feed in feeds]
        return feeds

    def read(self, response: Response, feed: Feed) -> FeedNews:
        """Takes in a feed's answer, whatever it is. Raises CutShort."""
        if response.status == 304:
            self._run.count("feeds_unchanged")
            self.inheritance.of_listed(feed)
            self._record(replace(feed, not_modified=feed.not_modified + 1), FeedNews(), response)
            return FeedNews()
        try:
            links = self._run.budget.spend_on(lambda: _links(response))
        except (FeedError, OverBudget) as error:
            self.failed(feed, str(error))
            return FeedNews()
        listing = self._sort_out(links)
        sitemaps, left_out = self._follow(feed, links)
        self._run.count("listed", len(listing.articles))
        news = self._take_in(feed, listing) + len(sitemaps)
        outside = self._choose(feed, links, listing)
        feed_news = FeedNews(news, tuple(sitemaps), tuple(outside))
        left_out += listing.left_out
        self._name_malformed(feed, left_out)
        read = replace(feed, not_modified=0, listed=len(listing.articles), left_out=left_out)
        may_grow = self._is_full or self.outside_links.may_lead(listing.unknown)
        self._record(read, feed_news, response, keep_validators=not may_grow)
        return feed_news

    def failed(self, feed: Feed, reason: str, *, is_hosts: bool = False) -> None:
        """Counts, records and reports a feed that could not be read. ``is_hosts``: a fault of its
        host, of which a line says that it is left alone and why."""
        level = logging.DEBUG if is_hosts else logging.WARNING
        logger.log(level, "%s: feed %s: %s", self._source.name, feed.url, reason)
        self._run.count("feeds_failed")
        now = self._run.now()
        schedule_state = after_feed_check(None, feed.schedule_state, now)
        self._store.feeds.record(replace(feed, error=reason, schedule_state=schedule_state), now)

    def put_off(self, feed: Feed, back_off: BackOff) -> None:
        """A feed whose host is left alone is due when that is over. Why was said before."""
        self._run.count("feeds_failed")
        failures = feed.schedule_state.failures + 1
        schedule_state = replace(
            feed.schedule_state, failures=failures, next_check_at=back_off.until
        )
        self._store.feeds.record(
            replace(feed, error=str(back_off), schedule_state=schedule_state), None
        )

    def _sort_out(self, links: Links) -> Listing:
        return sort_out(links, self._source, self._run.configuration.feed_entries, self._leads)

    def _leads(self, urls: Sequence[str]) -> Leads:
        return self._store.feeds.outside_links.known(self._source.name, urls)

    def _take_in(self, feed: Feed, listing: Listing) -> int:
        """Tracks what a feed lists. How many of its entries are new or moved."""
        now = self._run.now()
        urls = (entry.url for entry in listing.articles)
        room = self._run.room_for_new()
        new = self._store.queue.track(self._source.name, urls, now, room)
        self._is_full = new >= room
        moved = self._store.feeds.note(feed, listing.articles, now)
        self.inheritance.of_listed(feed)
        self._run.count("found", new)
        self._run.count("hinted", moved)
        return new + (moved if feed.is_followed else 0)

    def _follow(self, feed: Feed, links: Links) -> tuple[list[Feed], LeftOut]:
        """The new sitemaps of an index, claimed."""
        if feed.depth >= DEEPEST:
            return [], LeftOut()
        urls, left_out = sort_out_sitemaps(links, self._source, is_inner=feed.depth > 0)
        until = self._run.now() + self._run.configuration.lease
        return self._store.feeds.renew(feed, urls, self._run_id(), until), left_out

    def _choose(self, feed: Feed, links: Links, listing: Listing) -> list[str]:
        """Links on other hosts that are asked now. A host is named the first time."""
        hosts = self.outside_links.new_hosts(listing.unknown)
        if hosts:
            logger.warning(
                "%s: feed %s: links on other hosts: %s; asking whether they lead back",
                self._source.name,
                feed.url,
                listing.left_out,
            )
        for url in listing.unknown:
            self._asking.setdefault(url, []).append((feed, links))
        return self.outside_links.choose(listing.unknown)

    def _learned(self, link: str) -> None:
        """Sorts out anew what lists a link on another host, now that it is known to lead here."""
        for feed, links in self._asking.pop(link, ()):
            if self._source.is_article(self._leads([link])[link] or ""):
                listing = self._sort_out(links)
                self._run.count("listed")
                self._take_in(feed, listing)
                self._store.feeds.relist(feed, len(listing.articles), listing.left_out)

    def _name_malformed(self, feed: Feed, left_out: LeftOut) -> None:
        """Each once: those that the record names already were told before."""
        for entry in left_out.named:
            if entry not in feed.left_out.named:
                logger.warning(
                    "%s: feed %s: malformed entry: %s", self._source.name, feed.url, entry
                )

    def _record(
        self,
        feed: Feed,
        feed_news: FeedNews,
        response: Response,
        keep_validators: bool = True,
    ) -> None:
        """Without its validators, a feed is read in full next time."""
        self._run.count("feeds_read")
        etag, last_modified = validators_of(response) if keep_validators else (None, None)
        if etag or last_modified or not keep_validators:
            feed = replace(feed, etag=etag, last_modified=last_modified)
        schedule_state = after_feed_check(feed_news.news, feed.schedule_state, self._run.now())
        self._store.feeds.record(replace(feed, schedule_state=schedule_state), self._run.now())

    def _run_id(self) -> int:
        assert self._run.id is not None
        return self._run.id


def _links(response: Response) -> Links:
    """Raises FeedError, for whatever reason a feed cannot be read: anything may come."""
    if response.status != 200:
        raise FeedError(f"HTTP {response.status}")
    try:
        return read_feed(response.body, response.url, header(response, "Content-Type"))
    except FeedError:
        raise
    except Exception as error:
        raise FeedError(f"cannot be read: {type(error).__name__}: {error}") from error
