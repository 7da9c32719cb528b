"""An address is an article's when it has shown its text; what is only stated is tried once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from newsdiff_crawler.store import Store
from newsdiff_crawler.store.writing.addresses import MOST_KIN, Address
from newsdiff_crawler.store.writing.takedown import hide
from newsdiff_crawler.times import from_iso
from tests.support.records import (
    FIRST_SEEN,
    URL,
    add_article,
    fetched_page,
    parsed_page,
    story,
)
from tests.support.statements import statements

NEW, OTHER = f"{URL}-new", f"{URL}-other"
AT, LATER, DUE = "2025-04-23T08:00:00Z", "2025-04-23T09:00:00Z", "2025-04-23T09:30:00Z"
RAIN = story("Rain", "It rained for the third day in the valley.")


def row(store: Store, article_id: int) -> dict[str, Any]:
    return store.db.get("articles", article_id)


def stated(store: Store) -> list[tuple[Any, ...]]:
    sql = "select article_id, url, how, refused_at, reason from stated_urls order by url"
    return [tuple(each) for each in store.db.execute(sql)]


def asked(store: Store) -> list[str]:
    """The addresses that the next crawl asks."""
    claims = store.queue.claim("paper", 1, from_iso("2025-05-01T00:00:00Z"), 9, timedelta(0))
    return [claim.asked_url for claim in claims]


def test_the_address_that_a_first_text_came_from_is_the_articles(store: Store) -> None:
    article = add_article(store, RAIN)
    assert store.addresses.of(article) == [Address(URL, FIRST_SEEN)]
    assert store.addresses.owner(URL) == article
    assert store.addresses.owner(NEW) is None


def test_an_address_that_was_only_found_has_not_answered(store: Store) -> None:
    assert store.addresses.of(add_article(store)) == [Address(URL, None)]


def test_the_last_that_answered_comes_first(store: Store) -> None:
    article = add_article(store, RAIN)
    store.addresses.answered(article, NEW, AT)
    store.addresses.answered(article, URL, LATER)  # it did before: that is kept
    assert store.addresses.of(article) == [Address(NEW, AT), Address(URL, FIRST_SEEN)]


def test_an_address_of_another_article_stays_that_ones(store: Store) -> None:
    article, other = add_article(store, RAIN), add_article(store, url=OTHER)
    store.addresses.answered(article, OTHER, AT)
    assert store.addresses.owner(OTHER) == other
    assert store.addresses.of(other) == [Address(OTHER, None)]


def test_a_canonical_is_tried_at_the_next_check(store: Store) -> None:
    article = add_article(store, RAIN)
    store.addresses.state(article, NEW, "canonical", AT)
    assert (row(store, article)["url"], row(store, article)["trial_url"]) == (URL, NEW)
    assert asked(store) == [NEW]


@pytest.mark.parametrize("how", ["guid", "former"])
def test_what_else_is_stated_is_kept_and_not_tried(store: Store, how: Any) -> None:
    article = add_article(store, RAIN)
    store.addresses.state(article, NEW, how, AT)
    assert stated(store) == [(article, NEW, how, None, None)]
    assert asked(store) == [URL]


def test_another_articles_address_is_not_tried(store: Store) -> None:
    article = add_article(store, RAIN)
    add_article(store, RAIN, url=OTHER)
    store.addresses.state(article, OTHER, "canonical", AT)
    assert row(store, article)["trial_url"] is None


def test_one_that_shows_the_story_is_believed(store: Store) -> None:
    article = add_article(store, RAIN)
    store.addresses.state(article, NEW, "canonical", AT)
    store.addresses.believe(article, NEW, LATER)
    assert stated(store) == []
    assert row(store, article)["trial_url"] is None
    assert Address(NEW, LATER) in store.addresses.of(article)


def test_one_that_does_not_is_refused_with_its_reason_and_never_tried_again(store: Store) -> None:
    article = add_article(store, RAIN)
    store.addresses.state(article, NEW, "canonical", AT)
    store.addresses.refuse(article, NEW, "gone: HTTP 404", LATER, DUE)
    assert stated(store) == [(article, NEW, "canonical", LATER, "gone: HTTP 404")]
    assert (row(store, article)["trial_url"], row(store, article)["next_check_at"]) == (None, DUE)
    store.addresses.state(article, NEW, "canonical", LATER)
    assert asked(store) == [URL]


def test_a_hidden_article_that_was_tried_in_vain_is_not_due(store: Store) -> None:
    article = add_article(store, RAIN)
    hide(store.db, [URL], AT, "a request")
    store.addresses.refuse(article, NEW, "gone: HTTP 404", LATER, DUE)
    assert row(store, article)["next_check_at"] is None


def test_a_story_that_left_its_address_is_tried_where_it_was_last(store: Store) -> None:
    article = add_article(store, RAIN)
    store.addresses.answered(article, OTHER, AT)
    store.addresses.answered(article, NEW, LATER)
    store.addresses.fall_back(article, LATER)
    assert store.db.get("articles", article)["trial_url"] == NEW
    assert asked(store) == [NEW]
    store.addresses.refuse(article, NEW, "gone: HTTP 404", LATER, DUE)
    store.addresses.fall_back(article, LATER)
    assert store.db.get("articles", article)["trial_url"] == OTHER
    store.addresses.refuse(article, OTHER, "gone: HTTP 404", LATER, DUE)
    store.addresses.fall_back(article, LATER)
    assert store.db.get("articles", article)["trial_url"] is None


def test_what_never_answered_is_nothing_to_fall_back_to(store: Store) -> None:
    article = add_article(store, RAIN)
    store.db.insert("article_urls", {"url": NEW, "article_id": article})
    store.addresses.fall_back(article, LATER)
    assert store.db.get("articles", article)["trial_url"] is None
    hidden = add_article(store, RAIN, url=OTHER)
    store.addresses.answered(hidden, f"{OTHER}-2", AT)
    hide(store.db, [OTHER], AT, "a request")
    store.addresses.fall_back(hidden, LATER)
    assert store.db.get("articles", hidden)["trial_url"] is None


def test_an_address_that_tells_its_own_story_becomes_an_article_of_its_own(store: Store) -> None:
    article = add_article(store, RAIN)
    store.db.insert("article_urls", {"url": NEW, "article_id": article})
    store.db.update("articles", article, {"url": NEW, "trial_url": NEW})
    new = store.addresses.detach(article, NEW, AT)
    assert (store.addresses.owner(NEW), store.addresses.owner(URL)) == (new, article)
    old = row(store, article)
    assert (old["url"], old["trial_url"], old["next_check_at"]) == (URL, None, AT)
    assert (row(store, new)["url"], row(store, new)["source"]) == (NEW, "paper")
    assert row(store, new)["version_count"] == 0


def kin(store: Store, article: int, url: str | None) -> list[int]:
    return store.addresses.kin(article, url)


def test_kin_are_at_what_a_page_states_or_state_what_it_has(store: Store) -> None:
    article = add_article(store)
    at_it = add_article(store, RAIN, url=OTHER)
    assert kin(store, article, OTHER) == [at_it]
    assert kin(store, article, None) == []
    store.addresses.state(article, OTHER, "guid", AT)
    assert kin(store, article, None) == [at_it]
    states_it = add_article(store, RAIN, url=NEW)
    store.addresses.state(states_it, URL, "canonical", AT)
    assert kin(store, article, None) == [at_it, states_it]


def test_kin_have_a_version_and_are_few(store: Store) -> None:
    article = add_article(store)
    unread = add_article(store, url=f"{URL}-unread")
    store.addresses.state(unread, URL, "canonical", AT)
    for number in range(MOST_KIN + 2):
        other = add_article(store, RAIN, url=f"{URL}-{number}")
        store.addresses.state(other, URL, "canonical", AT)
    assert len(kin(store, article, None)) == MOST_KIN
    assert unread not in kin(store, article, None)


@pytest.mark.sqlite
def test_kin_and_twins_are_index_look_ups(store: Store) -> None:
    article = add_article(store, RAIN)
    page = fetched_page(store, article, parsed_page(RAIN), AT)
    with statements(store) as asked_for:
        store.addresses.kin(article, NEW)
        store.other_texts.twins(page)
        store.other_texts.sighting(page)
    plans = [
        step["detail"] for sql in asked_for for step in store.db.query(f"explain query plan {sql}")
    ]
    assert any("texts_by_key" in step for step in plans)
    assert [step for step in plans if step.startswith("SCAN") and step != "SCAN t"] == []
