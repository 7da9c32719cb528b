"""Memento (RFC 7089): TimeGate, TimeMap and what the page of a version says of itself."""

from __future__ import annotations

import re
from datetime import datetime, timezone

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from memento_client import MementoClient

from newsdiff_crawler.store import Store
from newsdiff_crawler.web import memento
from tests.support.other_texts import make_placeholder
from tests.support.records import URL, add_article, story

TEXTS = [story("Ferry late", f"{boats} boats wait in the harbour.") for boats in range(3)]
HERE = "http://testserver"
FIRST, SECOND, THIRD = (f"Tue, 22 Apr 2025 {time}:00 GMT" for time in ("14:00", "14:33", "15:06"))
# An address with all that its syntax allows, and a query that looks like ours.
ODD = "https://news.example/a'b;c,d/(e)/%22%3E?limit=2&q=%C3%A9&u=https://other.example/"


@pytest.fixture(autouse=True)
def _article(store: Store) -> None:
    add_article(store, *TEXTS)


def ask(client: TestClient, url: str = URL, at: str | None = None) -> Response:
    headers = {"Accept-Datetime": at} if at is not None else {}
    return client.get(f"/timegate/{url}", headers=headers, follow_redirects=False)


def links(text: str) -> list[tuple[str, dict[str, str]]]:
    """Of link-format and of the header alike (RFC 6690, RFC 8288), read strictly."""
    found = re.findall(r'<([^<>"\s]+)>((?:; \w+="[^"]*")+)(?:,\s|$)', text)
    assert ", ".join(f"<{url}>{tail}" for url, tail in found) == text.replace(",\n", ", ")
    return [(url, dict(re.findall(r'; (\w+)="([^"]*)"', tail))) for url, tail in found]


def mementos(text: str) -> list[tuple[str, str, str]]:
    return [
        (url.removeprefix(HERE), each["rel"], each["datetime"])
        for url, each in links(text)
        if "datetime" in each
    ]


# --- The TimeGate ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "number"),
    [
        (None, 3),
        (FIRST, 1),
        (SECOND, 2),
        ("Tue, 22 Apr 2025 15:05:59 GMT", 2),
        (THIRD, 3),
        ("Thu, 31 May 2007 20:35:00 GMT", 1),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 3),
    ],
)
def test_it_leads_to_the_version_that_stood_then(
    client: TestClient, at: str | None, number: int
) -> None:
    answer = ask(client, at=at)
    assert answer.status_code == 302
    assert answer.headers["location"] == f"{HERE}/articles/1/versions/{number}"
    assert answer.headers["vary"] == "accept-datetime"
    assert "memento-datetime" not in answer.headers
    found = {each["rel"]: url for url, each in links(answer.headers["link"])}
    assert found["original"] == URL
    assert found["timemap"] == f"{HERE}/timemap/link/{URL}"


@pytest.mark.parametrize(
    "at",
    [
        "",
        "yesterday",
        "2007-05-31T20:35:00Z",
        "Thu, 31 May 2007 20:35:00 +0200",
        "Thu, 31 May 2007 20:35:00",
        "Thu, 31 Jun 2007 20:35:00 GMT",
        "Thu, 31 May 0000 20:35:00 GMT",
        "31 May 2007 20:35:00 GMT",
        "Thu, 31 May 2007 20:35:00 GMT; x",
        "Thu, 31 May 2007 25:35:00 GMT",
        "9" * 5000,
    ],
)
def test_what_is_no_time_is_refused(client: TestClient, at: str) -> None:
    answer = ask(client, at=at)
    assert (answer.status_code, answer.headers["vary"]) == (400, "accept-datetime")


@pytest.mark.parametrize(
    "url",
    [
        URL,
        URL.replace("https://", "http://"),
        URL.replace("//", "/"),  # nginx merges slashes
        URL.removeprefix("https://"),
        f"{URL}/?utm_source=feed",
        URL.replace(":", "%3A").replace("/", "%2F"),
        URL.replace("news", "NEWS"),
    ],
)
def test_a_page_is_known_by_any_spelling_of_its_address(client: TestClient, url: str) -> None:
    assert ask(client, url).status_code == 302
    assert client.get(f"/timemap/link/{url}").status_code == 200


@pytest.mark.parametrize("url", ["https://news.example/other", "", "%00", "https://", "x" * 9000])
@pytest.mark.parametrize("path", ["/timegate/", "/timemap/link/"])
def test_what_is_not_known_is_not_there(client: TestClient, path: str, url: str) -> None:
    assert client.get(path + url).status_code == 404


