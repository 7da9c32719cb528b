"""When feeds are due, and what the record keeps of what they list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from itertools import starmap

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from newsdiff_crawler.items import FeedEntry
from newsdiff_crawler.scheduling.schedule import FeedScheduleState, after_feed_check
from newsdiff_crawler.store import Feed, Store
from newsdiff_crawler.store.engine.sqlite import SQLiteDatabase
from newsdiff_crawler.store.schema.migrations import migrations
from newsdiff_crawler.store.writing.feeds import Feeds, FeedsOverview
from newsdiff_crawler.times import from_iso, to_iso
from tests.support.records import due_feeds, empty_store

NOW = from_iso("2026-03-01T08:00:00Z")
MINUTE = timedelta(minutes=1)
WORLD, LOCAL = "https://news.example/world.xml", "https://news.example/local.xml"
INDEX = "https://news.example/sitemap.xml"
TODAY, YESTERDAY = f"{INDEX}?d=2", f"{INDEX}?d=1"


def declare(store: Store, *urls: str, source: str = "paper") -> list[Feed]:
    store.feeds.declare(source, urls, NOW)
    return due_feeds(store, source, NOW)


def read(store: Store, feed: Feed, listed: int = 1, minutes: int = 0) -> None:
    """A good check of a feed that brought something."""
    now = NOW + minutes * MINUTE
    schedule_state = after_feed_check(1, feed.schedule_state, now)
    store.feeds.record(replace(feed, listed=listed, schedule_state=schedule_state), now)


def fail(store: Store, url: str) -> None:
    """A check of a feed that brought nothing but an error."""
    (feed,) = (feed for feed in everything(store) if feed.url == url)
    schedule_state = after_feed_check(None, feed.schedule_state, NOW)
    store.feeds.record(replace(feed, error="HTTP 500", schedule_state=schedule_state), NOW)


def everything(store: Store) -> list[Feed]:
    return due_feeds(store, "paper", NOW, everything=True)


def due(store: Store, minutes: int = 0) -> list[str]:
    return [feed.url for feed in due_feeds(store, "paper", NOW + minutes * MINUTE)]


def stop(store: Store, state: str, url: str = "https://news.example/1") -> None:
    """An article that is not checked any more, for it is in this state."""
    store.queue.track("paper", [url], NOW)
    store.db.execute(
        "update articles set state = :state, next_check_at = null where url = :url",
        {"state": state, "url": url},
    )


@pytest.mark.parametrize(
    ("state", "was_read", "due"),
    [
        ("gone", True, True),
        ("gone", False, True),
        ("retired", True, True),
        ("retired", False, False),  # an old sitemap that is read for the first time
        ("hidden", True, False),
    ],
)
def test_a_story_that_is_listed_anew_is_looked_at(
    store: Store, state: str, was_read: bool, due: bool
) -> None:
    stop(store, state)
    (feed,) = declare(store, WORLD)
    feed = replace(feed, listed=7 if was_read else None)
    store.feeds.note(feed, [FeedEntry("https://news.example/1", "mark")], NOW)
    assert store.db.get("articles", 1)["next_check_at"] == (to_iso(NOW) if due else None)


def test_a_story_that_was_listed_all_the_time_stays_as_it_is(store: Store) -> None:
    (feed,) = declare(store, WORLD)
    store.feeds.note(feed, [FeedEntry("https://news.example/1", "mark")], NOW)
    stop(store, "gone")
    store.feeds.note(feed, [FeedEntry("https://news.example/1", "mark")], NOW)
    assert store.db.get("articles", 1)["next_check_at"] is None


def test_a_declared_feed_is_due_until_it_was_read(store: Store) -> None:
    world, _ = declare(store, WORLD, LOCAL)
    read(store, world)
    assert due(store) == [LOCAL]
    assert due(store, minutes=5) == [WORLD, LOCAL]
    assert [feed.url for feed in everything(store)] == [WORLD, LOCAL]


def test_a_feed_reads_back_as_a_check_left_it(store: Store) -> None:
    (feed,) = declare(store, WORLD)
    left = replace(feed, etag='"1"', not_modified=2, listed=7)
    schedule_state = FeedScheduleState(20 * MINUTE, 0, NOW + 20 * MINUTE)
    store.feeds.record(replace(left, schedule_state=schedule_state), NOW)
    (read,) = everything(store)
    assert read == replace(left, schedule_state=FeedScheduleState(20 * MINUTE))


def test_a_failed_feed_counts_its_failures_until_it_answers(store: Store) -> None:
    (feed,) = declare(store, WORLD)
    for _ in range(2):
        fail(store, WORLD)
    (row,) = store.db.query("select failures, last_error, wait from feeds")
    assert row == {"failures": 2, "last_error": "HTTP 500", "wait": 300}
    read(store, feed)
    (row,) = store.db.query("select failures, last_error from feeds")
    assert row == {"failures": 0, "last_error": None}


def test_a_feed_that_was_put_off_was_not_checked(store: Store) -> None:
    (feed,) = declare(store, WORLD)
    read(store, feed)
    schedule_state = replace(feed.schedule_state, next_check_at=NOW + 60 * MINUTE)
    store.feeds.record(replace(feed, schedule_state=schedule_state), None)
    (row,) = store.db.query("select last_checked_at, next_check_at from feeds")
    assert row == {"last_checked_at": to_iso(NOW), "next_check_at": to_iso(NOW + 60 * MINUTE)}


def test_a_feed_that_is_no_longer_declared_is_due_when_it_is_declared_again(store: Store) -> None:
    declare(store, WORLD, LOCAL)
    declare(store, LOCAL)
    assert due(store, minutes=600) == [LOCAL]
    assert store.queue.next_due("paper") == to_iso(NOW)
    declare(store, WORLD, LOCAL)
    assert due(store) == [WORLD, LOCAL]


def test_two_sources_may_read_the_same_feed(store: Store) -> None:
    (feed,) = declare(store, WORLD)
    read(store, feed)
    assert [feed.url for feed in declare(store, WORLD, source="other")] == [WORLD]


def test_a_source_is_next_due_with_its_first_article_or_feed(store: Store) -> None:
    store.queue.track("paper", [WORLD + "/1"], NOW + 7 * MINUTE)
    assert store.queue.next_due("paper") == to_iso(NOW + 7 * MINUTE)
    (feed,) = declare(store, WORLD)
    read(store, feed)
    assert store.queue.next_due("paper") == to_iso(NOW + 5 * MINUTE)
    assert store.queue.next_due("other") is None


# --- Claims ---------------------------------------------------------------------------------------

SOON = NOW + 30 * MINUTE


def claim(store: Store, run: int, minutes: int = 0, everything: bool = False) -> list[Feed]:
    now = NOW + minutes * MINUTE
    return store.feeds.claim("paper", run, now, SOON, everything)


def started(store: Store) -> int:
    return store.runs.start("paper", to_iso(NOW))


@pytest.mark.parametrize("everything", [False, True])
def test_a_due_feed_is_claimed_once(store: Store, everything: bool) -> None:
    declare(store, WORLD, LOCAL)
    first, second = started(store), started(store)
    assert [feed.url for feed in claim(store, first, everything=everything)] == [WORLD, LOCAL]
    assert claim(store, second, everything=everything) == []


def test_a_claim_of_a_feed_ends_with_a_recorded_check(store: Store) -> None:
    declare(store, WORLD, LOCAL)
    world, local = claim(store, started(store))
    read(store, world)
    put_off = replace(local.schedule_state, next_check_at=NOW + 5 * MINUTE)
    store.feeds.record(replace(local, schedule_state=put_off), None)
    run = started(store)
    assert claim(store, run, minutes=4) == []
    assert [feed.url for feed in claim(store, run, minutes=4, everything=True)] == [WORLD, LOCAL]


def test_a_claim_of_a_feed_ends_with_the_run(store: Store) -> None:
    declare(store, WORLD)
    run = started(store)
    claim(store, run)
    store.runs.finish(run, to_iso(NOW + MINUTE), "shutdown", {"checks": 0})
    assert store.queue.next_due("paper") == to_iso(NOW + MINUTE)


def test_a_claim_of_a_feed_ends_with_its_lease(store: Store) -> None:
    declare(store, WORLD)
    claim(store, started(store))
    assert due(store, minutes=29) == []
    assert due(store, minutes=30) == [WORLD]


def test_a_feed_that_is_no_longer_declared_is_not_given_back(store: Store) -> None:
    declare(store, WORLD, LOCAL)
    run = started(store)
    claim(store, run)
    declare(store, LOCAL)
    store.runs.finish(run, to_iso(NOW), "shutdown", {"checks": 0})
    assert due(store) == [LOCAL]


def test_new_sitemaps_are_claimed_by_the_crawl_that_read_their_index(store: Store) -> None:
    (index,) = declare(store, INDEX)
    read(store, index)
    run = started(store)
    store.feeds.renew(index, [TODAY], run, SOON)
    assert claim(store, started(store)) == []
    store.runs.finish(run, to_iso(NOW), "shutdown", {"checks": 0})
    assert due(store) == [TODAY]


# --- Sitemap indexes ------------------------------------------------------------------------------


def renew(store: Store, index: Feed, *urls: str) -> list[str]:
    return [feed.url for feed in store.feeds.renew(index, urls, 1, NOW)]


def test_an_indexs_sitemaps_come_and_go_and_are_asked_for_by_themselves(store: Store) -> None:
    (index,) = declare(store, INDEX)
    assert renew(store, index, YESTERDAY) == [YESTERDAY]
    assert renew(store, index, TODAY, YESTERDAY) == [TODAY]
    read(store, index)
    assert due(store) == [YESTERDAY, TODAY]
    assert renew(store, index, TODAY) == []
    assert due(store) == [TODAY]


def test_an_index_in_an_index_has_sitemaps_that_go_with_it(store: Store) -> None:
    (index,) = declare(store, INDEX)
    (inner,) = store.feeds.renew(index, [YESTERDAY], 1, NOW)
    (leaf,) = store.feeds.renew(inner, [TODAY], 1, NOW)
    assert [(feed.depth, feed.root) for feed in (index, inner, leaf)] == [
        (depth, index.id) for depth in range(3)
    ]
    assert [feed.url for feed in declare(store, INDEX)] == [INDEX, YESTERDAY, TODAY]
    renew(store, index)
    assert [feed.url for feed in everything(store)] == [INDEX]


def test_the_sitemaps_of_an_index_that_is_no_longer_declared_are_not_asked_for(
    store: Store,
) -> None:
    (index,) = declare(store, INDEX)
    renew(store, index, TODAY)
    assert [feed.url for feed in declare(store, WORLD)] == [WORLD]
    assert [feed.url for feed in declare(store, INDEX)] == [INDEX, TODAY]


def test_an_index_that_lists_a_declared_feed_does_not_own_it(store: Store) -> None:
    index, _ = declare(store, INDEX, WORLD)
    assert renew(store, index, INDEX, WORLD, TODAY) == [TODAY]
    assert renew(store, index) == []
    assert due(store) == [INDEX, WORLD]


def test_a_sitemap_that_was_read_before_indexes_were_known_finds_its_own(store: Store) -> None:
    store.db.insert("feeds", {"source": "paper", "url": TODAY})
    (index,) = declare(store, INDEX)
    assert renew(store, index, TODAY) == [TODAY]
    (feed,) = (feed for feed in due_feeds(store, "paper", NOW) if feed.url == TODAY)
    assert feed.parent == index.id


# --- What feeds list --------------------------------------------------------------------------

Marks = Mapping[str, str]


def note(store: Store, feed: Feed, *listings: Marks) -> list[int]:
    """How many hints each listing came to."""
    return [store.feeds.note(feed, starmap(FeedEntry, each.items()), NOW) for each in listings]


def test_a_first_listing_is_no_hint_and_another_mark_is_one(store: Store) -> None:
    (feed,) = declare(store, WORLD)
    listings = ({"a": "1"}, {"a": "1", "b": "1"}, {"a": "2", "b": "1"})
    assert note(store, feed, *listings) == [0, 0, 1]


def test_a_feed_knows_its_own_marks_only(store: Store) -> None:
    world, local = declare(store, WORLD, LOCAL)
    note(store, world, {"a": "1"})
    assert note(store, local, {"a": "2"}) == [0]


@given(st.lists(st.dictionaries(st.sampled_from("abcdef"), st.sampled_from("123"))))
def test_what_is_kept_is_what_is_listed_now(listings: Sequence[Marks]) -> None:
    store = empty_store()
    (feed,) = declare(store, WORLD)
    before: Marks = {}
    for marks in listings:
        hints = sum(before.get(url, mark) != mark for url, mark in marks.items())
        assert note(store, feed, marks) == [hints]
        kept = store.db.query("select url, mark from feed_entries")
        assert {entry["url"]: entry["mark"] for entry in kept} == marks
        before = marks
    store.close()


def test_a_headline_or_guid_that_is_another_is_kept(store: Store) -> None:
    (feed,) = declare(store, WORLD)
    for title, guid in (("Storm", ""), ("Storms", "g1")):
        store.feeds.note(feed, [FeedEntry("a", "1", title, guid)], NOW)
    kept = store.db.query("select title, guid from feed_entries")
    assert kept == [{"title": "Storms", "guid": "g1"}]


def test_entries_go_with_the_sitemap_that_listed_them(store: Store) -> None:
    (index,) = declare(store, INDEX)
    (today,) = store.feeds.renew(index, [TODAY], 1, NOW)
    note(store, today, {"a": "1"})
    renew(store, index)
    assert store.db.count("feed_entries") == 0


# --- Health ---------------------------------------------------------------------------------------


ERRORS = (("HTTP 500", 1),)


def test_the_feeds_that_answer_are_counted_together(store: Store) -> None:
    world, local = declare(store, WORLD, LOCAL)
    assert store.feeds.reading("paper") == FeedsOverview(2, 0, None)
    read(store, world, listed=30)
    read(store, local, listed=12)
    assert store.feeds.reading("paper") == FeedsOverview(2, 0, 42)
    fail(store, LOCAL)
    assert store.feeds.reading("paper") == FeedsOverview(2, 1, 30, errors=ERRORS)
    declare(store, LOCAL)
    assert store.feeds.reading("paper") == FeedsOverview(1, 1, 0, errors=ERRORS)
    assert store.feeds.reading("other") == FeedsOverview(0, 0, 0)


# --- Migration ------------------------------------------------------------------------------------


def test_feeds_known_before_are_kept_and_read_in_full_once() -> None:
    db = Database(memory=True)
    migrations.apply(db, stop_before="m012_hints")
    row = {"url": WORLD, "source": "paper", "etag": '"1"', "failures": 3, "last_error": "HTTP 500"}
    db.table("feeds").insert(row)
    migrations.apply(db)
    feeds = Feeds(SQLiteDatabase(db.conn))
    feeds.declare("paper", [WORLD], NOW)
    (feed,) = feeds.claim("paper", 1, NOW, NOW)
    assert (feed.url, feed.etag, feed.listed, feed.schedule_state.failures) == (
        WORLD,
        None,
        None,
        3,
    )
    db.close()


@pytest.mark.sqlite
def test_a_long_feed_is_noted_in_portions_between_which_others_write(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows: list[int] = []
    assert isinstance(store.db, SQLiteDatabase)
    connection = store.db.connection
    begin = store.db.transaction

    @contextmanager
    def counted() -> Iterator[None]:
        before = connection.total_changes
        with begin():
            yield
        rows.append(connection.total_changes - before)

    (feed,) = declare(store, WORLD)
    entries = [FeedEntry(f"https://news.example/{number}", "mark") for number in range(5_000)]
    monkeypatch.setattr(store.db, "transaction", counted)
    store.queue.track("paper", [entry.url for entry in entries], NOW)
    store.feeds.note(feed, entries, NOW)
    store.feeds.note(feed, [], NOW)
    assert sum(rows) >= 4 * len(entries)
    assert max(rows) <= 1_000
