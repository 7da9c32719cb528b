"""Dates of any form become UTC, or nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdiff_crawler.parsing.dates import to_utc
from newsdiff_crawler.times import from_iso


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("2024-05-09T23:49:40.123Z", "2024-05-09T23:49:40Z"),
        ("2024-05-09T23:49:40+02:00", "2024-05-09T21:49:40Z"),
        ("2024-05-09T23:49:40-0400", "2024-05-10T03:49:40Z"),
        (" Thu, 24 Apr 2025 11:16:53 GMT ", "2025-04-24T11:16:53Z"),
        ("24 April 2025, 10:00 BST", "2025-04-24T09:00:00Z"),
        ("April 24, 2025 6:30 p.m. ET", "2025-04-24T22:30:00Z"),
        (1714000000, "2024-04-24T23:06:40Z"),
        (1714000000123, "2024-04-24T23:06:40Z"),
    ],
)
def test_stated_moment(stated: object, expected: str) -> None:
    assert to_utc(stated) == expected


def test_without_a_zone_the_publishers_is_taken() -> None:
    assert to_utc("2024-07-01 12:00", "Europe/London") == "2024-07-01T11:00:00Z"
    assert to_utc("2024-01-01 12:00", "Europe/London") == "2024-01-01T12:00:00Z"


def test_a_day_is_its_midnight() -> None:
    assert to_utc("2024-07-01", "Europe/London") == "2024-06-30T23:00:00Z"


@pytest.mark.parametrize(
    "stated",
    ["", "yesterday", "3 hours ago", "12:30", "May 2024", "Monday", "0001-01-01T00:00:00", None,
     True, 0, -1, 1e300, float("nan"), {}, [], "9" * 70, "2024-13-45", "x" * 5000],
)  # fmt: skip
def test_no_moment(stated: object) -> None:
    assert to_utc(stated) is None


@given(st.one_of(st.text(max_size=60), st.text("0123456789-:/.,TZ+ APM", max_size=40), st.floats()))
def test_whatever_is_stated_gives_a_time_or_none(stated: object) -> None:
    moment = to_utc(stated, "America/New_York")
    assert moment is None or from_iso(moment)
