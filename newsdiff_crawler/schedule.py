"""When to look at an article again. Pure: times come in, times go out.

The rule is News Sniffer's: half an hour after a change, and a fifth longer after each look that
found nothing, until the wait would exceed 40 days. A look that failed says nothing about the
article, so it does not lengthen the wait; it is repeated after a wait of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from newsdiff_crawler.items import Outcome
from newsdiff_crawler.times import to_iso

State = Literal["live", "gone", "blocked", "retired", "hidden"]

FIRST_WAIT = timedelta(minutes=30)
GROWTH = 1.2
LONGEST_WAIT = timedelta(days=40)
FAILURE_WAIT = timedelta(minutes=30)
LONGEST_FAILURE_WAIT = timedelta(days=1)
# After a first 404 or 410: looked at again after 1 hour, 6 more and 24 more, then gone.
ABSENCE_LOOKS = (timedelta(hours=1), timedelta(hours=7), timedelta(hours=31))


@dataclass(frozen=True)
class Standing:
    """How matters stand with an article between two looks.

    ``wait``: from the last good look to the next one. ``next_check_at`` None: it will not be
    looked at again, and ``state`` says why. ``event``: what befell it just now (kind, detail).
    """

    state: State = "live"
    wait: timedelta = FIRST_WAIT
    failures: int = 0
    absent_since: datetime | None = None
    next_check_at: datetime | None = None
    event: tuple[str, str] | None = None


def after_look(outcome: Outcome, before: Standing, now: datetime) -> Standing:
    """How matters stand after a look at `now` that ended in `outcome`."""
    if outcome == "gone":
        return _after_absence(before, now)
    if outcome in ("failed", "blocked"):
        return _after_failure(outcome, before, now)
    if outcome == "unchanged":
        return _after_good_look(before, now, before.wait * GROWTH)
    return _after_good_look(before, now, FIRST_WAIT)


def _after_good_look(before: Standing, now: datetime, wait: timedelta) -> Standing:
    event = ("back", "") if before.state in ("gone", "blocked") else None
    if wait > LONGEST_WAIT:
        return Standing("retired", before.wait, event=event)
    return Standing("live", wait, next_check_at=now + wait, event=event)


def _after_failure(outcome: Outcome, before: Standing, now: datetime) -> Standing:
    failures = before.failures + 1
    wait = min(FAILURE_WAIT * 2 ** min(failures - 1, 10), LONGEST_FAILURE_WAIT)
    newly_blocked = outcome == "blocked" and before.state == "live"
    return replace(
        before,
        state="blocked" if newly_blocked else before.state,
        failures=failures,
        next_check_at=now + wait,
        event=("blocked", "") if newly_blocked else None,
    )


def _after_absence(before: Standing, now: datetime) -> Standing:
    since = before.absent_since or now
    failures = before.failures + 1
    upcoming = [since + look for look in ABSENCE_LOOKS if since + look > now]
    if upcoming:
        return replace(
            before, failures=failures, absent_since=since, next_check_at=upcoming[0], event=None
        )
    event = None if before.state == "gone" else ("gone", f"absent since {to_iso(since)}")
    return replace(
        before, state="gone", failures=failures, absent_since=since, next_check_at=None, event=event
    )
