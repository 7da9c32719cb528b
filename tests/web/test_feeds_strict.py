"""Every feed in every format is what its specification requires, with hostile text in it too."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import feedparser
import html5lib
import pytest
from fastapi.testclient import TestClient
from lxml import etree

from newsdiff_crawler.store import Store
from newsdiff_crawler.store.engine.connection import DATABASE_NAME
from newsdiff_crawler.times import from_iso
from newsdiff_crawler.web.app import create_app
from tests.support.records import URL, add_article, add_version, story

ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = "]]> <script>alert('ferry')</script> &amp; \x00\x1b\ufffe\u202egpj.exe \u2066in"
HARMFUL = re.compile("[\x00\x1b\ufffe\u202e\u2066]")
FEEDS = [
    "/changes.{}",
    "/changes.{}?source=paper",
    "/changes.{}?label=figures",
    "/changes.{}?source=paper&label=figures",
    "/articles/1/changes.{}",
    "/articles/2/changes.{}",
    "/search.{}?q=ferry",
    "/search.{}?q=ferry&in=removed",
    "/search.{}?q=%3Cscript%3E+%22&in=added",
    "/search.{}?q=nowhere",
]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    folder: Path = tmp_path_factory.mktemp("feeds")
    store = Store.open(folder)
    add_article(store, story("Ferry late", "The ferry is late."), story("Ferry gone", "Sold."))
    add_article(store, story(HOSTILE, "One ferry."), story(HOSTILE, HOSTILE), url=URL + "?a=1&b")
    add_version(store, 2, 3, story(f"Three {HOSTILE}", "Three ferries."), labels=["figures"])
    store.close()
    return TestClient(
        create_app(folder / DATABASE_NAME, {"paper": "Paper & <Sons>"}, hosts=["testserver"])
    )


def get(client: TestClient, path: str, kind: str) -> Any:
    answer = client.get(path.format(kind))
    assert answer.status_code == 200
    return answer


@pytest.mark.parametrize("path", FEEDS)
@pytest.mark.parametrize("kind", ["rss", "atom", "json"])
def test_it_is_sent_as_what_it_is(client: TestClient, path: str, kind: str) -> None:
    expected = "application/feed+json" if kind == "json" else f"application/{kind}+xml"
    assert get(client, path, kind).headers["content-type"].split(";")[0] == expected


@pytest.mark.parametrize("path", FEEDS)
@pytest.mark.parametrize("kind", ["rss", "atom"])
def test_a_strict_parser_reads_it(client: TestClient, path: str, kind: str) -> None:
    answer = get(client, path, kind)
    etree.fromstring(answer.content, etree.XMLParser(recover=False, resolve_entities=False))
    feed = feedparser.parse(answer.content, response_headers=dict(answer.headers))
    assert not feed.bozo, feed.bozo_exception
    assert feed.version == {"rss": "rss20", "atom": "atom10"}[kind]
    assert bool(feed.entries) == ("nowhere" not in path)


@pytest.mark.parametrize("path", FEEDS)
def test_rss_has_what_its_specification_requires(client: TestClient, path: str) -> None:
    """RSS 2.0, with the advice of the RSS Advisory Board's profile."""
    root = etree.fromstring(get(client, path, "rss").content)
    assert (root.tag, root.get("version"), len(root)) == ("rss", "2.0", 1)
    channel = root[0]
    for name in ("title", "link", "description", "lastBuildDate"):
        (element,) = channel.findall(name)
        assert element.text
    assert is_address(channel.findtext("link"))
    parsedate_to_datetime(channel.findtext("lastBuildDate"))
    (own,) = [link for link in channel.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert is_address(own.get("href"))
    items = channel.findall("item")
    for item in items:
        assert item.findtext("title") or item.findtext("description")
        assert is_address(item.findtext("link"))
        parsedate_to_datetime(item.findtext("pubDate"))
        guid = item.find("guid")
        assert guid.get("isPermaLink") == "false"
        assert "@" in item.findtext("author", "@")  # RSS wants an e-mail address there
    assert are_distinct(item.findtext("guid") for item in items)


@pytest.mark.parametrize("path", FEEDS)
def test_atom_has_what_its_specification_requires(client: TestClient, path: str) -> None:
    """RFC 4287, sections 4.1.1 and 4.1.2."""
    root = etree.fromstring(get(client, path, "atom").content)
    assert root.tag == f"{ATOM}feed"
    entries = root.findall(f"{ATOM}entry")
    for element in (root, *entries):
        for name in ("id", "title", "updated"):
            (child,) = element.findall(ATOM + name)
            assert child.text
        assert urlsplit(element.findtext(f"{ATOM}id")).scheme
        assert datetime.fromisoformat(element.findtext(f"{ATOM}updated")).tzinfo
        assert element.findtext(f"{ATOM}author/{ATOM}name")
        links = element.findall(f"{ATOM}link")
        assert all(is_address(link.get("href")) for link in links)
        assert [link.get("rel", "alternate") for link in links].count("alternate") == 1
    assert [link.get("rel") for link in root.findall(f"{ATOM}link")].count("self") == 1
    for entry in entries:
        (content,) = entry.findall(f"{ATOM}content")
        assert content.get("type") == "html"
    assert are_distinct(entry.findtext(f"{ATOM}id") for entry in entries)


@pytest.mark.parametrize("path", FEEDS)
def test_json_feed_has_what_its_specification_requires(client: TestClient, path: str) -> None:
    """JSON Feed 1.1."""
    feed = json.loads(get(client, path, "json").content)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert isinstance(feed["title"], str)
    assert is_address(feed["home_page_url"])
    assert is_address(feed["feed_url"])
    for item in feed["items"]:
        assert isinstance(item["id"], str)
        assert item["content_html"]
        assert is_address(item["url"])
        assert from_iso(item["date_published"]).tzinfo
        assert all(author["name"] for author in item["authors"])
        assert all(isinstance(tag, str) for tag in item["tags"])
    assert are_distinct(item["id"] for item in feed["items"])


@pytest.mark.parametrize("path", FEEDS)
def test_hostile_text_in_it_is_harmless(client: TestClient, path: str) -> None:
    for entry in feedparser.parse(get(client, path, "atom").content, sanitize_html=False).entries:
        html = entry.content[0].value
        html5lib.HTMLParser(strict=True).parseFragment(html)
        assert "<script" not in html
    for kind in ("rss", "atom", "json"):
        assert not HARMFUL.search(get(client, path, kind).text)
    assert not any(HARMFUL.search(text) for text in texts_of(get(client, path, "json").json()))


def is_address(text: str) -> bool:
    return text.startswith("http://testserver/") and not re.search(r"[\s<>\"\x7f-\uffff]", text)


def are_distinct(ids: Iterable[str]) -> bool:
    listed = list(ids)
    return all(listed) and len(set(listed)) == len(listed)


def texts_of(value: Any) -> Iterator[str]:
    """All strings in a JSON value."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from texts_of(part)
    elif isinstance(value, str):
        yield value
