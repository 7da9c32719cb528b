"""What operators are told of the crawler itself."""

from __future__ import annotations

from datetime import timedelta

import pytest

from newsdiff_crawler.telling.alarms import disk_trouble
from newsdiff_crawler.times import to_iso
from tests.telling.conftest import LATER, Desk

ALARMS = '[alarms]\nchannels = ["hook"]\n'
COUNTS: dict[str, int] = {}


def crawl(desk: Desk, unwell: str | None = None, minutes: int = 0) -> None:
    """A crawl that began so long before LATER and ended at once."""
    at = to_iso(LATER - timedelta(minutes=minutes))
    run = desk.store.runs.start("paper", at)
    desk.store.runs.finish(run, at, "finished", COUNTS, unwell)


def told(desk: Desk) -> list[str]:
    return [body["data"]["text"] for _, body in desk.hook.taken]


def test_a_source_that_became_unwell_is_told_once_and_so_is_that_it_is_over(desk: Desk) -> None:
    desk.says(ALARMS)
    crawl(desk, "its feed could not be read: HTTP 500")
    desk.round()
    crawl(desk, "its feed could not be read: HTTP 503")
    desk.round()
    said = "paper is unwell: its feed could not be read: HTTP 500"
    assert told(desk) == [said]
    crawl(desk)
    desk.round()
    assert told(desk) == [said, f"over: {said}"]
    assert {body["type"] for _, body in desk.hook.taken} == {"alarm"}


@pytest.mark.parametrize(("minutes", "is_told"), [(59, False), (61, True)])
def test_a_crawler_that_has_not_run_for_an_hour_is_told(
    minutes: int, is_told: bool, desk: Desk
) -> None:
    desk.says(ALARMS)
    desk.store.queue.track("paper", ["https://paper.example/1"], LATER - timedelta(hours=3))
    crawl(desk, minutes=minutes)
    desk.round()
    said = f"no crawl has run since {to_iso(LATER - timedelta(minutes=minutes))}"
    assert told(desk) == [said] * is_told


def test_a_crawler_that_has_nothing_to_do_may_rest(desk: Desk) -> None:
    desk.says(ALARMS)
    crawl(desk, minutes=600)
    desk.round()
    assert told(desk) == []


@pytest.mark.parametrize(
    ("total", "free", "is_full"),
    [
        (100_000_000_000, 4_900_000_000, True),
        (100_000_000_000, 5_100_000_000, False),
        (10_000_000_000_000, 6_000_000_000, False),
        (1_000_000_000, 150_000_000, True),
    ],
)
def test_a_disk_is_nearly_full_where_a_twentieth_is_free_within_bounds(
    total: int, free: int, is_full: bool
) -> None:
    assert bool(disk_trouble(total, free)) == is_full


def test_what_is_wrong_at_one_time_is_one_message(desk: Desk) -> None:
    desk.says(ALARMS)
    for name in ("post", "paper", "times"):
        run = desk.store.runs.start(name, to_iso(LATER))
        desk.store.runs.finish(run, to_iso(LATER), "finished", COUNTS, "HTTP\x1b[31m 500")
    desk.round()
    lines = (f"{name} is unwell: HTTP\x1b[31m 500" for name in ("paper", "post", "times"))
    assert told(desk) == ["\n".join(lines)]
    ((_, body),) = desk.hook.taken
    assert body["data"]["title"] == "newsdiff: paper is unwell: HTTP [31m 500 and 2 more"


def test_alarms_of_nobody_are_not_made(desk: Desk) -> None:
    crawl(desk, "its feed could not be read")
    desk.round()
    assert desk.store.db.count("alarms") == 0


def test_of_a_source_that_was_given_up_nothing_is_told(desk: Desk) -> None:
    desk.says(ALARMS)
    desk.store.queue.track("paper", ["https://paper.example/1"], LATER - timedelta(hours=3))
    crawl(desk, "its feed could not be read: HTTP 500", minutes=600)
    desk.store.sources.follow([])
    desk.round()
    assert told(desk) == []
