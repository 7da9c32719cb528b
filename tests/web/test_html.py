"""Every page is well-formed HTML, whatever is in the record."""

from __future__ import annotations

from pathlib import Path

import html5lib
import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from starlette.routing import Match

from newsdiff_crawler.store import Store
from newsdiff_crawler.store.engine.connection import DATABASE_NAME
from newsdiff_crawler.web.app import create_app
from tests.support import gallery
from tests.support.records import URL, add_article, add_version, story
from tests.support.site import AFTER, BEFORE, site_routes

# Routes that do not answer with a page.
NO_PAGES = {
    "article_feed",
    "changes_feed",
    "choose",
    "social_card",
    "diff_json",
    "diff_patch",
    "proof_of_change",
    "proof_of_version",
    "metrics",
    "health",
    "search_feed",
    "open_search",
    "sources_opml",
    "timegate",
    "timemap",
}
PAGES = [route for route in site_routes() if route.name not in NO_PAGES]
HOSTILE = "</p></main><script>\"'&amp;<!-- \u202e"


@pytest.fixture(autouse=True)
def articles(store: Store) -> None:
    article_id = add_article(store, BEFORE, AFTER, BEFORE)
    add_version(store, article_id, 4, AFTER, labels=["figures", "altered"])
    event = {"article_id": 1, "at": "2025-04-22T14:10:00Z", "kind": "gone", "detail": HOSTILE}
    store.db.insert("events", event)
    hostile = story(HOSTILE, "One."), story(HOSTILE + "2", HOSTILE)
    add_article(store, *hostile, url=f"javascript:{HOSTILE}", source=HOSTILE)
    add_article(store, BEFORE, url=URL + "3")


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/?show=all&period=day",
        "/?before=2000-01-01T00:00:00Z.1.1",
        "/articles/1",
        "/articles/2",
        "/articles/3",
        "/articles/1/versions/2",
        "/articles/1/diff/1/2",
        "/articles/1/diff/1/3",
        "/articles/1/diff/3/4?view=inline",
        "/articles/2/diff/1/2?view=columns",
        "/sources",
        "/sources/paper",
        "/search?q=script",
        "/search",
        "/lookup?url=<b>",
        "/about",
        "/api",
        "/nothing",
    ],
)
def test_every_page_parses_without_an_error(client: TestClient, path: str) -> None:
    html5lib.HTMLParser(strict=True).parse(client.get(path).text)


@pytest.mark.parametrize("path", gallery.PAGES)
def test_every_kind_of_page_parses_without_an_error(gallery_record: Path, path: str) -> None:
    answer = TestClient(create_app(gallery_record)).get(path)
    assert answer.status_code == (404 if "lookup?" in path else gallery.ERRORS.get(path, 200))
    html5lib.HTMLParser(strict=True).parse(answer.text)


def test_the_page_for_a_record_that_cannot_be_read_parses_too(tmp_path: Path) -> None:
    answer = TestClient(create_app(tmp_path / "nowhere" / DATABASE_NAME)).get("/")
    assert answer.status_code == 503
    html5lib.HTMLParser(strict=True).parse(answer.text)


def test_no_kind_of_page_is_forgotten() -> None:
    visited = {route.name for path in gallery.PAGES for route in [matching(path)] if route}
    assert {route.name for route in PAGES} - visited == set()


def matching(path: str) -> APIRoute | None:
    """The route of a page that answers at an address."""
    scope = {"type": "http", "method": "GET", "path": path.partition("?")[0]}
    return next((route for route in PAGES if route.matches(scope)[0] is Match.FULL), None)
