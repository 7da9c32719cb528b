"""What holds for all pages: what is not there, hidden, safe, and cached."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from newsdiff_crawler.store import Store
from newsdiff_crawler.store.engine.connection import DATABASE_NAME
from newsdiff_crawler.web.app import create_app
from tests.support.records import URL, add_article, story
from tests.support.site import AFTER, BEFORE


def hide(store: Store, article_id: int) -> None:
    store.db.update("articles", article_id, {"state": "hidden"})


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/articles/2",
        "/articles/0",
        "/articles/x",
        "/articles/99999999999999999999",
        "/articles/1/versions/3",
        "/articles/1/diff/1/3",
        "/articles/1/diff/x/2",
        "/articles/1/diff",
        "/?before=yesterday",
        "/?show=everything",
        "/static/nothing.css",
        "/articles/2/changes.rss",
    ],
)
def test_what_is_not_there_is_a_404_page(store: Store, client: TestClient, path: str) -> None:
    add_article(store, BEFORE, AFTER)
    answer = client.get(path)
    assert answer.status_code == 404
    assert "There is nothing here" in answer.text


@pytest.mark.parametrize("tail", ["", "/versions/1", "/diff/1/2", "/diff?a=1&b=2", "/changes.rss"])
def test_a_hidden_article_is_gone_from_every_page(
    store: Store, client: TestClient, tail: str
) -> None:
    hide(store, add_article(store, BEFORE, AFTER))
    answer = client.get(f"/articles/1{tail}")
    assert answer.status_code == 451
    assert "Council" not in answer.text
    assert "Council" not in client.get("/?show=all").text


def test_a_hostile_text_comes_out_harmless(store: Store, client: TestClient) -> None:
    hostile = "<img src=x onerror=alert(1)> \u202egnp.exe"
    add_article(
        store,
        story(hostile, "<b>A</b> quiet day in town."),
        story(hostile, "<i>B</i> quiet day in town."),
        url="javascript:alert(1)",
    )
    for path in ("/", "/articles/1", "/articles/1/versions/1", "/articles/1/diff/1/2"):
        page = client.get(path).text
        assert "<img" not in page
        assert "<b>" not in page
        assert "\u202e" not in page
        assert 'href="javascript:' not in page


@pytest.mark.parametrize(
    "path",
    [
        "/articles/1/versions/1",
        "/articles/1/diff/1/2",
        "/articles/1/diff/1/2.json",
        "/api/v1/articles/1/versions/1",
        "/api/v1/articles/1/diff/1/2",
    ],
)
def test_what_never_changes_may_be_cached_for_a_while(
    store: Store, client: TestClient, path: str
) -> None:
    hide(store, add_article(store, BEFORE, AFTER, url=URL + "2"))
    add_article(store, BEFORE, AFTER)
    assert "max-age" not in client.get(path).headers.get("cache-control", "")  # hidden
    assert "max-age" in client.get(path.replace("/1", "/2", 1)).headers["cache-control"]


@pytest.mark.parametrize("path", ["/", "/nothing", "/static/style.css", "/articles/1/changes.rss"])
def test_every_answer_is_guarded(store: Store, client: TestClient, path: str) -> None:
    add_article(store, BEFORE, AFTER)
    headers = client.get(path).headers
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


def test_pages_bring_no_script_no_inline_style_and_nothing_from_elsewhere(
    store: Store, client: TestClient
) -> None:
    add_article(store, BEFORE, AFTER)
    for path in ("/", "/articles/1", "/articles/1/versions/1", "/articles/1/diff/1/2"):
        page = client.get(path).text
        assert not re.search(r"<script(?! src=)|<style|style=|\son\w+=", page)
        assert not re.search(r'<(?:link|img)[^>]+(?:href|src)="(?:https?:)?//', page)


def test_the_site_works_below_a_prefix(store: Store, client: TestClient) -> None:
    add_article(store, BEFORE, AFTER)
    below = TestClient(client.app, root_path="/news")
    assert 'href="/news/static/style.css"' in below.get("/").text
    assert below.get("/news/static/style.css").status_code == 200


def test_a_missing_database_is_a_page_not_a_stack_trace(tmp_path: Path, client: TestClient) -> None:
    answer = client.get("/")
    assert answer.status_code == 503
    assert "There is no record yet" in answer.text


def test_a_fault_of_ours_is_a_page_too(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_article(store, BEFORE, AFTER)
    app = create_app(tmp_path / DATABASE_NAME)
    monkeypatch.setattr("newsdiff_crawler.web.comparison.row_groups", lambda *_: 1 // 0)
    answer = TestClient(app, raise_server_exceptions=False).get("/articles/1/diff/1/2")
    assert answer.status_code == 500
    assert "Something went wrong here" in answer.text
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


def test_head_is_answered_like_get(store: Store, client: TestClient) -> None:
    assert client.head("/about").status_code == 200
    assert client.head("/nothing").status_code == 404
