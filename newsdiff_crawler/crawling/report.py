"""What happens around a crawl: progress while it runs, the report at its end."""

from __future__ import annotations

import logging
import sys
from typing import TextIO, get_args

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from newsdiff_crawler.crawling.spider import NewsSpider
from newsdiff_crawler.items import Outcome
from newsdiff_crawler.store.reading.trouble import FEWEST_JUDGED, trouble
from newsdiff_crawler.times import to_iso

logger = logging.getLogger(__name__)

FEEDS = ("feeds_read", "feeds_failed", "feeds_unchanged", "listed", "found")
COUNTS = (*FEEDS, "checks", *get_args(Outcome), "put_off")


class RunReport:
    """Writes the run to the record and, as the crawl's last word, tells people what it came to."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.report = ""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RunReport:
        """Scrapy's way to make an extension."""
        report = cls(crawler)
        crawler.signals.connect(report.spider_closed, signals.spider_closed)
        crawler.signals.connect(report.engine_stopped, signals.engine_stopped)
        return report

    def spider_closed(self, spider: NewsSpider, reason: str) -> None:
        """Ends the run in the record, and closes it."""
        assert self.crawler.stats
        counts = {name: self.crawler.stats.get_value(f"newsdiff/{name}", 0) for name in COUNTS}
        if spider.run is not None:
            unwell = self._judge(spider, counts)
            spider.store.runs.finish(spider.run, to_iso(spider.now()), reason, counts, unwell)
        next_due = spider.store.queue.next_due(spider.name)
        self.crawler.stats.set_value("newsdiff/next_due", next_due)
        self.report = summary(spider.name, counts, next_due)
        spider.store.close()

    def _judge(self, spider: NewsSpider, counts: dict[str, int]) -> str | None:
        """What is wrong with the source; an ERROR when it begins, a word when it is over."""
        tracked, quiet = spider.store.runs.quiet(spider.name, spider.now())
        feeds = spider.store.feeds.reading(spider.name)
        last = spider.store.runs.last_checks(spider.name, counts, FEWEST_JUDGED)
        due = spider.store.runs.last_due(spider.name, counts)
        unwell = trouble(due, feeds, last, spider.min_articles, tracked, quiet)
        before = spider.store.runs.last_trouble(spider.name)
        if unwell and not before:
            logger.error("%s is unwell: %s", spider.name, unwell)
        elif unwell:
            logger.info("%s is still unwell: %s", spider.name, unwell)
        elif before:
            logger.info("%s is well again (it was unwell: %s)", spider.name, before)
        return unwell

    def engine_stopped(self) -> None:
        """Prints the report after everything else."""
        if self.report:
            logger.info(self.report)


class ProgressBar:
    """A bar on the terminal: how many of the due articles were checked, and what was found."""

    def __init__(self, stream: TextIO) -> None:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        found = TextColumn("{task.fields[found]}")
        console = Console(file=stream)
        self.progress = Progress(*columns, found, console=console, transient=True)
        self.handlers: list[logging.StreamHandler[TextIO]] = []

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ProgressBar:
        """Scrapy's way to make an extension; none where nobody looks."""
        if not sys.stderr.isatty() or crawler.settings["LOG_FILE"]:
            raise NotConfigured
        bar = cls(sys.stderr)
        crawler.signals.connect(bar.spider_opened, signals.spider_opened)
        for signal in (signals.item_scraped, signals.item_dropped):
            crawler.signals.connect(bar.looked, signal)
        crawler.signals.connect(bar.spider_closed, signals.spider_closed)
        return bar

    def spider_opened(self, spider: NewsSpider) -> None:
        """Shows the bar, below the lines of the log."""
        self.task = self.progress.add_task(spider.name, total=None, found="")
        self.progress.start()
        for handler in logging.root.handlers:
            if isinstance(handler, logging.StreamHandler) and handler.stream is not sys.stderr:
                handler.setStream(sys.stderr)  # which the bar has made its own

    def looked(self, spider: NewsSpider) -> None:
        """Identities the bar on."""
        assert spider.crawler.stats
        counts = {name: spider.crawler.stats.get_value(f"newsdiff/{name}", 0) for name in COUNTS}
        found = f"{counts['new']} new, {counts['changed']} changed, {counts['failed']} failed"
        done = counts["checks"]
        self.progress.update(self.task, completed=done, total=spider.claimed, found=found)

    def spider_closed(self) -> None:
        """Takes the bar away; what is left is the report."""
        self.progress.stop()


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
