"""The front page: lists of changes, filtered, in order, in pages."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from newsdiff_crawler.items import Block
from newsdiff_crawler.store import Store
from newsdiff_crawler.store.engine.connection import DATABASE_NAME
from newsdiff_crawler.store.writing.takedown import hide, unhide
from newsdiff_crawler.web.app import create_app
from tests.support.records import URL, add_article, add_version, story
from tests.support.site import AFTER, BEFORE, text_of


def test_the_front_page_shows_the_latest_change_first(store: Store, client: TestClient) -> None:
    add_article(store, BEFORE, AFTER)
    later = story("Ferry late"), story("Ferry early")
    add_article(store, *later, url=URL + "2", first_seen_at="2025-04-23T10:00:00Z")
    page = text_of(client.get("/").text)
    assert 0 < page.index("Ferry") < page.index("£4.6m")
    assert "The Paper 22 April 2025, 14:33 UTC" in page
    line = "Meaning changed: denies → admits; figure changed: £4.2m → £4.6m; headline rewritten"
    assert line in page


def test_the_front_page_marks_the_changed_words_of_a_headline(
    store: Store, client: TestClient
) -> None:
    add_article(store, BEFORE, AFTER)
    page = client.get("/").text
    assert re.search(r"<del[^>]*>denies", page)
    assert re.search(r"<ins[^>]*>admits", page)


@pytest.mark.parametrize(
    "third", [story("Storm nears", "Calm."), story("Storm nears", "Wind, rises")]
)
def test_changes_of_no_substance_are_shown_on_demand(
    store: Store, client: TestClient, third: list[Block]
) -> None:
    add_article(store, story("Storm nears", "Calm."), story("Storm nears", "Wind rises"), third)
    shown, hidden = "/articles/1/diff/1/2", "/articles/1/diff/2/3"
    assert shown in client.get("/").text
    assert hidden not in client.get("/").text
    assert hidden in client.get("/?show=all").text


@pytest.mark.parametrize(
    ("query", "heading"),
    [
        ("", "Latest changes"),
        ("?order=size", "Largest changes"),
        ("?source=paper&label=figures", "Latest changes in The Paper: Figures"),
    ],
)
def test_a_list_says_what_it_shows(
    store: Store, client: TestClient, query: str, heading: str
) -> None:
    add_article(store, BEFORE, AFTER)
    page = client.get(f"/{query}").text
    assert f"<h1>{heading}</h1>" in page
    assert f"<title>{heading} " in page


def test_the_hidden_are_counted_in_the_time_that_a_page_covers(
    store: Store, client: TestClient
) -> None:
    texts = [story("Title", f"Paragraph {number}") for number in range(40)]
    add_article(store, *texts, story("Title", "paragraph 39"), apart=timedelta(minutes=1))
    add_version(store, 1, 42, texts[0])
    first = client.get("/").text
    older = re.search(r'rel="next" href="([^"]+)"', first)
    assert older is not None
    assert "2 changes hidden among these" in text_of(first)
    assert "No change is hidden among these" in text_of(client.get(older[1]).text)


def test_the_hidden_are_counted_as_filtered(store: Store, client: TestClient) -> None:
    add_article(store, BEFORE, AFTER)
    add_version(store, 1, 3, BEFORE, labels=["headline"])
    for query, count in (("label=headline", "1 change"), ("label=quotes", "No change is")):
        assert f"{count} hidden among these" in text_of(client.get(f"/?{query}").text)
    assert client.get("/?label=headline&show=all").text.count('<p class="kicker">') == 2


def test_where_all_changes_are_hidden_their_number_is_shown(
    store: Store, client: TestClient
) -> None:
    add_article(store, story("Storm nears", "Calm."), story("Storm nears", "Calm"))
    page = text_of(client.get("/").text)
    assert "1 change hidden among these" in page


def test_older_pages_stay_put_while_new_changes_arrive(store: Store, client: TestClient) -> None:
    texts = [story("Title", f"Paragraph {number}") for number in range(40)]
    add_article(store, *texts, apart=timedelta(minutes=1))
    older = re.search(r'rel="next" href="([^"]+)"', client.get("/").text)
    assert older is not None
    page = client.get(older[1]).text
    add_article(store, BEFORE, AFTER, url=URL + "2", first_seen_at="2025-05-01T10:00:00Z")
    assert client.get(older[1]).text == page
    assert page.count("<li>") == 39 - 30


def test_a_record_without_changes_says_so(store: Store, client: TestClient) -> None:
    add_article(store, BEFORE)
    page = client.get("/")
    assert page.status_code == 200
    assert "No article has changed yet" in page.text


def test_a_list_is_made_once_in_a_second(store: Store, tmp_path: Path) -> None:
    seconds = iter([7.1, 7.9, 8.0])
    client = TestClient(create_app(tmp_path / DATABASE_NAME, clock=lambda: next(seconds)))
    add_article(store, BEFORE, AFTER)
    first = client.get("/").text
    later = story("Ferry late"), story("Ferry early")
    add_article(store, *later, url=URL + "2", first_seen_at="2025-04-23T10:00:00Z")
    assert client.get("/").text == first
    assert "Ferry" in client.get("/").text


def test_a_list_is_made_again_at_once_when_an_article_was_hidden_or_is_shown_again(
    store: Store, tmp_path: Path
) -> None:
    client = TestClient(create_app(tmp_path / DATABASE_NAME, clock=lambda: 7.0))
    add_article(store, BEFORE, AFTER)
    assert "/articles/1/" in client.get("/").text
    hide(store.db, [URL], "2025-04-23T10:00:00Z", "asked for")
    assert "/articles/1/" not in client.get("/").text
    unhide(store.db, [URL], "2025-04-23T10:00:01Z")
    assert "/articles/1/" in client.get("/").text
