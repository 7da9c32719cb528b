"""From an address at the source to the article here."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from newsdiff_crawler.store import Store
from tests.support.records import URL, add_article, story


@pytest.mark.parametrize(
    "address",
    [
        URL,
        f" {URL}?utm_source=feed#comments ",
        URL.replace("https", "http"),
        f"{URL}/",
        URL.removeprefix("https://"),
    ],
)
def test_an_article_is_found_by_its_address_however_it_was_copied(
    store: Store, client: TestClient, address: str
) -> None:
    add_article(store, story("One", "Rain."))
    answer = client.get("/lookup", params={"url": address}, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"].endswith("/articles/1")


@pytest.mark.parametrize("address", ["https://other.example/", "http://[x", "<b>", "\x00"])
def test_an_unknown_address_is_said_to_be_unknown(
    store: Store, client: TestClient, address: str
) -> None:
    answer = client.get("/lookup", params={"url": address})
    assert answer.status_code == 404
    assert "No article in this record" in answer.text


def test_without_an_address_there_is_only_the_form(store: Store, client: TestClient) -> None:
    answer = client.get("/lookup")
    assert answer.status_code == 200
    assert "No article" not in answer.text