def test_an_address_with_a_query_is_asked_for_with_it(client: TestClient, store: Store) -> None:
    add_article(store, TEXTS[0], url=ODD)
    answer = ask(client, ODD)
    assert answer.headers["location"] == f"{HERE}/articles/2/versions/1"
    assert ODD in [url for url, _ in links(answer.headers["link"])]
    assert mementos(client.get(f"/timemap/link/{ODD}").text) == [
        ("/articles/2/versions/1", "first last memento", FIRST)
    ]


def test_an_address_that_would_end_a_link_does_not(client: TestClient, store: Store) -> None:
    hostile = 'https://news.example/"><\r\nSet-Cookie: a=b>; rel="first memento"/é\u202e'
    add_article(store, TEXTS[0], url=hostile)
    version = client.get("/articles/2/versions/1")
    assert "set-cookie" not in version.headers
    assert [each["rel"] for _, each in links(version.headers["link"])] == [
        "original",
        "timegate",
        "timemap",
        "first last memento",
    ]


# --- The page of a version ------------------------------------------------------------------------


def test_a_version_says_when_it_was_seen_and_what_is_around_it(client: TestClient) -> None:
    headers = client.get("/articles/1/versions/2").headers
    assert headers["memento-datetime"] == SECOND
    assert links(headers["link"]) == [
        (URL, {"rel": "original"}),
        (f"{HERE}/timegate/{URL}", {"rel": "timegate"}),
        (
            f"{HERE}/timemap/link/{URL}",
            {"rel": "timemap", "type": "application/link-format", "from": FIRST, "until": THIRD},
        ),
        (f"{HERE}/articles/1/versions/1", {"rel": "first prev memento", "datetime": FIRST}),
        (f"{HERE}/articles/1/versions/2", {"rel": "memento", "datetime": SECOND}),
        (f"{HERE}/articles/1/versions/3", {"rel": "next last memento", "datetime": THIRD}),
    ]


def test_head_says_the_same(client: TestClient) -> None:
    assert client.head("/articles/1/versions/2").headers["memento-datetime"] == SECOND


def test_a_placeholder_is_no_memento(client: TestClient, store: Store) -> None:
    make_placeholder(store, 1, 2)
    assert "memento-datetime" not in client.get("/articles/1/versions/2").headers
    assert ask(client, at=SECOND).headers["location"].endswith("/versions/1")
    assert [number for number, *_ in mementos(client.get(f"/timemap/link/{URL}").text)] == [
        "/articles/1/versions/1",
        "/articles/1/versions/3",
    ]


# --- The TimeMap ----------------------------------------------------------------------------------


def test_it_lists_all_versions(client: TestClient) -> None:
    answer = client.get(f"/timemap/link/{URL}")
    assert answer.headers["content-type"].startswith("application/link-format")
    assert mementos(answer.text) == [
        ("/articles/1/versions/1", "first memento", FIRST),
        ("/articles/1/versions/2", "memento", SECOND),
        ("/articles/1/versions/3", "last memento", THIRD),
    ]
    assert [each["rel"] for _, each in links(answer.text)][:3] == ["original", "timegate", "self"]


def test_a_long_list_comes_in_parts(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memento, "PAGE_SIZE", 2)
    first = client.get(f"/timemap/link/{URL}").text
    assert [url for url, *_ in mementos(first)] == [f"/articles/1/versions/{n}" for n in (1, 2)]
    (second,) = [(url, each) for url, each in links(first) if each["rel"] == "timemap"]
    assert (second[1]["from"], second[1]["until"]) == (THIRD, THIRD)
    part = client.get(second[0]).text
    assert mementos(part) == [("/articles/1/versions/3", "last memento", THIRD)]
    assert client.get(f"/timemap/link/3/{URL}").status_code == 404


# --- Others ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/timegate/", "/timemap/link/"])
def test_a_hidden_article_has_none(client: TestClient, store: Store, path: str) -> None:
    store.db.update("articles", 1, {"state": "hidden"})
    answer = client.get(path + URL, follow_redirects=False)
    assert (answer.status_code, answer.headers.get("link")) == (451, None)
    assert "Ferry" not in answer.text


def test_a_client_of_mementos_own_goes_from_one_version_to_another(site: str) -> None:
    """By the links of the version to the original and to the TimeGate."""
    client = MementoClient(f"{site}/timegate/", check_native_timegate=False)
    try:
        at = datetime(2100, 1, 1, tzinfo=timezone.utc)
        info = client.get_memento_info(f"{site}/articles/1/versions/1", at)
    finally:
        client.session.close()
    assert info["original_uri"] == URL
    assert info["timegate_uri"] == f"{site}/timegate/{URL}"
    assert info["mementos"]["closest"]["uri"] == [f"{site}/articles/1/versions/3"]
    assert info["mementos"]["first"]["uri"] == [f"{site}/articles/1/versions/1"]
