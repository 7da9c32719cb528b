"""Times as the whole project writes them: UTC, ISO 8601 with ``Z``, whole seconds."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from functools import lru_cache

from newsdiff_crawler.text import count_of

LONGEST_RETRY_AFTER = 24 * 60 * 60  # seconds
_MINUTE, _HOUR, _DAY, _MONTH, _YEAR = 60, 3600, 86400, 2_629_746, 31_556_952  # mean Gregorian
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours"}
_PERIOD = re.compile(r"([1-9]\d{0,4})([smh])", re.ASCII)
# Twenty times as fast as strptime, which a page of the site would wait for.
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)Z", re.ASCII)


def utc_now() -> datetime:
    """The present moment, in UTC, without the fraction of a second."""
    return datetime.now(timezone.utc).replace(microsecond=0)


def to_iso(moment: datetime) -> str:
    """``2026-11-22T20:15:00Z``. Raises ValueError for a moment without a time zone."""
    if moment.tzinfo is None:
        raise ValueError(f"a time without a time zone: {moment}")
    if moment.tzinfo is not timezone.utc:
        moment = moment.astimezone(timezone.utc)
    return moment.isoformat()[:19] + "Z"  # half of strftime's cost


def to_the_minute(text: str, now: datetime) -> str:
    """What `to_iso` wrote, shorter, for tables that say that it is UTC: ``22 Nov, 20:15``. In
    another year than now the year comes first: ``22 Nov 2036``."""
    at = from_iso(text)
    return f"{at.day} {at:%b, %H:%M}" if at.year == now.year else f"{at.day} {at:%b} {at.year}"


def from_iso(text: str) -> datetime:
    """The inverse of `to_iso`. Raises ValueError for any other form."""
    parts = _ISO.fullmatch(text)
    if parts is None:
        raise ValueError(f"not a time as 2026-11-22T20:15:00Z: {text}")
    year, month, day, hour, minute, second = map(int, parts.groups())
    return datetime(year, month, day, hour, minute, second, tzinfo=timezone.utc)


@lru_cache(maxsize=2000)
def readable_time(moment: str) -> str:
    """``22 April 2025, 14:33 UTC``."""
    at = from_iso(moment)
    return f"{at.day} {at:%B %Y, %H:%M} UTC"


def clock_off(seconds: float) -> str:
    """How a clock goes that is so far ahead of another one: ``5 minutes ahead of``, of which the
    other one is to follow; ``behind`` for what is less than 0."""
    return f"{abs(seconds) / 60:.0f} minutes {'ahead of' if seconds > 0 else 'behind'}"


def duration(seconds: float) -> str:
    """A length of time as people say it: ``33 minutes``, ``2 hours 5 minutes``, ``3 days``.

    Rounded to the minute below three hours, to the hour below three days, and then to the day, the
    month or the year. Halves go to the even number.
    """
    seconds = abs(seconds)
    minutes = round(seconds / _MINUTE)
    if minutes < 1:
        return "less than a minute"
    if minutes < 60:
        return count_of(minutes, "minute")
    if minutes < 180:
        hours, minutes = divmod(minutes, 60)
        return count_of(hours, "hour") + (f" {count_of(minutes, 'minute')}" if minutes else "")
    for size, limit, name in (
        (_HOUR, 3 * _DAY, "hour"),
        (_DAY, 2 * _MONTH, "day"),
        (_MONTH, 2 * _YEAR, "month"),
    ):
        if seconds < limit:
            return count_of(round(seconds / size), name)
    return count_of(round(seconds / _YEAR), "year")


@lru_cache(maxsize=2000)
def interval(earlier: str, later: str) -> str:
    """The time between two moments: ``33 minutes``."""
    return duration((from_iso(later) - from_iso(earlier)).total_seconds())


def period(text: str) -> timedelta:
    """A length of time as people write it. Raises ValueError for any other form.

    >>> period("5m")
    datetime.timedelta(seconds=300)
    """
    parts = _PERIOD.fullmatch(text)
    if not parts:
        raise ValueError(f"expected a time like 90s, 5m or 1h, not {text!r}")
    return timedelta(**{_UNITS[parts[2]]: int(parts[1])})


def seconds_to_wait(retry_after: str, now: datetime) -> int | None:
    """What a header ``Retry-After`` asks for (RFC 9110, 10.2.3), at most a day; None where it asks
    for nothing, or for nothing that can be understood."""
    value = retry_after.strip()
    if value.isascii() and value.isdigit():
        seconds = int(value.lstrip("0")[:9] or 0)
    else:
        seconds = _seconds_until(value, now)
    return min(seconds, LONGEST_RETRY_AFTER) if seconds > 0 else None


def _seconds_until(date: str, now: datetime) -> int:
    moment = http_date(date)
    return int((moment - now).total_seconds()) if moment else 0


def http_date(said: str) -> datetime | None:
    """The moment that a header such as ``Date`` tells; None where it tells none."""
    try:
        moment = parsedate_to_datetime(said)
    except (ValueError, OverflowError):
        return None
    if moment.tzinfo is None:  # "-0000": in UTC, of an unknown place
        moment = moment.replace(tzinfo=timezone.utc)
    return moment
