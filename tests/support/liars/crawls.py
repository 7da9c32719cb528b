"""Crawls of a lying publisher: the real record, discovery, reader and pipelines, without a network
in between and by a clock that the test sets."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Any, NamedTuple

from scrapy.exceptions import DropItem
from scrapy.http import HtmlResponse, Request

from newsdiff_crawler.crawling.discovery import Discovery
from newsdiff_crawler.crawling.identify import Identify
from newsdiff_crawler.crawling.pipelines import Judge, StoreVersion
from newsdiff_crawler.crawling.responses import ResponseReader
from newsdiff_crawler.items import Check, FetchedPage
from newsdiff_crawler.parsing import Parser
from newsdiff_crawler.parsing.stub import stub_target
from newsdiff_crawler.source import Source
from newsdiff_crawler.store import Claim, Store
from newsdiff_crawler.times import to_iso
from tests.support.liars.publisher import FEED, Publisher
from tests.support.liars.stories import START, Telling
from tests.support.runs import LoneRun

LEASE = timedelta(minutes=30)
MOST_HOPS = 5
MOST_CHECKS = 300  # of one crawl; more is a crawl that never ends


class LiarParser(Parser):
    name = "liar/2026"
    layout = "article.story"
    body = "div.text"


class Crawl(LoneRun):
    """Of as many articles as are due."""

    def _portion(self) -> int:
        return 50


def liar(name: str) -> Source:
    """The source under a name."""
    return Source(name, domains=("liar.example",), parsers=(LiarParser,), feeds=[FEED])


class Killed(BaseException):
    """The crawl's process is no more."""


class Look(NamedTuple):
    """An answer to a check. ``url``: that was asked; ``told``: which story it showed there itself,
    None: none, or only where it led to; ``read``: which one was there."""

    url: str
    told: Telling | None
    answered_by: str
    read: Telling | None


class Crawls:
    """Of one publisher, one after the other."""

    def __init__(
        self, store: Store, publisher: Publisher, source: type[Source] | None = None
    ) -> None:
        self.store = store
        self.publisher = publisher
        self.source = source() if source else liar("liar")
        self.now = START
        self.looks: list[Look] = []

    def run(self, *, everything: bool = False, dies_at: int = 0) -> bool:
        """One crawl. ``dies_at``: killed before that transaction, from 1. Whether it lived."""
        run = Crawl(self.store, self.source, self.now)
        run.id = self.store.runs.start(self.source.name, to_iso(self.now))
        run.configuration = run.configuration.model_copy(update={"lease": LEASE})
        try:
            with _mortal(self.store, dies_at):
                self._find(run)
                if everything:
                    self.store.queue.make_due(self.source.name, self.now)
                self._check_all(run)
        except Killed:
            self.store.runs._held.pop(run.id).release()
            return False
        self.store.runs.finish(run.id, to_iso(self.now), "finished", {})
        return True

    def _find(self, run: LoneRun) -> None:
        discovery = Discovery(run)
        feeds = self.source.all_feeds()[:1]
        discovery.inheritance.of_feeds(feeds)
        for feed in discovery.claim(feeds, everything=True):
            body = self.publisher.feed().encode()
            discovery.read(HtmlResponse(feed.url, body=body, encoding="utf-8"), feed)

    def _check_all(self, run: LoneRun) -> None:
        steps = [kind(run) for kind in (Identify, Judge, StoreVersion)]
        reader = ResponseReader(run.source, run.now, run.budget)
        checks = 0
        while claims := run.claim():
            for claim in claims:
                checks += 1
                assert checks < MOST_CHECKS, f"the crawl never ends: {claim}"
                item: Any
                item, look = self._ask(reader, claim)
                with suppress(DropItem):
                    for step in steps:
                        item = step.process(item)
                self.looks.append(look)  # one that was recorded

    def _ask(self, reader: ResponseReader, claim: Claim) -> tuple[FetchedPage | Check, Look]:
        """The answer, as the spider and Scrapy's middlewares would come to it."""
        url, led_by = claim.asked_url, []
        while True:
            answer = self.publisher.answer(url)
            target = answer.location or (answer.html and stub_target(answer.html, url))
            if not target:
                break
            led_by.append(url)
            url = target
            if len(led_by) > MOST_HOPS:
                lost = reader.check(claim, "failed", "redirected too often")
                return lost, Look(claim.asked_url, None, url, None)
        told = None if led_by else answer.told
        request = Request(url, meta={"redirect_urls": led_by} if led_by else {})
        body = answer.html.encode()
        response = HtmlResponse(
            url, answer.status, body=body, encoding="utf-8", request=request,
            headers={"Content-Type": "text/html; charset=utf-8"},
        )  # fmt: skip
        return reader.read(response, claim), Look(claim.asked_url, told, url, answer.told)


@contextmanager
def _mortal(store: Store, dies_at: int) -> Iterator[None]:
    """The process dies before its transaction of that number; 0: never."""
    begin = store.db.transaction
    left = dies_at

    def transaction() -> Any:
        nonlocal left
        left -= 1
        if left == 0:
            raise Killed
        return begin()

    store.db.transaction = transaction  # type: ignore[method-assign]
    try:
        yield
    finally:
        del store.db.transaction
