"""Crawls, one after the other in one process: ``python -m tests.support.simulation.worker``.

Each line of the input is a JSON object of settings; each line of the output is a line of the
crawl's log as a JSON string, or null: the crawl is over. With the setting DIES_AT it is killed
while it records its check of that number. DATABASE: of a server, where the record is on one.
"""

from __future__ import annotations

import faulthandler
import json
import logging
import os
import sys
from collections.abc import Iterator, Sequence
from functools import cached_property
from signal import SIGKILL
from typing import Any, ClassVar

from scrapy.crawler import AsyncCrawlerRunner, Crawler
from scrapy.exceptions import DownloadTimeoutError
from scrapy.http import Request, Response
from scrapy.settings import Settings
from scrapy.utils.project import get_project_settings
from scrapy.utils.reactor import install_reactor
from twisted.python.failure import Failure

install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")

from newsdiff_crawler.crawling.spider import NewsSpider  # noqa: E402
from newsdiff_crawler.fetching import host_slots  # noqa: E402
from newsdiff_crawler.fetching.download import BoundedHandler  # noqa: E402
from newsdiff_crawler.fetching.errors import NotSentError  # noqa: E402
from newsdiff_crawler.items import Check, FetchedPage  # noqa: E402
from newsdiff_crawler.parsing import Parser  # noqa: E402
from newsdiff_crawler.run import Run  # noqa: E402
from newsdiff_crawler.store import Claim, Store  # noqa: E402
from newsdiff_crawler.store.engine.database import Row  # noqa: E402
from newsdiff_crawler.store.engine.opening import VARIABLE  # noqa: E402
from tests.support.simulation.press import FEED, HANGS  # noqa: E402

CHECK = "check %d, %s: %d"
LONGEST_CRAWL = 60.0  # seconds; one takes a twentieth of one
SETTINGS = {
    "AUTOTHROTTLE_ENABLED": False,
    "DOWNLOAD_DELAY": 0,
    "RETRY_TIMES": 0,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 1,  # so that a script always ends in the same way
    "LOG_ENABLED": False,
    "NEWSDIFF_CONTACT": "test@valley.example",
    "DOWNLOAD_HANDLERS": {"http": "tests.support.simulation.worker.Impatient"}
    | dict.fromkeys(("https", "file", "ftp", "s3", "data")),
    "EXTENSIONS": {
        "newsdiff_crawler.run.Run": None,
        "tests.support.simulation.worker.MortalRun": 100,
        "newsdiff_crawler.crawling.report.RunReport": 500,
    },
    "STATS_DUMP": False,
    "LOG_VERSIONS": [],
}
host_slots.KEEP = 0.0  # the crawls come one by one; none has to wait for a host slot


class ValleyParser(Parser):
    name = "valley/2026"
    layout = "article.story"
    body = "div.text"


class Valley(NewsSpider):
    name = "valley"
    title = "The Valley"
    domains = ("valley.example",)
    feeds = (FEED,)
    parsers: ClassVar[Sequence[type[Parser]]] = (ValleyParser,)
    min_articles = 0

    def parse_article(
        self, response: Response, claim: Claim
    ) -> Iterator[FetchedPage | Check | Request]:
        """Logs which article is checked. Another address that is tried is no check yet."""
        if not claim.trial_url:
            self.logger.info(CHECK, claim.article_id, claim.url, response.status)
        yield from super().parse_article(response, claim)

    def article_failed(self, failure: Failure) -> Iterator[Check]:
        """The same for a check without an answer."""
        if not isinstance(failure.value, NotSentError):
            claim = failure.request.cb_kwargs["claim"]  # type: ignore[attr-defined]
            if not claim.trial_url:
                self.logger.info(CHECK, claim.article_id, claim.url, 0)
        yield from super().article_failed(failure)


class MortalRun(Run):
    """Over a record whose crawl dies."""

    @cached_property
    def store(self) -> Mortal:
        """The record."""
        store = Mortal.open(self.crawler.settings["NEWSDIFF_DATA"])
        assert isinstance(store, Mortal)
        store.dies_at = self.crawler.settings.getint("DIES_AT")
        return store


class Impatient(BoundedHandler):
    """Raises a timeout for an answer that says that it hangs."""

    async def download_request(self, request: Request) -> Response:
        response = await super().download_request(request)
        if HANGS in response.headers:
            raise DownloadTimeoutError
        return response


class Lines(logging.Handler):
    """Passes on the log."""

    def emit(self, record: logging.LogRecord) -> None:
        send(record.getMessage())


def send(line: str | None) -> None:
    print(json.dumps(line), flush=True)


class Mortal(Store):
    """A record whose crawl dies in the middle of a transaction."""

    dies_at = 0

    def _update(self, *arguments: Any, **named: Any) -> list[Row]:
        self.dies_at -= 1
        if self.dies_at == 0:
            os.kill(os.getpid(), SIGKILL)
        return super()._update(*arguments, **named)


async def crawl_each(settings: Settings) -> None:
    """One crawl for each line of the input."""
    runner = AsyncCrawlerRunner(settings)
    for line in sys.stdin:
        settings.setdict(json.loads(line), "cmdline")
        os.environ[VARIABLE] = settings["DATABASE"]
        faulthandler.dump_traceback_later(LONGEST_CRAWL, exit=True)
        await runner.crawl(Crawler(Valley, settings))
        faulthandler.cancel_dump_traceback_later()
        send(None)


async def main() -> None:
    """Until the input ends."""
    settings = get_project_settings()
    settings.setdict(SETTINGS, "cmdline")
    lines = Lines(logging.INFO)
    for name in ("newsdiff_crawler", Valley.name):
        logging.getLogger(name).setLevel(logging.INFO)
        logging.getLogger(name).addHandler(lines)
    await crawl_each(settings)


if __name__ == "__main__":
    from scrapy.utils.defer import deferred_from_coro
    from twisted.internet.task import react

    react(lambda _: deferred_from_coro(main()))
