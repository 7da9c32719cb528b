"""The end of a crawl whose record can no longer be written: its disk is full, it is read-only,
damaged, or was moved away."""

from __future__ import annotations

import asyncio
import logging

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from newsdiff_crawler.run import RECORD_FAILED, Run
from newsdiff_crawler.source import Source
from newsdiff_crawler.store import RecordFailedError
from newsdiff_crawler.store.engine import write_failure
from newsdiff_crawler.store.engine.opening import name_of

logger = logging.getLogger(__name__)


class EndWithoutRecord:
    """Says it once, and closes the spider. What is under way fails in the same way, unsaid; what is
    still queued is not asked for (`fetching/download.py`)."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._is_closed = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> EndWithoutRecord:
        """Scrapy's way to make an extension; none for a spider that is no source."""
        if not isinstance(crawler.spider, Source):
            raise NotConfigured
        end = cls(crawler)
        crawler.signals.connect(end.record_failed, RECORD_FAILED)
        crawler.signals.connect(end.spider_closed, signals.spider_closed)
        return end

    def record_failed(self) -> None:
        """Ends the crawl."""
        run = Run.of(self._crawler)
        assert run
        record, source = name_of(run.configuration.data), run.source.name
        logger.error(
            "%s: the record cannot be written: %s: %s; the crawl ends, and what it had claimed is "
            "due again",
            source,
            record,
            run.failure,
        )
        for handler in logging.root.handlers:
            handler.addFilter(_is_news)
        write_failure.note(run.configuration.data, run.failure or "")
        if not self._is_closed:
            self._closing = asyncio.ensure_future(
                self._crawler.engine.close_spider_async(reason="record failed")
            )

    def spider_closed(self) -> None:
        """Takes note that there is nothing to close any more."""
        self._is_closed = True


def _is_news(record: logging.LogRecord) -> bool:
    kind = record.exc_info[0] if record.exc_info else None
    return not (kind and issubclass(kind, RecordFailedError))
