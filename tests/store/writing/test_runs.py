"""What a source's last checks came to, over as many crawls as it takes, and its last crawl that had
any to make."""

from __future__ import annotations

from datetime import timedelta

import pytest

from newsdiff_crawler.store import Store
from newsdiff_crawler.store.writing.runs import CheckCounts
from newsdiff_crawler.times import from_iso, to_iso

AT = "2025-04-22T14:00:00Z"


def counts(checks: int, failed: int = 0, blocked: int = 0, put_off: int = 0) -> dict[str, int]:
    nothing = dict.fromkeys(
        ("new", "changed", "unchanged", "gone", "placeholders", "read_generically"), 0
    )
    return nothing | {"checks": checks, "failed": failed, "blocked": blocked, "put_off": put_off}


def read(feeds: int, failed: int = 0) -> dict[str, int]:
    return counts(0) | {"feeds_read": feeds, "feeds_failed": failed}


@pytest.mark.parametrize(
    ("before", "is_theirs"),
    [
        ([("paper", read(0, failed=1)), ("other", read(2))], True),
        ([("paper", read(0, failed=1)), ("other", read(2)), ("paper", read(0))], True),
        ([("other", read(2)), ("paper", read(0, failed=1))], False),  # since when nobody could
        ([("paper", read(0, failed=1)), ("other", read(0, failed=3))], False),
        ([("paper", read(1)), ("other", read(2))], False),  # until now it could, too
        ([("other", read(2))], False),
    ],
)
def test_others_that_can_be_read_meanwhile_show_that_there_is_a_network(
    store: Store, before: list[tuple[str, dict[str, int]]], is_theirs: bool
) -> None:
    for source, run in before:
        ran(store, run, source)
    assert store.runs.only_others_read("paper") is is_theirs


def ran(store: Store, run: dict[str, int], source: str = "paper") -> None:
    store.runs.finish(store.runs.start(source, AT), AT, "finished", run)


def test_a_crawl_that_looked_enough_is_judged_by_itself(store: Store) -> None:
    ran(store, counts(7, failed=7))
    assert store.runs.last_checks("paper", counts(5, blocked=1), 5) == CheckCounts(5, 1)


def test_small_crawls_are_judged_with_those_before_them_and_no_more_than_it_takes(
    store: Store,
) -> None:
    ran(store, counts(9, failed=9))
    ran(store, counts(3, failed=1, blocked=1))
    ran(store, counts(0))
    ran(store, counts(9, failed=9), source="other")
    assert store.runs.last_checks("paper", counts(2), 5) == CheckCounts(5, 2)
    assert store.runs.last_checks("paper", counts(0), 5) == CheckCounts(12, 11)


def test_a_source_without_checks_has_none(store: Store) -> None:
    assert store.runs.last_checks("paper", counts(0), 5) == CheckCounts(0, 0)


def test_a_crawl_for_which_something_was_due_speaks_for_itself(store: Store) -> None:
    ran(store, counts(9))
    for run in (counts(1), counts(0, put_off=3)):
        assert store.runs.last_due("paper", run) == run


def test_for_a_crawl_with_nothing_due_speaks_the_last_one_that_had(store: Store) -> None:
    nothing = counts(0)
    assert store.runs.last_due("paper", nothing) == nothing
    ran(store, counts(9))
    ran(store, counts(2, failed=1, blocked=1, put_off=7))
    ran(store, nothing)
    ran(store, counts(5), source="other")
    store.runs.start("paper", AT)  # and was killed
    assert store.runs.last_due("paper", nothing) == counts(2, failed=1, blocked=1, put_off=7)


def test_a_sign_of_life_is_noted_once_a_minute(store: Store) -> None:
    """Each would be a write, of which a crawl has one with each portion of articles."""
    run = store.runs.start("paper", AT)
    noted = []
    for seconds in (20, 59, 60, 110, 120, -60):  # the clock was put back
        at = to_iso(from_iso(AT) + timedelta(seconds=seconds))
        store.runs.is_alive(run, at)
        noted.append(store.db.get("runs", run)["seen_at"] == at)
    assert noted == [False, False, True, False, True, True]
