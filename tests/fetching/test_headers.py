"""What the headers of an answer ask for."""

from __future__ import annotations

from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.http import Response

from newsdiff_crawler.fetching.headers import header, retry_after
from newsdiff_crawler.times import LONGEST_RETRY_AFTER, from_iso

NOW = from_iso("2026-03-01T08:00:00Z")


def answer(**headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response("https://news.example/a", headers=named)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 0120 ", 120),
        ("Sun, 01 Mar 2026 08:02:00 GMT", 120),
        ("Sun, 01 Mar 2026 08:02:00 -0000", 120),
        ("Sun, 01 Mar 2026 10:02:00 +0200", 120),
        ("31536000", LONGEST_RETRY_AFTER),
        ("9" * 5000, LONGEST_RETRY_AFTER),
        ("Fri, 01 Jan 2100 00:00:00 GMT", LONGEST_RETRY_AFTER),
        ("0", None),
        ("-5", None),
        ("1.5", None),
        ("٣", None),
        ("Sun, 01 Mar 2026 07:59:00 GMT", None),
        ("later", None),
        ("", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(value: str, seconds: int | None) -> None:
    assert retry_after(answer(Retry_After=value), NOW) == seconds


@given(st.datetimes())
def test_any_date_is_at_most_a_day_ahead(moment: object) -> None:
    seconds = retry_after(answer(Retry_After=format_datetime(moment)), NOW)  # type: ignore[arg-type]
    assert seconds is None or 0 < seconds <= LONGEST_RETRY_AFTER


@given(st.binary())
def test_any_bytes_are_understood_or_left_alone(value: bytes) -> None:
    response = Response("https://news.example/a", headers={"Retry-After": value})
    seconds = retry_after(response, NOW)
    assert seconds is None or 0 < seconds <= LONGEST_RETRY_AFTER


def test_a_header_that_is_missing_or_empty_is_none() -> None:
    assert header(answer(ETag=""), "ETag") is None
    assert header(answer(), "ETag") is None
    assert header(answer(ETag='"1"'), "etag") == '"1"'
