"""One page for a command that reads pages: fetched as politely as a crawl does."""

from __future__ import annotations

from collections.abc import AsyncIterator

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess, CrawlerProcess
from scrapy.http import Response

from newsdiff_crawler.exit_status import give_up

_ERRORS = range(400, 600)  # statuses that are named as well


def fetch(process: AsyncCrawlerProcess | CrawlerProcess | None, url: str) -> Response:
    """The answer for one URL. The spider is no source, so nothing is recorded."""
    answers: list[Response] = []

    class OnePage(Spider):
        name = "one_page"

        async def start(self) -> AsyncIterator[Request]:
            yield Request(url, answers.append, meta={"handle_httpstatus_list": _ERRORS})

    assert process
    process.crawl(OnePage)
    process.start()
    if not answers or answers[0].status != 200:
        status = f"HTTP {answers[0].status}" if answers else "no answer"
        give_up(f"{url}: {status}")
    return answers[0]
