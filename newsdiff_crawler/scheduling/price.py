"""What a check of an article is worth, and what it costs. Pure; gaps and ages are hours.

Between two checks, e edits are expected. Each is seen half a gap too late, on average, and about
e^2 / 2 versions are overwritten unseen (edits falling as in a Poisson process). An overwritten
version counts as LOSS hours of delay:

    harm(gap) = e gap / 2 + LOSS e^2 / 2

A check is due when the harm has grown to its price. For a steady rate r nothing is better: harm
per hour, gap (r + LOSS r^2) / 2, and checks per hour at a price, price / gap, have their smallest
sum where harm(gap) = price. The number of checks is very nearly proportional to price^-1/2.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import sqrt
from statistics import NormalDist, fmean

from newsdiff_crawler.scheduling.edit_rate import LATE, Watched

LOSS = 48.0
SHORTEST_GAP = 5 / 60
LONGEST_GAP = 14 * 24.0
LIFE = 90 * 24.0  # an article that has not changed for this long is no longer checked

FEWEST_CHECKS, MOST_CHECKS = 8, 1000  # of a life; the longest gap alone makes seven
PRICES = (1e-6, 1e3)
_STEPS = 16  # of a bisection: the gap is exact to one in ten thousand
_LIVES = 8


def best_gap(watched: Watched, baseline_rate: float, price: float) -> float:
    """How long to wait: the smallest gap whose harm reaches the price, within bounds.

    ``baseline_rate``: the fresh rate of the article's section, in changes per hour.
    """
    rate = watched.rate(baseline_rate)

    def harm(gap: float) -> float:
        expected = rate * watched.exposure_ahead(gap) + LATE * gap
        return expected * (gap + LOSS * expected) / 2

    if harm(SHORTEST_GAP) >= price:
        return SHORTEST_GAP
    low, high = SHORTEST_GAP, LONGEST_GAP
    for _ in range(_STEPS):
        middle = sqrt(low * high)
        low, high = (low, middle) if harm(middle) >= price else (middle, high)
    return high if high < LONGEST_GAP else LONGEST_GAP


def price_for_checks(checks: float, baseline_rate: float) -> float:
    """The price at which an average article gets ``checks`` checks in its life.

    ``checks`` is FEWEST_CHECKS to MOST_CHECKS; fewer are not possible with LONGEST_GAP.
    """
    price = 1.0
    for _ in range(12):
        price *= (checks_of_a_life(price, baseline_rate) / checks) ** 2
        price = min(max(price, PRICES[0]), PRICES[1])
    return price


def price_for_capacity(days: Sequence[tuple[float, int]], checks_per_hour: float) -> float:
    """The price at which past days would have had ``checks_per_hour`` checks an hour. It is at
    least half the price of the last day: a young record, or days of an outage, promise too much.

    ``days``: the price and the number of checks of each, the last day first; at least one day.
    """
    at_price_one = fmean(sqrt(price) * checks for price, checks in days)
    price = (at_price_one / (24 * checks_per_hour)) ** 2
    return min(max(price, days[0][0] / 2, PRICES[0]), PRICES[1])


def checks_of_a_life(price: float, baseline_rate: float) -> float:
    """How often an article is checked before it is retired: the mean over articles of all
    rates, each edited when its age makes the next edit expected."""
    # A Gamma distribution of shape 1/2 is that of a normal variable's square.
    normal = NormalDist()
    parts = [(2 * part + 1) / (2 * _LIVES) for part in range(_LIVES)]
    rates = [baseline_rate * normal.inv_cdf((1 + part) / 2) ** 2 for part in parts]
    return fmean(_checks(price, baseline_rate, rate) for rate in rates)


def _checks(price: float, baseline_rate: float, rate: float) -> int:
    watched, checks = Watched(0.0), 0
    while watched.age < LIFE:
        checks += 1
        if rate * Watched(watched.age).exposure > watched.changes + 0.5:
            watched = replace(watched, changes=watched.changes + 1, since_change=0.0)
        gap = best_gap(watched, baseline_rate, price)
        since = watched.since_change + gap
        watched = replace(watched, age=watched.age + gap, since_change=since)
    return checks
