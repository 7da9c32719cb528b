"""Rules for when to look again: ours, as the crawler runs it, and those of other trackers."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from typing import Protocol

from benchmarks.schedules.traces import Story
from newsdiff_crawler.items import Outcome
from newsdiff_crawler.scheduling.edit_rate import Lesson, learn, rate_of
from newsdiff_crawler.scheduling.price import price_for_capacity
from newsdiff_crawler.scheduling.schedule import ScheduleState, after_check, hinted, watched

START = datetime(2026, 1, 1, tzinfo=timezone.utc)
NEVER = float("inf")


class Rule(Protocol):
    """What a replay asks. Times are hours since the trace began."""

    def look(self, story: Story, changed: bool, now: float) -> float:
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
    waits: dict[Story, float] = field(default_factory=dict)

    def look(self, story: Story, changed: bool, now: float) -> float:
        wait = self.first if changed else self.waits.get(story, self.first / self.growth)
        self.waits[story] = wait if changed else wait * self.growth
        return now + self.waits[story] if self.waits[story] <= self.longest else NEVER

    def night(self) -> None:
        """Nothing is learned."""


@dataclass
class Steps:
    """NewsDiffs': a wait by the time since the last new version, all stretched by `scale`."""

    scale: float
    changed_at: dict[Story, float] = field(default_factory=dict)

    def look(self, story: Story, changed: bool, now: float) -> float:
        if changed or story not in self.changed_at:
            self.changed_at[story] = now
        since = now - self.changed_at[story]
        steps = ((3, 0.25), (24, 1.0), (7 * 24, 3.0), (30 * 24, 72.0), (360 * 24, 720.0))
        return now + self.scale * next((wait for until, wait in steps if since < until), NEVER)

    def night(self) -> None:
        """Nothing is learned."""


@dataclass
class Ours:
    """The crawler's own schedule at a price; or at a capacity in checks per hour, to which the
    price is tuned each night. Without `learning` every section keeps the usual rate."""

    price: float
    per_hour: float = 0.0
    learning: bool = True
    standings: dict[Story, tuple[ScheduleState, datetime]] = field(default_factory=dict)
    rates: dict[tuple[str, str], float] = field(default_factory=dict)
    days: list[tuple[float, int]] = field(default_factory=list)
    looks_today: int = 0

    def look(self, story: Story, changed: bool, now: float) -> float:
        moment = START + timedelta(hours=now)
        before = self.standings[story][0] if story in self.standings else ScheduleState()
        baseline_rate = rate_of(self.rates, story.source, story.section)
        before = replace(before, baseline_rate=baseline_rate, price=self.price)
        outcome: Outcome = "changed" if changed else "unchanged"
        after = after_check(outcome, before, moment)
        self.standings[story] = (after, moment)
        self.looks_today += 1
        return _hours(after.next_check_at)

    def night(self) -> None:
        if self.learning:
            self.rates = learn(_lesson(story, *held) for story, held in self.standings.items())
        if self.looks_today:
            self.days.append((self.price, self.looks_today))
        if self.per_hour and self.days:
            self.price = price_for_capacity(self.days[:-8:-1], self.per_hour)
        self.looks_today = 0

    def hint(self, story: Story, at: float) -> float:
        """The next check, now that a feed says at `at` that the article moved."""
        schedule_state, looked = self.standings[story]
        moment = START + timedelta(hours=at)
        due = hinted(schedule_state.next_check_at, looked, schedule_state.failures, moment)
        return _hours(due)


def _lesson(story: Story, schedule_state: ScheduleState, looked: datetime) -> Lesson:
    seen = watched(schedule_state, looked)
    return Lesson(story.source, story.section, seen.changes, seen.exposure)


def _hours(moment: datetime | None) -> float:
    return (moment - START) / timedelta(hours=1) if moment else NEVER
