"""What a client calls the site gets into its answers only where the operator says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from newsdiff_crawler.store import Store
from newsdiff_crawler.store.engine.connection import DATABASE_NAME
from newsdiff_crawler.web.app import create_app
from newsdiff_crawler.web.feed_formats import FORMATS, FeedDocument
from newsdiff_crawler.web.own_host import local_hosts
from tests.support.records import add_article
from tests.support.site import AFTER, BEFORE

PATHS = [
    "/changes.rss",
    "/changes.atom",
    "/changes.json",
    "/articles/1/changes.rss",
    "/search.atom?q=mayor",
    "/articles/1/diff/1/2",
    "/sources/",  # led on without the slash
    "/api/v1/articles/1/",
]
OWN = ["news.example", "other.example:8443"]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    folder: Path = tmp_path_factory.mktemp("hosts")
    store = Store.open(folder)
    add_article(store, BEFORE, AFTER)
    store.close()
    return TestClient(create_app(folder / DATABASE_NAME, hosts=OWN), follow_redirects=False)


def said(client: TestClient, path: str, host: str) -> str:
    answer = client.get(path, headers={"Host": host})
    return answer.text + str(answer.headers)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "host", ["evil.example", "news.example.evil.example", "news.example:81", "news.example@evil.io"]
)
def test_a_host_that_is_none_of_its_own_stands_nowhere(
    client: TestClient, path: str, host: str
) -> None:
    answer = said(client, path, host)
    assert host not in answer
    assert "evil" not in answer


@pytest.mark.parametrize("path", PATHS[:6])
def test_it_is_called_by_its_first_name_then(client: TestClient, path: str) -> None:
    assert said(client, path, "evil.example") == said(client, path, "news.example")


@pytest.mark.parametrize("host", [*OWN, "News.Example"])
def test_each_of_its_names_is_kept(client: TestClient, host: str) -> None:
    assert f"http://{host}/articles/1/diff/1/2" in said(client, "/changes.json", host)


def test_a_feed_is_written_once_whatever_it_is_called(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[FeedDocument] = []

    def write(feed: FeedDocument) -> bytes:
        written.append(feed)
        return b""

    monkeypatch.setitem(FORMATS, "rss", FORMATS["rss"]._replace(write=write))
    for number in range(64):
        client.get(f"/changes.rss?limit=3&x={number}", headers={"Host": f"evil{number}.example"})
    assert [feed.address for feed in written] == ["http://news.example/changes.rss?limit=3"]


def test_a_host_that_is_named_twice_is_none(client: TestClient) -> None:
    headers = [("Host", "other.example:8443"), ("Host", "evil.example")]
    assert "http://news.example/" in client.get("/changes.json", headers=headers).text


@pytest.mark.parametrize(
    ("address", "port", "names"),
    [
        ("127.0.0.1", 8000, ["127.0.0.1:8000", "[::1]:8000", "localhost:8000"]),
        ("0.0.0.0", 80, ["127.0.0.1", "[::1]", "localhost"]),
        ("::1", 8000, ["[::1]:8000", "127.0.0.1:8000", "localhost:8000"]),
        ("192.0.2.7", 80, ["192.0.2.7", "127.0.0.1", "[::1]", "localhost"]),
    ],
)
def test_without_a_word_it_is_called_what_this_machine_calls_it(
    address: str, port: int, names: list[str]
) -> None:
    assert local_hosts(address, port) == names
