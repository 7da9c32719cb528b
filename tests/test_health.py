"""A source is unwell when a crawl of it shows that something broke, and only then."""

from __future__ import annotations

from datetime import timedelta

import pytest

from newsdiff_crawler.health import trouble

WELL = {
    "feeds_read": 3,
    "feeds_failed": 0,
    "feeds_unchanged": 0,
    "listed": 40,
    "looked_at": 30,
    "failed": 2,
    "blocked": 0,
    "put_off": 0,
}
RECENT = timedelta(hours=2)


def judged(counts: dict[str, int], quiet: timedelta = RECENT) -> str | None:
    return trouble(WELL | counts, min_articles=10, tracked=200, quiet=quiet)


@pytest.mark.parametrize(
    ("counts", "reason"),
    [
        ({"feeds_read": 0, "feeds_failed": 3}, "none of 3 feeds could be read"),
        ({"listed": 9}, "its feeds list 9 articles, fewer than 10"),
        ({"failed": 8, "blocked": 3}, "11 of 30 pages could not be read"),
        (
            {"looked_at": 1, "failed": 1, "put_off": 9},
            "9 pages were not asked for: their host wants to be left alone",
        ),
    ],
)
def test_what_broke_is_named(counts: dict[str, int], reason: str) -> None:
    assert judged(counts) == reason


def test_days_without_anything_new_are_named() -> None:
    assert judged({}, timedelta(days=4)) == "nothing was new or changed for 4 days"


@pytest.mark.parametrize(
    "counts",
    [
        {},
        {"feeds_failed": 2, "feeds_read": 1},
        {"listed": 0, "feeds_unchanged": 1},
        {"listed": 0, "feeds_read": 0},
        {"looked_at": 4, "failed": 4},
        {"failed": 10},
    ],
)
def test_what_happens_on_good_days_is_no_trouble(counts: dict[str, int]) -> None:
    assert judged(counts) is None


def test_a_source_that_has_just_begun_may_be_quiet() -> None:
    assert trouble(WELL, 10, tracked=3, quiet=timedelta(days=30)) is None
    assert trouble(WELL, 10, tracked=0, quiet=None) is None
