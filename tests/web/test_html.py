"""Every page is well-formed HTML, whatever is in the record."""

from __future__ import annotations

import html5lib
import pytest
from fastapi.testclient import TestClient

from newsdiff_crawler.store import Store
from tests.records import URL, add_article, add_version, story
from tests.web.test_pages import AFTER, BEFORE

HOSTILE = "</p></main><script>\"'&amp;<!-- \u202e"


@pytest.fixture(autouse=True)
def articles(store: Store) -> None:
    article_id = add_article(store, BEFORE, AFTER, BEFORE)
    add_version(store, article_id, 4, AFTER, labels=["figures", "undeclared"])
    event = {"article_id": 1, "at": "2025-04-22T14:10:00Z", "kind": "gone", "detail": HOSTILE}
    store.db.table("events").insert(event)
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
