"""What looks leave in the record beside versions: what spares the next look its work, whose claims
were given back, and which servers were found out."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from newsdiff_crawler.items import Check, Outcome
from newsdiff_crawler.schedule import after_look
from newsdiff_crawler.store import Claim, Store
from newsdiff_crawler.times import from_iso, to_iso
from tests.records import FIRST_SEEN, URL, add_article, story

NOW = from_iso("2026-03-01T08:00:00Z")
LEASE = timedelta(minutes=30)
NEW_URL = URL + "-2"


def claim(store: Store) -> Claim:
    run = store.runs.start("paper", to_iso(NOW))
    store.agenda.make_due("paper", NOW)
    (claim,) = store.agenda.claim("paper", run, NOW, 50, LEASE)
    return claim


def record(store: Store, article_id: int, outcome: Outcome, **more: object) -> None:
    check = Check("paper", URL, article_id, outcome, to_iso(NOW))
    before = store.standing(article_id)
    store.record_check(replace(check, **more), after_look(outcome, before, NOW))  # type: ignore[arg-type]


def test_answers_without_a_page_are_counted_in_a_row(store: Store) -> None:
    article_id = add_article(store, story("Rain", "It rained."))
    record(store, article_id, "unchanged", not_modified=3)
    record(store, article_id, "failed")
    assert claim(store).not_modified == 3
    record(store, article_id, "unchanged")
    assert claim(store).not_modified == 0


def test_the_bytes_of_the_last_good_look_are_remembered(store: Store) -> None:
    article_id = add_article(store, story("Rain", "It rained."))
    record(store, article_id, "unchanged", body_hash="a")
    record(store, article_id, "unchanged", not_modified=1)
    record(store, article_id, "failed")
    assert claim(store).body_hash == "a"


def test_a_claim_that_was_given_back_is_due_when_said(store: Store) -> None:
    article_id = add_article(store, story("Rain", "It rained."))
    run = store.runs.start("paper", to_iso(NOW))
    store.agenda.claim("paper", run, NOW, 50, LEASE)
    store.agenda.give_back(article_id, run, NOW + timedelta(hours=1))
    assert store.agenda.next_due("paper") == "2026-03-01T09:00:00Z"
    assert len(store.agenda.claim("paper", run, NOW + timedelta(hours=1), 50, LEASE)) == 1


def test_a_claim_of_another_run_cannot_be_given_back(store: Store) -> None:
    article_id = add_article(store, story("Rain", "It rained."))
    first, second = (store.runs.start("paper", FIRST_SEEN) for _ in range(2))
    store.agenda.claim("paper", first, NOW, 50, LEASE)
    store.agenda.give_back(article_id, second, NOW)
    assert store.agenda.claim("paper", second, NOW, 50, LEASE) == []


def test_a_lie_is_news_once(store: Store) -> None:
    assert not store.hosts.lies("paper")
    assert store.hosts.record_lie("paper", URL, NOW)
    assert not store.hosts.record_lie("paper", NEW_URL, NOW)
    assert store.hosts.lies("paper")
    assert not store.hosts.lies("other")
