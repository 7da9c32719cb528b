"""Lists, searches and articles as watches: what is pasted means what is shown."""

from __future__ import annotations

from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient

from newsdiff_crawler.items import Publisher
from newsdiff_crawler.store import Store
from newsdiff_crawler.store.reading.records import Records
from newsdiff_crawler.store.reading.search import SearchQuery, Where
from newsdiff_crawler.telling.previewing import previews
from newsdiff_crawler.telling.watches import Watch, read_watches
from tests.support.records import URL, add_article, story

CHANNEL = '[channel.desk]\nkind = "webhook"\nurl = "https://a.example/"\nsecret = "KEY"\n'


@pytest.fixture
def folder(store: Store, tmp_path: Path) -> Path:
    publishers = [
        Publisher("paper", "The Paper", "NO", "nb"),
        Publisher("post", "Post", "SE", "sv"),
    ]
    for publisher in publishers:
        store.sources.describe(publisher)
        url = f"https://{publisher.name}.example/world/1"
        add_article(store, story("Sun", "A"), story("Rain", "B"), url=url, source=publisher.name)
    return tmp_path


def offered(client: TestClient, path: str, folder: Path) -> tuple[str, Watch]:
    """The watch that a page offers, pasted, and its name."""
    page = client.get(path).text
    table = unescape(page.partition('<pre tabindex="0">')[2].partition("</pre>")[0])
    (folder / "watches.toml").write_text(table + CHANNEL, "utf-8")
    watches = read_watches(folder)
    assert watches.mistakes == []
    ((name, watch),) = watches.watches.items()
    return name, watch


@pytest.mark.parametrize(
    ("path", "name", "said"),
    [
        ("/", "all", {}),
        ("/?source=paper&period=week&order=size&show=all", "paper", {"sources": ["paper"]}),
        ("/sources/post", "post", {"sources": ["post"]}),
        ("/?label=altered", "altered", {"labels": ["altered"]}),
        ("/?country=SE", "post", {"sources": ["post"]}),
        ("/search?q=ferry", "ferry", {"words": ["ferry"]}),
        (
            "/search?q=Caf%C3%A9+%22the+mayor%22+resign*&in=removed&source=paper&from=2026-01-01",
            "caf_the_mayor_resign_paper",
            {
                "words": ["café", "the mayor", "resign*"],
                "every_word": True,
                "words_in": ["removed"],
                "sources": ["paper"],
            },
        ),
        ("/search?q=%E6%9D%B1%E4%BA%AC", "all", {"words": ["東京"]}),
        ("/search?q=%5B%22x%5C%22%5D%0A-", "x", {"words": ["x\\"]}),
        ("/search?q=a%00%3Cb%3E", "a_b", {"words": ["a <b>"]}),
        ("/articles/1", "article", {"article": "https://paper.example/world/1"}),
    ],
)
def test_what_is_pasted_is_a_watch_of_what_is_shown(
    path: str, name: str, said: dict[str, Any], folder: Path, client: TestClient
) -> None:
    assert offered(client, path, folder) == (name, Watch(channels=["desk"], **said))


@pytest.mark.parametrize(
    "path", ["/?country=XX", "/?country=SE&source=paper", "/search?q=*", "/search?q=%22", "/search"]
)
def test_what_can_show_nothing_is_offered_as_no_watch(
    path: str, folder: Path, client: TestClient
) -> None:
    assert folder.exists()
    assert "watches.toml" not in client.get(path).text


@pytest.mark.parametrize("place", ["added", "removed"])
@pytest.mark.parametrize(
    "typed", ["-fare", "it's", "it’s", "two-way", "fare\\", "(the) fare*", "café euros", "cafe"]
)
def test_a_search_and_its_watch_find_the_same(
    typed: str, place: Where, folder: Path, client: TestClient, store: Store
) -> None:
    texts = story("One", "Nobody paid."), story("One", "It’s the two-way fare, 9 euros, Café.")
    texts = texts if place == "added" else texts[::-1]
    article = add_article(store, *texts, url="https://paper.example/fares/1")
    name, watch = offered(client, f"/search?{urlencode({'q': typed, 'in': place})}", folder)
    records = Records(store.db)
    told = previews(records, name, watch, 9, {}, "")
    assert [each.changes[0].change.article_id for each in told] == [article]
    found = records.search.find(SearchQuery(typed, place)).hits
    assert [hit.article_id for hit in found] == [article]


def test_an_article_with_an_odd_address_is_offered_too(
    folder: Path, client: TestClient, store: Store
) -> None:
    url = URL.replace("world/1", 'a"b\\c')
    article = add_article(store, story("One", "Rain."), url=url)
    assert offered(client, f"/articles/{article}", folder)[1].article
