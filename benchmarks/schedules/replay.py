"""Running a rule over a trace: how many checks it makes, and which edits they see."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, median

from benchmarks.schedules.rules import Ours, Rule
from benchmarks.schedules.traces import Story

NIGHT = 24.0
FEED_DELAY = 10 / 60  # hours, at most, from an edit to the feed that tells of it


@dataclass(frozen=True)
class Result:
    """Checks per article; the share of edits seen before the next one; minutes until they were."""

    looks: float
    caught: float
    median_delay: float
    mean_delay: float

    @property
    def lost(self) -> float:
        return 1 - self.caught


def mean(results: list[Result]) -> Result:
    """Of several runs, figure by figure."""
    return Result(
        fmean(result.looks for result in results),
        fmean(result.caught for result in results),
        fmean(result.median_delay for result in results),
        fmean(result.mean_delay for result in results),
    )


def replay(stories: list[Story], rule: Rule, hinted_share: float = 0.0) -> Result:
    """What a rule sees of a trace. ``hinted_share``: of edits that a feed tells of (ours only)."""
    rng = random.Random(5)
    due = [story.first_seen for story in stories]
    seen = [0] * len(stories)
    hints = [_hints(story, hinted_share, rng) for story in stories]
    delays: list[float] = []
    looks = 0
    end = max(story.end for story in stories)
    for night in range(1, int(end / NIGHT) + 2):
        for article, story in enumerate(stories):
            while due[article] <= min(story.end, night * NIGHT):
                now = due[article]
                looks += 1
                happened = sum(edit <= now for edit in story.edits)
                changed = happened > seen[article]
                if changed:
                    delays.append(now - story.edits[happened - 1])
                    seen[article] = happened
                after = rule.look(story, changed, now)
                due[article] = _hinted(rule, story, after, now, hints[article])
        rule.night()
    edits = sum(len(story.edits) for story in stories)
    minutes = [60 * delay for delay in delays]
    return Result(looks / len(stories), len(delays) / edits, median(minutes), fmean(minutes))


def _hints(story: Story, share: float, rng: random.Random) -> list[float]:
    if not share:
        return []
    told = [edit for edit in story.edits if rng.random() < share]
    return sorted(edit + rng.uniform(0, FEED_DELAY) for edit in told)


def _hinted(rule: Rule, story: Story, due: float, now: float, hints: list[float]) -> float:
    """The next check, if a hint comes before it."""
    while hints and hints[0] <= now:
        hints.pop(0)
    if isinstance(rule, Ours) and hints and hints[0] < due:
        return rule.hint(story, hints[0])
    return due


def fit(
    make: Callable[[float], Rule], stories: list[Story], looks: float, low: float, high: float
) -> float:
    """The parameter, between two bounds, at which a rule makes so many checks per article (to
    half a percent). More of it makes fewer checks."""
    middle = sqrt(low * high)
    for _ in range(16):
        made = replay(stories, make(middle)).looks
        if abs(made / looks - 1) < 0.005:
            break
        low, high = (middle, high) if made > looks else (low, middle)
        middle = sqrt(low * high)
    return middle


def fit_price(
    stories: list[Story],
    looks: float,
    make: Callable[[float], Ours] = Ours,
    hinted_share: float = 0.0,
) -> float:
    """The price at which our schedule makes so many checks per article (to half a percent)."""
    price = 22.0 / looks**2
    for _ in range(8):
        made = replay(stories, make(price), hinted_share).looks
        if abs(made / looks - 1) < 0.005:
            break
        price *= (made / looks) * (made / looks)
    return price
