"""When a whole page is asked for, and how a lie is found out."""

from __future__ import annotations

import pytest
from scrapy.http import Request, Response

from newsdiff_crawler.fetching.validators import NOT_MODIFIED_IN_A_ROW, Validators, conditions
from newsdiff_crawler.store import Store
from tests.support.runs import LoneRun, Paper

URL = "https://news.example/a"
HELD = ('"1"', "Sun, 01 Mar 2026 07:00:00 GMT")


@pytest.fixture
def validators(store: Store) -> Validators:
    return of(store, "paper")


def of(store: Store, source: str) -> Validators:
    """Those of one source."""
    run = LoneRun(store, Paper(source))
    return Validators(run.crawler, run)


def answer(status: int = 200, *held: str, **meta: object) -> Response:
    headers = conditions(*held) if held else {}
    return Response(URL, status, request=Request(URL, headers=headers, meta=meta))


def test_one_check_in_ten_is_whole(validators: Validators) -> None:
    sent = [bool(validators.conditions(*HELD, in_a_row)) for in_a_row in range(10)]
    assert sent == [True] * NOT_MODIFIED_IN_A_ROW + [False]


def test_both_validators_are_sent(validators: Validators) -> None:
    assert validators.conditions(*HELD, 0) == {
        "If-None-Match": HELD[0],
        "If-Modified-Since": HELD[1],
    }
    assert validators.conditions(None, HELD[1], 0) == {"If-Modified-Since": HELD[1]}
    assert validators.conditions(None, None, 0) == {}


def test_only_a_whole_check_in_spite_of_validators_is_a_test(validators: Validators) -> None:
    assert validators.is_untested(answer(), *HELD)
    assert not validators.is_untested(answer(200, *HELD), *HELD)
    assert not validators.is_untested(answer(), None, None)
    assert not validators.is_untested(answer(redirect_urls=[URL]), *HELD)


def test_not_modified_of_what_is_no_more_is_false(store: Store, validators: Validators) -> None:
    assert validators.test(URL, *HELD).headers["If-None-Match"] == b'"1"'
    validators.judge(answer(304, *HELD))
    assert validators.are_false
    assert validators.conditions(*HELD, 0) == {}
    assert of(store, "paper").are_false
    assert not of(store, "other").are_false


@pytest.mark.parametrize("status", [200, 404, 429, 500])
def test_anything_else_is_none(validators: Validators, status: int) -> None:
    validators.judge(answer(status, *HELD))
    assert not validators.are_false


def test_false_validators_are_reported_once(
    store: Store, validators: Validators, caplog: pytest.LogCaptureFixture
) -> None:
    other_crawl = of(store, "paper")
    for crawl in (validators, validators, other_crawl):
        crawl.judge(answer(304, *HELD))
    assert len(caplog.messages) == 1
