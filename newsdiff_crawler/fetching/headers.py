"""What the headers of an answer say."""

from __future__ import annotations

from datetime import datetime, timezone
from email.utils import parsedate_to_datetime

from scrapy.http import Response

LONGEST_RETRY_AFTER = 24 * 60 * 60  # seconds


def header(response: Response, name: str) -> str | None:
    """A header's value, or None where it is missing or empty."""
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None


def validators_of(response: Response) -> tuple[str | None, str | None]:
    """ETag and Last-Modified, for the next request to carry."""
    return header(response, "ETag"), header(response, "Last-Modified")


def retry_after(response: Response, now: datetime) -> int | None:
    """The seconds that a server asks us to wait (RFC 9110, 10.2.3), at most a day; None where it
    asks for nothing, or for nothing that can be understood."""
    value = (header(response, "Retry-After") or "").strip()
    if value.isascii() and value.isdigit():
        seconds = int(value.lstrip("0")[:9] or 0)
    else:
        seconds = _seconds_until(value, now)
    return min(seconds, LONGEST_RETRY_AFTER) if seconds > 0 else None


def _seconds_until(date: str, now: datetime) -> int:
    try:
        moment = parsedate_to_datetime(date)
    except (ValueError, OverflowError):
        return 0
    if moment.tzinfo is None:  # "-0000": in UTC, of an unknown place
        moment = moment.replace(tzinfo=timezone.utc)
    return int((moment - now).total_seconds())
