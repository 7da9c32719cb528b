"""What a reader finds on each page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from newsdiff_crawler.items import Block, Check
from newsdiff_crawler.scheduling.schedule import ScheduleState, after_check
from newsdiff_crawler.store import Store
from newsdiff_crawler.store.engine.connection import DATABASE_NAME
from newsdiff_crawler.times import from_iso
from newsdiff_crawler.web.app import create_app
from tests.support.records import URL, add_article, story

BEFORE = story(
    "Council denies losing £4.2m", "The sum was lost.", "The mayor stayed.", "Rain fell."
)
AFTER = story("Council admits losing £4.6m", "The sum was lost.", "A man resigned.", "Rain fell.")


def text_of(page: str) -> str:
    """What a reader would read, roughly: the page without its tags."""
    inline = re.sub(r"</?(?:a|time|span|strong|ins|del)\b[^>]*>", "", page)
    return " ".join(re.sub(r"<[^>]+>", " ", inline).split())


def hide(store: Store, article_id: int) -> None:
    store.db.update("articles", article_id, {"state": "hidden"})


def test_an_article_that_was_found_but_not_read_is_not_there(
    store: Store, client: TestClient
) -> None:
    assert client.get(f"/articles/{add_article(store)}").status_code == 404


def test_the_history_lists_every_version_with_what_it_changed(
    store: Store, client: TestClient
) -> None:
    add_article(store, BEFORE, AFTER, BEFORE)
    page = text_of(client.get("/articles/1").text)
    assert page.index("Version 3 22 April 2025, 15:06 UTC (33 minutes later)") < page.index(
        "Version 2 22 April 2025, 14:33 UTC (33 minutes later)"
    )
    assert "Back to the text of version 1" in page
    assert "First version, 13 words" in page


def test_the_history_shows_a_headline_where_it_changed(store: Store, client: TestClient) -> None:
    add_article(store, BEFORE, AFTER, [*AFTER, Block("paragraph", "It was late.")])
    page = client.get("/articles/1").text
    assert page.count("<h3") == 2  # of the first version, and of the second
    assert re.search(r"<del[^>]*>denies", page)
    assert 'href="/articles/1/versions/3"' in page


def test_an_article_that_never_changed_says_so(store: Store, client: TestClient) -> None:
    add_article(store, BEFORE)
    page = text_of(client.get("/articles/1").text)
    assert "Changed Not yet" in page
    assert "Compare" not in page


def test_the_history_tells_what_else_happened(store: Store, client: TestClient) -> None:
    article_id = add_article(store, BEFORE)
    check = Check("paper", URL, article_id, "gone", "2025-04-24T00:00:00Z", "HTTP 404")
    long_absent = ScheduleState(absent_since=from_iso("2025-04-22T15:00:00Z"))
    store.record_check(check, after_check("gone", long_absent, from_iso(check.checked_at)))
    page = text_of(client.get("/articles/1").text)
    told = "24 April 2025, 00:00 UTC: Gone from its source absent since 22 April 2025, 15:00 UTC"
    assert told in page
    assert "It will not be checked again: the page is gone from its source." in page


def test_a_page_says_why_the_last_check_brought_nothing(store: Store, client: TestClient) -> None:
    article_id = add_article(store, BEFORE)
    check = Check("paper", URL, article_id, "failed", "2025-04-22T14:33:00Z", "timed <out>")
    schedule_state = after_check(
        "failed", store.schedule_state(article_id), from_iso(check.checked_at)
    )
    store.record_check(check, schedule_state)
    page = client.get("/articles/1").text
    assert "in vain: timed &lt;out&gt;" in page


def test_the_history_draws_versions_and_events_on_a_line(store: Store, client: TestClient) -> None:
    article_id = add_article(store, BEFORE, AFTER, BEFORE)
    event = {"article_id": article_id, "at": "2025-04-22T14:10:00Z", "kind": "gone"}
    store.db.insert("events", event)
    page = client.get("/articles/1").text
    assert page.count('<circle class="version"') == 2
    assert page.count('<circle class="minor"') == 1
    assert page.count('<path class="event"') == 1
    assert 'href="#version-3"' in page
    assert 'id="version-3"' in page


def test_a_version_is_its_text_and_nothing_for_search_engines(
    store: Store, client: TestClient
) -> None:
    add_article(store, BEFORE, AFTER)
    page = client.get("/articles/1/versions/1").text
    assert "The mayor stayed." in page
    assert "A man resigned." not in page
    assert '<meta name="robots" content="noindex">' in page


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
def test_what_never_changes_may_be_kept_for_a_while(
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


def test_a_missing_database_is_a_page_not_a_stack_trace(tmp_path: Path, client: TestClient) -> None:
    answer = client.get("/")
    assert answer.status_code == 503
    assert "There is no database yet" in answer.text


def test_a_fault_of_ours_is_a_page_too(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_article(store, BEFORE, AFTER)
    app = create_app(tmp_path / DATABASE_NAME)
    monkeypatch.setattr("newsdiff_crawler.web.comparison.stretches", lambda *_: 1 // 0)
    answer = TestClient(app, raise_server_exceptions=False).get("/articles/1/diff/1/2")
    assert answer.status_code == 500
    assert "Something went wrong here" in answer.text
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
