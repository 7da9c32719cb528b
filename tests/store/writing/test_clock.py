"""What a wrong clock left in the record is put right by the next crawl, and told for a while."""

from __future__ import annotations

from datetime import timedelta

import pytest

from newsdiff_crawler.scheduling.schedule import (
    SHORTEST_WAIT,
    ScheduleState,
    after_check,
    hinted,
)
from newsdiff_crawler.store import Store
from newsdiff_crawler.store.reading.source_health import Health
from newsdiff_crawler.store.writing.hosts import BackOff
from newsdiff_crawler.times import from_iso, to_iso
from tests.support.records import URL, add_article, empty_store, story

NOW = from_iso("2026-03-01T08:00:00Z")
AHEAD = NOW + timedelta(days=40)
TEXT = story("Ferry", "The ferry stops in March.")


@pytest.fixture
def store() -> Store:
    """An article, a feed and a run of the time before."""
    store = empty_store()
    add_article(store, TEXT, first_seen_at="2026-02-28T08:00:00Z")
    store.db.execute("update articles set wait = 36000, next_check_at = '2026-03-01T18:00:00Z'")
    store.feeds.declare("paper", ["https://news.example/rss"], NOW)
    crawl(store, to_iso(NOW - timedelta(hours=1)))
    return store


def crawl(store: Store, at: str) -> None:
    """A run that begins and ends at a moment."""
    store.db.insert("runs", {"source": "paper", "started_at": at, "finished_at": at, "checks": 1})


def check_ahead(store: Store, **columns: object) -> None:
    """A crawl that checked the article while the clock was ahead."""
    due = to_iso(AHEAD + timedelta(hours=10))
    row = {"last_checked_at": to_iso(AHEAD), "next_check_at": due, **columns}
    store.db.update("articles", 1, row)
    crawl(store, to_iso(AHEAD))


def put_right(store: Store) -> str | None:
    return store.clock.put_right("paper", NOW, store.clock.judge("paper", NOW))


def article(store: Store) -> dict[str, object]:
    return store.db.get("articles", 1)


def test_nothing_is_touched_where_nothing_was_wrong(store: Store) -> None:
    before = article(store)
    assert put_right(store) is None
    assert (article(store), store.clock.fault("paper", NOW)) == (before, None)


def test_what_was_checked_while_the_clock_was_ahead_is_due_now(store: Store) -> None:
    check_ahead(store)
    assert put_right(store) == to_iso(AHEAD)
    row = article(store)
    assert (row["next_check_at"], row["last_checked_at"]) == (to_iso(NOW), to_iso(NOW))


def test_what_the_schedule_reckons_with_is_not_in_the_future(store: Store) -> None:
    late = to_iso(AHEAD)
    columns = ("first_seen_at", "last_changed_at", "last_real_change_at", "absent_since")
    check_ahead(store, **dict.fromkeys(columns, late))
    put_right(store)
    assert {article(store)[name] for name in columns} == {to_iso(NOW)}


def test_what_may_be_true_stays_where_either_clock_may_be_wrong(store: Store) -> None:
    store.db.execute("delete from runs")
    check_ahead(store, first_seen_at=to_iso(AHEAD))
    assert put_right(store) == to_iso(AHEAD)
    row = article(store)
    assert (row["first_seen_at"], row["next_check_at"]) == (to_iso(AHEAD), to_iso(NOW))


def test_an_article_that_retired_while_the_clock_was_ahead_is_checked_again(store: Store) -> None:
    check_ahead(store, state="retired", next_check_at=None)
    put_right(store)
    row = article(store)
    assert (row["state"], row["next_check_at"]) == ("live", to_iso(NOW))


def test_what_was_found_while_the_clock_was_behind_is_not_that_old(store: Store) -> None:
    behind = NOW - timedelta(days=200)
    store.queue.track("paper", [f"{URL}/2"], behind)
    crawl(store, to_iso(behind))
    assert put_right(store) == to_iso(behind)
    assert store.db.get("articles", 2)["first_seen_at"] == to_iso(NOW)
    assert article(store)["first_seen_at"] == "2026-02-28T08:00:00Z"
    crawl(store, to_iso(NOW))
    assert put_right(store) is None


