"""One crawl of one source, and its only owner: the record, the clock, the source, the counters."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cached_property

from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from newsdiff_crawler.archive.archive import Archive, ArchiveError
from newsdiff_crawler.archive.letting_go import let_go
from newsdiff_crawler.borrowed import slowest_delay
from newsdiff_crawler.budget import Budget
from newsdiff_crawler.configuration import configured
from newsdiff_crawler.exit_status import ExitStatus
from newsdiff_crawler.items import Exchange, Snapshot
from newsdiff_crawler.source import Source
from newsdiff_crawler.store import Claim, RecordFailedError, Store, StoreError
from newsdiff_crawler.store.engine import write_failure
from newsdiff_crawler.telling.routes import routes_in
from newsdiff_crawler.times import to_iso, utc_now

FIRST_PORTION = 5
RECORD_FAILED = object()  # a signal of Scrapy's kind, sent once

logger = logging.getLogger(__name__)


class Run:
    """An extension, which the crawls of sources have. Other spiders have none: `Run.of` is None
    for them, and nothing is recorded."""

    def __init__(self, crawler: Crawler, source: Source) -> None:
        self.crawler = crawler
        self.source = source
        self.id: int | None = None  # in the record, once begun
        self.claimed: list[int] = []  # articles
        self.asked: list[int] = []  # feeds
        self.exit_status = ExitStatus.DONE  # of the command, once the run has ended
        self.has_news = False  # whether it brought a version, once it has ended
        self.failure: str | None = None  # why the record can no longer be used
        self.is_idle = False  # nothing is asked for: the clock is behind
        self.is_over = False  # it was closed, which may be said twice where a signal cuts it off
        self.is_cut_off = False  # what is under way is not waited for, and may write to the end
        self.configuration = configured(crawler.settings)
        self.budget = Budget(self.configuration.reading_seconds)
        self._started = time.monotonic()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Run:
        """Scrapy's way to make an extension."""
        if not isinstance(crawler.spider, Source):
            raise NotConfigured
        return cls(crawler, crawler.spider)

    @classmethod
    def of(cls, crawler: Crawler) -> Run | None:
        """The run of a crawl, from the moment on at which Scrapy makes its middlewares."""
        return crawler.get_extension(cls)

    @cached_property
    def store(self) -> Store:
        """The record, opened when it is first asked for. Raises RecordFailedError where it cannot
        be."""
        try:
            store = Store.open(self.configuration.data)
        except StoreError as error:
            failure = RecordFailedError(str(error))
            self._fail(failure)
            raise failure from error
        store.db.on_failure = self._fail
        store.outbox.routes = routes_in(self.configuration.data, self.configuration.hub)
        store.copies.is_wanted = bool(self.configuration.wayback)
        return store

    def _fail(self, failure: RecordFailedError) -> None:
        """The end of a run whose record can no longer be used: nothing more is asked for."""
        if self.failure is None:
            self.failure = str(failure)
            self.exit_status = ExitStatus.NO_RECORD
            self.crawler.signals.send_catch_log(RECORD_FAILED)

    @cached_property
    def archive(self) -> Archive:
        """Of pages."""
        return Archive(self.configuration.data, machine=self.configuration.node)

    def keep(self, exchange: Exchange | None, article_id: int) -> Snapshot | None:
        """Keeps what was answered for an article; None where nothing was, or the archive is off.
        Raises RecordFailedError where it cannot be kept."""
        if exchange is None or not self.configuration.archive:
            return None
        try:
            return self.archive.keep(
                exchange,
                self.source.name,
                lambda body: self.store.snapshots.with_body(article_id, body),
                lambda: self.store.erasures.may_keep(article_id, exchange.url),
            )
        except ArchiveError as error:
            failure = RecordFailedError(str(error))
            self._fail(failure)
            raise failure from error

    def now(self) -> datetime:
        """The present moment, or what NEWSDIFF_NOW declares it to be."""
        return self.configuration.now or utc_now()

    def count(self, name: str, number: int = 1) -> None:
        """Adds to one of the run's counters: a Scrapy stat, ``newsdiff/<name>``."""
        self.crawler.stats.inc_value(f"newsdiff/{name}", number)

    def counts(self, names: Iterable[str]) -> dict[str, int]:
        """The counters with these names; 0 for one that nothing was added to."""
        return {name: self.crawler.stats.get_value(f"newsdiff/{name}", 0) for name in names}

    def room_for_new(self) -> int:
        """How many new articles may still be tracked, of those of 24 hours."""
        since = to_iso(self.now() - timedelta(days=1))
        before = self.store.runs.found_since(self.source.name, since)
        (found,) = self.counts(("found",)).values()
        return max(0, self.configuration.new_per_day - before - found)

    def begin(self) -> int:
        """Enters the run in the record; its id there. The schedule learns once a day before, and
        what a wrong clock left behind is put right. Where the clock is behind now, nothing is
        done."""
        name, now, set_to = self.source.name, self.now(), self.configuration
        verdict = self.store.clock.judge(name, now)
        self.is_idle = verdict == "is behind"
        if not self.is_idle:
            self.store.tuning.tune(now, set_to.checks_per_article, set_to.checks_per_hour)
            self.store.runs.end_killed_runs(to_iso(now))  # what they held is put right, too
            said = self.store.clock.put_right(name, now, verdict)
            if said:
                logger.warning("%s: the clock was wrong (%s); due times were put right", name, said)
        self.store.sources.describe(self.source.publisher())
        self.id = self.store.runs.start(name, to_iso(now), self.configuration.node)
        write_failure.forget(self.configuration.data)
        return self.id

    def clock_fault(self) -> str | None:
        """What is wrong with the clock, or was lately; None: nothing."""
        if self.is_idle:
            return f"the clock is behind ({to_iso(self.now())}): nothing was checked"
        return self.store.clock.fault(self.source.name, self.now())

    def claim(self, url: str | None = None) -> list[Claim]:
        """The next portion of due articles, or the one at a URL; none before the run has begun,
        after NEWSDIFF_CRAWL_MINUTES, and once the record failed."""
        minutes = (time.monotonic() - self._started) / 60
        if (
            self.failure
            or self.id is None
            or self.is_idle
            or self.budget.is_over
            or minutes > self.configuration.crawl_minutes
        ):
            return []
        now = self.now()
        self.store.runs.is_alive(self.id, to_iso(now))
        claims = self.store.queue.claim(
            self.source.name, self.id, now, self._portion(), self.configuration.lease, url
        )
        self.claimed += [claim.article_id for claim in claims]
        return claims

    def _portion(self) -> int:
        """As many articles as can be asked for within half the lease, however slowly their hosts
        want to be asked; the first few show how slowly."""
        portion = self.configuration.portion
        if not self.claimed:
            return min(portion, FIRST_PORTION)
        slowest = slowest_delay(self.crawler)
        if not slowest:
            return portion
        return max(1, min(portion, int(self.configuration.lease.total_seconds() / 2 / slowest)))

    def give_back(self, claim: Claim, due: datetime) -> None:
        """Gives back an article that was not checked; it is due at that moment."""
        assert self.id is not None
        self.store.queue.give_back(claim.article_id, self.id, due)

    def end_within(self, seconds: float) -> None:
        """From a signal's handler: no more readings, and other writers are waited for no longer
        than so."""
        self.budget.end()
        if "store" in vars(self):
            self.store.db.waits_until = time.monotonic() + seconds

    def undo_waits(self, hosts: Iterable[str]) -> None:
        """Makes all that was asked for due again, and ends what was decided about hosts: no host
        was reached, and so nothing was learned."""
        now = to_iso(self.now())
        self.store.runs.make_due(self.claimed, self.asked, now)
        self.store.hosts.take_back(self.source.name, hosts, now)

    def tend(self) -> None:
        """A little of what keeps the record fast and the archive small. An archive that lets
        nothing go costs a line. A crawl that is told to end leaves it to the next one. Raises
        RecordFailedError."""
        if self.budget.is_over:
            return
        days, now = self.configuration.unchanged_days, self.now()
        self.store.db.tend()
        if days:
            before = to_iso(now - timedelta(days=days))
            files, name = self.archive.files, self.source.name
            try:
                let_go(files, self.store, name, before, to_iso(now))
            except OSError as error:
                logger.warning("%s: no page of old was let go: %s", name, error)

    def end(self, reason: str, counts: dict[str, int], unwell: str | None) -> None:
        """Ends the run in the record. ``unwell``: what is wrong with the source, None: nothing."""
        assert self.id is not None
        self.store.runs.finish(self.id, to_iso(self.now()), reason, counts, unwell)

    def close(self) -> None:
        """Lets go of the record and the archive, if they were opened."""
        if self.is_cut_off:
            return
        try:
            if "archive" in vars(self):
                self.archive.close()
        finally:
            if "store" in vars(self):
                self.store.close()
