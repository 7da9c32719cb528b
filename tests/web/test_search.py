"""The search page."""

from __future__ import annotations

import re
from typing import NoReturn

import feedparser
import pytest
from fastapi.testclient import TestClient

from newsdiff_crawler.store import Store, TooLongError
from newsdiff_crawler.store.reading.search import Search
from tests.support.records import URL, add_article, story
from tests.support.site import text_of

BEFORE = story("Ferry late", "The mayor <denied> everything.", "Rain fell.")
AFTER = story("Ferry late", "A spokesman declined.", "Rain fell.")


@pytest.fixture(autouse=True)
def articles(store: Store) -> None:
    add_article(store, BEFORE, AFTER)


def test_a_result_shows_the_passage_its_words_marked_and_its_life(client: TestClient) -> None:
    page = client.get("/search?q=denied").text
    assert "The mayor &lt;<mark>denied</mark>&gt; everything." in page
    assert "There from the start, 22 April 2025, 14:00 UTC; removed by" in text_of(page)
    assert 'href="/articles/1/diff/1/2">removed' in page


def test_a_long_passage_is_cut_to_the_words(store: Store, client: TestClient) -> None:
    long = "rain fell on the harbour " * 100
    add_article(store, story("Long", f"{long}and the heron flew. {long}"), url=URL + "2")
    page = text_of(client.get("/search?q=heron").text)
    assert "and the heron flew. rain" in page
    assert page.count("rain fell") < 20


def test_what_was_removed_is_searched_alone(client: TestClient) -> None:
    page = client.get("/search?q=declined+OR+mayor&in=removed").text
    assert "Nothing was found" in page
    assert "1 passage" in text_of(client.get("/search?q=mayor&in=removed").text)


def test_the_form_keeps_its_values(client: TestClient) -> None:
    values = {"q": '"rain fell"', "in": "added", "source": "paper", "from": "2025-04-01"}
    page = client.get("/search", params={**values, "to": ""}).text
    assert 'value="&#34;rain fell&#34;"' in page
    assert '<option value="added" selected>' in page
    assert '<option value="paper" selected>' in page
    assert 'value="2025-04-01"' in page


def test_the_last_day_is_included(client: TestClient) -> None:
    assert "1 passage" in text_of(client.get("/search?q=mayor&to=2025-04-22").text)
    assert "Nothing" in client.get("/search?q=mayor&to=2025-04-21").text
    assert client.get("/search?q=mayor&to=9999-12-31").status_code == 200


def test_results_come_in_pages(store: Store, client: TestClient) -> None:
    add_article(store, story("Many", *[f"Heron number {n}." for n in range(25)]), url=URL + "2")
    first = client.get("/search?q=heron").text
    more = re.search(r'rel="next" href="([^"]+)"', first)
    assert more is not None
    second = client.get(more[1].replace("&amp;", "&")).text
    assert (first.count("<mark>"), second.count("<mark>")) == (20, 5)


def test_without_words_there_is_only_the_form(client: TestClient) -> None:
    page = client.get("/search").text
    assert "<form" in page
    assert "Nothing was found" not in page


@pytest.mark.parametrize(
    "query", ['"', "*", "a AND", "NEAR(a b)", "text:x", "-", "(", "\x00", "^a"]
)
def test_no_query_is_an_error(client: TestClient, query: str) -> None:
    assert client.get("/search", params={"q": query}).status_code == 200


@pytest.mark.parametrize(
    "parameter", ["in=nowhere", "page=0", "page=99", "from=soon", "to=0", "source=none"]
)
def test_a_wrong_parameter_is_not_there(client: TestClient, parameter: str) -> None:
    assert client.get(f"/search?q=rain&{parameter}").status_code == 404


def test_a_search_can_be_followed(client: TestClient) -> None:
    page = client.get("/search?q=mayor&in=removed").text
    address = re.search(r'type="application/atom\+xml"[^>]+href="([^"]+)"', page)
    assert address is not None
    feed = feedparser.parse(client.get(address[1].replace("&amp;", "&")).content)
    assert not feed.bozo
    assert feed.feed.title == "Removed: mayor"
    (entry,) = feed.entries
    assert entry.link == "http://testserver/articles/1/diff/1/2"
    assert entry.updated == "2025-04-22T14:33:00+00:00"
    assert "<strong>mayor</strong>" in entry.content[0].value


def test_a_search_is_in_the_api(client: TestClient) -> None:
    (hit,) = client.get("/api/v1/search?q=mayor&in=removed").json()
    assert hit["text"] == "The mayor <denied> everything."
    assert hit["went_at"] == "2025-04-22T14:33:00Z"
    assert client.get("/api/v1/search?q=mayor&page=2").json() == []


@pytest.mark.parametrize("path", ["/search", "/search.rss", "/api/v1/search"])
def test_a_search_that_takes_too_long_is_refused_with_what_to_do(
    store: Store, client: TestClient, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def find(*_: object) -> NoReturn:
        raise TooLongError

    monkeypatch.setattr(Search, "find", find)
    answer = client.get(f"{path}?q=a*")
    assert answer.status_code == 400
    assert "longer beginnings of words" in answer.text
