"""The pages of an article: its history, and the text of each version."""

from __future__ import annotations

import re

from fastapi.testclient import TestClient

from newsdiff_crawler.items import Block, Check
from newsdiff_crawler.scheduling.schedule import ScheduleState, after_check
from newsdiff_crawler.store import Store
from newsdiff_crawler.store.writing.events import add_event_once
from newsdiff_crawler.times import from_iso
from tests.support.records import URL, add_article
from tests.support.site import AFTER, BEFORE, text_of


def test_an_article_that_was_never_read_is_not_there(store: Store, client: TestClient) -> None:
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


def test_the_history_says_what_else_happened(store: Store, client: TestClient) -> None:
    article_id = add_article(store, BEFORE)
    check = Check("paper", URL, article_id, "gone", "2025-04-24T00:00:00Z", "HTTP 404")
    long_absent = ScheduleState(absent_since=from_iso("2025-04-22T15:00:00Z"))
    store.record_check(check, after_check("gone", long_absent, from_iso(check.checked_at)))
    page = text_of(client.get("/articles/1").text)
    event = "24 April 2025, 00:00 UTC: Gone from its source absent since 22 April 2025, 15:00 UTC"
    assert event in page
    assert "It will not be checked again: the page is gone from its source." in page


def test_an_edit_that_was_missed_leads_to_its_capture(store: Store, client: TestClient) -> None:
    article = add_article(store, BEFORE, AFTER)
    address, said = "https://web.archive.org/web/20250422141500id_/x", "1 paragraph edited"
    at = "2025-04-22T14:15:00Z"
    add_event_once(store.db, article, at, "captured", f"{address} {said}")
    page = client.get("/articles/1").text
    assert f'<a href="{address}"' in page
    assert "captured by the Internet Archive 1 paragraph edited" in text_of(page)


def test_a_page_says_why_the_last_check_brought_nothing(store: Store, client: TestClient) -> None:
    article_id = add_article(store, BEFORE)
    check = Check("paper", URL, article_id, "failed", "2025-04-22T14:33:00Z", "timed <out>")
    schedule_state = after_check(
        "failed", store.schedule_state(article_id), from_iso(check.checked_at)
    )
    store.record_check(check, schedule_state)
    page = client.get("/articles/1").text
    assert "without success: timed &lt;out&gt;" in page


def test_the_history_draws_versions_and_events_on_a_timeline(
    store: Store, client: TestClient
) -> None:
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