def test_a_clock_that_was_ahead_was_not_behind_when_time_has_caught_up(store: Store) -> None:
    crawl(store, to_iso(NOW + timedelta(days=5)))
    put_right(store)
    crawl(store, to_iso(NOW))
    assert store.clock.judge("paper", NOW + timedelta(days=30)) == "right"


def test_a_hidden_article_stays_hidden(store: Store) -> None:
    check_ahead(store, state="hidden", next_check_at=None)
    put_right(store)
    row = article(store)
    assert (row["state"], row["next_check_at"]) == ("hidden", None)


def test_feeds_and_hosts_of_a_source_are_put_right_too(store: Store) -> None:
    store.db.execute("update feeds set next_check_at = :due", {"due": to_iso(AHEAD)})
    store.hosts.back_off("paper", BackOff("news.example", AHEAD, "HTTP 429"))
    crawl(store, to_iso(AHEAD))
    put_right(store)
    assert store.queue.next_due("paper") == to_iso(NOW)
    assert store.hosts.back_offs("paper") == []


def test_what_is_due_later_than_any_wait_is_found_without_a_run_that_tells(store: Store) -> None:
    store.db.update("articles", 1, {"next_check_at": "2036-03-01T08:00:00Z"})
    assert put_right(store) == "2036-03-01T08:00:00Z"
    assert article(store)["next_check_at"] == to_iso(NOW + timedelta(hours=10))


def test_what_waits_as_long_as_can_be_is_left_alone(store: Store) -> None:
    due = to_iso(NOW + timedelta(days=14))
    store.db.update("articles", 1, {"next_check_at": due, "wait": 14 * 86400})
    assert put_right(store) is None
    assert article(store)["next_check_at"] == due


def test_the_fault_is_told_for_as_long_as_checks_may_have_been_missed(store: Store) -> None:
    check_ahead(store)
    put_right(store)
    told = store.clock.fault("paper", NOW + timedelta(days=13))
    assert told
    assert to_iso(AHEAD) in told
    assert store.clock.fault("paper", NOW + timedelta(days=15)) is None


def test_the_times_of_a_source_are_in_doubt_until_a_crawl_saw_to_them(store: Store) -> None:
    assert not store.clock.is_in_doubt("paper", NOW)
    check_ahead(store)
    assert store.clock.is_in_doubt("paper", NOW)
    put_right(store)
    crawl(store, to_iso(NOW))
    assert not store.clock.is_in_doubt("paper", NOW)


def test_the_last_run_is_the_one_that_came_last_whatever_its_clock_said(store: Store) -> None:
    crawl(store, to_iso(AHEAD))
    crawl(store, to_iso(NOW))
    last = Health(store.db).of("paper", NOW).last_run
    assert last
    assert last.started_at == to_iso(NOW)


def test_the_schedule_learns_again_after_a_clock_that_was_ahead(store: Store) -> None:
    store.tuning.tune(NOW, 24, 0)
    store.tuning.tune(AHEAD, 100, 0)
    store.tuning.tune(NOW, 24, 0)
    assert store.db.query("select day from tunings") == [{"day": "2026-03-01"}]


def test_a_page_that_was_absent_in_the_future_is_absent_now() -> None:
    after = after_check("gone", ScheduleState(absent_since=AHEAD), NOW)
    assert after.next_check_at == NOW + timedelta(hours=1)


def test_a_hint_looks_at_what_was_last_checked_in_the_future() -> None:
    assert hinted(None, AHEAD, 0, NOW) == NOW + SHORTEST_WAIT


def test_urls_that_are_found_while_the_clock_is_ahead_are_due_now(store: Store) -> None:
    store.queue.track("paper", [f"{URL}/2"], AHEAD)
    crawl(store, to_iso(AHEAD))
    put_right(store)
    row = store.db.get("articles", 2)
    assert (row["next_check_at"], row["first_seen_at"]) == (to_iso(NOW), to_iso(NOW))
