"""The way of a fetched page into the record: identify (in `identify`), judge, store.

Each pipeline passes on what it was given, or what that amounts to. Only the last one writes
versions and checks. What is none of ours passes through all of them.
"""

from __future__ import annotations

import logging
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem
from typing_extensions import Self

from newsdiff_crawler.budget import CutShort, OverBudget
from newsdiff_crawler.crawling.candidate import Candidate
from newsdiff_crawler.crawling.judging import as_check, judge
from newsdiff_crawler.crawling.redesign import RedesignWatch
from newsdiff_crawler.crawling.screen import as_shown
from newsdiff_crawler.crawling.telling import refused, told
from newsdiff_crawler.diff import LOOKS, restless
from newsdiff_crawler.items import Check, FetchedPage, NewVersion, Outcome
from newsdiff_crawler.run import Run
from newsdiff_crawler.scheduling.schedule import FAILURE_WAIT, ScheduleState, after_check
from newsdiff_crawler.store import (
    DatabaseError,
    NoSuchArticleError,
    StaleVersionError,
    Store,
)
from newsdiff_crawler.times import from_iso, to_iso

logger = logging.getLogger(__name__)


class Pipeline:
    """What all of them share."""

    def __init__(self, run: Run | None) -> None:
        self._run = run

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make a pipeline."""
        return cls(Run.of(crawler))

    def process_item(self, item: Any) -> Any:
        """Scrapy's way to ask a pipeline. A fault of ours is a failed check of that article, and
        ends nothing else. What the end of the crawl cuts short is due again."""
        try:
            return self.process(item)
        except (DropItem, DatabaseError):
            raise
        except CutShort:
            raise DropItem("the crawl is to end", log_level="DEBUG") from None
        except OverBudget as over:
            return as_check(_fetched(item), "failed", str(over))
        except Exception:
            fetched = _fetched(item)
            if not isinstance(fetched, FetchedPage):
                raise
            logger.exception("%s: %s: a fault of ours", fetched.source, fetched.url)
            return as_check(fetched, "failed", "a fault of ours: see the log")

    def process(self, item: Any) -> Any:
        """What an item amounts to."""
        raise NotImplementedError

    @property
    def run(self) -> Run:
        """The owner of the crawl."""
        assert self._run
        return self._run

    @property
    def store(self) -> Store:
        """The record."""
        return self.run.store


def _fetched(item: Any) -> Any:
    """What a pipeline was given, as it was fetched."""
    return item.fetched if isinstance(item, Candidate) else item


class Judge(Pipeline):
    """Decides what a text comes to."""

    def process(self, item: Any) -> Any:
        if not isinstance(item, Candidate):
            return item
        informed = item if item.is_first or item.is_known else self._informed(item)
        judged = self.run.budget.spend_on(lambda: judge(informed))
        read_before = (item.latest.parser, item.latest.reading)
        if isinstance(judged, Check) and judged.read_by not in (None, read_before):
            self.run.count("read_alike")
        return judged

    def _informed(self, candidate: Candidate) -> Candidate:
        """With what is known of the source's boilerplate, and of the page itself."""
        fetched = candidate.fetched
        boilerplate = self.store.boilerplate.among(
            fetched.source,
            fetched.article_id,
            candidate.changed_blocks(),
            from_iso(fetched.fetched_at),
        )
        looks = self.store.texts_of_last_looks(fetched.article_id, LOOKS)
        moving = restless([*looks, fetched.page.blocks()])
        return candidate.informed(boilerplate, moving) if boilerplate or moving else candidate


