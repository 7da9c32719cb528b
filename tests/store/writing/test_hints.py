"""A hint brings a check forward, is not lost, and is judged by what the check finds."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdiff_crawler.items import Check, FeedEntry, Outcome
from newsdiff_crawler.scheduling.schedule import after_check
from newsdiff_crawler.store import Feed, Store
from newsdiff_crawler.store.writing.takedown import hide
from newsdiff_crawler.times import from_iso, to_iso
from tests.support.records import URL, add_article, add_version, due_feeds, empty_store, story

FEED = "https://news.example/rss.xml"
SEEN = from_iso("2026-03-01T08:00:00Z")
NOW = SEEN + timedelta(minutes=20)
LEASE = timedelta(minutes=30)
RAIN = story("Rain", "It rained.")


@pytest.fixture
def article(store: Store) -> int:
    """Checked twenty minutes ago."""
    return add_article(store, RAIN, first_seen_at=to_iso(SEEN))


@pytest.fixture
def feed(store: Store) -> Feed:
    """Lists the article, and has listed it before."""
    store.feeds.declare("paper", [FEED], NOW)
    (feed,) = due_feeds(store, "paper", NOW)
    store.feeds.note(feed, [FeedEntry(URL, "0")], NOW)
    return feed


def hint(store: Store, minutes: int = 0) -> None:
    """The feed says something else of the article."""
    (feed,) = due_feeds(store, "paper", NOW, everything=True)
    moment = NOW + timedelta(minutes=minutes)
    ((mark,),) = store.db.execute("select mark from feed_entries")
    assert store.feeds.note(feed, [FeedEntry(URL, mark + "'")], moment) == 1


def due(store: Store) -> str | None:
    (row,) = store.db.query("select next_check_at from articles")
    return row["next_check_at"]  # type: ignore[no-any-return]


def put(store: Store, **columns: object) -> None:
    """Puts the article into a state that would take many checks to come to."""
    store.db.update("articles", 1, columns)


def check(store: Store, outcome: Outcome, minutes: int = 0) -> None:
    """A check that brings no version."""
    at = NOW + timedelta(minutes=minutes)
    schedule_state = after_check(outcome, store.schedule_state(1), at)
    store.record_check(Check("paper", URL, 1, outcome, to_iso(at)), schedule_state)


def change(store: Store, minutes: int = 0) -> None:
    """A check that brings a version with another text than any before."""
    number = store.latest(1, "").number + 1
    at = to_iso(NOW + timedelta(minutes=minutes))
    add_version(store, 1, number, story("Sun", f"It shone, for the {number}th time."), at)


def counted(store: Store) -> tuple[int, int]:
    """Hints that were answered, and those that were right."""
    (row,) = store.db.query("select hints, hints_right from feeds")
    return row["hints"], row["hints_right"]


def claim(store: Store) -> int:
    run = store.runs.start("paper", to_iso(NOW))
    assert len(store.queue.claim("paper", run, NOW, 50, LEASE)) == 1
    return run


# --- When it is checked -------------------------------------------------------------------------


def test_a_hinted_article_is_due_now(store: Store, article: int, feed: Feed) -> None:
    put(store, next_check_at="2026-03-09T00:00:00Z")
    hint(store)
    assert due(store) == to_iso(NOW)


def test_though_not_within_five_minutes_of_the_last_check(
    store: Store, article: int, feed: Feed
) -> None:
    put(store, last_checked_at=to_iso(NOW - timedelta(minutes=2)))
    put(store, next_check_at="2026-03-09T00:00:00Z")
    hint(store)
    assert due(store) == to_iso(NOW + timedelta(minutes=3))


@pytest.mark.parametrize("state", ["retired", "gone"])
def test_what_was_not_to_be_checked_again_is(
    store: Store, article: int, feed: Feed, state: str
) -> None:
    put(store, state=state, next_check_at=None)
    hint(store)
    assert due(store) == to_iso(NOW)


def test_a_failing_page_keeps_its_own_wait(store: Store, article: int, feed: Feed) -> None:
    check(store, "failed")
    before = due(store)
    hint(store, minutes=10)
    assert due(store) == before


def test_a_hidden_article_stays_hidden(store: Store, article: int, feed: Feed) -> None:
    hide(store.db, [URL], to_iso(NOW), "a court said so")
    hint(store)
    (row,) = store.db.query("select state, next_check_at, hinted_by from articles")
    assert row == {"state": "hidden", "next_check_at": None, "hinted_by": None}


def test_a_hint_of_what_is_not_tracked_is_nothing(store: Store, feed: Feed) -> None:
    hint(store)
    assert store.db.count("articles") == 0


def test_hinted_articles_are_claimed_first(store: Store, article: int, feed: Feed) -> None:
    store.queue.track("paper", [URL + "2"], SEEN)
    put(store, next_check_at=to_iso(NOW))
    hint(store)
    run = store.runs.start("paper", to_iso(NOW))
    (first,) = store.queue.claim("paper", run, NOW, 1, LEASE)
    assert first.url == URL


# --- While a crawl checks -------------------------------------------------------------------------


def test_a_claimed_article_keeps_its_lease(store: Store, article: int, feed: Feed) -> None:
    put(store, next_check_at=to_iso(NOW))
    claim(store)
    hint(store)
    assert due(store) == to_iso(NOW + LEASE)


@pytest.mark.parametrize("outcome", ["changed", "unchanged"])
def test_a_hint_that_came_during_a_check_leads_to_another(
    store: Store, article: int, feed: Feed, outcome: Outcome
) -> None:
    put(store, next_check_at=to_iso(NOW))
    claim(store)
    hint(store)
    change(store) if outcome == "changed" else check(store, outcome)
    assert due(store) == to_iso(NOW + timedelta(minutes=5))
    assert counted(store) == ((1, 1) if outcome == "changed" else (0, 0))


def test_a_hinted_article_that_was_claimed_in_vain_is_due_at_once(
    store: Store, article: int, feed: Feed
) -> None:
    put(store, next_check_at=to_iso(NOW))
    run = claim(store)
    hint(store)
    store.runs.finish(run, to_iso(NOW), "shutdown", {"checks": 0})
    assert due(store) == to_iso(NOW)
    claim(store)
    check(store, "unchanged")
    assert counted(store) == (1, 0)


# --- Whether it was right -------------------------------------------------------------------------


def test_a_change_makes_a_hint_right_and_none_makes_it_wrong(
    store: Store, article: int, feed: Feed
) -> None:
    hint(store)
    change(store)
    assert counted(store) == (1, 1)
    hint(store)
    check(store, "unchanged")
    assert counted(store) == (2, 1)


def test_a_hint_counts_once(store: Store, article: int, feed: Feed) -> None:
    hint(store)
    hint(store)
    check(store, "unchanged")
    check(store, "unchanged")
    change(store)
    assert counted(store) == (1, 0)


@pytest.mark.parametrize("outcome", ["failed", "blocked", "gone"])
def test_a_check_that_failed_leaves_the_hint_open(
    store: Store, article: int, feed: Feed, outcome: Outcome
) -> None:
    hint(store)
    check(store, outcome)
    assert counted(store) == (0, 0)
    change(store)
    assert counted(store) == (1, 1)


def test_a_first_version_is_no_change(store: Store, feed: Feed) -> None:
    store.queue.track("paper", [URL], SEEN)
    hint(store)
    add_version(store, 1, 1, RAIN, to_iso(NOW))
    assert counted(store) == (0, 0)
    change(store)
    assert counted(store) == (0, 0)


def test_another_quotation_mark_is_no_change(store: Store, feed: Feed) -> None:
    add_article(store, story("Rain", "“Rain”"), first_seen_at=to_iso(SEEN))
    hint(store)
    add_version(store, 1, 2, story("Rain", '"Rain"'), to_iso(NOW))
    assert counted(store) == (1, 0)


def test_a_sitemaps_hints_are_counted_for_its_index(store: Store, article: int) -> None:
    store.feeds.declare("paper", [FEED], NOW)
    (index,) = due_feeds(store, "paper", NOW)
    (sitemap,) = store.feeds.renew(index, [FEED + "?1"], 1, NOW)
    for mark in "12":
        store.feeds.note(sitemap, [FeedEntry(URL, mark)], NOW)
    store.feeds.renew(index, [], 1, NOW)
    check(store, "unchanged")
    assert counted(store) == (1, 0)


def test_a_feed_that_is_nearly_never_right_is_measured_and_not_followed(
    store: Store, article: int, feed: Feed
) -> None:
    store.db.update("feeds", feed.id, {"hints": 50, "hints_right": 2})
    put(store, next_check_at="2026-03-09T00:00:00Z")
    hint(store)
    assert due(store) == "2026-03-09T00:00:00Z"
    change(store)
    assert counted(store) == (51, 3)
    hint(store)
    assert due(store) == to_iso(NOW + timedelta(minutes=5))


# --- Whatever happens -----------------------------------------------------------------------------

STEPS = st.lists(
    st.sampled_from(["hint", "claim", "give back", "changed", "unchanged", "failed", "wait"])
)


@given(STEPS)
def test_no_hint_is_lost_whatever_happens(steps: list[str]) -> None:
    store = empty_store()
    add_article(store, RAIN, first_seen_at=to_iso(SEEN))
    store.feeds.declare("paper", [FEED], NOW)
    (feed,) = due_feeds(store, "paper", NOW)
    store.feeds.note(feed, [FeedEntry(URL, "0")], NOW)
    now, open_hints, is_claimed = NOW, 0, False
    for step in steps:
        if step == "wait":
            now += timedelta(minutes=1)
        elif step == "hint":
            hint(store, (now - NOW) // timedelta(minutes=1))
            open_hints += 1
        elif step == "claim" and not is_claimed:
            put(store, next_check_at=to_iso(now))
            is_claimed = bool(store.queue.claim("paper", 1, now, 1, LEASE))
            open_hints = 0  # the check that begins now will see what they announced
        elif step == "give back" and is_claimed:
            store.queue.give_back(1, 1, now)
            is_claimed = False
        elif step in ("changed", "unchanged", "failed") and is_claimed:
            at = (now - NOW) // timedelta(minutes=1)
            change(store, at) if step == "changed" else check(store, cast("Outcome", step), at)
            is_claimed = False
        (row,) = store.db.query("select next_check_at, last_checked_at, failures from articles")
        if open_hints and not is_claimed and not row["failures"]:
            after_last = from_iso(row["last_checked_at"]) + timedelta(minutes=5)
            assert from_iso(row["next_check_at"]) <= max(now, after_last)
        hints, right = counted(store)
        assert right <= hints <= steps.count("hint")
    store.close()
