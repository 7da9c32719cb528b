"""Pages for commands that ask for several, as politely as a crawl does. Nothing is recorded."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcessBase
from scrapy.http import Response
from twisted.python.failure import Failure

from newsdiff_crawler.exit_status import ExitStatus, give_up
from newsdiff_crawler.fetching.errors import explain

T = TypeVar("T")
AT_ONCE = 16  # talks
_FOR_GOOD = (301, 308)
Get = Callable[..., Awaitable["Answer"]]


@dataclass(frozen=True)
class Answer:
    """``problem``: why there is no page, for people; empty where there is one."""

    url: str
    problem: str = ""
    response: Response | None = None

    @property
    def moved_to(self) -> str:
        """Where the page is for good; empty where it did not move, or for now only."""
        reasons = self.response.meta.get("redirect_reasons") if self.response is not None else None
        return self.url if reasons and all(reason in _FOR_GOOD for reason in reasons) else ""

    @property
    def body(self) -> bytes:
        """Of the page; empty where there is none."""
        return self.response.body if self.response is not None and not self.problem else b""


def ask(
    process: CrawlerProcessBase | None, talks: Sequence[Callable[[Get], Awaitable[T]]]
) -> list[T]:
    """What each talk with servers came to, AT_ONCE of them at a time. A talk is given a function
    that fetches an address; ``led_by=``, where a page named it: it is then never a private one.
    Where a signal ended them, so does the command."""
    results: dict[int, T] = {}
    slots = asyncio.Semaphore(AT_ONCE)

    class Asking(Spider):
        name = "asking"

        async def start(self) -> AsyncIterator[Request]:
            nothing: tuple[Request, ...] = ()
            for request in nothing:
                yield request
            await asyncio.gather(*map(self.hold, range(len(talks))))

        async def hold(self, number: int) -> None:
            async with slots:
                results[number] = await talks[number](self.get)

        async def get(self, url: str, *, led_by: str = "") -> Answer:
            meta: dict[str, Any] = {"redirect_urls": [led_by]} if led_by else {}
            try:
                request = Request(url, meta=meta, dont_filter=True)
                response = await self.crawler.engine.download_async(request)
            except Exception as error:  # whatever goes wrong is the answer
                failure = Failure(error)  # type: ignore[no-untyped-call]
                return Answer(url, explain(failure).reason)
            if response.status != 200:
                return Answer(url, f"HTTP {response.status}", response)
            return Answer(response.url, "", response)

    assert process
    process.crawl(Asking)
    process.start()
    if len(results) < len(talks):
        give_up("interrupted", ExitStatus.INTERRUPTED)
    return [results[number] for number in range(len(talks))]
