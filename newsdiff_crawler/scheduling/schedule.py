"""When to check an article or a feed again. Pure: times come in, times go out.

A check that went well sets the next one by how likely an edit is (`edit_rate`) and what a check is
worth (`price`). A check that failed says nothing about the article, so that wait
stays as it is, and the check is repeated after a wait of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

from newsdiff_crawler.scheduling.edit_rate import BASELINE_RATE, Watched
from newsdiff_crawler.scheduling.price import LIFE, LONGEST_GAP, SHORTEST_GAP, best_gap
from newsdiff_crawler.times import to_iso

if TYPE_CHECKING:
    from newsdiff_crawler.items import Outcome

State = Literal["live", "gone", "blocked", "retired", "hidden"]
# What can happen to an article and not to its text. The first, second and fourth follow from
# checks, here; the others are noticed by those who write them to the record.
EventKind = Literal[
    "gone",
    "back",
    "moved",
    "blocked",
    "reverted again",
    "captured",
    "source changed",
    "hidden",
    "shown",
]

PRICE = 0.076  # makes 24 checks in an average article's life
SHORTEST_WAIT = timedelta(hours=SHORTEST_GAP)
LONGEST_WAIT = timedelta(hours=LONGEST_GAP)
RETIREMENT = timedelta(hours=LIFE)
FAILURE_WAIT = timedelta(minutes=30)
LONGEST_FAILURE_WAIT = timedelta(days=1)
# After a first 404 or 410: checked again after 1 hour, 6 more and 24 more, then gone.
ABSENCE_CHECKS = (timedelta(hours=1), timedelta(hours=7), timedelta(hours=31))
# An article dated more than this before it was first seen counts as this old then, and no older:
# pages are often wrong about the hour, and some about the year.
STALE = timedelta(days=1)
LONG_AGO = timedelta(days=30)  # what is dated so is an old story, and no mistake

SHORTEST_FEED_WAIT = timedelta(minutes=5)
LONGEST_FEED_WAIT = timedelta(hours=1)
FEED_SHRINKS, FEED_GROWS = 0.5, 1.25  # so that one check in four brings something
# A feed whose hints are right less often than this is not followed, once it gave so many hints.
FEWEST_RIGHT, FEWEST_HINTS = 1 / 20, 50


@dataclass(frozen=True)
class ScheduleState:
    """What the schedule knows of an article between two checks.

    ``wait``: from the last good check to the next one. ``next_check_at`` None: it will not be
    checked again, and ``state`` says why. ``event``: what the last check made happen (kind,
    detail). ``changes``: how many counted, minor ones left out (`items.minor_of`);
    ``changed_at``: when the last of them was. ``baseline_rate``: changes per hour of fresh
    articles in its section. ``price``: see the module `price`.
    """

    state: State = "live"
    wait: timedelta = timedelta(0)
    failures: int = 0
    absent_since: datetime | None = None
    next_check_at: datetime | None = None
    event: tuple[EventKind, str] | None = None
    first_seen_at: datetime | None = None  # None: just now
    published_at: datetime | None = None
    changes: int = 0
    changed_at: datetime | None = None
    baseline_rate: float = BASELINE_RATE
    price: float = PRICE


NEVER_CHECKED = ScheduleState()


def after_check(
    outcome: Outcome,
    before: ScheduleState,
    now: datetime,
    reason: str = "",
    is_absent: bool = False,
) -> ScheduleState:
    """The schedule state after a check at `now` that ended in `outcome`.

    "changed" is a change that counts; a version whose change is minor is "unchanged".
    `reason`: why the article was blocked, or is gone, for the event. `is_absent`: its address
    answers, and no longer with the story.
    """
    before = replace(
        before,
        first_seen_at=_past(before.first_seen_at, now) or now,
        changed_at=_past(before.changed_at, now),
        absent_since=_past(before.absent_since, now),
        event=None,
    )
    if outcome == "gone" or is_absent:
        return _after_absence(before, now, reason if is_absent else "")
    if outcome in ("failed", "blocked"):
        return _after_failure(outcome, before, now, reason)
    if outcome == "changed":
        before = replace(before, changes=before.changes + 1, changed_at=now)
    return _after_good_check(outcome, before, now)


def watched(schedule_state: ScheduleState, now: datetime) -> Watched:
    """What was seen of an article until `now`."""
    first_seen = schedule_state.first_seen_at or now
    published = schedule_state.published_at or first_seen
    age_at_first = STALE if published < first_seen - STALE else timedelta(0)
    return Watched(
        age=_hours(now - first_seen + age_at_first),
        age_at_first=_hours(age_at_first),
        changes=schedule_state.changes,
        since_change=_hours(now - (schedule_state.changed_at or first_seen)),
    )


def _past(moment: datetime | None, now: datetime) -> datetime | None:
    """A moment that is over; one that a wrong clock put into the future is now."""
    return min(moment, now) if moment else None


def _hours(duration: timedelta) -> float:
    return max(duration / timedelta(hours=1), 0.0)


def _after_good_check(outcome: Outcome, before: ScheduleState, now: datetime) -> ScheduleState:
    seen = _as_we_saw_it(before, now) if outcome == "new" else before
    gap = best_gap(watched(seen, now), before.baseline_rate, before.price)
    at_longest = gap >= LONGEST_GAP and outcome == "unchanged"
    wait = timedelta(seconds=round(gap * 3600))
    retired = _is_over(before, now, at_longest)
    return replace(
        before,
        state="retired" if retired else "live",
        wait=before.wait if retired else wait,
        failures=0,
        absent_since=None,
        next_check_at=None if retired else now + wait,
        event=("back", "") if before.state in ("gone", "blocked") else None,
    )


def _as_we_saw_it(schedule_state: ScheduleState, now: datetime) -> ScheduleState:
    """Until a second look, what we saw first counts, and not a stated date that may be wrong."""
    published = schedule_state.published_at
    is_doubtful = published is not None and published > now - LONG_AGO
    return replace(schedule_state, published_at=None) if is_doubtful else schedule_state


def _is_over(schedule_state: ScheduleState, now: datetime, at_longest: bool) -> bool:
    """Whether an article is no longer worth a check: it has not changed for RETIREMENT, or is
    that old and its next edit is so unlikely that the gap is the longest."""
    first_seen = schedule_state.first_seen_at or now
    quiet = now - (schedule_state.changed_at or first_seen)
    return quiet >= RETIREMENT or (at_longest and now - first_seen >= RETIREMENT)


def _after_failure(
    outcome: Outcome, before: ScheduleState, now: datetime, reason: str
) -> ScheduleState:
    failures = before.failures + 1
    wait = min(FAILURE_WAIT * 2 ** min(failures - 1, 10), LONGEST_FAILURE_WAIT)
    if _is_over(before, now, at_longest=False):
        return replace(before, state="retired", failures=failures, next_check_at=None)
    newly_blocked = outcome == "blocked" and before.state == "live"
    return replace(
        before,
        state="blocked" if newly_blocked else before.state,
        failures=failures,
        next_check_at=now + wait,
        event=("blocked", reason) if newly_blocked else None,
    )


def _after_absence(before: ScheduleState, now: datetime, reason: str) -> ScheduleState:
    since = before.absent_since or now
    before = replace(before, failures=before.failures + 1, absent_since=since)
    upcoming = [since + delay for delay in ABSENCE_CHECKS if since + delay > now]
    if upcoming:
        return replace(before, next_check_at=upcoming[0])
    event: tuple[EventKind, str] | None = None
    if before.state != "gone":
        event = ("gone", f"absent since {to_iso(since)}" + (f": {reason}" if reason else ""))
    return replace(before, state="gone", next_check_at=None, event=event)


def hinted(
    due: datetime | None, last_checked_at: datetime | None, failures: int, now: datetime
) -> datetime | None:
    """When to check an article whose entry in a feed or sitemap changed: now, but not within
    SHORTEST_WAIT of the last check, and not before the wait of a failing page is over.

    ``due``: when it was to be checked until now; None: never.
    """
    if due and failures:
        return due
    last_checked_at = _past(last_checked_at, now)
    soonest = max(now, last_checked_at + SHORTEST_WAIT) if last_checked_at else now
    return min(due, soonest) if due else soonest


def is_followed(hints: int, right: int) -> bool:
    """Whether a feed's hints bring checks forward. They do not if nearly none was right.

    ``right``: hints whose article had a real change.
    """
    return hints < FEWEST_HINTS or right >= hints * FEWEST_RIGHT


@dataclass(frozen=True)
class FeedScheduleState:
    """What the schedule knows of a feed or sitemap between two checks."""

    wait: timedelta = SHORTEST_FEED_WAIT
    failures: int = 0
    next_check_at: datetime | None = None


def after_feed_check(
    news: int | None, before: FeedScheduleState, now: datetime
) -> FeedScheduleState:
    """The schedule state after a check of a feed. ``news``: how many entries were new or changed;
    None: the feed could not be read. A failure leaves ``wait`` alone and has a wait of its own."""
    if news is None:
        failures = before.failures + 1
        retry = min(SHORTEST_FEED_WAIT * 2 ** min(failures, 10), LONGEST_FEED_WAIT)
        return FeedScheduleState(before.wait, failures, now + retry)
    wait = before.wait * (FEED_SHRINKS if news else FEED_GROWS)
    wait = min(max(wait, SHORTEST_FEED_WAIT), LONGEST_FEED_WAIT)
    return FeedScheduleState(wait, 0, now + wait)
