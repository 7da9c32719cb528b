"""Two requests at a time to a host, none while it is left alone, and what its answers teach."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy.core.downloader import Slot
from scrapy.exceptions import DownloadTimeoutError, IgnoreRequest
from scrapy.http import Request, Response
from scrapy.settings import Settings

from newsdiff_crawler.fetching import host_slots
from newsdiff_crawler.fetching.back_off import IN_A_ROW
from newsdiff_crawler.fetching.errors import HostBackedOff, HostIsBusy
from newsdiff_crawler.fetching.host_limits import HostLimits
from newsdiff_crawler.fetching.host_slots import MOST_AT_A_TIME
from newsdiff_crawler.store import RecordFailedError, Store
from tests.support.runs import LoneRun

PAGE = "https://www.news.example/world/rain"
HOST = "www.news.example"


@pytest.fixture
def run(store: Store) -> LoneRun:
    run = LoneRun(store)
    crawler: Any = run.crawler
    crawler.settings = Settings(
        {
            "AUTOTHROTTLE_MAX_DELAY": 15,
            "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
        }
    )
    crawler.engine = SimpleNamespace(downloader=SimpleNamespace(slots={}))
    return run


def limits_of(run: LoneRun) -> HostLimits:
    return HostLimits(run.crawler, run)


def ask(limits: HostLimits, url: str = PAGE) -> Request:
    request = Request(url)
    asyncio.run(limits.process_request(request))
    return request


def answer(limits: HostLimits, request: Request, status: int, **headers: str) -> None:
    named = {name.replace("_", "-"): value for name, value in headers.items()}

    async def play() -> None:
        limits.process_response(request, Response(request.url, status, named))

    asyncio.run(play())


def fail(limits: HostLimits, request: Request, error: Exception) -> None:
    async def play() -> None:
        limits.process_exception(request, error)

    asyncio.run(play())


def test_a_third_request_waits_for_one_of_two(
    run: LoneRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def play() -> None:
        limits = limits_of(run)
        first, second, third = (Request(PAGE) for _ in range(3))
        await limits.process_request(first)
        await limits.process_request(second)
        await limits.process_request(Request("https://feeds.elsewhere.example/rss"))
        waiting = asyncio.ensure_future(limits.process_request(third))
        await asyncio.sleep(0)
        assert not waiting.done()
        limits.process_response(first, Response(PAGE))
        await waiting

    asyncio.run(play())


def test_what_waits_when_a_back_off_begins_is_not_sent(run: LoneRun) -> None:
    async def play() -> None:
        limits = limits_of(run)
        sent = [Request(PAGE) for _ in range(MOST_AT_A_TIME)]
        for request in sent:
            await limits.process_request(request)
        waiting = asyncio.ensure_future(limits.process_request(Request(PAGE)))
        await asyncio.sleep(0)
        limits.process_response(sent[0], Response(PAGE, 429, {"Retry-After": "60"}))
        with pytest.raises(HostBackedOff, match="HTTP 429"):
            await waiting

    asyncio.run(play())


def test_a_request_that_the_other_crawls_leave_no_slot_for_is_put_off(
    run: LoneRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(host_slots, "LONGEST_WAIT", 0.0)
    busy = limits_of(run)
    kept = [ask(busy) for _ in range(MOST_AT_A_TIME)]
    with pytest.raises(HostIsBusy):
        ask(limits_of(run))
    assert len(kept) == MOST_AT_A_TIME


def test_after_some_refusals_a_host_is_left_alone(run: LoneRun) -> None:
    limits = limits_of(run)
    for _ in range(IN_A_ROW):
        answer(limits, ask(limits), 403)
    with pytest.raises(HostBackedOff, match="HTTP 403"):
        ask(limits)


def test_after_some_errors_of_the_server_it_is_left_alone(run: LoneRun) -> None:
    limits = limits_of(run)
    for _ in range(IN_A_ROW):
        answer(limits, ask(limits), 502)
    with pytest.raises(HostBackedOff, match="HTTP 502"):
        ask(limits)


def test_a_host_that_does_not_answer_is_left_alone(run: LoneRun) -> None:
    limits = limits_of(run)
    for _ in range(IN_A_ROW):
        fail(limits, ask(limits), DownloadTimeoutError())
    with pytest.raises(HostBackedOff, match="timed out"):
        ask(limits)


def test_a_page_at_fault_is_not_held_against_its_host(run: LoneRun) -> None:
    limits = limits_of(run)
    for _ in range(IN_A_ROW):
        fail(limits, ask(limits), IgnoreRequest("max redirections reached"))
        answer(limits, ask(limits), 404)
    ask(limits)


def test_a_refusal_halves_the_rate(run: LoneRun) -> None:
    limits = limits_of(run)
    slot = run.crawler.engine.downloader.slots[HOST] = Slot(2, 4.0, 0.5)
    delays = []
    for _ in range(3):
        answer(limits, ask(limits), 403)
        delays.append(slot.delay)
    assert delays == [8.0, 15.0, 15.0]


def test_a_crawl_that_wants_one_request_at_a_time_sends_one(run: LoneRun) -> None:
    run.crawler.settings.set("CONCURRENT_REQUESTS_PER_DOMAIN", 1)

    async def play() -> None:
        limits = limits_of(run)
        first = Request(PAGE)
        await limits.process_request(first)
        waiting = asyncio.ensure_future(limits.process_request(Request(PAGE)))
        await asyncio.sleep(0)
        assert not waiting.done()
        limits.process_response(first, Response(PAGE))
        await waiting

    asyncio.run(play())


def test_a_host_that_was_asked_as_often_as_it_may_be_is_left_alone_until_tomorrow(
    run: LoneRun, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By all crawls together: others asked it twice."""
    monkeypatch.setattr(
        run, "configuration", run.configuration.model_copy(update={"host_requests_per_day": 3})
    )
    for _ in range(2):
        store.hosts.asked(HOST, run.now().strftime("%Y-%m-%d"))
    limits = limits_of(run)
    answer(limits, ask(limits), 200)
    with pytest.raises(HostBackedOff) as refusal:
        ask(limits)
    tomorrow = (run.now() + timedelta(days=1)).strftime("%Y-%m-%dT00:00:00Z")
    assert str(refusal.value) == (
        f"left alone until {tomorrow}: asked 3 times today, as often as it may be"
    )
    ask(limits, "https://feeds.elsewhere.example/rss")
    assert store.hosts.asked(HOST, tomorrow[:10]) == 1


def test_a_machine_that_is_in_the_next_day_already_gives_the_others_no_new_share(
    store: Store,
) -> None:
    """Two machines whose clocks are a minute apart, at midnight."""
    behind, ahead = "2026-03-01", "2026-03-02"
    days = [behind, behind, ahead, behind, ahead, "2026-03-03", ahead]
    assert [store.hosts.asked(HOST, day) for day in days] == [1, 2, 1, 3, 2, 1, 3]
    assert store.db.count("host_days") == 2, "what is over is forgotten"


def test_when_the_record_cannot_be_written_nobody_waits_for_a_slot(
    run: LoneRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failed(*_: object) -> None:
        raise RecordFailedError("the disk is full")

    monkeypatch.setattr(HostLimits, "_count", failed)

    async def play() -> list[BaseException | None]:
        limits = limits_of(run)
        everybody = (limits.process_request(Request(PAGE)) for _ in range(3 * MOST_AT_A_TIME))
        return await asyncio.wait_for(asyncio.gather(*everybody, return_exceptions=True), 60)

    assert {type(each) for each in asyncio.run(play())} == {RecordFailedError}
