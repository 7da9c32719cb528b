"""The social card on the site."""

from __future__ import annotations

import io
import re

from fastapi.testclient import TestClient
from PIL import Image

from newsdiff_crawler.social_card import SIZE
from newsdiff_crawler.store import Store
from tests.support.records import add_article, story


def test_a_comparison_names_its_picture_for_those_who_share_it(
    store: Store, client: TestClient
) -> None:
    add_article(store, story("Old title", "Words."), story("New title", "Words."))
    page = client.get("/articles/1/diff/1/2").text
    assert '<meta property="og:title" content="New title">' in page
    assert '<meta property="og:description" content="The Paper: Headline rewritten">' in page
    picture = re.search(r'<meta property="og:image" content="([^"]+)">', page)
    assert picture is not None
    answer = client.get(picture[1])
    assert answer.headers["content-type"] == "image/png"
    assert Image.open(io.BytesIO(answer.content)).size == SIZE


def test_a_hidden_article_has_no_picture(store: Store, client: TestClient) -> None:
    add_article(store, story("Old title", "Words."), story("New title", "Words."))
    store.db.update("articles", 1, {"state": "hidden"})
    assert client.get("/articles/1/diff/1/2.png").status_code == 451
