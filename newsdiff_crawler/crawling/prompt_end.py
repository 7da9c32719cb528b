"""One signal ends a crawl within seconds, whatever it is at.

Scrapy waits for all that was asked, and for all readings: for minutes, where a server is silent or
a page is a trap; a crawl that is only beginning when the signal comes it does not end at all. Here
a reading that is going on ends at once, none begins, and after a moment nothing is waited for. What
was claimed and came to nothing is due for the next crawl.
"""

from __future__ import annotations

import asyncio
import logging
import time
from _thread import start_new_thread
from contextlib import suppress
from signal import Signals
from types import FrameType
from typing import Any, ClassVar

from scrapy import signals
from scrapy.crawler import Crawler, CrawlerProcessBase
from scrapy.exceptions import NotConfigured

from newsdiff_crawler.crawling.screen import as_shown
from newsdiff_crawler.exit_status import at_signals, interrupted
from newsdiff_crawler.run import Run
from newsdiff_crawler.source import Source

logger = logging.getLogger(__name__)

PATIENCE = 3.0  # seconds for answers that are on their way, and for others who write to the record
LONGEST = 10.0  # seconds from the signal to the end


class PromptEnd:
    """Of one crawl."""

    at_work: ClassVar[set[PromptEnd]] = set()  # the crawls of this process
    is_asked_for: ClassVar[bool] = False

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> PromptEnd:
        """Scrapy's way to make an extension; none for a spider that is no source."""
        if not isinstance(crawler.spider, Source):
            raise NotConfigured
        end = cls(crawler)
        crawler.signals.connect(end.engine_started, signals.engine_started)
        crawler.signals.connect(end.spider_closed, signals.spider_closed)
        return end

    def engine_started(self) -> None:
        """There is something to end from now on."""
        self.at_work.add(self)
        if self.is_asked_for:
            self.begin()
            self._ending = asyncio.ensure_future(self.stop())

    def spider_closed(self) -> None:
        """There is nothing to end any more."""
        self.at_work.discard(self)

    def begin(self) -> None:
        """From a signal's handler: the reading that is going on ends; none begins."""
        self._run.end_within(PATIENCE)

    async def stop(self) -> None:
        """Ends it in good order. Scrapy leaves out one that has only just begun."""
        with suppress(RuntimeError):  # it is being done
            await self._crawler.engine.stop_async()

    async def close(self) -> None:
        """Closes the spider without what is still waited for; Scrapy may be at it just now."""
        if self not in self.at_work:
            return
        self._run.is_cut_off = True
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


def run_crawls(process: CrawlerProcessBase) -> bool:
    """Runs what crawls were begun in a process to their end. Whether a signal ended them."""
    at_signals(_Listener(process))
    process.start(install_signal_handlers=False)
    at_signals(interrupted)
    return PromptEnd.is_asked_for


class _Listener:
    """What is called at a signal: the first one begins the end, the second one is it."""

    def __init__(self, process: CrawlerProcessBase) -> None:
        self._process = process
        self._ending: list[asyncio.Future[Any]] = []

    def __call__(self, number: int, _frame: FrameType | None) -> None:
        if PromptEnd.is_asked_for:
            interrupted()
        PromptEnd.is_asked_for = True
        for crawl in tuple(PromptEnd.at_work):
            crawl.begin()
        # Not `threading`, whose locks the code may hold that was interrupted.
        start_new_thread(_end_it, ())
        _reactor().callFromThread(self._end, number)

    def _end(self, number: int) -> None:
        line = f"Received {Signals(number).name}: it ends in good order; one more ends it at once"
        logger.info(line, extra=as_shown(line))
        stops = [crawl.stop() for crawl in PromptEnd.at_work]
        stops += [crawler.stop_async() for crawler in self._process.crawlers]
        self._ending.append(asyncio.gather(*stops, return_exceptions=True))
        _reactor().callLater(PATIENCE, self._close_all)

    def _close_all(self) -> None:
        self._ending.append(asyncio.ensure_future(_close_all()))


async def _close_all() -> None:
    await asyncio.gather(*(crawl.close() for crawl in PromptEnd.at_work))
    if _reactor().running:
        _reactor().stop()


def _end_it() -> None:
    """What the end waits for and we do not know how to leave: a name service, another process's
    lock."""
    time.sleep(LONGEST)
    interrupted()


def _reactor() -> Any:
    """Which one it is, Scrapy says before it is first imported."""
    from twisted.internet import reactor

    return reactor
