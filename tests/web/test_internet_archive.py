"""What the site says of the Internet Archive's copies and captures."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from newsdiff_crawler.store import Store
from tests.support.records import URL, add_article, story

COPY = f"https://web.archive.org/web/20250422143512/{URL}"
CAPTURE = f"https://web.archive.org/web/20250422140000id_/{URL}"


def record(store: Store, copy: str = COPY) -> None:
    """An article of two versions: a capture, and one of ours that was copied."""
    store.copies.is_wanted = True
    add_article(store, story("Sun", "It shines."), story("Rain", "It rains."))
    row = {"copy": copy, "capture": CAPTURE}
    store.db.execute("update copies set state = 'kept', address = :copy where number = 2", row)
    store.db.execute(
        "update versions set captured = 1, fetched_url = :capture where number = 1", row
    )


def test_every_article_links_to_its_copies_in_the_wayback_machine(
    store: Store, client: TestClient
) -> None:
    add_article(store, story("Sun", "It shines."))
    assert f'href="https://web.archive.org/web/*/{URL}"' in client.get("/articles/1").text


def test_a_copy_stands_beside_its_version(store: Store, client: TestClient) -> None:
    record(store)
    for path in ("/articles/1", "/articles/1/versions/2"):
        page = client.get(path).text
        assert f'href="{COPY}"' in page
        assert "22 April 2025, 14:35 UTC" in page
    assert COPY not in client.get("/articles/1/versions/1").text
    assert client.get("/api/v1/articles/1").json()["versions"][1]["copy"] == COPY


def test_what_was_captured_says_that_we_did_not_see_it(store: Store, client: TestClient) -> None:
    record(store)
    assert "we did not see it ourselves" in client.get("/articles/1").text
    assert "Not seen by us" in client.get("/articles/1/versions/1").text
    assert "Not seen by us" not in client.get("/articles/1/versions/2").text
    assert "(captured by the Internet Archive)" in client.get("/articles/1/diff/1/2").text
    found = client.get("/api/v1/articles/1").json()["versions"]
    assert [each["captured"] for each in found] == [CAPTURE, None]


@pytest.mark.parametrize("address", ["javascript:alert(1)", 'https://a.example/"onclick="x'])
def test_an_odd_address_is_harmless(address: str, store: Store, client: TestClient) -> None:
    record(store, address)
    for path in ("/articles/1", "/articles/1/versions/2"):
        page = client.get(path)
        assert page.status_code == 200
        assert 'href="javascript:' not in page.text
        assert '"onclick="' not in page.text
