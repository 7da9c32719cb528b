"""When to look at an article again. Pure: times come in, times go out.

The rule is News Sniffer's: half an hour after a change, and a fifth longer after each look that
found nothing, until the wait would exceed 40 days. A look that failed says nothing about the
article, so it does not lengthen the wait; it is repeated after a wait of its own.
"""

from __future__ import annotations

from datetime import timedelta

FIRST_WAIT = timedelta(minutes=30)
GROWTH = 1.2
LONGEST_WAIT = timedelta(days=40)
FAILURE_WAIT = timedelta(minutes=30)
LONGEST_FAILURE_WAIT = timedelta(days=1)
ABSENCE_WAITS = (timedelta(hours=1), timedelta(hours=6), timedelta(hours=24))


def wait_after_change() -> timedelta:
    """How long until the next look once the text is new or has changed."""
    return FIRST_WAIT


def wait_after_unchanged(last_wait: timedelta) -> timedelta | None:
    """How long until the next look after one that found nothing; None: look no more."""
    wait = max(last_wait, FIRST_WAIT) * GROWTH
    return wait if wait <= LONGEST_WAIT else None


def wait_after_failure(failures: int) -> timedelta:
    """How long until the next try after so many failures in a row (1 for the first)."""
    doublings = min(failures - 1, 10)
    return min(FAILURE_WAIT * 2**doublings, LONGEST_FAILURE_WAIT)


def wait_after_absence(absences: int) -> timedelta | None:
    """How long until the next look at a page that answered 404 or 410 so many times in a row
    (1 for the first); None: it is gone."""
    return ABSENCE_WAITS[absences - 1] if absences <= len(ABSENCE_WAITS) else None
