"""A check is due when waiting longer would harm more than the check costs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdiff_crawler.scheduling.edit_rate import BASELINE_RATE, LATE, Watched
from newsdiff_crawler.scheduling.price import (
    LONGEST_GAP,
    LOSS,
    PRICES,
    SHORTEST_GAP,
    best_gap,
    checks_of_a_life,
    price_for_capacity,
    price_for_checks,
)

watched = st.builds(Watched, st.floats(0, 1e4), st.just(0.0), st.integers(0, 50), st.floats(0, 1e4))


def harm(watched: Watched, baseline_rate: float, gap: float) -> float:
    expected = watched.rate(baseline_rate) * watched.exposure_ahead(gap) + LATE * gap
    return expected * gap / 2 + LOSS * expected**2 / 2


@given(watched, st.floats(0.001, 2), st.floats(1e-5, 10))
def test_the_gap_is_where_the_harm_reaches_the_price(
    watched: Watched, baseline_rate: float, price: float
) -> None:
    gap = best_gap(watched, baseline_rate, price)
    assert SHORTEST_GAP <= gap <= LONGEST_GAP
    if SHORTEST_GAP < gap < LONGEST_GAP:
        assert harm(watched, baseline_rate, gap) == pytest.approx(price, rel=0.01)


def test_no_gap_is_shorter_than_five_minutes_or_longer_than_two_weeks() -> None:
    live = Watched(1.0, changes=40)
    assert best_gap(live, baseline_rate=2.0, price=1e-9) == SHORTEST_GAP
    assert best_gap(Watched(2000.0), baseline_rate=0.001, price=1e3) == LONGEST_GAP


@pytest.mark.parametrize("baseline_rate", [0.02, BASELINE_RATE, 1.0])
@pytest.mark.parametrize("checks", [12, 24, 72, 200])
def test_an_average_article_gets_the_checks_asked_for(checks: int, baseline_rate: float) -> None:
    price = price_for_checks(checks, baseline_rate)
    assert checks_of_a_life(price, baseline_rate) == pytest.approx(checks, rel=0.03)


def test_twice_the_checks_cost_about_a_quarter_of_the_price() -> None:
    assert price_for_checks(100, BASELINE_RATE) / price_for_checks(
        50, BASELINE_RATE
    ) == pytest.approx(0.25, rel=0.3)


def test_a_capacity_that_was_kept_keeps_the_price() -> None:
    assert price_for_capacity([(0.05, 2400), (0.05, 2400)], 100) == pytest.approx(0.05)


def test_twice_the_checks_that_capacity_allows_make_the_price_four_times_as_high() -> None:
    assert price_for_capacity([(0.05, 2400)], 50) == pytest.approx(4 * 0.05)


def test_the_price_falls_by_half_at_most() -> None:
    assert price_for_capacity([(0.05, 1)], 1000) == pytest.approx(0.05 / 2)


def test_days_at_different_prices_are_made_comparable() -> None:
    days = [(0.04, 1000), (0.01, 2000)]
    assert price_for_capacity(days, 1000 / 24) == pytest.approx(0.04)


@given(
    st.lists(st.tuples(st.floats(*PRICES), st.integers(1, 10**9)), min_size=1),
    st.floats(0.001, 1e9),
)
def test_a_price_stays_within_bounds(days: list[tuple[float, int]], capacity: float) -> None:
    assert PRICES[0] <= price_for_capacity(days, capacity) <= PRICES[1]
