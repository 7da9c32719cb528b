"""Running a rule over a trace: how many checks it makes, and which edits they see."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, median

from benchmarks.schedules.rules import Ours, Rule
from benchmarks.schedules.traces import TracedArticle

NIGHT = 24.0
FEED_DELAY = 10 / 60  # hours, at most, from an edit to the feed that tells of it


@dataclass(frozen=True)
class ReplayResult:
    """Checks per article; the share of edits seen before the next one; minutes until they were."""

    checks: float
    caught: float
    median_delay: float
    mean_delay: float

    @property
    def lost(self) -> float:
        return 1 - self.caught


def mean(results: list[ReplayResult]) -> ReplayResult:
    """Of several runs, figure by figure."""
    return ReplayResult(
        fmean(result.checks for result in results),
        fmean(result.caught for result in results),
        fmean(result.median_delay for result in results),
        fmean(result.mean_delay for result in results),
    )


def replay(articles: list[TracedArticle], rule: Rule, hinted_share: float = 0.0) -> ReplayResult:
    """What a rule sees of a trace. ``hinted_share``: of edits that a feed tells of (ours only)."""
    rng = random.Random(5)
    due = [article.first_seen for article in articles]
    seen = [0] * len(articles)
    hints = [_hints(article, hinted_share, rng) for article in articles]
    delays: list[float] = []
    checks = 0
    end = max(article.end for article in articles)
    for night in range(1, int(end / NIGHT) + 2):
        for place, article in enumerate(articles):
            while due[place] <= min(article.end, night * NIGHT):
                now = due[place]
                checks += 1
                happened = sum(edit <= now for edit in article.edits)
                changed = happened > seen[place]
                if changed:
                    delays.append(now - article.edits[happened - 1])
                    seen[place] = happened
                after = rule.next_check(article, changed, now)
                due[place] = _hinted(rule, article, after, now, hints[place])
        rule.night()
    edits = sum(len(article.edits) for article in articles)
    minutes = [60 * delay for delay in delays]
    return ReplayResult(
        checks / len(articles), len(delays) / edits, median(minutes), fmean(minutes)
    )


def _hints(article: TracedArticle, share: float, rng: random.Random) -> list[float]:
    if not share:
        return []
    hinted = [edit for edit in article.edits if rng.random() < share]
    return sorted(edit + rng.uniform(0, FEED_DELAY) for edit in hinted)


def _hinted(
    rule: Rule, article: TracedArticle, due: float, now: float, hints: list[float]
) -> float:
    """The next check, if a hint comes before it."""
    while hints and hints[0] <= now:
        hints.pop(0)
    if isinstance(rule, Ours) and hints and hints[0] < due:
        return rule.hint(article, hints[0])
    return due


def fit(
    make: Callable[[float], Rule],
    articles: list[TracedArticle],
    checks: float,
    low: float,
    high: float,
) -> float:
    """The parameter, between two bounds, at which a rule makes so many checks per article (to
    half a percent). More of it makes fewer checks."""
    middle = sqrt(low * high)
    for _ in range(16):
        made = replay(articles, make(middle)).checks
        if abs(made / checks - 1) < 0.005:
            break
        low, high = (middle, high) if made > checks else (low, middle)
        middle = sqrt(low * high)
    return middle


def fit_price(
    articles: list[TracedArticle],
    checks: float,
    make: Callable[[float], Ours] = Ours,
    hinted_share: float = 0.0,
) -> float:
    """The price at which our schedule makes so many checks per article (to half a percent)."""
    price = 22.0 / checks**2
    for _ in range(8):
        made = replay(articles, make(price), hinted_share).checks
        if abs(made / checks - 1) < 0.005:
            break
        price *= (made / checks) * (made / checks)
    return price
