"""Feeds of changes, as a feed reader sees them."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from typing import Any

import feedparser
import pytest
from fastapi.testclient import TestClient

from newsdiff_crawler.store import Store
from newsdiff_crawler.store.writing.takedown import hide
from newsdiff_crawler.times import to_iso, utc_now
from tests.support.records import URL, add_article, add_version, story

BEFORE = story("Ferry to return late", "The ferry will return late.", "Buses run.")
AFTER = story("Ferry to return early", "The ferry will return early.", "Buses run.")
FEED = "/articles/1/changes.rss"


def read(client: TestClient, path: str = FEED) -> Any:
    answer = client.get(path)
    assert answer.status_code == 200
    feed = feedparser.parse(answer.content)
    assert not feed.bozo
    return feed


@pytest.fixture
def feed(store: Store, client: TestClient) -> Any:
    add_article(store, BEFORE, AFTER, published_at="2025-04-22T13:00:00Z")
    return read(client)


def test_rss_says_what_it_is_and_where(feed: Any) -> None:
    assert feed.version == "rss20"
    assert feed.feed.title == "Changes to: Ferry to return early"
    links = {link.rel: link.href for link in feed.feed.links}
    assert links["self"] == f"http://testserver{FEED}"
    assert feed.feed.link == "http://testserver/articles/1"


def test_an_entry_is_a_change_with_its_date_and_page(feed: Any) -> None:
    (entry,) = feed.entries
    assert entry.title == "The Paper: Ferry to return late → Ferry to return early"
    assert entry.link == "http://testserver/articles/1/diff/1/2"
    assert entry.published_parsed[:5] == (2025, 4, 22, 14, 33)


def test_an_entry_carries_what_changed_and_nothing_else(feed: Any) -> None:
    (entry,) = feed.entries
    assert entry.summary == "Headline rewritten; 1 paragraph edited"
    (html,) = [content.value for content in entry.content]
    assert re.search(r"<del>[^<]*late", html)
    assert re.search(r"<ins>[^<]*early", html)
    assert "Buses run." not in html


def test_an_entry_tells_a_sentence_that_moved_and_no_end_of_a_paragraph(
    store: Store, client: TestClient
) -> None:
    lines = [f"The {name} leaves the harbour at noon." for name in ("ferry", "tug", "liner")]
    lunch = "Lunch is served on the upper deck."
    buses, trams = "Buses run every hour until ten.", "Trams run from the town hall all night."
    before = story("Ships", f"{lines[0]} {lines[1]}", lines[2], f"{buses} {lunch}", trams)
    after = story("Ships", lines[0], f"{lines[1]} {lines[2]}", buses, f"{trams} {lunch} Rain.")
    add_article(store, before, after)
    content = read(client).entries[0].content[0].value
    assert re.findall(r"<i[^>]*>\s*([^<]*?)\s*</i>", content) == [lunch, lunch]
    assert "harbour" not in content


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


def test_atom_says_what_it_is_and_where(store: Store, client: TestClient) -> None:
    add_article(store, BEFORE, AFTER)
    feed = read(client, "/articles/1/changes.atom")
    assert feed.version == "atom10"
    assert feed.feed.id == "http://testserver/articles/1/changes.atom"
    (entry,) = feed.entries
    assert entry.updated == "2025-04-22T14:33:00+00:00"
    assert entry.author == "The Paper"
    assert re.search(r"<ins>[^<]*early", entry.content[0].value)


def test_json_feed_says_what_it_is_and_where(store: Store, client: TestClient) -> None:
    article_id = add_article(store, BEFORE)
    add_version(store, article_id, 2, AFTER, labels=["figures"])
    answer = client.get("/articles/1/changes.json")
    assert answer.headers["content-type"].startswith("application/feed+json")
    feed = answer.json()
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == "http://testserver/articles/1/changes.json"
    (item,) = feed["items"]
    assert item["url"] == "http://testserver/articles/1/diff/1/2"
    assert item["date_published"] == "2025-04-23T12:00:00Z"
    assert item["tags"] == ["figures"]
    assert "<ins>" in item["content_html"]


@pytest.mark.parametrize("kind", ["rss", "atom", "json"])
def test_an_entry_has_the_same_id_in_every_format(
    store: Store, client: TestClient, kind: str
) -> None:
    add_article(store, BEFORE, AFTER)
    answer = client.get(f"/changes.{kind}")
    assert "urn:uuid:c1eef50c-1e0a-5c79-bbea-0eb9d18b6d87" in answer.text


def test_the_feed_of_everything_has_every_article(store: Store, client: TestClient) -> None:
    add_article(store, BEFORE, AFTER)
    add_article(store, BEFORE, AFTER, url=URL + "2", source="other")
    assert len(read(client, "/changes.rss").entries) == 2


def test_a_feed_of_a_source_or_a_label_has_nothing_else(store: Store, client: TestClient) -> None:
    add_article(store, BEFORE, AFTER)
    add_article(store, BEFORE, url=URL + "2", source="other")
    add_version(store, 2, 2, AFTER, labels=["quotes"])
    of_source = read(client, "/changes.rss?source=paper")
    assert of_source.feed.title == "Changes in the news: The Paper"
    assert [entry.link[-18:] for entry in of_source.entries] == ["/articles/1/diff/1/2"[-18:]]
    of_label = read(client, "/changes.atom?label=quotes")
    assert [entry.link[-18:] for entry in of_label.entries] == ["/articles/2/diff/1/2"[-18:]]
    assert client.get("/changes.rss?source=nothing").status_code == 404
    assert client.get("/changes.rss?label=nothing").status_code == 404


@pytest.mark.parametrize("kind", ["rss", "atom", "json"])
def test_an_empty_feed_is_a_feed(store: Store, client: TestClient, kind: str) -> None:
    add_article(store, BEFORE)
    answer = client.get(f"/changes.{kind}")
    assert answer.status_code == 200
    if kind != "json":
        assert not feedparser.parse(answer.content).bozo


@pytest.mark.parametrize("header", ["ETag", "Last-Modified"])
def test_a_feed_that_has_not_changed_is_not_sent_again(
    store: Store, client: TestClient, header: str
) -> None:
    add_article(store, BEFORE, AFTER)
    seen = client.get("/changes.rss").headers[header]
    conditions = {{"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}[header]: seen}
    again = client.get("/changes.rss", headers=conditions)
    assert (again.status_code, again.content) == (304, b"")
    add_version(store, 1, 3, story("Ferry gone", "The ferry was sold."))
    assert client.get("/changes.rss", headers=conditions).status_code == 200


def test_a_hidden_article_leaves_every_feed(store: Store, client: TestClient) -> None:
    add_article(store, BEFORE, AFTER)
    seen = client.get("/changes.json").headers["ETag"]
    store.db.update("articles", 1, {"state": "hidden"})
    answer = client.get("/changes.json", headers={"If-None-Match": seen})
    assert answer.status_code == 200
    assert json.loads(answer.content)["items"] == []


@pytest.mark.parametrize(
    "path",
    [
        *(f"/{page}.{kind}" for page in ("changes", "search") for kind in ("rss", "atom", "json")),
        "/articles/2/changes.rss",
    ],
)
def test_a_takedown_is_news_to_those_who_ask_by_date(
    store: Store, client: TestClient, path: str
) -> None:
    add_article(store, BEFORE, AFTER)
    add_article(store, BEFORE, AFTER, url=URL + "2")
    seen = client.get(f"{path}?q=ferry").headers["Last-Modified"]
    hide(store.db, [URL], "2026-03-09T08:00:00Z", "asked for")
    since = {"If-Modified-Since": seen}
    assert client.get(f"{path}?q=ferry", headers=since).status_code == 200
    since = {"If-Modified-Since": "Mon, 09 Mar 2026 08:00:00 GMT"}
    assert client.get(f"{path}?q=ferry", headers=since).status_code == 304


def test_a_change_that_a_wrong_clock_dated_in_the_future_hides_no_later_one(
    store: Store, client: TestClient
) -> None:
    add_article(store, BEFORE, AFTER, first_seen_at="2996-01-01T00:00:00Z")
    modified = client.get(FEED).headers["last-modified"]
    assert "2996" not in modified


# --- How much it holds ----------------------------------------------------------------------------


def change_often(store: Store, times: int, at: datetime, name: str = "ferry") -> None:
    """A story that changes so often, all at once."""
    counts = range(times + 1)
    texts = [story("The ferry", f"{count} boats of the {name} are late.") for count in counts]
    first = to_iso(at)
    url = f"https://news.example/{name}"
    add_article(store, *texts, url=url, first_seen_at=first, apart=timedelta(0))


FEEDS = ["/changes.rss", "/articles/1/changes.rss", "/search.rss?q=boats"]


@pytest.mark.parametrize("feed", FEEDS)
def test_all_of_the_last_day_is_in_it(store: Store, client: TestClient, feed: str) -> None:
    change_often(store, 34, utc_now() - timedelta(hours=23))
    assert len(read(client, feed).entries) >= 34


@pytest.mark.parametrize("feed", FEEDS)
def test_what_is_older_fills_it_up_to_twenty(store: Store, client: TestClient, feed: str) -> None:
    change_often(store, 34, utc_now() - timedelta(hours=25))
    assert len(read(client, feed).entries) == 20


@pytest.mark.parametrize("feed", FEEDS)
@pytest.mark.parametrize(("limit", "length"), [("1", 1), ("25", 25), ("", 34), ("9999", 34)])
def test_a_reader_may_say_how_much(
    store: Store, client: TestClient, feed: str, limit: str, length: int
) -> None:
    change_often(store, 34, utc_now())
    limited = f"{feed}{'&' if '?' in feed else '?'}limit={limit}"
    assert length <= len(read(client, limited).entries) <= length + 1


@pytest.mark.parametrize("limit", ["0", "-1", "many"])
def test_a_length_that_makes_no_sense_is_no_address(
    client: TestClient, store: Store, limit: str
) -> None:
    assert client.get(f"/changes.rss?limit={limit}").status_code == 404


def test_no_feed_is_endless(store: Store, client: TestClient) -> None:
    for name in ("ferry", "bridge", "valley"):
        change_often(store, 180, utc_now(), name)
    assert len(read(client, "/changes.rss?limit=600").entries) == 500


def test_a_headline_that_stayed_is_told_once(store: Store, client: TestClient) -> None:
    change_often(store, 1, utc_now())
    (entry,) = read(client).entries
    assert entry.title == "The Paper: The ferry"
