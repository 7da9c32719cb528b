"""Half an hour after a change, a fifth longer after each quiet look, never past forty days."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from newsdiff_crawler.items import Outcome
from newsdiff_crawler.schedule import FIRST_WAIT, LONGEST_WAIT, Standing, after_look
from newsdiff_crawler.times import from_iso

NOW = from_iso("2026-03-01T08:00:00Z")
HOUR = timedelta(hours=1)


def test_after_a_change_half_an_hour() -> None:
    after = after_look("changed", Standing(wait=timedelta(days=3), failures=2), NOW)
    assert after == Standing("live", FIRST_WAIT, next_check_at=NOW + timedelta(minutes=30))


def test_after_an_unchanged_look_a_fifth_longer() -> None:
    after = after_look("unchanged", Standing(wait=timedelta(minutes=30)), NOW)
    assert after.wait == timedelta(minutes=36)
    assert after.next_check_at == NOW + timedelta(minutes=36)


def test_no_further_look_once_the_wait_would_exceed_forty_days() -> None:
    standing, looks = Standing(), 0
    while standing.state == "live":
        standing, looks = after_look("unchanged", standing, NOW), looks + 1
        assert standing.wait <= LONGEST_WAIT
    assert (standing.state, standing.next_check_at, looks) == ("retired", None, 42)


def test_a_failure_leaves_the_wait_alone_and_is_retried_ever_later() -> None:
    standing = Standing(wait=2 * HOUR)
    waits = []
    for _ in range(8):
        standing = after_look("failed", standing, NOW)
        assert standing.next_check_at
        waits.append((standing.next_check_at - NOW) / HOUR)
    assert waits == [0.5, 1, 2, 4, 8, 16, 24, 24]
    assert standing.wait == 2 * HOUR


def test_a_page_is_gone_after_looks_one_six_and_twenty_four_hours_apart() -> None:
    standing, now, looks = Standing(), NOW, []
    while standing.state == "live":
        standing = after_look("gone", standing, now)
        if standing.next_check_at:
            looks.append((standing.next_check_at - now) / HOUR)
            now = standing.next_check_at
    assert looks == [1, 6, 24]
    assert (standing.state, standing.next_check_at) == ("gone", None)
    assert standing.event == ("gone", "absent since 2026-03-01T08:00:00Z")


def test_gone_is_said_once() -> None:
    standing = Standing("gone", absent_since=NOW)
    assert after_look("gone", standing, NOW + 90 * HOUR).event is None


def test_a_page_that_returns_is_back_and_live() -> None:
    after = after_look("unchanged", Standing("gone", absent_since=NOW), NOW + 50 * HOUR)
    assert (after.state, after.event, after.absent_since) == ("live", ("back", ""), None)


def test_blocked_is_said_once_and_ends_with_the_first_good_look() -> None:
    first = after_look("blocked", Standing(), NOW)
    second = after_look("blocked", first, NOW)
    assert (first.state, first.event) == ("blocked", ("blocked", ""))
    assert (second.state, second.event, second.failures) == ("blocked", None, 2)
    assert after_look("changed", second, NOW).state == "live"


OUTCOMES = st.lists(
    st.sampled_from(["new", "changed", "unchanged", "gone", "blocked", "failed"]), max_size=60
)


@given(OUTCOMES)
def test_an_article_always_has_a_next_look_or_a_state_that_says_why_not(
    outcomes: list[Outcome],
) -> None:
    standing = Standing()
    for outcome in outcomes:
        standing = after_look(outcome, standing, NOW)
        if standing.next_check_at is None:
            assert standing.state in ("gone", "retired")
        else:
            assert NOW < standing.next_check_at <= NOW + LONGEST_WAIT
