"""The file of an export (``-O articles.jsonl``): where it cannot be written, that is said once, and
the crawl goes on."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import IO, Any

from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.extensions.feedexport import FileFeedStorage

from newsdiff_crawler.crawling.lossy_file import open_lossy
from newsdiff_crawler.exit_status import ExitStatus
from newsdiff_crawler.run import Run

logger = logging.getLogger(__name__)


class ExportFile(FileFeedStorage):
    """Scrapy's storage of exports in files, for all of them."""

    def __init__(self, crawler: Crawler, uri: str, *, feed_options: dict[str, Any] | None = None):
        super().__init__(uri, feed_options=feed_options)
        self._crawler = crawler
        self._has_failed = False

    @classmethod
    def from_crawler(
        cls, crawler: Crawler, uri: str, *, feed_options: dict[str, Any] | None = None
    ) -> ExportFile:
        """Scrapy's way to make a storage."""
        return cls(crawler, uri, feed_options=feed_options)

    def open(self, spider: Spider) -> IO[bytes]:  # noqa: ARG002
        """The file, in a folder that is made for it."""
        try:
            Path(self.path).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            self._failed(error)
        return open_lossy(self.path, self.write_mode, self._failed)

    def _failed(self, error: OSError) -> None:
        if self._has_failed:
            return
        self._has_failed = True
        logger.error("%s: the export is not whole: %s", self.path, error.strerror or error)
        run = Run.of(self._crawler)
        if run:
            run.exit_status = run.exit_status or ExitStatus.NOT_DONE
