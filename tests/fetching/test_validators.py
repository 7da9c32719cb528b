"""When a whole page is asked for, and how a lie is found out."""

from __future__ import annotations

import pytest
from scrapy.http import Request, Response

from newsdiff_crawler.fetching.answers import conditions
from newsdiff_crawler.fetching.validators import NOT_MODIFIED_IN_A_ROW, Truth
from newsdiff_crawler.store import Store
from newsdiff_crawler.times import from_iso

NOW = from_iso("2026-03-01T08:00:00Z")
URL = "https://news.example/a"
HELD = ('"1"', "Sun, 01 Mar 2026 07:00:00 GMT")


@pytest.fixture
def truth(store: Store) -> Truth:
    return Truth(store.hosts, "paper", lambda: NOW)


def answer(status: int = 200, *held: str, **meta: object) -> Response:
    headers = conditions(*held) if held else {}
    return Response(URL, status, request=Request(URL, headers=headers, meta=meta))


def test_one_look_in_ten_is_whole(truth: Truth) -> None:
    sent = [bool(truth.conditions(*HELD, in_a_row)) for in_a_row in range(10)]
    assert sent == [True] * NOT_MODIFIED_IN_A_ROW + [False]


def test_both_validators_are_sent(truth: Truth) -> None:
    assert truth.conditions(*HELD, 0) == {"If-None-Match": HELD[0], "If-Modified-Since": HELD[1]}
    assert truth.conditions(None, HELD[1], 0) == {"If-Modified-Since": HELD[1]}
    assert truth.conditions(None, None, 0) == {}


def test_only_a_whole_look_in_spite_of_validators_is_a_test(truth: Truth) -> None:
    assert truth.is_untested(answer(), *HELD)
    assert not truth.is_untested(answer(200, *HELD), *HELD)
    assert not truth.is_untested(answer(), None, None)
    assert not truth.is_untested(answer(redirect_urls=[URL]), *HELD)


def test_not_modified_of_what_is_no_more_is_a_lie(store: Store, truth: Truth) -> None:
    assert truth.test(URL, *HELD).headers["If-None-Match"] == b'"1"'
    truth.judge(answer(304, *HELD))
    assert truth.lies
    assert truth.conditions(*HELD, 0) == {}
    assert Truth(store.hosts, "paper", lambda: NOW).lies
    assert not Truth(store.hosts, "other", lambda: NOW).lies


@pytest.mark.parametrize("status", [200, 404, 429, 500])
def test_anything_else_is_none(truth: Truth, status: int) -> None:
    truth.judge(answer(status, *HELD))
    assert not truth.lies


def test_a_lie_is_said_once(store: Store, truth: Truth, caplog: pytest.LogCaptureFixture) -> None:
    other_crawl = Truth(store.hosts, "paper", lambda: NOW)
    for crawl in (truth, truth, other_crawl):
        crawl.judge(answer(304, *HELD))
    assert len(caplog.messages) == 1
