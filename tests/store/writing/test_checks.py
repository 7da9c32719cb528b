"""What checks leave in the record beside versions: what spares the next one its work, whose claims
were given back, and which servers were found out."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from newsdiff_crawler.items import Check, Outcome
from newsdiff_crawler.scheduling.schedule import after_check
from newsdiff_crawler.store import Claim, Store
from newsdiff_crawler.times import from_iso, to_iso
from tests.support.records import FIRST_SEEN, URL, add_article, story

NOW = from_iso("2026-03-01T08:00:00Z")
LEASE = timedelta(minutes=30)
NEW_URL = URL + "-2"


def claim(store: Store) -> Claim:
    run = store.runs.start("paper", to_iso(NOW))
    store.queue.make_due("paper", NOW)
    (claim,) = store.queue.claim("paper", run, NOW, 50, LEASE)
    return claim


def record(store: Store, article_id: int, outcome: Outcome, **more: object) -> None:
    check = Check("paper", URL, article_id, outcome, to_iso(NOW))
    before = store.schedule_state(article_id)
    store.record_check(replace(check, **more), after_check(outcome, before, NOW))  # type: ignore[arg-type]


def test_answers_without_a_page_are_counted_in_a_row(store: Store) -> None:
    article_id = add_article(store, story("Rain", "It rained."))
    record(store, article_id, "unchanged", not_modified=3)
    record(store, article_id, "failed")
    assert claim(store).not_modified == 3
    record(store, article_id, "unchanged")
    assert claim(store).not_modified == 0


def test_the_bytes_of_the_last_good_check_are_remembered(store: Store) -> None:
    article_id = add_article(store, story("Rain", "It rained."))
    record(store, article_id, "unchanged", body_hash="a")
    record(store, article_id, "unchanged", not_modified=1)
    record(store, article_id, "failed")
    assert claim(store).body_hash == "a"


def test_a_claim_that_was_given_back_is_due_when_said(store: Store) -> None:
    article_id = add_article(store, story("Rain", "It rained."))
    run = store.runs.start("paper", to_iso(NOW))
    store.queue.claim("paper", run, NOW, 50, LEASE)
    store.queue.give_back(article_id, run, NOW + timedelta(hours=1))
    assert store.queue.next_due("paper") == "2026-03-01T09:00:00Z"
    assert len(store.queue.claim("paper", run, NOW + timedelta(hours=1), 50, LEASE)) == 1


def test_a_claim_of_another_run_cannot_be_given_back(store: Store) -> None:
    article_id = add_article(store, story("Rain", "It rained."))
    first, second = (store.runs.start("paper", FIRST_SEEN) for _ in range(2))
    store.queue.claim("paper", first, NOW, 50, LEASE)
    store.queue.give_back(article_id, second, NOW)
    assert store.queue.claim("paper", second, NOW, 50, LEASE) == []


def test_a_lie_is_news_once(store: Store) -> None:
    assert not store.hosts.has_false_validators("paper")
    assert store.hosts.record_false_validators("paper", URL, NOW)
    assert not store.hosts.record_false_validators("paper", NEW_URL, NOW)
    assert store.hosts.has_false_validators("paper")
    assert not store.hosts.has_false_validators("other")
