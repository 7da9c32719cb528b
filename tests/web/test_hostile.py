"""A page of hostile text, all the way: crawled, stored, shown, and harmless."""

from __future__ import annotations

from pathlib import Path

import feedparser
import html5lib
import pytest
from fastapi.testclient import TestClient

from newsdiff_crawler.store.engine.connection import DATABASE_NAME
from newsdiff_crawler.web.app import create_app
from tests.support.crawling import bbc_routes, bbc_story, bbc_url, crawl
from tests.support.newsroom import Newsroom

# Markup, a link that is a program, the end of a CDATA section, turned text, a NUL, a terminal's
# escape, a lone surrogate (as a character reference, for UTF-8 has none).
HOSTILE = [
    "<script>alert('one')</script>",
    '<a href="javascript:alert(2)" onclick="alert(3)">click</a> ]]> &amp; <!--',
    "an invoice \u202egpj.exe, \u2066inside\u2069 and \x00 nothing \x1b[31m red &#xD800;",
    "The council met on Monday in the harbour.",
]
URL = bbc_url("c0hostile")
TITLE = "\u202eMayor <img src=x onerror=alert(4)>"
PAGES = [
    "/?show=all",
    "/articles/1",
    "/articles/1/versions/1",
    "/articles/1/diff/1/2",
    "/articles/1/diff/1/2?view=inline",
    "/sources",
    "/sources/bbc",
    "/search?q=council",
    "/search?q=click&in=removed",
    f"/lookup?url={URL}",
]
FEEDS = ["/changes.rss", "/changes.atom", "/articles/1/changes.rss", "/search.atom?q=council"]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    folder: Path = tmp_path_factory.mktemp("hostile")
    later = [*HOSTILE[:1], *HOSTILE[2:], "<iframe src='https://evil.example'></iframe> is new."]
    for paragraphs in (HOSTILE, later):
        routes = bbc_routes({URL: bbc_story(URL, TITLE, paragraphs)})
        with Newsroom(routes) as newsroom:
            crawl(newsroom, folder, "bbc", "-a", "recheck=1")
    return TestClient(create_app(folder / "data" / DATABASE_NAME))


def test_it_was_crawled_twice(client: TestClient) -> None:
    assert client.get("/api/v1/articles/1").json()["article"]["version_count"] == 2


@pytest.mark.parametrize("path", PAGES)
def test_a_page_shows_it_as_text(client: TestClient, path: str) -> None:
    page = client.get(path)
    assert page.status_code == 200
    html5lib.HTMLParser(strict=True).parse(page.text)
    for harm in ("<script>", "<img", "<iframe", '<a href="javascript', ' onclick="alert'):
        assert harm not in page.text
    for character in "\x00\x1b\u202e\u2066":
        assert character not in page.text


@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_with_it_is_sound(client: TestClient, path: str) -> None:
    feed = feedparser.parse(client.get(path).content)
    assert not feed.bozo
    assert len(feed.entries) == 1


@pytest.mark.parametrize("tail", [".json", ".patch", ".png"])
def test_the_other_forms_are_harmless_too(client: TestClient, tail: str) -> None:
    answer = client.get(f"/articles/1/diff/1/2{tail}")
    assert answer.status_code == 200
    if tail == ".patch":
        assert "\x1b" not in answer.text
