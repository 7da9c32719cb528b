"""What a crawl came to: in the record, and as its last word to people."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import get_args

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from newsdiff_crawler.crawling.redesign import RedesignWatch
from newsdiff_crawler.crawling.screen import as_shown, level_of
from newsdiff_crawler.exit_status import ExitStatus
from newsdiff_crawler.fetching.host_limits import HostLimits, Reached
from newsdiff_crawler.items import Outcome
from newsdiff_crawler.parsing import Parser
from newsdiff_crawler.run import Run
from newsdiff_crawler.source import Source
from newsdiff_crawler.store import RecordFailedError
from newsdiff_crawler.store.trouble import FEWEST_JUDGED, trouble

logger = logging.getLogger(__name__)

FEEDS = ("feeds_read", "feeds_failed", "feeds_unchanged", "listed", "found")
NOTICED = ("changes", "placeholders", "read_generically")
COUNTS = (*FEEDS, "checks", *get_args(Outcome), "put_off", *NOTICED)
UNREACHED = (
    "No host could be reached: is there a network? The next crawl tries again at once. "
    "Nothing waits for so long as was said above."
)
OUTCOMES = ("new", "changed", "unchanged", "not there", "gone", "blocked", "failed")
READ = ("feeds_read", "feeds_unchanged", "new", "changed", "unchanged", "gone")


class RunReport:
    """Ends the run in the record, judges the source's health, and says what the run came to."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._lines: list[str] = []

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
        if run.is_over:
            return
        run.is_over = True
        try:
            if run.failure and run.id is not None:
                run.end(reason, run.counts(COUNTS), f"the record failed: {run.failure}")
            elif run.id is not None:
                self._end(run, reason)
        except RecordFailedError:
            pass  # that was said; the next crawl ends this run, and gives back what it had claimed
        finally:
            run.close()

    def _end(self, run: Run, reason: str) -> None:
        counts = run.counts(COUNTS)
        gone = run.counts(["gone_for_good"])["gone_for_good"]
        limits = HostLimits.of(run.crawler)
        nobody = _reached_nobody(run, limits.reached)
        unwell = _judge(run, counts)
        run.end(reason, counts, unwell)
        if nobody:
            run.undo_waits(limits.back_offs.begun)
            self._lines.append(f"{run.source.name}: {UNREACHED}")
        run.exit_status = run.exit_status or exit_status(reason, counts, unwell)
        next_due = run.store.queue.next_due(run.source.name)
        self._crawler.stats.set_value("newsdiff/next_due", next_due)
        name = run.source.name
        left_out = str(run.store.feeds.reading(name).left_out)
        if left_out:
            self._lines.append(f"{name}: left out of its feeds: {left_out}")
        self._lines.append(summary(name, counts, next_due, gone))
        run.has_news = bool(counts["new"] or counts["changed"])
        run.tend()

    def engine_stopped(self) -> None:
        """Prints the report after everything else, also where only warnings are wanted."""
        level = min(max(logging.INFO, level_of(self._crawler.settings)), logging.WARNING)
        for line in self._lines:
            logger.log(level, line, extra=as_shown(line))


def _reached_nobody(run: Run, reached: Reached) -> bool:
    """Whether it is likely that the fault is on our side: no host could be reached from here; or
    none answered, of a source that never did. It is not where others could be read since the
    source's last crawl, which read nothing either."""
    if reached.answered or not (reached.unreached or reached.silent):
        return False
    name, runs = run.source.name, run.store.runs
    if reached.silent and runs.ever_read(name):
        return False
    return not runs.only_others_read(name)


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
    unfit = _unfit(run)
    wrong = trouble(
        due, feeds, last, source.min_articles, tracked, quiet, clock, redesign, flood, unfit
    )
    muted = run.store.muting.judge(source.name, run.now())
    unwell = "; ".join(filter(None, (wrong, muted))) or None
    before = runs.last_trouble(source.name)
    if unwell and not before:
        logger.error("%s is unwell: %s", source.name, unwell)
    elif unwell:
        logger.info("%s is still unwell: %s", source.name, unwell)
    elif before:
        logger.info("%s is well again (it was unwell: %s)", source.name, before)
    return unwell


def _unfit(run: Run) -> str | None:
    """Which selector of the newest parser matches nothing, on pages of this crawl and before."""
    source, known = run.source, run.store.selectors
    newest = next(iter(source.parsers), Parser)
    watched = newest.watched_selectors()
    (pages,) = run.counts(["read_by_newest"]).values()
    missed = {hook: run.counts([f"unmatched_{hook}"])[f"unmatched_{hook}"] for hook in watched}
    if pages:
        known.note(source.name, newest.name, watched, pages, missed)
    return known.unfit(source.name, newest.name, watched)


def _flood(run: Run) -> str | None:
    """Whether the source's feeds list more new articles than a day may bring."""
    if run.room_for_new():
        return None
    most = run.configuration.new_per_day
    return f"its feeds list more than {most} new articles in a day: the rest is not tracked yet"


def exit_status(reason: str, counts: Mapping[str, int], unwell: str | None) -> ExitStatus:
    """What scripts are told of a run that ended for a reason of Scrapy's."""
    asked = sum(counts[name] for name in ("feeds_read", "feeds_failed", "feeds_unchanged"))
    asked += counts["checks"] + counts["put_off"]
    if reason == "shutdown":
        return ExitStatus.INTERRUPTED
    if asked and not any(counts[name] for name in READ):
        return ExitStatus.NOTHING_READ
    return ExitStatus.UNWELL if unwell else ExitStatus.DONE


def summary(source: str, counts: Mapping[str, int], next_due: str | None, gone: int = 0) -> str:
    """The report for people. ``gone``: how many of those that were not there are gone for good.

    >>> print(summary("bbc", dict.fromkeys(COUNTS, 0), None))
    bbc: nothing was checked; nothing is due later
    """
    due = f"next check due {next_due}" if next_due else "nothing is due later"
    if counts["put_off"]:
        due = f"{counts['put_off']} put off; {due}"
    if not counts["checks"]:
        return f"{source}: nothing was checked; {due}"
    named = {**counts, "not there": counts["gone"] - gone, "gone": gone}
    outcomes = [f"{named[name]} {name}" for name in OUTCOMES if named[name]]
    articles = "article" if counts["checks"] == 1 else "articles"
    return f"{source}: checked {counts['checks']} {articles}: {', '.join(outcomes)}; {due}"
