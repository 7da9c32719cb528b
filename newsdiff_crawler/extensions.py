"""What happens around a crawl: the report at its end."""

from __future__ import annotations

import logging
from typing import get_args

from scrapy import signals
from scrapy.crawler import Crawler

from newsdiff_crawler.items import Outcome
from newsdiff_crawler.news_spider import NewsSpider
from newsdiff_crawler.times import to_iso

logger = logging.getLogger(__name__)

COUNTS = ("found", "looked_at", *get_args(Outcome), "feeds_read", "feeds_failed")


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
            spider.store.runs.finish(spider.run, to_iso(spider.now()), reason, counts)
        next_due = spider.store.agenda.next_due(spider.name)
        self.crawler.stats.set_value("newsdiff/next_due", next_due)
        self.report = summary(spider.name, counts, next_due)
        if counts["feeds_failed"] and not counts["feeds_read"]:
            logger.error("%s: none of %d feeds could be read", spider.name, counts["feeds_failed"])
        spider.store.close()

    def engine_stopped(self) -> None:
        """Prints the report after everything else."""
        if self.report:
            logger.info(self.report)


def summary(source: str, counts: dict[str, int], next_due: str | None) -> str:
    """The report for people.

    >>> print(summary("bbc", dict.fromkeys(COUNTS, 0), None))
    bbc: nothing was looked at; nothing is due later
    """
    due = f"next look due {next_due}" if next_due else "nothing is due later"
    if not counts["looked_at"]:
        return f"{source}: nothing was looked at; {due}"
    outcomes = [f"{counts[name]} {name}" for name in get_args(Outcome) if counts[name]]
    articles = "article" if counts["looked_at"] == 1 else "articles"
    return f"{source}: looked at {counts['looked_at']} {articles}: {', '.join(outcomes)}; {due}"
