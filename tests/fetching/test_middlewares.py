"""What is let out, and what is learned from what comes back."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy.core.downloader import Slot
from scrapy.exceptions import CannotResolveHostError, DownloadTimeoutError, IgnoreRequest
from scrapy.http import Request, Response
from scrapy.settings import Settings

from newsdiff_crawler.crawling.spider import NewsSpider
from newsdiff_crawler.fetching import host_slots
from newsdiff_crawler.fetching.back_off import IN_A_ROW
from newsdiff_crawler.fetching.errors import HostBackedOff, HostIsBusy
from newsdiff_crawler.fetching.host_slots import HOST_SLOTS
from newsdiff_crawler.fetching.middlewares import HostLimits, PrivateAddressGuard, SourceHostsOnly

PAGE = "https://www.news.example/world/rain"
HOST = "www.news.example"


class Paper(NewsSpider):
    name = "paper"
    title = "The Paper"
    domains = ("news.example", "127.0.0.1", "localhost", "10.0.0.5")
    feeds = ("https://feeds.elsewhere.example/rss", "http://127.0.0.1:8001/rss")


@pytest.fixture
def crawler(tmp_path: Path) -> Iterator[Any]:
    """As much of a crawl as a middleware sees."""
    settings = Settings({"NEWSDIFF_DATA": str(tmp_path), "AUTOTHROTTLE_MAX_DELAY": 15})
    engine = SimpleNamespace(downloader=SimpleNamespace(slots={}))
    crawler = SimpleNamespace(settings=settings, engine=engine, spider=Paper())
    crawler.spider.settings = settings
    yield crawler
    crawler.spider.store.close()


# --- Where requests may go ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url", [PAGE, "https://news.example/", "https://feeds.elsewhere.example/b"]
)
def test_a_source_s_hosts_are_asked(crawler: Any, url: str) -> None:
    SourceHostsOnly(crawler).process_request(Request(url))


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/trap",
        "https://evilnews.example/",
        "https://elsewhere.example/",
        "https://news.example.evil.example/",
        "https://news.example@evil.example/",
        "http://169.254.169.254/latest/meta-data",
        "http://[::1]/",
        "http://0.0.0.0/",
        "http://2130706433/",
        "ftp://news.example/a",
        "file:///etc/passwd",
    ],
)
def test_no_other_host_is_asked(crawler: Any, url: str) -> None:
    with pytest.raises(IgnoreRequest, match="led away from the source, to "):
        SourceHostsOnly(crawler).process_request(Request(url))


class Resolved(PrivateAddressGuard):
    """With one address for every name."""

    address = "203.0.113.9"

    async def _resolve(self, host: str) -> str:
        return self.address


def resolved(crawler: Any, url: str, address: str = "8.8.8.8", proxy: str | None = None) -> None:
    middleware = Resolved(crawler)
    middleware.address = address
    asyncio.run(middleware.process_request(Request(url, meta={"proxy": proxy} if proxy else {})))


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
    ],
)
def test_a_name_with_a_private_address_is_refused(crawler: Any, address: str) -> None:
    with pytest.raises(IgnoreRequest, match=f"{HOST} has a private address, {address}"):
        resolved(crawler, PAGE, address)


def test_a_name_with_a_public_address_is_asked(crawler: Any) -> None:
    resolved(crawler, PAGE, "8.8.8.8")


def test_behind_a_proxy_names_are_the_proxy_s_business(crawler: Any) -> None:
    resolved(crawler, PAGE, "10.1.2.3", proxy="http://10.0.0.1:3128")


def test_an_address_that_the_source_names_is_asked(crawler: Any) -> None:
    resolved(crawler, "http://127.0.0.1:8001/news/rain")


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:6379/", "http://127.0.0.1/", "http://10.0.0.5/", "http://localhost/"]
)
@pytest.mark.parametrize("proxy", [None, "http://10.0.0.1:3128"])
def test_another_private_address_or_port_is_refused(
    crawler: Any, url: str, proxy: str | None
) -> None:
    with pytest.raises(IgnoreRequest, match="led to a private address"):
        resolved(crawler, url, proxy=proxy)


def test_a_name_that_nobody_knows_is_a_host_that_does_not_answer(crawler: Any) -> None:
    class Unknown(PrivateAddressGuard):
        async def _resolve(self, host: str) -> str:
            raise CannotResolveHostError(host)

    with pytest.raises(CannotResolveHostError):
        asyncio.run(Unknown(crawler).process_request(Request(PAGE)))


# --- How many at a time, and when none ------------------------------------------------------------


def ask(gate: HostLimits, url: str = PAGE) -> Request:
    request = Request(url)
    asyncio.run(gate.process_request(request))
    return request


def answer(gate: HostLimits, request: Request, status: int, **headers: str) -> None:
    named = {name.replace("_", "-"): value for name, value in headers.items()}

    async def play() -> None:
        gate.process_response(request, Response(request.url, status, named))

    asyncio.run(play())


def fail(gate: HostLimits, request: Request, error: Exception) -> None:
    async def play() -> None:
        gate.process_exception(request, error)

    asyncio.run(play())


def test_a_third_request_waits_for_one_of_two(
    crawler: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def play() -> None:
        gate = HostLimits(crawler)
        first, second, third = (Request(PAGE) for _ in range(3))
        await gate.process_request(first)
        await gate.process_request(second)
        await gate.process_request(Request("https://feeds.elsewhere.example/rss"))
        waiting = asyncio.ensure_future(gate.process_request(third))
        await asyncio.sleep(0)
        assert not waiting.done()
        gate.process_response(first, Response(PAGE))
        await waiting

    asyncio.run(play())


def test_what_waits_when_a_rest_begins_is_not_sent(crawler: Any) -> None:
    async def play() -> None:
        gate = HostLimits(crawler)
        sent = [Request(PAGE) for _ in range(HOST_SLOTS)]
        for request in sent:
            await gate.process_request(request)
        waiting = asyncio.ensure_future(gate.process_request(Request(PAGE)))
        await asyncio.sleep(0)
        gate.process_response(sent[0], Response(PAGE, 429, {"Retry-After": "60"}))
        with pytest.raises(HostBackedOff, match="HTTP 429"):
            await waiting

    asyncio.run(play())


def test_a_request_that_the_other_crawls_leave_no_seat_for_is_put_off(
    crawler: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(host_slots, "LONGEST_WAIT", 0.0)
    busy = HostLimits(crawler)
    kept = [ask(busy) for _ in range(HOST_SLOTS)]
    with pytest.raises(HostIsBusy):
        ask(HostLimits(crawler))
    assert len(kept) == HOST_SLOTS


def test_refusals_make_a_host_rest(crawler: Any) -> None:
    gate = HostLimits(crawler)
    for _ in range(IN_A_ROW):
        answer(gate, ask(gate), 403)
    with pytest.raises(HostBackedOff, match="HTTP 403"):
        ask(gate)


def test_errors_of_the_server_make_it_rest(crawler: Any) -> None:
    gate = HostLimits(crawler)
    for _ in range(IN_A_ROW):
        answer(gate, ask(gate), 502)
    with pytest.raises(HostBackedOff, match="HTTP 502"):
        ask(gate)


def test_a_host_that_does_not_answer_rests(crawler: Any) -> None:
    gate = HostLimits(crawler)
    for _ in range(IN_A_ROW):
        fail(gate, ask(gate), DownloadTimeoutError())
    with pytest.raises(HostBackedOff, match="timed out"):
        ask(gate)


def test_a_page_at_fault_does_not_make_its_host_rest(crawler: Any) -> None:
    gate = HostLimits(crawler)
    for _ in range(IN_A_ROW):
        fail(gate, ask(gate), IgnoreRequest("max redirections reached"))
        answer(gate, ask(gate), 404)
    ask(gate)


def test_a_refusal_halves_the_rate(crawler: Any) -> None:
    gate = HostLimits(crawler)
    slot = crawler.engine.downloader.slots[HOST] = Slot(2, 4.0, 0.5)
    delays = []
    for _ in range(3):
        answer(gate, ask(gate), 403)
        delays.append(slot.delay)
    assert delays == [8.0, 15.0, 15.0]
