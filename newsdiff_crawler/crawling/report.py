"""What a crawl came to: in the record, and as its last word to people."""

from __future__ import annotations

import logging
from typing import get_args

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from newsdiff_crawler.crawling.redesign import RedesignWatch
from newsdiff_crawler.items import Outcome
from newsdiff_crawler.run import Run
from newsdiff_crawler.source import Source
from newsdiff_crawler.store.trouble import FEWEST_JUDGED, trouble

logger = logging.getLogger(__name__)

FEEDS = ("feeds_read", "feeds_failed", "feeds_unchanged", "listed", "found")
NOTICED = ("changes", "placeholders", "read_generically")
COUNTS = (*FEEDS, "checks", *get_args(Outcome), "put_off", *NOTICED)


class RunReport:
    """Ends the run in the record, judges the source's health, and says what the run came to."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._report = ""
        self._left_out = ""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RunReport:
        """Scrapy's way to make an extension; none for a spider that is no source."""
        if not isinstance(crawler.spider, Source):
            raise NotConfigured
        report = cls(crawler)
        crawler.signals.connect(report.spider_closed, signals.spider_closed)
        crawler.signals.connect(report.engine_stopped, signals.engine_stopped)
        return report

    def spider_closed(self, reason: str) -> None:
        """Ends a run that has begun, and closes the record."""
        run = Run.of(self._crawler)
        assert run
        try:
            if run.id is not None:
                self._end(run, reason)
        finally:
            run.close()

    def _end(self, run: Run, reason: str) -> None:
        counts = run.counts(COUNTS)
        run.end(reason, counts, _judge(run, counts))
        next_due = run.store.queue.next_due(run.source.name)
        self._crawler.stats.set_value("newsdiff/next_due", next_due)
        self._report = summary(run.source.name, counts, next_due)
        left_out = str(run.store.feeds.reading(run.source.name).left_out)
        self._left_out = f"{run.source.name}: left out of its feeds: {left_out}" if left_out else ""

    def engine_stopped(self) -> None:
        """Prints the report after everything else, what was left out of the feeds first."""
        for line in filter(None, (self._left_out, self._report)):
            logger.info(line)


def _judge(run: Run, counts: dict[str, int]) -> str | None:
    """What is wrong with the source; an ERROR when it begins, a word when it is over."""
    source, runs = run.source, run.store.runs
    tracked, quiet = runs.quiet(source.name, run.now())
    feeds = run.store.feeds.reading(source.name)
    last = runs.last_checks(source.name, counts, FEWEST_JUDGED)
    due = runs.last_due(source.name, counts)
    clock = run.clock_fault()
    flood = _flood(run)
    watch = RedesignWatch.of(run.crawler)
    redesign = watch.said if watch else None
    unwell = trouble(due, feeds, last, source.min_articles, tracked, quiet, clock, redesign, flood)
    before = runs.last_trouble(source.name)
    if unwell and not before:
        logger.error("%s is unwell: %s", source.name, unwell)
    elif unwell:
        logger.info("%s is still unwell: %s", source.name, unwell)
    elif before:
        logger.info("%s is well again (it was unwell: %s)", source.name, before)
    return unwell


def _flood(run: Run) -> str | None:
    """Whether the source's feeds list more new articles than a day may bring."""
    if run.room_for_new():
        return None
    most = run.configuration.new_per_day
    return f"its feeds list more than {most} new articles in a day: the rest is not tracked yet"


def summary(source: str, counts: dict[str, int], next_due: str | None) -> str:
    """The report for people.

    >>> print(summary("bbc", dict.fromkeys(COUNTS, 0), None))
    bbc: nothing was checked; nothing is due later
    """
    due = f"next check due {next_due}" if next_due else "nothing is due later"
    if counts["put_off"]:
        due = f"{counts['put_off']} put off; {due}"
    if not counts["checks"]:
        return f"{source}: nothing was checked; {due}"
    outcomes = [f"{counts[name]} {name}" for name in get_args(Outcome) if counts[name]]
    articles = "article" if counts["checks"] == 1 else "articles"
    return f"{source}: checked {counts['checks']} {articles}: {', '.join(outcomes)}; {due}"
