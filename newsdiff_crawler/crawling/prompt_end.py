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


_AT_WORK: set[PromptEnd] = set()  # the crawls of this process


class PromptEnd:
    """Of one crawl: the process listens for SIGTERM and SIGINT, beside Scrapy, while there is one.
    A second signal is Scrapy's alone."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> PromptEnd:
        """Scrapy's way to make an extension; none for a spider that is no source."""
        if not isinstance(crawler.spider, Source):
            raise NotConfigured
        end = cls(crawler)
        crawler.signals.connect(end.engine_started, signals.engine_started)
        crawler.signals.connect(end.engine_stopped, signals.engine_stopped)
        return end

    def engine_started(self) -> None:
        """Listens as soon as Scrapy does."""
        _AT_WORK.add(self)
        _reactor().callLater(0, _listen)

    def engine_stopped(self) -> None:
        """Has nothing to end any more."""
        _AT_WORK.discard(self)

    def end_reading(self) -> None:
        """Ends the reading that is going on; none begins."""
        self._run.budget.end()

    async def close(self) -> None:
        """Closes the spider without what is still waited for."""
        name = self._run.source.name
        logger.info("%s: asked to end: what was not answered is due for the next crawl", name)
        await self._crawler.signals.send_catch_log_async(
            signals.spider_closed, spider=self._crawler.spider, reason="shutdown"
        )

    @property
    def _run(self) -> Run:
        run = Run.of(self._crawler)
        assert run
        return run


class _Listener:
    """What is called at a signal: once in a process, however many crawls it has."""

    def __init__(self, known: Handler) -> None:
        self._known = known
        self._ending: asyncio.Task[None] | None = None

    def __call__(self, number: int, frame: FrameType | None) -> None:
        self._known(number, frame)
        for crawl in tuple(_AT_WORK):
            crawl.end_reading()
        _reactor().callFromThread(_reactor().callLater, PATIENCE, self._end)

    def _end(self) -> None:
        self._ending = asyncio.ensure_future(_close_all())


def _listen() -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        known = signal.getsignal(number)
        if callable(known) and not isinstance(known, _Listener):
            signal.signal(number, _Listener(known))


async def _close_all() -> None:
    for crawl in tuple(_AT_WORK):
        await crawl.close()
    if _reactor().running:
        _reactor().stop()


def _reactor() -> Any:
    """Which one it is, Scrapy says before it is first imported."""
    from twisted.internet import reactor

    return reactor
