"""From dates as pages write them to UTC."""

from __future__ import annotations

from datetime import datetime, timezone, tzinfo
from typing import Any

from dateutil import parser, tz

from newsdiff_crawler.times import to_iso

_YEARS = range(1990, 2100)
_LONGEST = 80
# Two values for what a text leaves out. If they lead to different days, the text names no day.
_FILLINGS = (datetime(2000, 1, 1), datetime(2001, 2, 2))  # noqa: DTZ001 - no zone is the point
# Abbreviations that newspapers print. ET and the like are the zone, with or without summer time.
_PLACES = {
    "ET": "America/New_York",
    "EST": "America/New_York",
    "EDT": "America/New_York",
    "CT": "America/Chicago",
    "PT": "America/Los_Angeles",
    "BST": "Europe/London",
    "CET": "Europe/Berlin",
    "CEST": "Europe/Berlin",
    "MEZ": "Europe/Berlin",
    "MESZ": "Europe/Berlin",
    "MSK": "Europe/Moscow",
}


def to_utc(stated: Any, zone: str = "UTC") -> str | None:
    """``2026-11-22T20:15:00Z`` for a date as a page states it; None if it names no moment.

    A text without a zone is in ``zone`` (an IANA name). A day without a time is its midnight.
    Numbers are seconds since 1970, or milliseconds. Years outside 1990-2099 give None.
    """
    try:
        moment = _from_number(stated) if _is_number(stated) else _from_text(stated, zone)
        return to_iso(moment) if moment and moment.year in _YEARS else None
    except (ValueError, OverflowError, TypeError, ArithmeticError, OSError, AttributeError):
        return None  # dateutil lets all of these out


def _is_number(stated: Any) -> bool:
    return isinstance(stated, int | float) and not isinstance(stated, bool)


def _from_number(stated: float) -> datetime:
    seconds = stated / 1000 if stated > 1e11 else stated
    return datetime.fromtimestamp(int(seconds), timezone.utc)


def _from_text(stated: Any, zone: str) -> datetime | None:
    if not isinstance(stated, str) or len(stated) > _LONGEST:
        return None
    moment = _from_iso(stated.strip()) or _from_words(stated.strip())
    return moment if moment is None or moment.tzinfo else moment.replace(tzinfo=tz.gettz(zone))


def _from_iso(text: str) -> datetime | None:
    """The most common form, at a twentieth of dateutil's cost."""
    try:
        return datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return None


def _from_words(text: str) -> datetime | None:
    first, second = (_parse(text, filling) for filling in _FILLINGS)
    return first if first.date() == second.date() else None


def _parse(text: str, filling: datetime) -> datetime:
    moment: datetime = parser.parse(text, default=filling, tzinfos=_zone)
    return moment


def _zone(name: str | None, offset: int | None) -> tzinfo | None:
    place: tzinfo | None = tz.gettz(_PLACES[name]) if name in _PLACES else None
    return place if offset is None else tz.tzoffset(None, offset)
