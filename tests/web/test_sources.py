"""Pages of sources."""

from __future__ import annotations

import re

from fastapi.testclient import TestClient

from newsdiff_crawler.store import Store
from tests.records import URL, add_article, add_version, story

ONE, TWO = story("One", "Rain falls."), story("Two", "Rain falls.")


def test_all_sources_stand_side_by_side(store: Store, client: TestClient) -> None:
    add_article(store, ONE)
    add_article(store, ONE, url=URL + "2")
    add_version(store, 1, 2, TWO, labels=["headline"])
    row = re.search(r"<tbody>(.*?)</tbody>", client.get("/sources").text, re.DOTALL)
    assert row is not None
    assert re.findall(r">([^<>\n]+)<", row[1]) == [
        "The Paper",
        "2",
        "3",
        "50 %",
        "50 %",
        "0 %",
        "22 hours",
    ]


def test_a_source_shows_its_numbers_as_plots(store: Store, client: TestClient) -> None:
    add_article(store, ONE, TWO)
    page = client.get("/sources/paper").text
    assert "The Paper" in page
    assert page.count("<svg") == 2
    assert "14: 1," in page
    assert 'type="application/atom+xml"' in page


def test_a_source_tells_whether_its_crawl_is_well(store: Store, client: TestClient) -> None:
    add_article(store, ONE)
    assert "None has ended yet" in client.get("/sources/paper").text
    run = store.runs.start("paper", "2025-04-22T14:00:00Z")
    counts = {"looked_at": 4, "failed": 3}
    store.runs.finish(run, "2025-04-22T14:05:00Z", "finished", counts)
    page = client.get("/sources/paper").text
    assert "Looked at 4 articles; 3 failed" in page
    assert "No: most looks failed" in page


def test_an_unknown_source_is_not_there(store: Store, client: TestClient) -> None:
    assert client.get("/sources/paper").status_code == 404


def test_there_may_be_no_source_yet(store: Store, client: TestClient) -> None:
    assert "No source has been crawled yet" in client.get("/sources").text
