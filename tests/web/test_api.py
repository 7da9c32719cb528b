"""The record for programs."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from newsdiff_crawler.store import Store
from tests.support.other_texts import (
    AT,
    NOTICE,
    keep_other_text,
    learn_boilerplate,
    make_placeholder,
)
from tests.support.records import URL, add_article, add_version, story

BEFORE = story("Ferry to return late", "The ferry will return late.")
AFTER = story("Ferry to return early", "The ferry will return early.")
API = "/api/v1"


def get(client: TestClient, path: str) -> Any:
    answer = client.get(API + path)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_sources_have_names_and_titles(store: Store, client: TestClient) -> None:
    add_article(store, BEFORE)
    assert get(client, "/sources") == [
        {"name": "paper", "title": "The Paper", "country": "", "language": ""}
    ]


def test_an_article_comes_with_its_versions_and_facts(store: Store, client: TestClient) -> None:
    add_article(store, BEFORE, AFTER)
    store.db.execute("update articles set next_check_at = '2025-04-22T15:03:00Z'")
    history = get(client, "/articles/1")
    assert history["article"] == {
        "id": 1,
        "source": "paper",
        "url": URL,
        "title": "Ferry to return early",
        "first_seen_at": "2025-04-22T14:00:00Z",
        "published_at": None,
        "last_checked_at": "2025-04-22T14:33:00Z",
        "last_changed_at": "2025-04-22T14:33:00Z",
        "next_check_at": "2025-04-22T15:03:00Z",
        "state": "live",
        "version_count": 2,
        "change_count": 1,
        "last_error": None,
        "trial_url": None,
    }
    assert [version["number"] for version in history["versions"]] == [1, 2]


def test_articles_come_in_pages(store: Store, client: TestClient) -> None:
    for number in range(5):
        add_article(store, BEFORE, url=f"{URL}{number}", source="a" if number < 4 else "b")
    first = get(client, "/articles?limit=2&source=a")
    assert [article["id"] for article in first["items"]] == [1, 2]
    last = get(client, f"/articles?limit=2&source=a&after={first['next']}")
    assert [article["id"] for article in last["items"]] == [3, 4]
    assert last["next"] is None


def test_a_version_has_its_text_in_blocks(store: Store, client: TestClient) -> None:
    add_article(store, BEFORE)
    assert get(client, "/articles/1/versions/1")["blocks"] == [
        {"kind": "headline", "text": "Ferry to return late"},
        {"kind": "paragraph", "text": "The ferry will return late."},
    ]


def test_a_diff_can_be_undone_from_its_rows(store: Store, client: TestClient) -> None:
    add_article(store, BEFORE, AFTER)
    diff = get(client, "/articles/1/diff/1/2")
    older = [
        "".join(span["text"] for span in side["spans"])
        for row in diff["rows"]
        for side in row["before"]
    ]
    assert older == [block.text for block in BEFORE]
    assert diff["summary"]["sentence"] == "Headline rewritten; 1 paragraph edited"
    assert diff["after"]["fetched_at"] == "2025-04-22T14:33:00Z"


def test_an_article_says_where_it_is_found(store: Store, client: TestClient) -> None:
    add_article(store, BEFORE)
    store.addresses.state(1, f"{URL}/stated", "canonical", AT)
    history = get(client, "/articles/1")
    assert history["addresses"] == [{"url": URL, "answered_at": "2025-04-22T14:00:00Z"}]
    assert history["stated_addresses"] == [
        {
            "url": f"{URL}/stated",
            "how": "canonical",
            "stated_at": AT,
            "refused_at": None,
            "reason": None,
        }
    ]
    assert history["article"]["trial_url"] == f"{URL}/stated"


def test_other_texts_of_an_article_come_in_full(store: Store, client: TestClient) -> None:
    add_article(store, BEFORE)
    keep_other_text(store, 1, story("Wall", "word " * 900), "a wall")
    (wall,) = get(client, "/articles/1/other_texts")
    assert (wall["title"], wall["words"], wall["looks"]) == ("Wall", 901, 1)
    assert wall["text"].count("word") == 900
    assert wall["reason"] == "a wall"


def test_versions_say_what_they_are_compared_with_and_why_a_change_is_minor(
    store: Store, client: TestClient
) -> None:
    add_article(store, BEFORE, NOTICE, AFTER)
    make_placeholder(store, 1, 2)
    told = [
        (each["number"], each["compared_with"], each["minor"], each["is_placeholder"])
        for each in get(client, "/articles/1")["versions"]
    ]
    assert told == [(1, None, None, False), (2, 1, "page", True), (3, 1, None, False)]
    changes = get(client, "/articles/1/changes")
    assert [(each["from_version"], each["to_version"]) for each in changes] == [(1, 3), (1, 2)]
    assert [each["minor"] for each in changes] == [None, "page"]
    assert [each["to_version"] for each in get(client, "/changes")["items"]] == [3]
    assert len(get(client, "/changes?show=all")["items"]) == 2


def test_boilerplate_of_a_version_and_of_a_source(store: Store, client: TestClient) -> None:
    add_article(store, BEFORE)
    learn_boilerplate(store, "paper", "The ferry will return late.")
    assert get(client, "/articles/1/versions/1")["boilerplate"] == [1]
    (known,) = get(client, "/boilerplate?source=paper")
    assert (known["text"], known["articles"]) == ("The ferry will return late.", 1)
    assert get(client, "/boilerplate?source=herald") == []


def test_changes_are_filtered_and_paged(store: Store, client: TestClient) -> None:
    add_article(store, BEFORE, AFTER, story("Third", "Third."))
    add_article(store, BEFORE, url=URL + "2")
    add_version(store, 2, 2, AFTER, labels=["figures"])
    first = get(client, "/changes?limit=2")
    assert [(item["article_id"], item["to_version"]) for item in first["items"]] == [(2, 2), (1, 3)]
    last = get(client, f"/changes?limit=2&before={first['next']}")
    assert [(item["article_id"], item["to_version"]) for item in last["items"]] == [(1, 2)]
    assert last["next"] is None
    (labelled,) = get(client, "/changes?label=figures")["items"]
    assert labelled["labels"] == ["figures"]
    assert len(get(client, "/articles/1/changes")) == 2


@pytest.mark.parametrize(
    ("query", "versions"),
    [
        ("from=2025-04-22", [3, 2]),
        ("from=2025-04-22T14:33:00Z&to=2025-04-22T14:33:00Z", [2]),
        ("from=2025-04-22T14:33:01Z", [3]),
        ("to=2025-04-22T15:05:59Z", [2]),
        ("to=2025-04-22", [3, 2]),
        ("to=2025-04-21", []),
        ("to=0001-01-01T00:00:00%2B14:00", []),
        ("from=2025-04-23", []),
        ("from=2025-04-22&to=9999-12-31&order=size", [3, 2]),
        ("from=2025-04-22&period=day", []),
        ("from=2025-04-22&source=other", []),
        ("from=&to=", [3, 2]),
    ],
)
def test_changes_of_any_period_can_be_asked_for(
    store: Store, client: TestClient, query: str, versions: list[int]
) -> None:
    add_article(store, BEFORE, AFTER, story("Third", "Third and much longer than before."))
    items = get(client, f"/changes?{query}")["items"]
    assert sorted((item["to_version"] for item in items), reverse=True) == versions


@pytest.mark.parametrize("query", ["", "show=all", "order=size&from=2020-01-01", "label=names"])
def test_all_changes_are_given_by_cursor(store: Store, client: TestClient, query: str) -> None:
    for number in range(7):
        add_article(store, BEFORE, url=f"{URL}{number}")
        add_version(store, number + 1, 2, AFTER, labels=["names"])
    found, before = [], ""
    while before is not None:
        part = get(client, f"/changes?{query}&limit=2{before and f'&before={before}'}")
        found += [item["article_id"] for item in part["items"]]
        before = part["next"]
    assert sorted(found) == list(range(1, 8))


def test_an_article_is_looked_up_by_url(store: Store, client: TestClient) -> None:
    add_article(store, BEFORE)
    assert get(client, f"/lookup?url={URL}")["id"] == 1


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nothing", 404),
        ("/articles/2", 404),
        ("/articles/1/versions/3", 404),
        ("/articles/1/diff/1/3", 404),
        ("/lookup?url=https://other.example/", 404),
        ("/changes?before=yesterday", 404),
        ("/articles/x", 422),
        ("/articles?limit=0", 422),
        ("/changes?label=nothing", 422),
        ("/changes?from=yesterday", 422),
        ("/changes?from=5", 422),
        ("/changes?from=2025-04-22T14:33:00", 422),
        ("/changes?to=2025-02-30", 422),
        ("/changes?to=2025-02-03T25:00:00Z", 422),
        ("/lookup", 422),
    ],
)
def test_errors_are_problems(store: Store, client: TestClient, path: str, status: int) -> None:
    add_article(store, BEFORE)
    answer = client.get(API + path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == status


def test_a_missing_database_is_a_problem_too(client: TestClient) -> None:
    answer = client.get(f"{API}/sources")
    assert answer.status_code == 503
    assert "There is no record yet" in answer.json()["detail"]


@pytest.mark.parametrize("tail", ["", "/changes", "/other_texts", "/versions/1", "/diff/1/2"])
def test_a_hidden_article_is_gone(store: Store, client: TestClient, tail: str) -> None:
    add_article(store, BEFORE, AFTER)
    store.db.update("articles", 1, {"state": "hidden"})
    assert client.get(f"{API}/articles/1{tail}").status_code == 451
    assert get(client, "/articles")["items"] == []
    assert get(client, "/changes?show=all")["items"] == []
    assert client.get(f"{API}/lookup?url={URL}").status_code == 451


def test_every_origin_may_read(store: Store, client: TestClient) -> None:
    answer = client.get(f"{API}/sources", headers={"Origin": "https://other.example"})
    assert answer.headers["access-control-allow-origin"] == "*"


def test_the_api_describes_itself(store: Store, client: TestClient) -> None:
    openapi = get(client, "/openapi.json")
    assert "/articles/{article_id}/diff/{older}/{newer}" in openapi["paths"]
    assert "Comparison" in openapi["components"]["schemas"]
    problem = openapi["paths"]["/sources"]["get"]["responses"]["503"]
    assert list(problem["content"]) == ["application/problem+json"]


def test_only_reading_is_allowed(client: TestClient) -> None:
    answer = client.post(f"{API}/sources")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET")


def test_its_page_for_people_names_every_address(store: Store, client: TestClient) -> None:
    page = client.get("/api").text
    for path in get(client, "/openapi.json")["paths"]:
        assert f"<code>{path}</code>" in page
    assert "headline, standfirst, byline, figures" in page
