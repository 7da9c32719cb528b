"""The record keeps every text once, in order, and never doubles a version."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from newsdiff_crawler.crawling.candidate import Candidate
from newsdiff_crawler.crawling.judging import new_version
from newsdiff_crawler.items import Check, FetchedPage, NewVersion, Outcome
from newsdiff_crawler.scheduling.schedule import ScheduleState, after_check
from newsdiff_crawler.store import NoSuchArticleError, StaleVersionError, Store
from newsdiff_crawler.times import from_iso, to_iso
from tests.support.records import fetched_page, parsed_page, store_version, story
from tests.support.statements import statements

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


def fetched(
    store: Store,
    article_id: int,
    *paragraphs: str,
    minutes: int = 0,
    parser: str = "paper/2026",
    published_at: str | None = None,
) -> FetchedPage:
    blocks = story("Bridge to close for a month", *paragraphs)
    at = to_iso(NOW + timedelta(minutes=minutes))
    return fetched_page(store, article_id, parsed_page(blocks, parser, published_at), at)


def judged(store: Store, page: FetchedPage) -> NewVersion:
    return new_version(Candidate(page, store.latest(page.article_id, page.content_hash)))


def add(store: Store, article_id: int, *paragraphs: str, minutes: int = 0) -> None:
    store_version(store, judged(store, fetched(store, article_id, *paragraphs, minutes=minutes)))


def test_a_version_reads_back_as_it_was_stored(store: Store) -> None:
    page = fetched(store, track(store), "One.", "Two.", "One.")
    store_version(store, judged(store, page))
    assert store.blocks(page.article_id, 1) == page.page.blocks()


def test_an_edit_to_one_paragraph_stores_one_passage(store: Store) -> None:
    id_ = track(store)
    add(store, id_, "One.", "Two.", "Three.")
    add(store, id_, "One.", "Two and a half.", "Three.")
    rows = list(
        store.db.query("select text, first_version, last_version from passages order by id")
    )
    assert rows == [
        {"text": "Bridge to close for a month", "first_version": 1, "last_version": 2},
        {"text": "One.", "first_version": 1, "last_version": 2},
        {"text": "Two.", "first_version": 1, "last_version": 1},
        {"text": "Three.", "first_version": 1, "last_version": 2},
        {"text": "Two and a half.", "first_version": 2, "last_version": 2},
    ]


def test_what_was_taken_out_is_noted_once(store: Store) -> None:
    id_ = track(store)
    add(store, id_, "One.", "Two.", "One.")
    add(store, id_, "Three.")
    add(store, id_, "Three.", "Four.")
    rows = store.db.query(
        "select text, number from removals join passages p on p.id = passage_id order by p.id"
    )
    assert [(row["text"], row["number"]) for row in rows] == [("One.", 2), ("Two.", 2)]


def test_a_version_that_is_not_the_next_one_is_refused_whole(store: Store) -> None:
    id_ = track(store)
    late = judged(store, fetched(store, id_, "Other."))
    add(store, id_, "One.")
    with pytest.raises(StaleVersionError):
        store_version(store, late)
    assert [block.text for block in store.blocks(id_, 1)] == ["Bridge to close for a month", "One."]
    assert store.latest(id_, "").number == 1
    assert store.db.count("passages") == 2


def test_a_text_that_came_back_names_the_version_that_had_it(store: Store) -> None:
    id_ = track(store)
    for text in ("One.", "Two.", "One."):
        add(store, id_, text)
    rows = store.db.query("select number, reverts_to from versions order by number")
    assert [row["reverts_to"] for row in rows] == [None, None, 1]


def test_a_change_of_punctuation_alone_is_cosmetic_and_not_counted(store: Store) -> None:
    id_ = track(store)
    add(store, id_, "“One”, he said.")
    add(store, id_, '"One" he said.')
    versions = store.db.query("select cosmetic from versions order by number")
    assert [row["cosmetic"] for row in versions] == [0, 1]
    (row,) = store.db.query("select version_count, change_count from articles")
    assert row == {"version_count": 2, "change_count": 0}


def test_what_is_counted_is_what_the_column_minor_leaves(store: Store) -> None:
    id_ = track(store)
    texts = ("“One”, he said.", '"One" he said.', "Two.", "“One”, he said.", "Three.")
    versions = []
    for text in texts:
        versions.append(judged(store, fetched(store, id_, text)))
        store_version(store, versions[-1])
    rows = list(store.db.query("select minor from versions order by number"))
    assert [row["minor"] for row in rows[1:]] == [version.minor for version in versions[1:]]
    assert [version.minor for version in versions[1:]] == ["cosmetic", None, "reverted", None]
    (row,) = store.db.query("select change_count from articles")
    assert row == {"change_count": 2}


def test_a_stored_version_is_due_again_when_its_schedule_state_says(store: Store) -> None:
    due = NOW + timedelta(minutes=17)
    schedule_state = ScheduleState("live", timedelta(minutes=17), next_check_at=due)
    store.add_version(judged(store, fetched(store, track(store), "One.")), schedule_state)
    (row,) = store.db.query("select next_check_at, wait, state from articles")
    assert row == {"next_check_at": "2026-03-01T08:17:00Z", "wait": 1020, "state": "live"}


def test_a_schedule_state_reads_back_as_it_was_stored(store: Store) -> None:
    id_ = track(store)
    page = fetched(store, id_, "One.", published_at="2026-02-28T20:00:00Z")
    stored = after_check("new", store.schedule_state(id_), NOW)
    store.add_version(judged(store, page), stored)
    published_at = from_iso("2026-02-28T20:00:00Z")
    expected = replace(stored, next_check_at=None, published_at=published_at)
    assert store.schedule_state(id_) == expected


def test_what_is_known_of_an_article_has_its_schedule_state(store: Store) -> None:
    id_ = track(store)
    add(store, id_, "One.")
    assert store.latest(id_, "").schedule_state == store.schedule_state(id_)


def test_passages_that_another_crawl_took_away_meanwhile_are_an_article_that_is_gone(
    store: Store,
) -> None:
    id_ = track(store)
    add(store, id_, "One.")
    store.db.execute("delete from passages where text = 'One.'")
    with pytest.raises(NoSuchArticleError):
        store.latest(id_, "another text")


def test_a_schedule_state_knows_how_often_and_when_the_text_changed(store: Store) -> None:
    id_ = track(store)
    for number, text in enumerate(["One.", "Two.", "Three."], start=1):
        add(store, id_, text, minutes=30 * number)
    schedule_state = store.schedule_state(id_)
    assert (schedule_state.changes, schedule_state.changed_at) == (2, NOW + timedelta(minutes=90))


@pytest.mark.sqlite
def test_a_text_that_was_seen_last_takes_one_statement_to_know(store: Store) -> None:
    id_ = track(store)
    add(store, id_, "One.")
    page = fetched(store, id_, "One.")
    with statements(store) as made:
        store.latest(id_, page.content_hash)
    assert len(made) == 1


@pytest.mark.sqlite
def test_an_edit_to_one_paragraph_takes_few_statements(store: Store) -> None:
    id_ = track(store)
    add(store, id_, "One.", "Two.", "Three.")
    page = fetched(store, id_, "One.", "Two and a half.", "Three.", minutes=30)
    with statements(store) as made:
        store_version(store, judged(store, page))
    # Three reads; begin, one check, a passage and a removal with their indexes, its short blocks,
    # spans of passages, version, when the one before was seen last, article, what it was taken for
    # before, commit.
    assert len(made) == 16


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
    store_version(store, judged(store, replace(fetched(store, id_, "One."), etag='"x"')))
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
    outcomes: list[tuple[Outcome, str]] = [
        ("failed", "timed out"),
        ("blocked", "HTTP 403"),
        ("unchanged", "same text"),
    ]
    kept = []
    for outcome, reason in outcomes:
        check = Check("paper", URL, id_, outcome, to_iso(NOW), reason)
        store.record_check(check, after_check(outcome, store.schedule_state(id_), NOW, reason))
        kept += [row["last_error"] for row in store.db.query("select last_error from articles")]
    assert kept == ["timed out", "HTTP 403", None]


def test_the_text_view_shows_a_version_in_reading_order(store: Store) -> None:
    id_ = track(store)
    add(store, id_, "Two.", "One.")
    (row,) = store.db.query("select text from version_texts")
    assert row["text"] == "Bridge to close for a month\n\nTwo.\n\nOne."


def test_the_changes_view_has_a_row_per_change(store: Store) -> None:
    id_ = track(store)
    add(store, id_, "One.")
    add(store, id_, "Two.", minutes=33)
    (row,) = store.db.query("select from_version, to_version, to_fetched_at from changes")
    assert row == {"from_version": 1, "to_version": 2, "to_fetched_at": "2026-03-01T08:33:00Z"}


def test_layouts_list_passage_ids(store: Store) -> None:
    add(store, track(store), "One.", "One.")
    (row,) = store.db.query("select layout from versions")
    assert json.loads(row["layout"]) == [1, 2, 2]
