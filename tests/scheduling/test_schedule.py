"""Checks come when an edit is likely, promises are dates, and failures do not count as quiet."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdiff_crawler.items import Outcome
from newsdiff_crawler.scheduling.price import price_for_checks
from newsdiff_crawler.scheduling.schedule import (
    LONGEST_FEED_WAIT,
    LONGEST_WAIT,
    PRICE,
    RETIREMENT,
    SHORTEST_FEED_WAIT,
    SHORTEST_WAIT,
    FeedScheduleState,
    ScheduleState,
    after_check,
    after_feed_check,
    hinted,
)
from newsdiff_crawler.times import from_iso

NOW = from_iso("2026-03-01T08:00:00Z")
HOUR, MINUTE, DAY = timedelta(hours=1), timedelta(minutes=1), timedelta(days=1)
FRESH = ScheduleState(first_seen_at=NOW)


def life(
    schedule_state: ScheduleState, changes: tuple[timedelta, ...] = ()
) -> list[tuple[datetime, ScheduleState]]:
    """When each check of an article was that is edited at these ages, until the last one."""
    checks: list[tuple[datetime, ScheduleState]] = []
    now: datetime | None = schedule_state.first_seen_at or NOW
    seen = 0
    while now:
        happened = sum(NOW + age <= now for age in changes)
        schedule_state = after_check(
            "changed" if happened > seen else "unchanged", schedule_state, now
        )
        seen = happened
        checks.append((now, schedule_state))
        now = schedule_state.next_check_at
    return checks


def test_a_fresh_article_is_checked_again_within_half_an_hour() -> None:
    after = after_check("new", ScheduleState(), NOW)
    assert 10 * MINUTE < after.wait < 30 * MINUTE
    assert (after.next_check_at, after.first_seen_at) == (NOW + after.wait, NOW)


def test_the_wait_of_a_quiet_article_grows_with_age() -> None:
    waits = [schedule_state.wait for _, schedule_state in life(FRESH)[:-1]]
    assert waits == sorted(waits)
    assert waits[-1] > 100 * waits[0]


def test_a_change_shortens_the_wait() -> None:
    before = replace(FRESH, changes=1, changed_at=NOW + HOUR)
    quiet = after_check("unchanged", before, NOW + 6 * HOUR)
    changed = after_check("changed", before, NOW + 6 * HOUR)
    assert changed.wait < quiet.wait / 2
    assert (changed.changes, changed.changed_at) == (2, NOW + 6 * HOUR)


def test_an_article_of_a_section_that_is_never_edited_is_checked_less() -> None:
    assert len(life(replace(FRESH, baseline_rate=0.01))) < len(
        life(replace(FRESH, baseline_rate=0.5))
    )


def test_a_higher_price_means_fewer_checks() -> None:
    assert len(life(replace(FRESH, price=10 * PRICE))) < len(life(FRESH))


def test_the_price_without_a_record_makes_24_checks() -> None:
    assert pytest.approx(price_for_checks(24, FRESH.baseline_rate), rel=0.02) == PRICE


def test_a_date_that_lies_a_week_back_does_not_put_off_the_first_recheck() -> None:
    undated = after_check("new", FRESH, NOW)
    dated = after_check("new", replace(FRESH, published_at=NOW - 7 * DAY), NOW)
    assert dated.wait == undated.wait
    assert after_check("unchanged", dated, NOW + HOUR).wait > 5 * HOUR  # it was an old story


def test_an_article_dated_days_before_it_was_first_seen_is_not_taken_for_fresh() -> None:
    old = after_check("new", replace(FRESH, published_at=NOW - 400 * DAY), NOW)
    dated_yesterday = after_check("new", replace(FRESH, published_at=NOW - 20 * HOUR), NOW)
    dated_tomorrow = after_check("new", replace(FRESH, published_at=NOW + DAY), NOW)
    assert old.wait > 5 * HOUR
    assert dated_yesterday.wait == dated_tomorrow.wait == after_check("new", FRESH, NOW).wait


# --- The end ----------------------------------------------------------------------------------


def test_an_article_is_retired_after_ninety_quiet_days_and_not_before() -> None:
    (*_, (before, _), (last, schedule_state)) = life(FRESH)
    assert (schedule_state.state, schedule_state.next_check_at) == ("retired", None)
    assert before < NOW + RETIREMENT <= last <= NOW + RETIREMENT + LONGEST_WAIT


def test_a_change_keeps_an_article_from_being_retired() -> None:
    *_, (last, schedule_state) = life(FRESH, changes=(80 * DAY,))
    assert schedule_state.state == "retired"
    assert last > NOW + RETIREMENT


def test_an_old_article_that_nothing_is_expected_of_is_retired_whenever_it_last_changed() -> None:
    before = replace(FRESH, price=1.0, changes=1, changed_at=NOW + 85 * DAY)
    assert after_check("unchanged", before, NOW + 100 * DAY).state == "retired"
    assert after_check("changed", before, NOW + 100 * DAY).state == "live"


def test_a_retired_article_that_changed_after_all_is_live_again() -> None:
    *_, (_, schedule_state) = life(FRESH)
    after = after_check("changed", schedule_state, NOW + 200 * DAY)
    assert (after.state, after.event) == ("live", None)


def test_an_article_that_only_fails_is_retired_too() -> None:
    after = after_check("failed", replace(FRESH, failures=80), NOW + RETIREMENT)
    assert (after.state, after.next_check_at) == ("retired", None)


# --- Checks without a text -------------------------------------------------------------------


def test_a_failure_leaves_the_wait_alone_and_is_retried_ever_later() -> None:
    schedule_state = replace(FRESH, wait=2 * HOUR)
    waits = []
    for _ in range(8):
        schedule_state = after_check("failed", schedule_state, NOW)
        assert schedule_state.next_check_at
        waits.append((schedule_state.next_check_at - NOW) / HOUR)
    assert waits == [0.5, 1, 2, 4, 8, 16, 24, 24]
    assert schedule_state.wait == 2 * HOUR


def test_a_page_is_gone_after_checks_one_six_and_twenty_four_hours_apart() -> None:
    schedule_state, now, hours = ScheduleState(), NOW, []
    while schedule_state.state == "live":
        schedule_state = after_check("gone", schedule_state, now)
        if schedule_state.next_check_at:
            hours.append((schedule_state.next_check_at - now) / HOUR)
            now = schedule_state.next_check_at
    assert hours == [1, 6, 24]
    assert (schedule_state.state, schedule_state.next_check_at) == ("gone", None)
    assert schedule_state.event == ("gone", "absent since 2026-03-01T08:00:00Z")


def test_gone_is_said_once() -> None:
    schedule_state = ScheduleState("gone", absent_since=NOW)
    assert after_check("gone", schedule_state, NOW + 90 * HOUR).event is None


def test_a_page_that_returns_is_back_and_live() -> None:
    gone = replace(FRESH, state="gone", absent_since=NOW, failures=4)
    after = after_check("unchanged", gone, NOW + 50 * HOUR)
    assert (after.state, after.event, after.absent_since) == ("live", ("back", ""), None)
    assert after.failures == 0


def test_blocked_is_said_once_and_ends_with_the_first_good_check() -> None:
    first = after_check("blocked", ScheduleState(), NOW, "HTTP 403")
    second = after_check("blocked", first, NOW, "HTTP 429")
    assert (first.state, first.event) == ("blocked", ("blocked", "HTTP 403"))
    assert (second.state, second.event, second.failures) == ("blocked", None, 2)
    assert after_check("changed", second, NOW).state == "live"


OUTCOMES = st.lists(
    st.tuples(
        st.sampled_from(["new", "changed", "unchanged", "gone", "blocked", "failed"]),
        st.timedeltas(min_value=timedelta(0), max_value=200 * DAY),
    ),
    max_size=60,
)


@given(OUTCOMES, st.floats(1e-6, 10), st.floats(1e-6, 1e3))
def test_an_article_always_has_a_next_check_or_a_state_that_says_why_not(
    outcomes: list[tuple[Outcome, timedelta]], baseline_rate: float, price: float
) -> None:
    schedule_state, now = ScheduleState(baseline_rate=baseline_rate, price=price), NOW
    for outcome, later in outcomes:
        now += later
        schedule_state = after_check(outcome, schedule_state, now)
        if schedule_state.next_check_at is None:
            assert schedule_state.state in ("gone", "retired")
        else:
            assert now < schedule_state.next_check_at <= now + LONGEST_WAIT
        if outcome in ("new", "changed", "unchanged") and schedule_state.state == "live":
            assert SHORTEST_WAIT <= schedule_state.wait <= LONGEST_WAIT


# --- Hints ------------------------------------------------------------------------------------


def test_an_article_whose_feed_entry_changed_is_due_now() -> None:
    assert hinted(NOW + 3 * HOUR, NOW - HOUR, 0, NOW) == NOW


def test_a_hint_right_after_a_check_waits_for_five_minutes() -> None:
    assert hinted(NOW + 3 * HOUR, NOW - MINUTE, 0, NOW) == NOW + 4 * MINUTE


def test_a_hint_never_puts_a_check_off() -> None:
    assert hinted(NOW - HOUR, NOW - MINUTE, 0, NOW) == NOW - HOUR


def test_a_hint_brings_back_what_was_not_to_be_checked_again() -> None:
    assert hinted(None, NOW - 9 * DAY, 4, NOW) == NOW
    assert hinted(None, None, 0, NOW) == NOW


def test_a_hint_does_not_shorten_the_wait_of_a_page_that_fails() -> None:
    assert hinted(NOW + HOUR, NOW - HOUR, 1, NOW) == NOW + HOUR


# --- Feeds ------------------------------------------------------------------------------------


def feed_after(*checks: int | None) -> FeedScheduleState:
    schedule_state = FeedScheduleState()
    for news in checks:
        schedule_state = after_feed_check(news, schedule_state, NOW)
    return schedule_state


def test_a_feed_that_brings_something_each_time_is_read_every_five_minutes() -> None:
    assert feed_after(0, 0, 0, 2, 1, 7) == FeedScheduleState(5 * MINUTE, 0, NOW + 5 * MINUTE)


def test_a_feed_that_brings_nothing_is_read_ever_less_though_every_hour() -> None:
    waits = [feed_after(*[0] * checks).wait / MINUTE for checks in range(15)]
    assert waits == sorted(waits)
    assert (waits[1], waits[-1]) == (6.25, 60)


def test_a_feed_that_fails_keeps_its_wait_and_is_tried_again_within_the_hour() -> None:
    waits = []
    schedule_state = FeedScheduleState(20 * MINUTE)
    for _ in range(6):
        schedule_state = after_feed_check(None, schedule_state, NOW)
        assert schedule_state.next_check_at
        waits.append((schedule_state.next_check_at - NOW) / MINUTE)
    assert waits == [10, 20, 40, 60, 60, 60]
    assert after_feed_check(0, schedule_state, NOW) == FeedScheduleState(
        25 * MINUTE, 0, NOW + 25 * MINUTE
    )


@given(st.lists(st.none() | st.integers(0, 100)))
def test_a_feed_always_has_a_next_check(checks: list[int | None]) -> None:
    for schedule_state in (feed_after(*checks[:end]) for end in range(1, len(checks) + 1)):
        assert schedule_state.next_check_at
        assert SHORTEST_FEED_WAIT <= schedule_state.next_check_at - NOW <= LONGEST_FEED_WAIT
