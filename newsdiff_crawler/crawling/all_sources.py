"""Crawls of many sources in one process, each with its own run, report, health and pace."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import closing, suppress
from pathlib import Path
from threading import Thread
from typing import Any

from scrapy import Request, Spider, signals
from scrapy.crawler import AsyncCrawlerRunner, Crawler
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoaderProtocol, get_spider_loader

from newsdiff_crawler.configuration import Configuration, configured
from newsdiff_crawler.crawling.due import due_sources
from newsdiff_crawler.crawling.sources_file import FILE_NAME
from newsdiff_crawler.crawling.sources_loader import followed, note_followed, titles_of
from newsdiff_crawler.exit_status import ExitStatus
from newsdiff_crawler.run import Run
from newsdiff_crawler.store import Store, StoreError
from newsdiff_crawler.store.engine.opening import is_made, name_of
from newsdiff_crawler.telling.notifying import notify
from newsdiff_crawler.times import period, utc_now
from newsdiff_crawler.witness.at_end import stamp_at_end

logger = logging.getLogger(__name__)

# Crawls at the same time. Each waits for its publisher most of the time, and takes 1 MB.
AT_ONCE = 32
BAR = "newsdiff_crawler.crawling.progress.ProgressBar"  # of one crawl; there is one screen
# What scripts are told of several crawls: the first of these that holds of one.
_WORST = (ExitStatus.NO_RECORD, ExitStatus.NOT_DONE, ExitStatus.INTERRUPTED, ExitStatus.UNWELL)


class ManyCrawls(Spider):
    """No source itself: it begins the crawls of others, and what goes wrong in one is that one's.

    Arguments: ``-a every=1m`` looks again what is due each minute, until the process is told to
    end; ``-a recheck=1`` checks everything. Raises ValueError, with one line for people, for
    others.
    """

    crawls: Crawls

    def __init__(self, *args: Any, every: str = "", recheck: str = "0", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unknown = [name for name in kwargs if not name.startswith("_")]  # which are Scrapyd's
        if unknown:
            there_are = "there is no such argument; there are every, recheck"
            raise ValueError(f"-a {unknown[0]}: {there_are}")
        if recheck not in ("0", "1"):
            raise ValueError(f"expected -a recheck=1, not {recheck!r}")
        try:
            self.every = period(every).total_seconds() if every else 0.0
        except ValueError as error:
            raise ValueError(f"every: {error}") from error
        if every and recheck == "1":
            raise ValueError("expected every or recheck, not both")
        self.recheck = recheck == "1"

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> ManyCrawls:
        """Scrapy's way to make a spider. The settings are those of the command, not frozen yet."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.crawls = Crawls(crawler.settings.copy(), recheck=spider.recheck)
        crawler.signals.connect(spider.crawls.stop, signals.spider_closed)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """Asks for nothing itself, and ends when the crawls have."""
        nothing: tuple[Request, ...] = ()
        for request in nothing:
            yield request
        self.crawls.begin_due()
        while self.every and not await self.crawls.is_told_to_stop(self.every):
            self.crawls.begin_due()
            self.crawls.tell_people()
        await self.crawls.end()

    @property
    def exit_status(self) -> ExitStatus:
        """Of the command. A service, which ends when it is told to, has done its work then."""
        worst = next((each for each in _WORST if each in self.crawls.statuses), ExitStatus.DONE)
        return ExitStatus.DONE if self.every and worst is not ExitStatus.NO_RECORD else worst

    @property
    def has_news(self) -> bool:
        """Whether a crawl brought a version."""
        return self.crawls.has_news


class Crawls:
    """Those that this process has begun, by the name of their source."""

    def __init__(self, settings: Settings, *, recheck: bool = False) -> None:
        extensions = settings.getdict("EXTENSIONS")
        settings.set("EXTENSIONS", {**extensions, BAR: None}, "cmdline")
        self.statuses: set[ExitStatus] = set()  # how they ended
        self.has_news = False  # whether one of them brought a version
        self._settings = settings
        self._configuration = configured(settings)
        self._folder = self._configuration.data
        self._arguments = {"recheck": "1"} if recheck else {}
        self._runner = AsyncCrawlerRunner(settings)
        self._loader = self._runner.spider_loader
        self._listed = _state(self._folder / FILE_NAME)
        self._at_work: dict[str, asyncio.Task[None]] = {}
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._told_to_stop = asyncio.Event()
        self._has_record = False  # made, or found: it is never made again
        self._problem = ""  # with the record, said last
        self._telling: Thread | None = None

    def begin_due(self) -> None:
        """Begins a crawl of each source that has something due and is not at work."""
        try:
            due = self._due()
        except StoreError as error:
            self.statuses.add(ExitStatus.NO_RECORD)
            if str(error) != self._problem:
                logger.error("%s", error)
            self._problem = str(error)
            return
        self._problem = ""
        for name in due:
            if name not in self._at_work:
                self._at_work[name] = asyncio.ensure_future(self._crawl(name))

    def tell_people(self) -> None:
        """Sends what waits to be told, beside the crawls, unless that is being done."""
        if self._telling is None or not self._telling.is_alive():
            arguments = (self._configuration, titles_of(self._sources()))
            # It may end with the process: what it was at is done again.
            self._telling = Thread(target=_tell, args=arguments, name="telling", daemon=True)
            self._telling.start()

    def _due(self) -> list[str]:
        names = followed(self._sources())
        if self._arguments:
            return names
        if self._has_record and not is_made(self._folder):
            raise StoreError(f"{name_of(self._folder)}: the record was moved away")
        with closing(Store.open(self._folder)) as store:
            self._has_record = True
            note_followed(store, self._loader)
            return due_sources(store, names, utc_now())

    def _sources(self) -> SpiderLoaderProtocol:
        """Read again when sources.toml has changed. While it cannot be read, what it said before
        holds."""
        listed = _state(self._folder / FILE_NAME)
        if listed != self._listed:
            self._listed, loader = listed, get_spider_loader(self._settings)
            if not getattr(loader, "is_unread", False):
                self._loader = loader
        return self._loader

    async def _crawl(self, name: str) -> None:
        try:
            async with self._slots:
                if not self._told_to_stop.is_set():
                    self.statuses.add(await self._status_of(name))
        except ValueError as error:  # of a source that is not declared as it should be
            self.statuses.add(ExitStatus.NOT_DONE)
            logger.error("%s", error)
        except Exception:
            self.statuses.add(ExitStatus.NOT_DONE)
            logger.exception("%s: the crawl failed", name)
        finally:
            del self._at_work[name]

    async def _status_of(self, name: str) -> ExitStatus:
        """How a crawl ended. One that could read nothing has a source that is unwell."""
        crawler = self._runner.create_crawler(self._loader.load(name))
        await self._runner.crawl(crawler, **self._arguments)
        run = Run.of(crawler)
        self.has_news |= bool(run and run.has_news)
        status = run.exit_status if run else ExitStatus.NOT_DONE
        return ExitStatus.UNWELL if status is ExitStatus.NOTHING_READ else status

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
        if self._at_work:
            self.statuses.add(ExitStatus.INTERRUPTED)
        await self._runner.stop()
        await self.end()


def _tell(configuration: Configuration, titles: Mapping[str, str]) -> None:
    """What a crawl alone does at its end: people are told, and clocks asked."""
    notify(configuration, titles)
    stamp_at_end(configuration)


def _state(path: Path) -> tuple[int, int, int]:
    """What tells a file from what it was before."""
    try:
        stat = path.stat()
    except OSError:
        return (0, 0, 0)
    return stat.st_mtime_ns, stat.st_size, stat.st_mode
