"""Dates of any form become UTC, or nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdiff_crawler.parsing.dates import first_moment, is_day_first, to_utc
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
        ("1714000000", "2024-04-24T23:06:40Z"),
        (["2024-05-09T23:49:40Z"], "2024-05-09T23:49:40Z"),
        ({"@value": "2024-05-09T23:49:40Z"}, "2024-05-09T23:49:40Z"),
        ("2024-07-01 01:00 PDT", "2024-07-01T08:00:00Z"),
        ("2024-01-01 01:00 PST", "2024-01-01T09:00:00Z"),
        ("2024-07-01 01:00 CDT", "2024-07-01T06:00:00Z"),
        ("2024-07-01 12:00 CEST", "2024-07-01T10:00:00Z"),
        ("2024-07-01 12:00 IST", "2024-07-01T06:30:00Z"),
        ("2024-07-01 12:00 JST", "2024-07-01T03:00:00Z"),
        ("2024-07-01 12:00 AEST", "2024-07-01T02:00:00Z"),
        ("2024-07-01 12:00 GMT+2", "2024-07-01T10:00:00Z"),
        ("2024-07-01 12:00 UTC-05:30", "2024-07-01T17:30:00Z"),
        (
            "Mon Jul 01 2024 12:00:00 GMT+0200 (Central European Summer Time)",
            "2024-07-01T10:00:00Z",
        ),
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
    [
        "10. März 2024, 9:31 Uhr",
        "9.31 Uhr, 10. März 2024",
        "Le 10 mars 2024 à 9h31",
        "10 de marzo de 2024, 9:31",
        "10 marzo 2024 alle 9:31",
        "10 de março de 2024 às 9h31",
        "10 maart 2024 om 9:31",
        "10 mars 2024 kl. 09.31",
        "10 marca 2024, 09:31",
        "10 марта 2024, 09:31",
        "2024年3月10日 9時31分",
        "2024년 3월 10일 09:31",
        "10.3.2024 09:31",
        "10. března 2024 9:31",
        "10 Mart 2024 09:31",
        "10 березня 2024, 09:31",
        "10 μαρτίου 2024 09:31",
        "10 مارس 2024 09:31",
    ],
)
def test_a_moment_in_any_language(stated: str) -> None:
    assert to_utc(stated) == "2024-03-10T09:31:00Z"


@pytest.mark.parametrize("stated", ["10/03/2024 à 21:31", "10/03/2024 às 21h31"])
def test_a_day_in_figures_with_words_beside_it(stated: str) -> None:
    assert to_utc(stated, day_first=True) == "2024-03-10T21:31:00Z"


@pytest.mark.parametrize("stated", ["2024년 3월 10일 오후 9:31", "2024年3月10日 午後9時31分"])
def test_an_hour_after_noon(stated: str) -> None:
    assert to_utc(stated) == "2024-03-10T21:31:00Z"


def test_a_zone_is_not_lost_behind_am() -> None:
    assert to_utc("10 July 2024 | 09:30 AM IST") == "2024-07-10T04:00:00Z"


def test_an_unknown_zone_is_not_taken_for_any_other() -> None:
    assert to_utc("2024-07-01 12:00 XYZ", "Europe/London") is None


def test_day_and_month_in_figures() -> None:
    assert to_utc("03/04/2024", day_first=True) == "2024-04-03T00:00:00Z"
    assert to_utc("03/04/2024") == "2024-03-04T00:00:00Z"
    assert to_utc("2024/04/03", day_first=True) == "2024-04-03T00:00:00Z"


@pytest.mark.parametrize(
    ("language", "zone", "host", "expected"),
    [
        ("de", "UTC", "", True),
        ("en-GB", "UTC", "", True),
        ("en_AU", "UTC", "", True),
        ("en-US", "UTC", "herald.co.uk", False),
        ("en", "UTC", "www.herald.co.uk", True),
        ("en", "Europe/Paris", "herald.example", True),
        ("en", "America/New_York", "herald.example", False),
        ("", "UTC", "herald.example", False),
    ],
)
def test_day_first_by_language(language: str, zone: str, host: str, expected: bool) -> None:
    assert is_day_first(language, zone, host) is expected


@pytest.mark.parametrize(
    ("stated", "zone", "expected"),
    [
        (["2024-07-01T12:00", "2024-07-01T12:00:05+02:00"], "UTC", "2024-07-01T10:00:00Z"),
        (["2024-07-01T10:00", "2024-07-01T12:00:05+02:00"], "UTC", "2024-07-01T10:00:00Z"),
        (["2024-07-01T11:59", "2024-07-01T12:00:05+02:00"], "UTC", "2024-07-01T09:59:00Z"),
        (["2024-07-01T11:59", "2024-07-01T12:00Z"], "Europe/Paris", "2024-07-01T09:59:00Z"),
        (["2024-07-01", "2024-07-01T12:00:05+02:00"], "UTC", "2024-07-01T00:00:00Z"),
        (["soon", "0001-01-01", "2024-07-01T12:00Z"], "UTC", "2024-07-01T12:00:00Z"),
        (["soon"], "UTC", None),
    ],
)
def test_a_zone_that_is_left_out_is_that_of_another_statement(
    stated: list[object], zone: str, expected: str | None
) -> None:
    assert first_moment(stated, zone) == expected


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
