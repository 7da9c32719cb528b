"""The pages about the site itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from newsdiff_crawler.store import Store
from newsdiff_crawler.web.app import create_app


def test_the_about_page_says_how_to_have_an_article_taken_down(
    store: Store, client: TestClient
) -> None:
    assert "How to have an article taken down" in client.get("/about").text


@pytest.mark.parametrize(
    ("contact", "shown"),
    [
        ("", "whoever runs this site"),
        ("desk@paper.example", '<a href="mailto:desk@paper.example">desk@paper.example</a>'),
        (
            "https://paper.example/us",
            '<a href="https://paper.example/us">https://paper.example/us</a>',
        ),
        ("javascript:alert(1)", "javascript:alert(1)"),
    ],
)
def test_the_about_page_says_where_to_write(tmp_path: Path, contact: str, shown: str) -> None:
    page = TestClient(create_app(tmp_path / "none.db", contact=contact)).get("/about").text
    assert f"Write to {shown}, with the address" in page
