"""A source is unwell when a crawl of it shows that something broke, and only then."""

from __future__ import annotations

from datetime import timedelta

import pytest

from newsdiff_crawler.items import LeftOut
from newsdiff_crawler.store.trouble import Overdue, lateness, trouble
from newsdiff_crawler.store.writing.feeds import FeedsOverview
from newsdiff_crawler.store.writing.runs import CheckCounts
from newsdiff_crawler.times import from_iso

WELL = {
    "checks": 30,
    "failed": 2,
    "blocked": 0,
    "put_off": 0,
    "new": 3,
    "changed": 4,
    "unchanged": 21,
    "gone": 0,
    "placeholders": 0,
    "read_generically": 0,
}
RECENT = timedelta(hours=2)


PUT_OFF = "left alone until 2026-03-01T08:30:00Z"
FEEDS = FeedsOverview(feeds=3, failing=0, listed=40)


def judged(
    counts: dict[str, int] | None = None, feeds: FeedsOverview = FEEDS, quiet: timedelta = RECENT
) -> str | None:
    counted = WELL | (counts or {})
    last = CheckCounts(counted["checks"], counted["failed"] + counted["blocked"])
    return trouble(counted, feeds, last, min_articles=10, tracked=200, quiet=quiet)


@pytest.mark.parametrize(
    ("counts", "reason"),
    [
        ({"failed": 8, "blocked": 3}, "11 of 30 pages could not be read"),
        ({"checks": 9, "gone": 5}, "5 of 9 articles are not there"),
        (
            {"checks": 1, "failed": 1, "put_off": 9},
            "9 pages were not asked for: their host wants to be left alone",
        ),
    ],
)
def test_what_broke_is_named(counts: dict[str, int], reason: str) -> None:
    assert judged(counts) == reason


@pytest.mark.parametrize(
    ("feeds", "reason"),
    [
        (
            FeedsOverview(1, failing=1, listed=0, errors=[("HTTP 404", 1)]),
            "its feed could not be read: HTTP 404",
        ),
        (
            FeedsOverview(3, failing=3, listed=0, errors=[("HTTP 403", 3)]),
            "none of 3 feeds could be read: HTTP 403",
        ),
        (
            FeedsOverview(6, 6, 0, errors=[("HTTP 403", 3), *((each, 1) for each in "abc")]),
            "none of 6 feeds could be read: HTTP 403 (3), a (1), b (1), ...",
        ),
        (
            FeedsOverview(8, 8, 0, errors=[("HTTP 429", 5), (f"{PUT_OFF}: HTTP 429", 3)]),
            "none of 8 feeds could be read: HTTP 429",
        ),
        (
            FeedsOverview(8, 8, 0, errors=[("HTTP 404", 5), (f"{PUT_OFF}: HTTP 429", 3)]),
            f"none of 8 feeds could be read: HTTP 404 (5), {PUT_OFF}: HTTP 429 (3)",
        ),
        (FeedsOverview(3, failing=0, listed=9), "its feeds list 9 articles, fewer than 10"),
        (FeedsOverview(3, failing=2, listed=9), "its feeds list 9 articles, fewer than 10"),
    ],
)
def test_feeds_that_broke_are_named_by_a_crawl_that_asked_for_none_of_them(
    feeds: FeedsOverview, reason: str
) -> None:
    assert judged(feeds=feeds) == reason


@pytest.mark.parametrize("counts", [{"checks": 4, "gone": 4}, {"checks": 10, "gone": 5}])
def test_a_few_articles_that_were_taken_down_are_no_fault(counts: dict[str, int]) -> None:
    assert judged(counts) is None


def test_what_was_left_out_of_feeds_that_list_too_little_is_named() -> None:
    feeds = FeedsOverview(3, 0, 9, LeftOut({"other.example": 40}, no_link=1))
    assert judged(feeds=feeds) == (
        "its feeds list 9 articles, fewer than 10; "
        "left out: 40 on another host (other.example 40), 1 without a link"
    )


def test_days_without_anything_new_are_named() -> None:
    assert judged(quiet=timedelta(days=4)) == "nothing was new or changed for 4 days"


@pytest.mark.parametrize("counts", [{}, {"checks": 4, "failed": 4}, {"failed": 10}])
def test_what_happens_on_good_days_is_no_trouble(counts: dict[str, int]) -> None:
    assert judged(counts) is None


@pytest.mark.parametrize(
    "feeds",
    [
        FeedsOverview(3, failing=2, listed=10),
        FeedsOverview(3, failing=0, listed=None),
        FeedsOverview(0, failing=0, listed=0),
    ],
)
def test_feeds_that_list_enough_or_were_not_read_yet_are_no_trouble(feeds: FeedsOverview) -> None:
    assert judged(feeds=feeds) is None


def test_a_source_that_has_just_begun_may_be_quiet() -> None:
    last = CheckCounts(30, 2)
    assert trouble(WELL, FEEDS, last, 10, tracked=3, quiet=timedelta(days=30)) is None
    assert trouble(WELL, FEEDS, last, 10, tracked=0, quiet=None) is None


NOTHING = dict.fromkeys(WELL, 0)


@pytest.mark.parametrize(
    ("last", "quiet", "reason"),
    [
        (CheckCounts(7, 6), RECENT, "6 of 7 pages could not be read"),
        (CheckCounts(30, 2), timedelta(days=4), "nothing was new or changed for 4 days"),
    ],
)
def test_a_crawl_for_which_nothing_was_due_leaves_the_verdict_as_it_was(
    last: CheckCounts, quiet: timedelta, reason: str
) -> None:
    assert trouble(NOTHING, FEEDS, last, 10, tracked=200, quiet=quiet) == reason


def test_more_new_articles_than_a_day_may_bring_are_trouble() -> None:
    last = CheckCounts(30, 2)
    said = trouble(WELL, FEEDS, last, 10, tracked=200, quiet=RECENT, flood="too many new articles")
    assert said == "too many new articles"


DUE = "2026-03-01T08:00:00Z"
NOW = from_iso("2026-03-10T08:00:00Z")


@pytest.mark.parametrize(
    ("overdue", "last_run_at", "reason"),
    [
        (Overdue(), DUE, None),
        (
            Overdue(22, 8, DUE),
            "2026-03-01T07:00:00Z",
            "not crawled for 9 days: 22 articles and 8 feeds are overdue",
        ),
        (Overdue(1, 0, DUE), "2026-03-10T07:00:00Z", "1 article is overdue, the first for 9 days"),
        (Overdue(0, 1, DUE), None, "no crawl has ended yet: 1 feed is overdue"),
        (
            Overdue(0, 2, "2026-03-10T01:00:00Z"),
            "2026-03-10T00:59:00Z",
            "not crawled for 7 hours: 2 feeds are overdue",
        ),
    ],
)
def test_what_waits_for_too_long_is_counted(
    overdue: Overdue, last_run_at: str | None, reason: str | None
) -> None:
    assert lateness(overdue, last_run_at, NOW) == reason
