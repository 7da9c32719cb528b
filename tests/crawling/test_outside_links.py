"""Which links on other hosts are asked where they lead."""

from __future__ import annotations

import pytest
from scrapy.http import Response

from newsdiff_crawler.crawling.outside_links import MOST_ASKED, TRIES, OutsideLinks, location_of
from newsdiff_crawler.store import Store
from tests.support.runs import NOW, LoneRun


def links(count: int, host: str = "t.example", start: int = 0) -> list[str]:
    return [f"https://{host}/{number}" for number in range(start, start + count)]


@pytest.fixture
def outside(store: Store) -> OutsideLinks:
    return OutsideLinks(LoneRun(store), lambda _link: None)


def record(store: Store, count: int, leads_to: str | None) -> None:
    for url in links(count, start=100):
        store.feeds.outside_links.record("paper", url, "t.example", leads_to, NOW)


def test_of_an_unknown_host_a_few_are_asked(outside: OutsideLinks) -> None:
    assert outside.choose(links(40)) == links(TRIES)
    assert outside.may_lead(links(40))


def test_of_a_host_that_led_on_before_many_are_asked(store: Store, outside: OutsideLinks) -> None:
    record(store, 1, "https://news.example/1")
    assert outside.choose(links(40)) == links(MOST_ASKED)


def test_of_a_host_that_leads_nowhere_none_is_asked(store: Store, outside: OutsideLinks) -> None:
    record(store, TRIES, None)
    assert outside.choose(links(40)) == []
    assert not outside.may_lead(links(40))


def test_a_link_is_asked_once_however_many_feeds_list_it(outside: OutsideLinks) -> None:
    assert outside.choose(links(1)) == links(1)
    assert outside.choose(links(1)) == []


def test_a_host_is_new_until_it_was_asked(store: Store, outside: OutsideLinks) -> None:
    assert outside.new_hosts(links(3)) == ["t.example"]
    outside.choose(links(3))
    assert outside.new_hosts(links(3)) == []


@pytest.mark.parametrize(
    ("status", "location", "leads_to"),
    [
        (301, "https://news.example/1?utm_source=t", "https://news.example/1"),
        (302, "/2", "https://t.example/2"),
        (307, "//news.example/caf\u00e9", "https://news.example/caf%C3%A9"),
        (301, "https://u:p@news.example/1", None),
        (301, "https://news.example:99999/", None),
        (301, "ftp://news.example/1", None),
        (301, "http://[", None),
        (301, "https://t.example/1", None),
        (200, "https://news.example/1", None),
        (301, "", None),
    ],
)
def test_only_a_redirect_to_a_usable_address_leads_on(
    status: int, location: str, leads_to: str | None
) -> None:
    headers = {"Location": location.encode()} if location else {}
    assert location_of(Response("https://t.example/1", status, headers)) == leads_to
