"""What looks leave in the record beside versions: where a page moved, what spares the next look
its work, whose claims were given back, and which servers were found out."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from newsdiff_crawler.items import Article, Check, Outcome
from newsdiff_crawler.schedule import after_look
from newsdiff_crawler.store import Claim, Store
from newsdiff_crawler.times import from_iso, to_iso
from tests.records import FIRST_SEEN, URL, add_article, story

NOW = from_iso("2026-03-01T08:00:00Z")
LEASE = timedelta(minutes=30)
NEW_URL = URL + "-2"


def moved(article_id: int, to: str = NEW_URL) -> Article:
    return Article(
        "Rain", [], url=to, moved_from=URL, article_id=article_id, fetched_at=to_iso(NOW)
    )


def events(store: Store) -> list[tuple[str, str]]:
    return [(row["kind"], row["detail"]) for row in store.db.query("select * from events")]


def urls(store: Store) -> list[str]:
    return [row["url"] for row in store.db.query("select url from articles order by id")]


def test_a_move_is_an_event_and_the_article_stays_the_same(store: Store) -> None:
    article_id = add_article(store, story("Rain", "It rained."))
    assert store.record_move(moved(article_id))
    assert events(store) == [("moved", f"from {URL} to {NEW_URL}")]
    assert urls(store) == [NEW_URL]
    assert store.agenda.track("paper", [URL, NEW_URL], NOW) == 0


def test_a_move_is_told_once(store: Store) -> None:
    article_id = add_article(store, story("Rain", "It rained."))
    store.record_move(moved(article_id))
    store.record_move(moved(article_id))
    assert len(events(store)) == 1


def test_an_article_that_was_never_seen_has_not_moved(store: Store) -> None:
    store.agenda.track("paper", [URL], NOW)
    assert store.record_move(moved(1))
    assert events(store) == []


def test_an_address_of_another_article_stays_its_own(store: Store) -> None:
    article_id = add_article(store, story("Rain", "It rained."))
    add_article(store, story("Sun", "It shone."), url=NEW_URL)
    assert not store.record_move(moved(article_id))
    assert not store.record_move(moved(article_id))
    assert urls(store) == [URL, NEW_URL]
    assert events(store) == [("moved", f"from {URL} to {NEW_URL}")]


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