class StoreVersion(Pipeline):
    """Writes the new version, or the check, with the time of the next check."""

    def process(self, item: Any) -> Any:
        """A new version goes on as a dictionary, for exports; a check ends here."""
        if isinstance(item, Check):
            self._record(item)
            raise DropItem(f"{item.url}: {item.outcome}: {item.reason}", log_level="DEBUG")
        if isinstance(item, NewVersion):
            self._add(item)
            return exported(item)
        return item

    def _add(self, version: NewVersion) -> None:
        fetched = version.fetched
        now = from_iso(fetched.fetched_at)
        kept = self.run.keep(fetched.exchange, fetched.article_id)
        version = replace(version, snapshot=kept)
        try:
            self.store.add_version(version, after_check(_real(version), _before(version), now))
        except StaleVersionError:
            self.store.queue.make_due(fetched.source, now, fetched.url)
            reason = "another crawl was first, or it was taken down"
            raise DropItem(f"{fetched.url}: {reason}", log_level="DEBUG") from None
        except NoSuchArticleError:
            raise dropped(self.store, fetched) from None
        if version.boilerplate:
            self._judge_anew(version, now)
        if version.restless:
            self.store.reassessing.for_restless(
                fetched.article_id, version.number, version.restless
            )
        self._count("new" if version.number == 1 else "changed")
        if version.is_change and self._counts_still(version):
            self.run.count("changes")
            self._watch(version)
        self._tell(version)

    def _tell(self, version: NewVersion) -> None:
        fetched, what = version.fetched, told(version)
        mark = "+" if version.number == 1 else "~"
        message = "%s: %s: version %d: %s"
        said = (fetched.source, fetched.url, version.number, what)
        logger.info(message, *said, extra=as_shown(what, mark, fetched.source))

    def _counts_still(self, version: NewVersion) -> bool:
        """Without what a redesign set on the pages."""
        fetched, texts = version.fetched, (version.latest.blocks(), version.fetched.page.blocks())
        boxes = self.store.reassessing
        return boxes.for_boxes(fetched.source, fetched.article_id, version.number, texts)

    def _watch(self, version: NewVersion) -> None:
        """Whether this is one change too many."""
        watch = RedesignWatch.of(self.run.crawler)
        if watch:
            watch.hold(version.fetched.article_id, version.number)

    def _judge_anew(self, version: NewVersion, now: datetime) -> None:
        """What is the source's on this page was so on those of the last hours."""
        source = version.fetched.source
        for seen in self.store.boilerplate.learn(source, sorted(version.boilerplate), now):
            self.store.reassessing.for_boilerplate(source, seen.article_id, seen.number, now)

    def _record(self, check: Check) -> None:
        now = from_iso(check.checked_at)
        check = replace(check, snapshot=self.run.keep(check.exchange, check.article_id))
        try:
            before = self.store.schedule_state(check.article_id)
            if check.is_trial and check.outcome != "unchanged":
                self._refuse(check, before, now)
                return
            after = after_check(check.outcome, before, now, check.reason, check.is_absent)
            after = not_before(after, now, check.retry_after)
            self.store.record_check(check, after)
            if _left_its_address(check, before):
                self.store.addresses.fall_back(check.article_id, check.checked_at)
        except NoSuchArticleError:
            raise DropItem(f"{check.url}: {MERGED}", log_level="DEBUG") from None
        self._count(check.outcome)
        if check.outcome == "gone" and after.state == "gone":
            self.run.count("gone_for_good")
        if check.outcome != "unchanged":
            why = refused(check, after, now)
            shown = as_shown(f"{check.source}: {check.url}: {why}", "!")
            logger.warning("%s: %s: %s", check.source, check.url, why, extra=shown)

    def _refuse(self, check: Check, before: ScheduleState, now: datetime) -> None:
        """Another address than the article's did not show its story. Its own is asked next, at once
        unless that just failed."""
        due = now + FAILURE_WAIT if before.failures else now
        reason = f"{check.outcome}: {check.reason}"
        self.store.addresses.refuse(
            check.article_id, check.url, reason, check.checked_at, to_iso(due)
        )
        if check.snapshot:
            self.store.snapshots.add(check.snapshot, check.article_id, check.outcome, check.reason)
        logger.info("%s: %s: tried in vain: %s", check.source, check.url, reason)

    def _count(self, outcome: Outcome) -> None:
        self.run.count("checks")
        self.run.count(outcome)


MERGED = "is part of another article's record by now"


def dropped(store: Store, fetched: FetchedPage) -> DropItem:
    """Another crawl just merged the article into another one; that one is checked next."""
    store.queue.make_due(fetched.source, from_iso(fetched.fetched_at), fetched.url)
    return DropItem(f"{fetched.url}: {MERGED}", log_level="DEBUG")


def _left_its_address(check: Check, before: ScheduleState) -> bool:
    """Whether the story is no longer where it was at the last check."""
    return not before.failures and (check.outcome == "gone" or check.is_absent)


def _real(version: NewVersion) -> Outcome:
    """What the schedule goes by."""
    if version.number == 1:
        return "new"
    return "changed" if version.is_change else "unchanged"


def _before(version: NewVersion) -> ScheduleState:
    """With the date that the page states now."""
    before, published_at = version.latest.schedule_state, version.fetched.page.published_at
    return replace(before, published_at=from_iso(published_at)) if published_at else before


def not_before(state: ScheduleState, now: datetime, retry_after: int | None) -> ScheduleState:
    """The state with no check sooner than the server asked for, in seconds from now."""
    due = state.next_check_at
    if retry_after is None or due is None:
        return state
    return replace(state, next_check_at=max(due, now + timedelta(seconds=retry_after)))


def exported(version: NewVersion) -> dict[str, Any]:
    """A version as ``scrapy crawl -O out.jsonl`` writes it."""
    fetched, page = version.fetched, version.fetched.page
    return {
        "source": fetched.source,
        "article_id": fetched.article_id,
        "url": fetched.url,
        "version": version.number,
        "fetched_at": fetched.fetched_at,
        "title": page.title,
        "standfirst": page.standfirst,
        "authors": page.authors,
        "published_at": page.published_at,
        "modified_at": page.modified_at,
        "canonical_url": page.canonical_url,
        "moved_from": fetched.moved_from,
        "body": [{"kind": block.kind, "text": block.text} for block in page.body],
        "parser": page.parser,
        "body_hash": fetched.body_hash,
        "content_hash": fetched.content_hash,
        "words_hash": version.words_hash,
        "etag": fetched.etag,
        "last_modified": fetched.last_modified,
        "words": fetched.words,
        "changes": asdict(version.changes) if version.changes else None,
        "labels": [*version.labels],
        "summary": version.summary,
        "minor": version.minor,
    }
