"""No name and no redirect leads into the operator's own network."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy.exceptions import CannotResolveHostError, IgnoreRequest
from scrapy.http import Request
from scrapy.resolver import CachingThreadedResolver, dnscache
from twisted.internet import defer
from twisted.internet.error import DNSLookupError

from newsdiff_crawler.fetching.private_addresses import (
    GuardedResolver,
    PrivateAddressError,
    PrivateAddressGuard,
)
from newsdiff_crawler.run import Run
from newsdiff_crawler.store import Store
from tests.support.runs import LoneRun, Paper

HOST = "www.news.example"
PAGE = f"https://{HOST}/world/rain"
PRIVATE = [
    "127.0.0.1",
    "10.1.2.3",
    "192.168.0.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
]


@pytest.fixture(autouse=True)
def _nothing_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(GuardedResolver, "allowed", set())


class Resolved(PrivateAddressGuard):
    """With one answer for every name."""

    address: str | None = "8.8.8.8"  # None: the name is unknown

    async def _resolve(self, host: str) -> str:
        if not self.address:
            raise DNSLookupError(host)
        return self.address


def guard(run: Run | None) -> Resolved:
    crawler: Any = SimpleNamespace(get_extension=lambda _: run)
    return Resolved(crawler)


@pytest.fixture
def of_a_source(store: Store) -> Resolved:
    domains = ("news.example", "127.0.0.1", "localhost", "10.0.0.5")
    return guard(LoneRun(store, Paper(domains=domains, feeds=("http://127.0.0.1:8001/rss",))))


def ask(middleware: PrivateAddressGuard, url: str, **meta: object) -> None:
    asyncio.run(middleware.process_request(Request(url, meta=meta)))


# --- Requests -------------------------------------------------------------------------------------


def test_a_name_with_a_public_address_is_asked(of_a_source: Resolved) -> None:
    ask(of_a_source, PAGE)


def test_behind_a_proxy_names_are_the_proxy_s_business(of_a_source: Resolved) -> None:
    of_a_source.address = "10.1.2.3"
    ask(of_a_source, PAGE, proxy="http://10.0.0.1:3128")


@pytest.mark.parametrize("private", PRIVATE)
def test_a_name_with_a_private_address_is_refused(of_a_source: Resolved, private: str) -> None:
    of_a_source.address = private
    with pytest.raises(IgnoreRequest, match=f"{HOST} has a private address, {private}"):
        ask(of_a_source, PAGE)


def test_the_proxy_may_be_on_this_machine(of_a_source: Resolved) -> None:
    ask(of_a_source, PAGE, proxy="http://127.0.0.1:3128")
    assert GuardedResolver.allowed == {"127.0.0.1"}


def test_an_address_that_the_source_names_is_asked(of_a_source: Resolved) -> None:
    ask(of_a_source, "http://127.0.0.1:8001/news/rain")
    assert GuardedResolver.allowed == {"127.0.0.1"}


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:6379/", "http://127.0.0.1/", "http://10.0.0.5/", "http://localhost/"]
)
@pytest.mark.parametrize("proxy", [None, "http://10.0.0.1:3128"])
def test_another_private_address_or_port_is_refused(
    of_a_source: Resolved, url: str, proxy: str | None
) -> None:
    with pytest.raises(IgnoreRequest, match="led to a private address"):
        ask(of_a_source, url, **({"proxy": proxy} if proxy else {}))


def test_a_name_that_nobody_knows_is_a_host_that_does_not_answer(of_a_source: Resolved) -> None:
    of_a_source.address = None
    with pytest.raises(CannotResolveHostError):
        ask(of_a_source, PAGE)


def test_a_spider_that_is_no_source_asks_for_what_it_likes() -> None:
    ask(guard(None), "http://127.0.0.1:8000/")
    ask(guard(None), "http://127.0.0.1:8000/more", redirect_urls=["http://127.0.0.1:8000/"])
    assert GuardedResolver.allowed == {"127.0.0.1"}


def test_but_it_is_not_led_inside() -> None:
    with pytest.raises(IgnoreRequest, match=r"led to a private address, 169\.254\.169\.254"):
        ask(guard(None), "http://169.254.169.254/latest/meta-data", redirect_urls=[PAGE])


# --- The name service -----------------------------------------------------------------------------


@pytest.fixture(params=[0, 100], ids=["uncached", "cached"])
def resolver(request: pytest.FixtureRequest) -> Iterator[GuardedResolver]:
    reactor: Any = SimpleNamespace()
    yield GuardedResolver(reactor, request.param, 1.0)
    dnscache.clear()


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What every name leads to: the one item."""
    led_to = ["8.8.8.8"]
    monkeypatch.setattr(
        CachingThreadedResolver.__base__,
        "getHostByName",
        lambda *_: defer.succeed(led_to[0]),
    )
    return led_to


def resolved(resolver: GuardedResolver, name: str = HOST) -> object:
    results: list[object] = []
    resolver.getHostByName(name).addBoth(results.append)
    return getattr(results[0], "value", results[0])


@pytest.mark.parametrize("private", PRIVATE)
def test_a_name_with_a_private_address_has_none(
    resolver: GuardedResolver, address: list[str], private: str
) -> None:
    address[0] = private
    error = resolved(resolver)
    assert isinstance(error, PrivateAddressError)
    assert isinstance(error, DNSLookupError)
    assert str(error) == f"{HOST} has a private address, {private}"
    assert str(resolved(resolver)) == str(error), "the second time, too"


def test_a_public_address_is_given(resolver: GuardedResolver, address: list[str]) -> None:
    assert resolved(resolver) == "8.8.8.8"


def test_a_host_that_was_allowed_has_its_address(
    resolver: GuardedResolver, address: list[str]
) -> None:
    address[0] = "127.0.0.1"
    GuardedResolver.allowed.add("localhost")
    assert resolved(resolver, "localhost") == "127.0.0.1"
