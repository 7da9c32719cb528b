"""The feed of an article's changes, as a feed reader sees it."""

from __future__ import annotations

import re
from typing import Any

import feedparser
import pytest
from fastapi.testclient import TestClient

from newsdiff_crawler.store import Store
from tests.records import URL, add_article, add_version, story

BEFORE = story("Ferry to return in May", "The ferry will return in May.", "Buses run.")
AFTER = story("Ferry to return in June", "The ferry will return in June.", "Buses run.")
FEED = "/articles/1/changes.rss"


def read(client: TestClient) -> Any:
    answer = client.get(FEED)
    assert answer.headers["content-type"].startswith("application/rss+xml")
    feed = feedparser.parse(answer.content)
    assert not feed.bozo
    return feed


@pytest.fixture
def feed(store: Store, client: TestClient) -> Any:
    add_article(store, BEFORE, AFTER, published_at="2025-04-22T13:00:00Z")
    return read(client)


def test_the_feed_says_what_it_is_and_where(feed: Any) -> None:
    assert feed.feed.title == "Changes to: Ferry to return in June"
    links = {link.rel: link.href for link in feed.feed.links}
    assert links["self"] == f"http://testserver{FEED}"
    assert feed.feed.link == "http://testserver/articles/1"


def test_an_entry_is_a_change_with_its_date_and_page(feed: Any) -> None:
    (entry,) = feed.entries
    assert entry.title == "Ferry to return in June"
    assert entry.link == "http://testserver/articles/1/diff/1/2"
    assert entry.published_parsed[:5] == (2025, 4, 22, 14, 33)


def test_an_entry_carries_what_changed_and_nothing_else(feed: Any) -> None:
    (entry,) = feed.entries
    assert re.search(r"<del>[^<]*May", entry.summary)
    assert re.search(r"<ins>[^<]*June", entry.summary)
    assert "Buses run." not in entry.summary


def test_an_entry_keeps_its_id_when_more_changes_follow(store: Store, client: TestClient) -> None:
    add_article(store, BEFORE, AFTER)
    (before,) = [entry.id for entry in read(client).entries]
    add_version(store, 1, 3, story("Ferry gone", "The ferry was sold."))
    assert [entry.id for entry in read(client).entries].index(before) == 1


def test_changes_of_no_substance_are_left_out(store: Store, client: TestClient) -> None:
    add_article(store, BEFORE, AFTER, BEFORE)
    assert len(read(client).entries) == 1


def test_a_hostile_text_makes_a_sound_feed(store: Store, client: TestClient) -> None:
    hostile = "]]><script>alert(1)</script>\x00\ufffe\u202e"
    add_article(store, story(hostile, "One."), story(hostile, "Two."), url=URL)
    assert len(read(client).entries) == 1
    assert "<script>" not in client.get(FEED).text


def test_pages_of_the_article_point_to_its_feed(store: Store, client: TestClient) -> None:
    add_article(store, BEFORE, AFTER)
    for path in ("/articles/1", "/articles/1/diff/1/2"):
        assert re.search(
            rf'<link rel="alternate" type="application/rss\+xml"[^>]+href="{FEED}"',
            client.get(path).text,
        )
