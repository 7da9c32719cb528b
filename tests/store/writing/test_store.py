"""The record keeps every text once, in order, and never doubles a version."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from newsdiff_crawler.items import Article, Block, ChangeCounts, Check, Outcome
from newsdiff_crawler.scheduling.schedule import ScheduleState, after_check
from newsdiff_crawler.store import StaleVersionError, Store
from newsdiff_crawler.text import content_hash, words_hash
from newsdiff_crawler.times import from_iso, to_iso

NOW = from_iso("2026-03-01T08:00:00Z")
URL = "https://news.example/a"
LEASE = timedelta(minutes=30)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(tmp_path)
    yield store
    store.close()


def track(store: Store, url: str = URL) -> int:
    store.queue.track("paper", [url], NOW)
    (row,) = store.db.query("select article_id from article_urls where url = :url", {"url": url})
    return int(row["article_id"])


def article(article_id: int, version: int, *paragraphs: str, minutes: int = 0) -> Article:
    item = Article(
        title="Bridge to close for a month",
        body=[Block("paragraph", text) for text in paragraphs],
        source="paper",
        url=URL,
        fetched_at=to_iso(NOW + timedelta(minutes=minutes)),
        article_id=article_id,
        version=version,
        parser="paper/2026",
        changes=ChangeCounts(words_added=1) if version > 1 else None,
    )
    texts = [block.text for block in item.blocks()]
    item.content_hash, item.words_hash = content_hash(texts), words_hash(texts)
    return item


def add(store: Store, item: Article) -> None:
    before = store.schedule_state(item.article_id)
    store.add_version(item, after_check("changed", before, from_iso(item.fetched_at)))


def test_a_version_reads_back_as_it_was_stored(store: Store) -> None:
    item = article(track(store), 1, "One.", "Two.", "One.")
    add(store, item)
    assert store.blocks(item.article_id, 1) == item.blocks()


def test_an_edit_to_one_paragraph_stores_one_passage(store: Store) -> None:
    id_ = track(store)
    add(store, article(id_, 1, "One.", "Two.", "Three."))
    add(store, article(id_, 2, "One.", "Two and a half.", "Three."))
    rows = list(store.db.query("select text, first_version, last_version from passages"))
    assert rows == [
        {"text": "Bridge to close for a month", "first_version": 1, "last_version": 2},
        {"text": "One.", "first_version": 1, "last_version": 2},
        {"text": "Two.", "first_version": 1, "last_version": 1},
        {"text": "Three.", "first_version": 1, "last_version": 2},
        {"text": "Two and a half.", "first_version": 2, "last_version": 2},
    ]


def test_a_version_that_is_not_the_next_one_is_refused_whole(store: Store) -> None:
    id_ = track(store)
    add(store, article(id_, 1, "One."))
    with pytest.raises(StaleVersionError):
        add(store, article(id_, 1, "Other."))
    assert [block.text for block in store.blocks(id_, 1)] == ["Bridge to close for a month", "One."]
    assert store.latest(id_).number == 1
    assert store.db.count("passages") == 2


def test_a_text_that_came_back_names_the_version_that_had_it(store: Store) -> None:
    id_ = track(store)
    for number, text in enumerate(["One.", "Two.", "One."], start=1):
        add(store, article(id_, number, text))
    rows = store.db.query("select number, reverts_to from versions order by number")
    assert [row["reverts_to"] for row in rows] == [None, None, 1]


def test_a_change_of_punctuation_alone_is_cosmetic_and_not_counted(store: Store) -> None:
    id_ = track(store)
    add(store, article(id_, 1, "“One”, he said."))
    add(store, article(id_, 2, '"One" he said.'))
    assert [row["cosmetic"] for row in store.db.query("select cosmetic from versions")] == [0, 1]
    (row,) = store.db.query("select version_count, change_count from articles")
    assert row == {"version_count": 2, "change_count": 0}


def test_a_stored_version_is_due_again_when_its_standing_says(store: Store) -> None:
    id_ = track(store)
    due = NOW + timedelta(minutes=17)
    schedule_state = ScheduleState("live", timedelta(minutes=17), next_check_at=due)
    store.add_version(article(id_, 1, "One."), schedule_state)
    (row,) = store.db.query("select next_check_at, wait, state from articles")
    assert row == {"next_check_at": "2026-03-01T08:17:00Z", "wait": 1020, "state": "live"}


def test_a_standing_reads_back_as_it_was_stored(store: Store) -> None:
    item = article(track(store), 1, "One.")
    item.published_at = "2026-02-28T20:00:00Z"
    stored = after_check("new", store.schedule_state(item.article_id), NOW)
    store.add_version(item, stored)
    read = store.schedule_state(item.article_id)
    published_at = from_iso("2026-02-28T20:00:00Z")
    assert read == replace(stored, next_check_at=None, published_at=published_at)


def test_a_standing_knows_how_often_and_when_the_text_really_changed(store: Store) -> None:
    id_ = track(store)
    for number, text in enumerate(["One.", "Two.", "Three."], start=1):
        item = article(id_, number, text, minutes=30 * number)
        outcome: Outcome = "changed" if store.is_real_change(item) else "new"
        now = from_iso(item.fetched_at)
        store.add_version(item, after_check(outcome, store.schedule_state(id_), now))
    schedule_state = store.schedule_state(id_)
    assert (schedule_state.changes, schedule_state.changed_at) == (2, NOW + timedelta(minutes=90))


def test_neither_a_first_text_nor_checks_nor_another_parser_make_a_real_change(
    store: Store,
) -> None:
    id_ = track(store)
    first = article(id_, 1, "“One”, he said.")
    assert not store.is_real_change(first)
    add(store, first)
    assert not store.is_real_change(article(id_, 2, '"One" he said.'))
    reread = article(id_, 2, "Two.")
    assert store.is_real_change(reread)
    reread.parser = "paper/2027"
    assert not store.is_real_change(reread)


def test_a_url_is_tracked_once_however_often_it_is_found(store: Store) -> None:
    assert store.queue.track("paper", [URL, URL, URL + "b"], NOW) == 2
    assert store.queue.track("paper", [URL], NOW) == 0


def test_due_articles_are_claimed_once(store: Store) -> None:
    store.queue.track("paper", [URL, URL + "b"], NOW)
    run = store.runs.start("paper", to_iso(NOW))
    claims = store.queue.claim("paper", run, NOW, 50, LEASE)
    assert [claim.url for claim in claims] == [URL, URL + "b"]
    assert store.queue.claim("paper", run, NOW, 50, LEASE) == []


def test_a_claim_that_nobody_reported_on_ends_with_its_lease(store: Store) -> None:
    track(store)
    run = store.runs.start("paper", to_iso(NOW))
    store.queue.claim("paper", run, NOW, 50, LEASE)
    assert len(store.queue.claim("paper", run, NOW + LEASE, 50, LEASE)) == 1


def test_what_a_finished_run_did_not_check_at_is_due_at_once(store: Store) -> None:
    track(store)
    run = store.runs.start("paper", to_iso(NOW))
    store.queue.claim("paper", run, NOW, 50, LEASE)
    store.runs.finish(run, to_iso(NOW), "shutdown", {"checks": 0})
    assert store.queue.next_due("paper") == to_iso(NOW)


def test_a_check_keeps_the_validators_when_the_answer_brought_none(store: Store) -> None:
    id_ = track(store)
    item = article(id_, 1, "One.")
    item.etag = '"x"'
    add(store, item)
    check = Check("paper", URL, id_, "unchanged", to_iso(NOW), "not modified")
    store.record_check(check, after_check("unchanged", store.schedule_state(id_), NOW))
    (row,) = store.db.query("select etag, version_count from articles")
    assert row == {"etag": '"x"', "version_count": 1}


def test_an_event_is_written_with_the_check_that_saw_it(store: Store) -> None:
    id_ = track(store)
    schedule_state = ScheduleState("gone", event=("gone", "absent since 2026-03-01T08:00:00Z"))
    store.record_check(Check("paper", URL, id_, "gone", to_iso(NOW), "HTTP 404"), schedule_state)
    (row,) = store.db.query("select article_id, at, kind, detail from events")
    assert row == {
        "article_id": id_,
        "at": "2026-03-01T08:00:00Z",
        "kind": "gone",
        "detail": "absent since 2026-03-01T08:00:00Z",
    }


def test_the_reason_of_a_check_that_brought_no_text_is_kept_until_one_does(store: Store) -> None:
    id_ = track(store)
    looks: list[tuple[Outcome, str]] = [
        ("failed", "timed out"),
        ("blocked", "HTTP 403"),
        ("unchanged", "same text"),
    ]
    kept = []
    for outcome, reason in looks:
        check = Check("paper", URL, id_, outcome, to_iso(NOW), reason)
        store.record_check(check, after_check(outcome, store.schedule_state(id_), NOW, reason))
        kept += [row["last_error"] for row in store.db.query("select last_error from articles")]
    assert kept == ["timed out", "HTTP 403", None]


def test_the_text_view_shows_a_version_in_reading_order(store: Store) -> None:
    id_ = track(store)
    add(store, article(id_, 1, "Two.", "One."))
    (row,) = store.db.query("select text from version_texts")
    assert row["text"] == "Bridge to close for a month\n\nTwo.\n\nOne."


def test_the_changes_view_has_a_row_per_change(store: Store) -> None:
    id_ = track(store)
    add(store, article(id_, 1, "One."))
    add(store, article(id_, 2, "Two.", minutes=33))
    (row,) = store.db.query("select from_version, to_version, to_fetched_at from changes")
    assert row == {"from_version": 1, "to_version": 2, "to_fetched_at": "2026-03-01T08:33:00Z"}


def test_layouts_list_passage_ids(store: Store) -> None:
    add(store, article(track(store), 1, "One.", "One."))
    (row,) = store.db.query("select layout from versions")
    assert json.loads(row["layout"]) == [1, 2, 2]
