"""The addresses of a merged article redirect to the texts that they showed."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from newsdiff_crawler.store import Store
from newsdiff_crawler.store.engine.connection import DATABASE_NAME
from newsdiff_crawler.web.app import create_app
from tests.support.records import URL, add_article, story

FERRY = "The ferry to the island will return to service on Monday, the harbour says."
TEXTS = [story("Ferry late", FERRY, f"{boats} boats wait.") for boats in range(4)]
API = "/api/v1"

PATHS = {
    "/articles/2": "/articles/1",
    "/articles/2/versions/2": "/articles/1/versions/4",
    "/articles/2/diff/1/2": "/articles/1/diff/3/4",
    "/articles/2/diff/1/2?view=inline": "/articles/1/diff/3/4?view=inline",
    "/articles/2/diff?a=2&b=1": "/articles/1/diff?a=4&b=3",
    "/articles/2/diff?a=2.0&b=1": "/articles/1/diff?a=4&b=3",
    **{
        f"/articles/2/diff/1/2.{kind}": f"/articles/1/diff/3/4.{kind}"
        for kind in ("json", "patch", "png")
    },
    **{
        f"/articles/2/changes.{kind}": f"/articles/1/changes.{kind}"
        for kind in ("rss", "atom", "json")
    },
    f"{API}/articles/2": f"{API}/articles/1",
    f"{API}/articles/2/changes": f"{API}/articles/1/changes",
    f"{API}/articles/2/versions/1": f"{API}/articles/1/versions/3",
    f"{API}/articles/2/diff/1/2": f"{API}/articles/1/diff/3/4",
}


@pytest.fixture(autouse=True)
def _merged(store: Store) -> None:
    """A story of two versions that moved, and was read twice where it is now."""
    add_article(store, *TEXTS[:2])
    at = "2025-04-23T14:00:00Z"
    later = add_article(store, *TEXTS[2:], url=f"{URL}-2", first_seen_at=at)
    assert store.identities.settle(later, URL, at) == 1


@pytest.mark.parametrize("path", PATHS)
def test_an_address_of_a_merged_article_redirects(client: TestClient, path: str) -> None:
    answer = client.get(path, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (301, PATHS[path])
    assert client.get(path).status_code == 200


def test_it_leads_to_the_text_that_it_showed(client: TestClient) -> None:
    blocks = client.get(f"{API}/articles/2/versions/2").json()["blocks"]
    assert [block["text"] for block in blocks] == [block.text for block in TEXTS[3]]


def test_a_number_that_no_version_had_is_not_there(client: TestClient) -> None:
    assert client.get("/articles/2/versions/7").status_code == 404
    assert client.get("/articles/3").status_code == 404


@pytest.mark.parametrize("path", PATHS)
def test_an_article_that_was_taken_down_is_so_under_addresses_of_the_merged_one(
    store: Store, client: TestClient, path: str
) -> None:
    store.db.update("articles", 1, {"state": "hidden"})
    answer = client.get(path)
    assert answer.status_code == 451
    assert "ferry" not in answer.text.lower()


@pytest.mark.parametrize("path", ["/articles/2/versions/2", f"{API}/articles/2/versions/2"])
def test_it_redirects_below_a_proxys_prefix_too(tmp_path: Path, path: str) -> None:
    client = TestClient(create_app(tmp_path / DATABASE_NAME), root_path="/news")
    answer = client.get(f"/news{path}", follow_redirects=False)
    assert answer.headers["location"] == f"/news{path}".replace("2/versions/2", "1/versions/4")
