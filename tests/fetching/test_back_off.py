"""When a host is left alone, and until when."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

import pytest

from newsdiff_crawler.fetching.back_off import AFTER_REFUSALS, AFTER_SILENCE, IN_A_ROW, BackOffs
from newsdiff_crawler.store import Store
from newsdiff_crawler.times import from_iso

HOST = "www.news.example"
MINUTE = timedelta(minutes=1)


class Clock:
    """The present moment, which a test moves on."""

    def __init__(self) -> None:
        self.now = from_iso("2026-03-01T08:00:00Z")

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def back_offs(store: Store, clock: Clock) -> BackOffs:
    return BackOffs(store.hosts, "paper", clock)


def until(back_offs: BackOffs) -> datetime | None:
    back_off = back_offs.at_present(HOST)
    return back_off.until if back_off else None


def test_a_host_that_asks_for_a_pause_gets_it(back_offs: BackOffs, clock: Clock) -> None:
    back_offs.refused(HOST, "HTTP 429", retry_after=120)
    assert until(back_offs) == clock.now + 2 * MINUTE
    clock.now += 2 * MINUTE
    assert back_offs.at_present(HOST) is None


def test_other_hosts_are_asked_meanwhile(back_offs: BackOffs) -> None:
    back_offs.refused(HOST, "HTTP 429", retry_after=120)
    assert back_offs.at_present("feeds.news.example") is None


@pytest.mark.parametrize("kind", ["refused", "unanswered"])
def test_some_bad_answers_in_a_row_make_a_back_off(
    back_offs: BackOffs, clock: Clock, kind: str
) -> None:
    first = (AFTER_REFUSALS if kind == "refused" else AFTER_SILENCE)[0]
    for _ in range(IN_A_ROW - 1):
        getattr(back_offs, kind)(HOST, "bad")
    assert back_offs.at_present(HOST) is None
    getattr(back_offs, kind)(HOST, "bad")
    assert until(back_offs) == clock.now + first


def test_a_good_answer_between_them_prevents_it(back_offs: BackOffs) -> None:
    for _ in range(IN_A_ROW * 3):
        back_offs.refused(HOST, "HTTP 403")
        back_offs.answered(HOST)
    assert back_offs.at_present(HOST) is None


def test_each_back_off_is_twice_as_long_as_the_one_before(
    back_offs: BackOffs, clock: Clock
) -> None:
    first, longest = AFTER_REFUSALS
    for _ in range(IN_A_ROW - 1):
        back_offs.refused(HOST, "HTTP 403")
    waits = []
    for _ in range(8):
        back_offs.refused(HOST, "HTTP 403")
        rest = back_offs.at_present(HOST)
        assert rest
        waits.append(rest.until - clock.now)
        clock.now = rest.until
    assert waits == [min(first * 2**number, longest) for number in range(8)]


def test_an_answer_that_was_on_its_way_neither_ends_nor_doubles_a_back_off(
    back_offs: BackOffs, clock: Clock
) -> None:
    back_offs.refused(HOST, "HTTP 503", retry_after=300)
    back_offs.answered(HOST)
    back_offs.refused(HOST, "HTTP 503", retry_after=120)
    rest = back_offs.at_present(HOST)
    assert rest
    assert (rest.until, rest.number) == (clock.now + 5 * MINUTE, 1)


def test_the_next_crawl_knows(store: Store, back_offs: BackOffs, clock: Clock) -> None:
    back_offs.refused(HOST, "HTTP 429", retry_after=120)
    assert until(BackOffs(store.hosts, "paper", clock)) == clock.now + 2 * MINUTE


def test_after_a_back_off_one_bad_answer_is_enough(
    store: Store, back_offs: BackOffs, clock: Clock
) -> None:
    back_offs.give_up(HOST, "robots.txt: timed out")
    clock.now += AFTER_SILENCE[0]
    later = BackOffs(store.hosts, "paper", clock)
    later.unanswered(HOST, "timed out")
    assert until(later) == clock.now + AFTER_SILENCE[0] * 2


def test_after_a_good_answer_all_is_forgotten(
    store: Store, back_offs: BackOffs, clock: Clock
) -> None:
    back_offs.give_up(HOST, "timed out")
    clock.now += AFTER_SILENCE[0]
    back_offs.answered(HOST)
    assert store.hosts.back_offs("paper") == []
    back_offs.unanswered(HOST, "timed out")
    assert back_offs.at_present(HOST) is None


def test_a_back_off_is_reported_once_in_each_crawl(
    store: Store, back_offs: BackOffs, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        back_offs.refused(HOST, "HTTP 429", retry_after=120)
        back_offs.refused(HOST, "HTTP 429", retry_after=180)
        BackOffs(store.hosts, "paper", clock)
    said = f"paper: {HOST}: left alone until 2026-03-01T08:0{{}}:00Z: HTTP 429"
    assert caplog.messages == [said.format(2), said.format(3)]
