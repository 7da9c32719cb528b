"""What the log says of each answer and item."""

from __future__ import annotations

import logging
from typing import Any

from scrapy.crawler import Crawler
from scrapy.logformatter import LogFormatter, LogFormatterResult


class BriefLog(LogFormatter):
    """Scrapy's words, less those that LOG_LEVEL leaves out: Scrapy makes a record of each all the
    same, two for a check."""

    def __init__(self, level: str | int) -> None:
        self._level = level if isinstance(level, int) else logging.getLevelName(level)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> BriefLog:
        """Scrapy's way to make a formatter."""
        return cls(crawler.settings["LOG_LEVEL"])

    def crawled(self, *args: Any) -> LogFormatterResult:
        return self._if_wanted(super().crawled(*args))

    def scraped(self, *args: Any) -> LogFormatterResult:
        return self._if_wanted(super().scraped(*args))

    def dropped(self, *args: Any) -> LogFormatterResult:
        return self._if_wanted(super().dropped(*args))

    def _if_wanted(self, said: LogFormatterResult) -> LogFormatterResult:
        """None, which Scrapy takes for nothing to say, though its types do not know."""
        return said if said["level"] >= self._level else None  # type: ignore[return-value]
