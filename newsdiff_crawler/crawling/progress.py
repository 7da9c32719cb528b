"""A bar on the terminal while a crawl runs."""

from __future__ import annotations

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from newsdiff_crawler.crawling.screen import CONSOLE, has_screen
from newsdiff_crawler.run import Run
from newsdiff_crawler.source import Source


class ProgressBar:
    """How many of the due articles were checked, and what was found."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        outcomes = TextColumn("{task.fields[outcomes]}")
        self._progress = Progress(*columns, outcomes, console=CONSOLE, transient=True)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ProgressBar:
        """Scrapy's way to make an extension; none where nobody looks."""
        is_watched = CONSOLE.is_terminal and has_screen(crawler.settings)
        if not is_watched or not isinstance(crawler.spider, Source):
            raise NotConfigured
        bar = cls(crawler)
        crawler.signals.connect(bar.spider_opened, signals.spider_opened)
        for signal in (signals.item_scraped, signals.item_dropped):
            crawler.signals.connect(bar.checked, signal)
        crawler.signals.connect(bar.spider_closed, signals.spider_closed)
        return bar

    def spider_opened(self, spider: Spider) -> None:
        """Shows the bar, below the lines of what happened."""
        self._task = self._progress.add_task(spider.name, total=None, outcomes="")
        self._progress.start()

    def checked(self) -> None:
        """Moves the bar on."""
        run = Run.of(self._crawler)
        assert run
        counts = run.counts(("checks", "new", "changed", "failed"))
        outcomes = f"{counts['new']} new, {counts['changed']} changed, {counts['failed']} failed"
        done = counts["checks"]
        self._progress.update(self._task, completed=done, total=len(run.claimed), outcomes=outcomes)

    def spider_closed(self) -> None:
        """Takes the bar away; what is left is the report."""
        self._progress.stop()
