"""Where a story is found, and what else was shown there."""

from __future__ import annotations

from newsdiff_crawler.store import Store
from newsdiff_crawler.store.reading.places import OtherText, StatedAddress, StoryAddress
from newsdiff_crawler.store.reading.records import Records
from tests.support.other_texts import AT, NOTICE, keep_other_text
from tests.support.records import FIRST_SEEN, URL, add_article, story

STORY = story("Pier to be repaired", "Work begins in May.")
OTHER = "https://news.example/other"


def hide(store: Store, article_id: int) -> None:
    store.db.update("articles", article_id, {"state": "hidden"})


def test_an_address_that_showed_the_story_is_told_from_one_that_was_listed(
    store: Store, records: Records
) -> None:
    article = add_article(store, STORY)
    store.db.insert("article_urls", {"url": OTHER, "article_id": article})
    assert records.places.addresses(article) == [
        StoryAddress(URL, FIRST_SEEN),
        StoryAddress(OTHER, None),
    ]


def test_a_stated_address_says_who_states_it_and_what_it_answered(
    store: Store, records: Records
) -> None:
    article = add_article(store, STORY)
    store.addresses.state(article, OTHER, "canonical", FIRST_SEEN)
    (stated,) = records.places.stated(article)
    assert stated == StatedAddress(OTHER, "canonical", FIRST_SEEN, None, None)
    store.addresses.refuse(article, OTHER, "failed: HTTP 500", AT, AT)
    (refused,) = records.places.stated(article)
    assert refused == StatedAddress(OTHER, "canonical", FIRST_SEEN, AT, "failed: HTTP 500")


def test_a_stated_address_of_a_hidden_article_is_not_told(store: Store, records: Records) -> None:
    article, hidden = add_article(store, STORY), add_article(store, NOTICE, url=OTHER)
    store.addresses.state(article, OTHER, "canonical", AT)
    assert records.places.stated(article)
    hide(store, hidden)
    assert records.places.stated(article) == []


def test_another_text_is_told_with_when_and_how_often_it_was_seen(
    store: Store, records: Records
) -> None:
    article = add_article(store, STORY)
    keep_other_text(store, article, NOTICE, "a wall", at=FIRST_SEEN)
    keep_other_text(store, article, NOTICE, "a page in the story's place", at=AT)
    assert records.places.other_texts(article) == [
        OtherText(
            url=URL,
            first_at=FIRST_SEEN,
            last_at=AT,
            looks=2,
            title="Please stand by",
            text="Please stand by\nWe are working on our pages and shall be back.",
            words=13,
            reason="a page in the story's place",
        )
    ]


def test_the_text_of_a_hidden_article_is_not_told_where_it_stood_elsewhere(
    store: Store, records: Records
) -> None:
    article, hidden = add_article(store, STORY), add_article(store, NOTICE, url=OTHER)
    keep_other_text(store, article, NOTICE, "shows another's text")
    assert records.places.other_texts(article)
    hide(store, hidden)
    assert records.places.other_texts(article) == []
