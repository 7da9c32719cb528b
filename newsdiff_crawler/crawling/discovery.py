"""Finding articles: what a source's feeds and sitemaps list, what is new in them, what moved."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace

from scrapy.http import Response

from newsdiff_crawler.crawling.inheritance import Inheritance
from newsdiff_crawler.fetching.headers import validators_of
from newsdiff_crawler.items import FeedEntry
from newsdiff_crawler.parsing.feeds import FeedError, Links, read_feed
from newsdiff_crawler.run import Run
from newsdiff_crawler.scheduling.schedule import after_feed_check
from newsdiff_crawler.store import Feed
from newsdiff_crawler.store.writing.hosts import BackOff
from newsdiff_crawler.urls import clean

logger = logging.getLogger(__name__)

SITEMAPS_OF_AN_INDEX = 10  # the first ones; publishers list the newest first


@dataclass(frozen=True)
class FeedNews:
    """What a check of a feed brought: the number of new and moved entries and of new sitemaps,
    and those sitemaps."""

    news: int = 0
    sitemaps: tuple[Feed, ...] = ()


class Discovery:
    """Of the articles of a run's source."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._source = run.source
        self._store = run.store
        self.inheritance = Inheritance(run)

    def claim(self, declared: Sequence[str], everything: bool) -> list[Feed]:
        """Those of the source's feeds, and of the sitemaps that they list, which this crawl is to
        ask for, and no other."""
        now = self._run.now()
        self._store.feeds.declare(self._source.name, declared, now)
        until = now + self._run.configuration.lease
        return self._store.feeds.claim(self._source.name, self._run_id(), now, until, everything)

    def read(self, response: Response, feed: Feed) -> FeedNews:
        """Takes in a feed's answer, whatever it is."""
        if response.status == 304:
            self._run.count("feeds_unchanged")
            self.inheritance.of_listed(feed)
            self._record(replace(feed, not_modified=feed.not_modified + 1), FeedNews(), response)
            return FeedNews()
        try:
            if response.status != 200:
                raise FeedError(f"HTTP {response.status}")
            links = read_feed(response.body)
        except FeedError as error:
            self.failed(feed, str(error))
            return FeedNews()
        articles = self._articles(links)
        self._run.count("listed", len(articles))
        feed_news = self._take_in(feed, links, articles)
        self._record(replace(feed, not_modified=0, listed=len(articles)), feed_news, response)
        return feed_news

    def failed(self, feed: Feed, reason: str) -> None:
        """Counts, records and reports a feed that could not be read."""
        logger.warning("%s: feed %s: %s", self._source.name, feed.url, reason)
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

    def _articles(self, links: Links) -> list[FeedEntry]:
        """A feed's articles, by clean URL; put together where one is listed twice."""
        listed: dict[str, list[FeedEntry]] = {}
        for entry in links.articles:
            try:
                url = clean(entry.url)
            except ValueError:  # not a URL at all
                continue
            if self._source.is_article(url):
                listed.setdefault(url, []).append(entry)
        return [_together(url, entries) for url, entries in listed.items()]

    def _take_in(self, feed: Feed, links: Links, articles: list[FeedEntry]) -> FeedNews:
        now = self._run.now()
        new = self._store.queue.track(self._source.name, (each.url for each in articles), now)
        moved = self._store.feeds.note(feed, articles, now)
        self.inheritance.of_listed(feed)
        self._run.count("found", new)
        self._run.count("hinted", moved)
        sitemaps: list[Feed] = []
        if feed.parent is None:
            listed = links.sitemaps[:SITEMAPS_OF_AN_INDEX]
            until = now + self._run.configuration.lease
            sitemaps = self._store.feeds.renew(feed, listed, self._run_id(), until)
        return FeedNews(new + (moved if feed.is_followed else 0) + len(sitemaps), tuple(sitemaps))

    def _record(self, feed: Feed, feed_news: FeedNews, response: Response) -> None:
        self._run.count("feeds_read")
        etag, last_modified = validators_of(response)
        if etag or last_modified:
            feed = replace(feed, etag=etag, last_modified=last_modified)
        schedule_state = after_feed_check(feed_news.news, feed.schedule_state, self._run.now())
        self._store.feeds.record(replace(feed, schedule_state=schedule_state), self._run.now())

    def _run_id(self) -> int:
        assert self._run.id is not None
        return self._run.id


def _together(url: str, entries: Sequence[FeedEntry]) -> FeedEntry:
    """One entry for a URL that is listed once or more; title and guid are the first stated."""
    return FeedEntry(
        url,
        "".join(sorted({entry.mark for entry in entries})),
        next((entry.title for entry in entries if entry.title), ""),
        next((entry.guid for entry in entries if entry.guid), ""),
    )
