"""The pages about the site itself."""

from __future__ import annotations

from html import unescape
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

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


def test_the_bookmarklet_leads_from_an_article_to_its_history(
    store: Store, client: TestClient
) -> None:
    page = client.get("/about").text
    link = unescape(page.partition('class="bookmarklet" href="')[2].partition('"')[0])
    there = "http://testserver/lookup?url="
    assert unquote(link) == f'javascript:location.href="{there}"+encodeURIComponent(location.href)'


@pytest.mark.parametrize(
    ("which", "template"),
    [
        ("search", "http://testserver/search?q={searchTerms}"),
        ("lookup", "http://testserver/lookup?url={searchTerms}"),
    ],
)
def test_a_browser_is_told_how_to_search_from_its_address_bar(
    which: str, template: str, store: Store, client: TestClient
) -> None:
    assert f'href="/opensearch/{which}.xml"' in client.get("/about").text
    answer = client.get(f"/opensearch/{which}.xml")
    assert answer.headers["content-type"] == "application/opensearchdescription+xml"
    described = ElementTree.fromstring(answer.content)
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    assert len(described.findtext(f"{space}ShortName", "")) in range(1, 17)
    (address,) = described.findall(f"{space}Url")
    assert address.get("template") == template
