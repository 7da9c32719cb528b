"""The page of an article says where its story is found, and what else stood there."""

from __future__ import annotations

import html5lib
from fastapi.testclient import TestClient

from newsdiff_crawler.store import Store
from tests.support.other_texts import AT, NOTICE, keep_other_text
from tests.support.records import FIRST_SEEN, URL, add_article, story
from tests.support.site import BEFORE, text_of

OTHER = "https://news.example/other"
HOSTILE = "</p><script>alert(1)</script> \u202e"


def test_one_address_needs_no_list(store: Store, client: TestClient) -> None:
    add_article(store, BEFORE)
    page = client.get("/articles/1").text
    assert "Where it is found" not in page
    assert "What else was shown" not in page


def test_addresses_that_led_to_the_story_are_listed(store: Store, client: TestClient) -> None:
    add_article(store, BEFORE)
    store.db.insert("article_urls", {"url": OTHER, "article_id": 1})
    page = text_of(client.get("/articles/1").text)
    shown = "It showed the story, first on 22 April 2025, 14:00 UTC; it is asked at each check"
    assert f"{URL} {shown}" in page
    assert f"{OTHER} It was listed, or led to another address" in page


def test_a_stated_address_says_who_states_it_and_why_it_is_not_believed(
    store: Store, client: TestClient
) -> None:
    add_article(store, BEFORE)
    store.addresses.state(1, OTHER, "canonical", FIRST_SEEN)
    page = text_of(client.get("/articles/1").text)
    stated = "Only stated: its page names this address"
    assert f"{OTHER} {stated}; it is tried at the next check" in page
    store.addresses.refuse(1, OTHER, f"failed: {HOSTILE}", AT, AT)
    page = client.get("/articles/1").text
    refused = f"{stated}. It did not show the story on 22 April 2025, 18:00 UTC: failed: "
    assert refused + "&lt;/p&gt;&lt;script&gt;" in text_of(page)


def test_an_address_that_nobody_tried_says_so(store: Store, client: TestClient) -> None:
    add_article(store, BEFORE)
    for place, how in enumerate(("guid", "former")):
        store.addresses.state(1, f"{OTHER}{place}", how, FIRST_SEEN)  # type: ignore[arg-type]
    page = text_of(client.get("/articles/1").text)
    since = "since 22 April 2025, 14:00 UTC; it was not tried"
    for said in (
        "a feed lists both under one name",
        "it was found here before",
    ):
        assert f"Only stated: {said}, {since}" in page


def test_another_text_is_told_with_its_reason_and_how_often_it_was_seen(
    store: Store, client: TestClient
) -> None:
    add_article(store, BEFORE)
    keep_other_text(store, 1, NOTICE, "a wall", at=FIRST_SEEN)
    keep_other_text(store, 1, NOTICE, "a wall", at=AT)
    page = text_of(client.get("/articles/1").text)
    times = "22 April 2025, 14:00 UTC to 22 April 2025, 18:00 UTC, at 2 checks"
    assert f"Please stand by {times} Not held to be the story: a wall" in page
    assert "We are working on our pages" in page
    assert "It stood at" not in page


def test_another_text_says_where_it_stood_if_not_at_the_articles_address(
    store: Store, client: TestClient
) -> None:
    add_article(store, BEFORE)
    keep_other_text(store, 1, NOTICE, "a wall", url=OTHER)
    assert f"a wall. It stood at {OTHER}" in text_of(client.get("/articles/1").text)


def test_a_long_text_is_shown_by_its_beginning(store: Store, client: TestClient) -> None:
    add_article(store, BEFORE)
    keep_other_text(store, 1, story("Wall", "word " * 5000 + "end"), "a wall")
    page = client.get("/articles/1").text
    assert 200 < page.count("word ") < 400
    assert ">…<" in page


def test_other_texts_are_hostile_and_harmless(store: Store, client: TestClient) -> None:
    add_article(store, BEFORE)
    keep_other_text(store, 1, story(HOSTILE, HOSTILE), HOSTILE, url="javascript:alert(2)")
    page = client.get("/articles/1").text
    html5lib.HTMLParser(strict=True).parse(page)
    assert "<script>" not in page
    assert "\u202e" not in page
    assert 'href="javascript' not in page


def test_the_text_of_a_hidden_article_is_not_shown_where_it_stood(
    store: Store, client: TestClient
) -> None:
    add_article(store, BEFORE)
    add_article(store, NOTICE, url=OTHER)
    keep_other_text(store, 1, NOTICE, "shows another's text")
    store.addresses.state(1, OTHER, "canonical", AT)
    store.db.update("articles", 2, {"state": "hidden"})
    page = client.get("/articles/1").text
    assert "Please stand by" not in page
    assert OTHER not in page
