"""Rules for when to check again: ours, as the crawler runs it, and those of other trackers."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from typing import Protocol

from benchmarks.schedules.traces import TracedArticle
from newsdiff_crawler.items import Outcome
from newsdiff_crawler.scheduling.edit_rate import Lesson, learn, rate_of
from newsdiff_crawler.scheduling.price import price_for_capacity
from newsdiff_crawler.scheduling.schedule import ScheduleState, after_check, hinted, watched

START = datetime(2026, 1, 1, tzinfo=timezone.utc)
NEVER = float("inf")


class Rule(Protocol):
    """What a replay asks. Times are hours since the trace began."""

    def next_check(self, article: TracedArticle, changed: bool, now: float) -> float:
        """The next check after one at `now`, which saw a change or not."""

    def night(self) -> None:
        """Once a day, before the checks of the next."""


@dataclass
class Growing:
    """News Sniffer's: `first` hours after a change, and each quiet check lengthens the wait.

    News Sniffer itself: 0.5 and 1.2, until the wait would exceed 40 days.
    """

    growth: float
    first: float = 0.5
    longest: float = 40 * 24.0
    waits: dict[TracedArticle, float] = field(default_factory=dict)

    def next_check(self, article: TracedArticle, changed: bool, now: float) -> float:
        wait = self.first if changed else self.waits.get(article, self.first / self.growth)
        self.waits[article] = wait if changed else wait * self.growth
        return now + self.waits[article] if self.waits[article] <= self.longest else NEVER

    def night(self) -> None:
        """Nothing is learned."""


@dataclass
class Steps:
    """NewsDiffs': a wait by the time since the last new version, all stretched by `scale`."""

    scale: float
    changed_at: dict[TracedArticle, float] = field(default_factory=dict)

    def next_check(self, article: TracedArticle, changed: bool, now: float) -> float:
        if changed or article not in self.changed_at:
            self.changed_at[article] = now
        since = now - self.changed_at[article]
        steps = ((3, 0.25), (24, 1.0), (7 * 24, 3.0), (30 * 24, 72.0), (360 * 24, 720.0))
        return now + self.scale * next((wait for until, wait in steps if since < until), NEVER)

    def night(self) -> None:
        """Nothing is learned."""


@dataclass
class Ours:
    """The crawler's own schedule at a price; or at a capacity in checks per hour, to which the
    price is tuned each night. Without `learning` every section keeps the baseline rate."""

    price: float
    per_hour: float = 0.0
    learning: bool = True
    states: dict[TracedArticle, tuple[ScheduleState, datetime]] = field(default_factory=dict)
    rates: dict[tuple[str, str], float] = field(default_factory=dict)
    days: list[tuple[float, int]] = field(default_factory=list)
    checks_today: int = 0

    def next_check(self, article: TracedArticle, changed: bool, now: float) -> float:
        moment = START + timedelta(hours=now)
        before = self.states[article][0] if article in self.states else ScheduleState()
        baseline_rate = rate_of(self.rates, article.source, article.section)
        before = replace(before, baseline_rate=baseline_rate, price=self.price)
        outcome: Outcome = "changed" if changed else "unchanged"
        after = after_check(outcome, before, moment)
        self.states[article] = (after, moment)
        self.checks_today += 1
        return _hours(after.next_check_at)

    def night(self) -> None:
        if self.learning:
            self.rates = learn(_lesson(article, *held) for article, held in self.states.items())
        if self.checks_today:
            self.days.append((self.price, self.checks_today))
        if self.per_hour and self.days:
            self.price = price_for_capacity(self.days[:-8:-1], self.per_hour)
        self.checks_today = 0

    def hint(self, article: TracedArticle, at: float) -> float:
        """The next check, now that a feed says at `at` that the article moved."""
        state, checked_at = self.states[article]
        moment = START + timedelta(hours=at)
        due = hinted(state.next_check_at, checked_at, state.failures, moment)
        return _hours(due)


def _lesson(article: TracedArticle, state: ScheduleState, checked_at: datetime) -> Lesson:
    seen = watched(state, checked_at)
    return Lesson(article.source, article.section, seen.changes, seen.exposure)


def _hours(moment: datetime | None) -> float:
    return (moment - START) / timedelta(hours=1) if moment else NEVER
