"""What happened to an article, in a line for people. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from newsdiff_crawler.items import Check, Minor, NewVersion
from newsdiff_crawler.scheduling.schedule import ScheduleState

_DOES_NOT_COUNT: dict[Minor, str] = {
    "cosmetic": "cosmetic",
    "reverted": "back to an earlier text",
    "parser": "our reading",
    "page": "the page’s doing",
    "held": "held back",
}


def told(version: NewVersion) -> str:
    """A new article's headline; of a changed one the old and the new headline, or the one that
    stayed, and the line in words."""
    title = version.fetched.page.title
    if version.number == 1:
        return title
    before = next((b.text for b in version.latest.blocks() if b.kind == "headline"), title)
    headline = title if title == before else f"{before} -> {title}"
    why = f" ({_DOES_NOT_COUNT[version.minor]})" if version.minor else ""
    return f"{headline}: {version.summary}{why}"


def refused(check: Check, after: ScheduleState, now: datetime) -> str:
    """Why a page made no version, and when it is looked at again. One that is not there is gone
    only when it was looked for long enough."""
    is_missing = check.outcome == "gone" and after.state != "gone"
    outcome = "not there" if is_missing else check.outcome
    due = after.next_check_at
    again = f"looked at again in {period(due - now)}" if due else "not looked at again"
    return f"{outcome}: {check.reason}; {again}"


def period(length: timedelta) -> str:
    """A length of time, in the largest unit that is no larger.

    >>> period(timedelta(minutes=30)), period(timedelta(hours=6)), period(timedelta(days=1.5))
    ('30 min', '6 h', '36 h')
    """
    minutes = max(round(length.total_seconds() / 60), 1)
    if minutes < 120 and minutes % 60:
        return f"{minutes} min"
    hours = round(minutes / 60)
    return f"{hours} h" if hours < 48 else f"{round(hours / 24)} d"
