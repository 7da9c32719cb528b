"""One signal ends a crawl within seconds, whatever it is at.

Scrapy waits for all that was asked, and for all readings: for minutes, where a server is silent or
a page is a trap. Here a reading that is going on ends at once, none begins, and after a moment
nothing is waited for. What was claimed and came to nothing is due for the next crawl.
"""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Callable
from functools import partial
from types import FrameType
from typing import Any

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from newsdiff_crawler.run import Run
from newsdiff_crawler.source import Source

logger = logging.getLogger(__name__)

PATIENCE = 3.0  # seconds for answers that are on their way
Handler = Callable[[int, FrameType | None], Any]


class PromptEnd:
    """Listens for SIGTERM and SIGINT, beside Scrapy. A second one is Scrapy's alone."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._closing: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> PromptEnd:
        """Scrapy's way to make an extension; none for a spider that is no source."""
        if not isinstance(crawler.spider, Source):
            raise NotConfigured
        end = cls(crawler)
        crawler.signals.connect(end.engine_started, signals.engine_started)
        return end

    def engine_started(self) -> None:
        """Listens as soon as Scrapy does."""
        _reactor().callLater(0, self._listen)

    def _listen(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            known = signal.getsignal(number)
            if callable(known):
                signal.signal(number, partial(self._asked_to_end, known))

    def _asked_to_end(self, known: Handler, number: int, frame: FrameType | None) -> None:
        known(number, frame)
        self._run.budget.end()
        _reactor().callFromThread(_reactor().callLater, PATIENCE, self._end)

    def _end(self) -> None:
        name = self._run.source.name
        logger.info("%s: asked to end: what was not answered is due for the next crawl", name)
        self._closing = asyncio.ensure_future(self._close())

    async def _close(self) -> None:
        """Closes the spider without what is still waited for."""
        await self._crawler.signals.send_catch_log_async(
            signals.spider_closed, spider=self._crawler.spider, reason="shutdown"
        )
        _reactor().stop()

    @property
    def _run(self) -> Run:
        run = Run.of(self._crawler)
        assert run
        return run


def _reactor() -> Any:
    """Which one it is, Scrapy says before it is first imported."""
    from twisted.internet import reactor

    return reactor
