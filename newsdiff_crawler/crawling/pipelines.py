"""The way of an article into the record: validate, identify, deduplicate, doubt, count, store.

Each pipeline passes on what it was given, or turns an article that brings nothing new into the
check that it amounts to. Only the last one writes versions and checks.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime, timedelta

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from newsdiff_crawler.crawling.spider import NewsSpider
from newsdiff_crawler.diff import compare, summarise
from newsdiff_crawler.items import Article, Check, Outcome
from newsdiff_crawler.scheduling.schedule import ScheduleState, after_check
from newsdiff_crawler.store import ArticleGoneError, StaleVersionError, Store
from newsdiff_crawler.text import content_hash, words, words_hash
from newsdiff_crawler.times import from_iso

logger = logging.getLogger(__name__)


class Pipeline:
    """What all of them share: the crawl's spider and its store."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Pipeline:
        """Scrapy's way to make a pipeline."""
        return cls(crawler)

    @property
    def spider(self) -> NewsSpider:
        assert isinstance(self.crawler.spider, NewsSpider)
        return self.crawler.spider

    @property
    def store(self) -> Store:
        return self.spider.store

    def process_item(self, item: Article | Check) -> Article | Check:
        """What happens to an article is each pipeline's one job. Drops what was made for an article
        that another crawl just found to be part of another one; that one is checked next."""
        try:
            if isinstance(item, Check):
                return self.process_check(item)
            return self.process_article(item)
        except ArticleGoneError:
            if isinstance(item, Article):
                self.store.queue.make_due(item.source, from_iso(item.fetched_at), item.url)
            reason = "is part of another article's record by now"
            raise DropItem(f"{item.url}: {reason}", log_level="DEBUG") from None

    def process_article(self, article: Article) -> Article | Check:
        raise NotImplementedError

    def process_check(self, check: Check) -> Check:
        """Lets it pass."""
        return check


class Validate(Pipeline):
    """Only real text makes a version: an article has a headline and a body."""

    def process_article(self, article: Article) -> Article | Check:
        if not article.title:
            return as_check(article, "failed", "no headline")
        if not any(block.text for block in article.body):
            return as_check(article, "failed", "no text")
        return article


class Identify(Pipeline):
    """Finds the tracked article that a page belongs to, by its canonical URL."""

    def process_article(self, article: Article) -> Article | Check:
        moves = self.store.identities
        article.article_id = moves.settle(
            article.article_id, article.url, article.fetched_at, article.moved_from
        )
        if article.moved_from and not moves.has(article.article_id, article.url):
            article.etag = article.last_modified = article.body_hash = None  # the other's
            return as_check(
                article, "unchanged", f"leads to {article.url}, which has its own record"
            )
        return article


class Deduplicate(Pipeline):
    """Turns a text that the record holds already into an unchanged check."""

    def process_article(self, article: Article) -> Article | Check:
        texts = [block.text for block in article.blocks()]
        article.content_hash = content_hash(texts)
        latest = self.store.latest(article.article_id)
        if article.content_hash == latest.seen_hash:
            return as_check(article, "unchanged", "same text")
        earlier = self.store.versions_with(article.article_id, article.content_hash)
        if len(earlier) > 1:
            check = as_check(article, "unchanged", f"to the text of version {earlier[-1]}")
            check.seen_hash = article.content_hash
            return check
        article.version = latest.number + 1
        article.words_hash = words_hash(texts)
        article.words = sum(len(words(text)) for text in texts)
        return article


class Doubt(Pipeline):
    """Believes a text that lost more than half of its words when it is seen a second time.

    Pages cut off on the way and bodies that a parser lost look like that; true ones stay so.
    """

    def process_article(self, article: Article) -> Article | Check:
        latest = self.store.latest(article.article_id)
        if latest.unconfirmed or article.words * 2 >= (latest.words or 0):
            return article
        reason = f"{latest.words} words shrank to {article.words}: believed if seen again"
        check = as_check(article, "failed", reason)
        check.unconfirmed = True
        return check


class CountChanges(Pipeline):
    """Counts and names what changed since the version before."""

    def process_article(self, article: Article) -> Article:
        if article.version > 1:
            before = self.store.blocks(article.article_id, article.version - 1)
            changed = summarise(compare(before, article.blocks()))
            article.changes, article.summary = changed.counts, changed.sentence
            article.labels = [label.name for label in changed.labels]
        return article


class StoreVersion(Pipeline):
    """Writes the new version, or the check, with the time of the next check."""

    def process_check(self, check: Check) -> Check:
        self._record(check)
        raise DropItem(f"{check.url}: {check.outcome}: {check.reason}", log_level="DEBUG")

    def process_article(self, article: Article) -> Article:
        outcome: Outcome = "new" if article.version == 1 else "changed"
        now = from_iso(article.fetched_at)
        real: Outcome = "changed" if self.store.is_real_change(article) else "unchanged"
        schedule_state = after_check(
            outcome if outcome == "new" else real, self._before(article), now
        )
        try:
            self.store.add_version(article, schedule_state)
        except StaleVersionError:
            self.store.queue.make_due(article.source, now, article.url)
            reason = "another crawl was first, or it was taken down"
            raise DropItem(f"{article.url}: {reason}", log_level="DEBUG") from None
        self._count(outcome)
        logger.info("%s: %s: version %d", article.source, article.url, article.version)
        return article

    def _before(self, article: Article) -> ScheduleState:
        before = self.store.schedule_state(article.article_id)
        published_at = article.published_at
        return replace(before, published_at=from_iso(published_at)) if published_at else before

    def _record(self, check: Check) -> None:
        before = self.store.schedule_state(check.article_id)
        now = from_iso(check.checked_at)
        schedule_state = after_check(check.outcome, before, now, check.reason)
        schedule_state = not_before(schedule_state, now, check.retry_after)
        self.store.record_check(check, schedule_state)
        self._count(check.outcome)
        if check.outcome != "unchanged":
            logger.warning("%s: %s: %s: %s", check.source, check.url, check.outcome, check.reason)

    def _count(self, outcome: Outcome) -> None:
        self.spider.count("checks")
        self.spider.count(outcome)


def not_before(
    schedule_state: ScheduleState, now: datetime, retry_after: int | None
) -> ScheduleState:
    """The standing with no check sooner than the server asked for, in seconds from now."""
    due = schedule_state.next_check_at
    if retry_after is None or due is None:
        return schedule_state
    return replace(schedule_state, next_check_at=max(due, now + timedelta(seconds=retry_after)))


def as_check(article: Article, outcome: Outcome, reason: str) -> Check:
    """The check that a check of this article amounts to when its text is not stored."""
    check = Check(
        source=article.source,
        url=article.url,
        article_id=article.article_id,
        outcome=outcome,
        checked_at=article.fetched_at,
        reason=reason,
    )
    if outcome == "unchanged":
        check.etag, check.last_modified = article.etag, article.last_modified
        check.body_hash = article.body_hash
    return check
