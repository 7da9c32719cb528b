"""Times go out and come in as one form, and no other."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdiff_crawler.times import (
    duration,
    from_iso,
    interval,
    readable_time,
    to_iso,
    to_the_minute,
)

MOMENTS = st.datetimes(datetime(1000, 1, 1), timezones=st.just(timezone.utc))  # noqa: DTZ001


@given(MOMENTS)
def test_a_moment_comes_back_without_its_fraction(moment: datetime) -> None:
    assert from_iso(to_iso(moment)) == moment.replace(microsecond=0)


def test_a_moment_fits_a_table() -> None:
    now = from_iso("2026-12-31T00:00:00Z")
    assert to_the_minute("2026-11-02T20:05:59Z", now) == "2 Nov, 20:05"


def test_a_moment_of_another_year_tells_the_year() -> None:
    now = from_iso("2026-11-02T20:05:59Z")
    assert to_the_minute("2036-11-02T20:05:59Z", now) == "2 Nov 2036"


def test_other_zones_become_utc() -> None:
    moment = datetime(2026, 11, 22, 21, 15, tzinfo=timezone(timedelta(hours=1)))
    assert to_iso(moment) == "2026-11-22T20:15:00Z"


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-22T20:15:00",
        "2026-11-22T20:15:00+00:00",
        "2026-11-22 20:15:00Z",
        "2026-11-22T20:15:00.5Z",
        "2026-13-22T20:15:00Z",
        "2026-11-22T25:15:00Z",
        "٢٠٢٦-11-22T20:15:00Z",
        "",
    ],
)
def test_no_other_form_is_read(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        from_iso(text)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a time zone"):
        to_iso(datetime(2026, 11, 22))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "less than a minute"),
        (29, "less than a minute"),
        (60, "1 minute"),
        (33 * 60, "33 minutes"),
        (59 * 60 + 50, "1 hour"),
        (65 * 60, "1 hour 5 minutes"),
        (2 * 3600, "2 hours"),
        (5 * 3600 + 600, "5 hours"),
        (47 * 3600, "47 hours"),
        (3 * 86400, "3 days"),
        (40 * 86400, "40 days"),
        (92 * 86400, "3 months"),
        (3 * 365 * 86400, "3 years"),
        (-33 * 60, "33 minutes"),
    ],
)
def test_a_duration_is_said_as_people_say_it(seconds: float, words: str) -> None:
    assert duration(seconds) == words


def test_the_time_between_two_versions() -> None:
    assert interval("2025-04-22T14:00:00Z", "2025-04-22T14:33:20Z") == "33 minutes"


def test_times_are_readable_and_name_their_zone() -> None:
    assert readable_time("2025-04-02T09:05:00Z") == "2 April 2025, 09:05 UTC"
