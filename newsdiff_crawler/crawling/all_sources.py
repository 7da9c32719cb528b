"""Crawls of many sources in one process."""

from __future__ import annotations

import asyncio
import logging
from contextlib import closing, suppress
from pathlib import Path

from scrapy.crawler import AsyncCrawlerRunner
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoaderProtocol, get_spider_loader

from newsdiff_crawler.configuration import configured
from newsdiff_crawler.crawling.due import due_sources, followed
from newsdiff_crawler.crawling.sources_file import FILE_NAME
from newsdiff_crawler.store import Store, StoreError
from newsdiff_crawler.times import utc_now

logger = logging.getLogger(__name__)

# Crawls at the same time. Each waits for its publisher most of the time, and takes 1 MB.
AT_ONCE = 32
BAR = "newsdiff_crawler.crawling.progress.ProgressBar"  # of one crawl; there is one screen


class Crawls:
    """Those that this process has begun, by the name of their source."""

    def __init__(self, settings: Settings, *, recheck: bool = False) -> None:
        extensions = settings.getdict("EXTENSIONS")
        settings.set("EXTENSIONS", {**extensions, BAR: None}, "cmdline")
        self._settings = settings
        self._folder = configured(settings).data
        self._arguments = {"recheck": "1"} if recheck else {}
        self._runner = AsyncCrawlerRunner(settings)
        self._loader = self._runner.spider_loader
        self._listed = _state(self._folder / FILE_NAME)
        self._at_work: dict[str, asyncio.Task[None]] = {}
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._told_to_stop = asyncio.Event()

    def begin_due(self) -> None:
        """Begins a crawl of each source that has something due and is not at work."""
        try:
            due = self._due()
        except StoreError as error:
            logger.error("%s", error)
            return
        for name in due:
            if name not in self._at_work:
                self._at_work[name] = asyncio.ensure_future(self._crawl(name))

    def _due(self) -> list[str]:
        names = followed(self._sources())
        if self._arguments:
            return names
        with closing(Store.open(self._folder)) as store:
            return due_sources(store, names, utc_now())

    def _sources(self) -> SpiderLoaderProtocol:
        """Read again when sources.toml has changed."""
        listed = _state(self._folder / FILE_NAME)
        if listed != self._listed:
            self._listed, self._loader = listed, get_spider_loader(self._settings)
        return self._loader

    async def _crawl(self, name: str) -> None:
        try:
            async with self._slots:
                if not self._told_to_stop.is_set():
                    await self._runner.crawl(self._loader.load(name), **self._arguments)
        except Exception:
            logger.exception("%s: the crawl failed", name)
        finally:
            del self._at_work[name]

    async def is_told_to_stop(self, seconds: float) -> bool:
        """Whether that happens within so long a time."""
        with suppress(asyncio.TimeoutError):
            await asyncio.wait_for(self._told_to_stop.wait(), seconds)
        return self._told_to_stop.is_set()

    async def end(self) -> None:
        """Waits for all that were begun."""
        while self._at_work:
            await asyncio.wait(self._at_work.values())

    async def stop(self) -> None:
        """Begins no more, and ends those at work, each in good order."""
        self._told_to_stop.set()
        await self._runner.stop()
        await self.end()


def _state(path: Path) -> tuple[int, int]:
    """What tells a file from what it was before."""
    try:
        stat = path.stat()
    except OSError:
        return (0, 0)
    return stat.st_mtime_ns, stat.st_size
