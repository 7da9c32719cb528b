"""Pages around the record."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from newsdiff_crawler.store import Store
from newsdiff_crawler.web.app import create_app
from tests.support.records import URL, add_article, story


@pytest.mark.parametrize(
    "asked",
    [
        URL,
        f" {URL}?utm_source=feed#comments ",
        URL.replace("https", "http"),
        f"{URL}/",
        URL.removeprefix("https://"),
    ],
)
def test_an_article_is_found_by_its_address_however_it_was_copied(
    store: Store, client: TestClient, asked: str
) -> None:
    add_article(store, story("One", "Rain."))
    answer = client.get("/lookup", params={"url": asked}, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"].endswith("/articles/1")


@pytest.mark.parametrize("asked", ["https://other.example/", "http://[x", "<b>", "\x00"])
def test_an_unknown_address_is_said_to_be_unknown(
    store: Store, client: TestClient, asked: str
) -> None:
    answer = client.get("/lookup", params={"url": asked})
    assert answer.status_code == 404
    assert "No article in this record" in answer.text


def test_the_form_comes_without_a_question(store: Store, client: TestClient) -> None:
    answer = client.get("/lookup")
    assert answer.status_code == 200
    assert "No article" not in answer.text


def test_the_about_page_says_how_to_have_something_removed(
    store: Store, client: TestClient
) -> None:
    assert "removed" in client.get("/about").text


@pytest.mark.parametrize(
    ("contact", "shown"),
    [
        ("", "whoever runs this site"),
        ("desk@paper.example", '<a href="mailto:desk@paper.example">desk@paper.example</a>'),
        (
            "https://paper.example/us",
            '<a href="https://paper.example/us">https://paper.example/us</a>',
        ),
        ("javascript:alert(1)", "javascript:alert(1)"),
    ],
)
def test_the_about_page_says_to_whom_to_write(tmp_path: Path, contact: str, shown: str) -> None:
    page = TestClient(create_app(tmp_path / "none.db", contact=contact)).get("/about").text
    assert f"Write to {shown}, with the address" in page


def test_health_tells_of_each_source_whether_it_is_well(store: Store, client: TestClient) -> None:
    add_article(store, story("One", "Rain."), source="well")
    for source, failed, unwell in (
        ("paper", 6, "6 of 7 pages could not be read"),
        ("well", 0, None),
    ):
        run = store.runs.start(source, "2025-04-22T14:00:00Z")
        counts = {"checks": 7, "failed": failed}
        store.runs.finish(run, "2025-04-22T14:05:00Z", "finished", counts, unwell)
    health = client.get("/health").json()
    assert health["status"] == "ok"
    paper, well = health["sources"]
    assert paper["unwell"] == "6 of 7 pages could not be read"
    assert paper["unwell_since"] == "2025-04-22T14:05:00Z"
    assert paper["last_good_run"] is None
    assert paper["last_run"]["failed"] == 6
    assert well["unwell"] is None
    assert well["last_run"] == well["last_good_run"]


def test_health_is_bad_without_a_database(tmp_path: Path) -> None:
    assert TestClient(create_app(tmp_path / "none.db")).get("/health").status_code == 503


def test_head_is_answered_like_get(store: Store, client: TestClient) -> None:
    assert client.head("/about").status_code == 200
    assert client.head("/nothing").status_code == 404
