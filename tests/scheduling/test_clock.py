"""Whether a clock was wrong, or is, by when earlier crawls were."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdiff_crawler.scheduling.clock import Verdict, judge_clock, was_behind
from newsdiff_crawler.times import from_iso

NOW = from_iso("2026-03-01T08:00:00Z")
DAY = timedelta(days=1)


def days(*numbers: float) -> list[datetime]:
    """Moments, in days from now."""
    return [NOW + DAY * number for number in numbers]


@pytest.mark.parametrize(
    ("times", "verdict"),
    [
        ([], "right"),
        (days(-2, -1), "right"),
        (days(-1, 0.03), "right"),  # two crawls side by side
        (days(-1, 40), "was ahead"),
        (days(-1, 3650, 3651), "was ahead"),
        (days(-1, 2), "was ahead"),
        (days(-0.01, 40, 41, 42, 43, 44), "was ahead"),
        (days(-1, 10, 80), "was ahead"),  # it leapt twice
        (days(40, 41), "unclear"),  # it was wrong from the beginning on, or is behind now
        (days(-0.5, *range(40)), "unclear"),  # it was wrong for long, or is behind now
        (days(-0.5, *range(0, 400, 5)), "unclear"),
    ],
)
def test_a_leap_forward_was_a_fault_and_steady_steps_may_have_been_none(
    times: list[datetime], verdict: Verdict
) -> None:
    assert judge_clock(times, NOW) == verdict


def test_a_clock_that_lost_its_battery_is_behind_whatever_the_record_holds() -> None:
    for times in ([], days(0), days(40)):
        assert judge_clock(times, from_iso("1970-01-01T00:02:00Z")) == "is behind"


@pytest.mark.parametrize(
    ("before", "since", "verdict"),
    [
        (-1, [], False),
        (-1, [-41, -40.9], True),
        (-1, [-20000], True),
        (-0.02, [-0.03], False),  # two crawls side by side
        (0, [*range(-40, 0)], False),  # that crawl was ahead, and time has caught up with it
        (-3, [-1], False),
    ],
)
def test_a_leap_back_and_forth_again_was_a_fault(
    before: float, since: list[float], verdict: bool
) -> None:
    assert was_behind(NOW + DAY * before, days(*since), NOW) is verdict


@given(st.floats(0.1, 5000), st.lists(st.floats(0.001, 1), max_size=20))
def test_one_leap_from_the_present_is_always_seen(leap: float, steps: list[float]) -> None:
    times = days(-0.01, leap)
    for step in steps:
        times.append(times[-1] + DAY * min(step, leap / 20))
    assert judge_clock(times, NOW) == "was ahead"
