"""An article with more versions than one page holds: each of them can be reached and read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from newsdiff_crawler.store import Store
from newsdiff_crawler.store.engine.connection import DATABASE_NAME
from newsdiff_crawler.store.reading.records import MOST_VERSIONS
from newsdiff_crawler.web.app import create_app
from newsdiff_crawler.web.dependencies import MOST_LISTED
from tests.support.records import add_article, story

MANY = MOST_VERSIONS + 2 * MOST_LISTED + 5

GENERATED = ("size", "minor")  # columns


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    folder: Path = tmp_path_factory.mktemp("many")
    store = Store.open(folder)
    add_article(store, *(story("The flood", f"The river rose by {day} feet.") for day in range(3)))
    rows = store.db.query("select * from versions where number = 3")
    last = {name: value for name, value in rows[0].items() if name not in GENERATED}
    copies = [{**last, "number": number} for number in range(4, MANY + 1)]
    store.db.insert_all("versions", copies)
    store.db.execute("update articles set version_count = :many", {"many": MANY})
    store.close()
    return TestClient(create_app(folder / DATABASE_NAME))


def shown(page: str) -> list[int]:
    return [int(number) for number in re.findall(r'id="version-(\d+)"', page)]


def test_the_page_of_the_article_leads_to_every_version(client: TestClient) -> None:
    address, seen = "/articles/1", []
    while address:
        page = client.get(address).text
        assert len(shown(page)) <= MOST_LISTED
        seen += shown(page)
        link = re.search(r'rel="next" href="(/articles/1\?[^"]+)"', page)
        address = link[1] if link else ""
    assert seen == [*range(MANY, 0, -1)]


@pytest.mark.parametrize("number", [1, 2, 500, MOST_VERSIONS, MOST_VERSIONS + 1, MANY - 1, MANY])
def test_each_version_is_readable_with_the_ones_beside_it(client: TestClient, number: int) -> None:
    page = client.get(f"/articles/1/versions/{number}")
    assert page.status_code == 200
    links = re.findall(r'href="/articles/1/versions/(\d+)"', page.text)
    assert {int(link) for link in links} == {number - 1, number + 1} & {*range(1, MANY + 1)}


@pytest.mark.parametrize("pair", [(1, MANY), (700, MOST_VERSIONS + 7), (MANY - 1, MANY)])
def test_any_two_are_compared_with_the_steps_on_both_sides(
    client: TestClient, pair: tuple[int, int]
) -> None:
    older, newer = pair
    page = client.get(f"/articles/1/diff/{older}/{newer}")
    assert page.status_code == 200
    steps = re.findall(r'rel="(\w+)" href="/articles/1/diff/(\d+)/(\d+)"', page.text)
    expected = [("prev", older - 1, older)] if older > 1 else []
    expected += [("next", newer, newer + 1)] if newer < MANY else []
    assert [(way, int(one), int(other)) for way, one, other in steps] == expected
    assert page.text.count("<option") <= 4 * MOST_LISTED


def test_the_api_has_all_versions_in_pages(client: TestClient) -> None:
    after, seen = "0", []
    while after is not None:
        answer = client.get(f"/api/v1/articles/1/versions?limit=200&after={after}").json()
        seen += [version["number"] for version in answer["items"]]
        after = answer["next"]
    assert seen == [*range(1, MANY + 1)]


def test_the_api_goes_back_in_the_changes(client: TestClient) -> None:
    first = client.get("/api/v1/articles/1/changes").json()
    rest = client.get(f"/api/v1/articles/1/changes?before={first[-1]['to_version']}").json()
    numbers = [change["to_version"] for change in first + rest]
    assert numbers == [*range(MANY, 1, -1)]


def test_a_page_before_the_first_version_is_not_there(client: TestClient) -> None:
    assert client.get("/articles/1?before=1").status_code == 404
