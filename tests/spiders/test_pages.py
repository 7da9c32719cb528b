"""Each page in tests/pages is read as the JSON file beside it says; each parser has one.

The file holds ``url`` and either ``article``, the whole result, or ``refused``, the reason.
A page's parsers are those of the source that its name begins with: bbc-2024.html, spiders/bbc.py.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from newsdiff_crawler.adding.invented import invented
from newsdiff_crawler.adding.page_without_words import (
    is_without_words,
    kept_words,
    without_words,
)
from newsdiff_crawler.items import ParsedPage
from newsdiff_crawler.parsing import Page, Refusal, read
from tests.support.pages import SAVED_PAGES
from tests.support.sources import SOURCES, parsers_of

WRITTEN_BY_HAND = frozenset(
    (Path(__file__).parents[1] / "pages" / "written-by-hand.txt").read_text("utf-8").split()
)
LARGEST_WRITTEN = 6_000  # bytes
STATED = (
    "title standfirst authors body published_at modified_at parser canonical_url".split()  # noqa: SIM905
)


def expected(page: Path) -> dict[str, Any]:
    stated: dict[str, Any] = json.loads(page.with_suffix(".json").read_text("utf-8"))
    return stated


def result(article: ParsedPage) -> dict[str, Any]:
    whole = asdict(article)
    body = [[block.kind, block.text] for block in article.body]
    return {key: whole[key] for key in STATED} | {"body": body}


@pytest.mark.parametrize("file", SAVED_PAGES, ids=lambda file: file.stem)
def test_page_is_read_as_stated(file: Path) -> None:
    stated = expected(file)
    page = Page(file.read_bytes(), stated["url"])
    parsers = parsers_of(file.stem.split("-")[0])
    if "refused" in stated:
        with pytest.raises(Refusal) as caught:
            read(page, parsers)
        assert caught.value.reason == stated["refused"]
    else:
        assert result(read(page, parsers)) == stated["article"]


def test_every_parser_has_a_page_that_proves_it() -> None:
    proven = {expected(file).get("article", {}).get("parser") for file in SAVED_PAGES}
    declared = {parser.name for name in (*SOURCES, "generic") for parser in parsers_of(name)}
    assert declared <= proven
    assert declared


def foreign_words(html: str, stated: dict[str, Any]) -> str:
    """In which part of a page somebody else's words may stand; empty where in none."""
    url, article = stated["url"], stated.get("article", {})
    texts = [article.get("title", ""), article.get("standfirst", ""), *article.get("authors", [])]
    texts += [text for _, text in article.get("body", [])]
    kept = kept_words(url)
    if any(text != invented(text, kept) for text in texts):
        return "the result"
    return "" if is_without_words(html, url) else "the page"


@pytest.mark.parametrize("file", SAVED_PAGES, ids=lambda file: file.stem)
def test_a_page_has_no_words_of_a_publisher(file: Path) -> None:
    """Make it with `scrapy extract --save`. The pages that are named beside them were thought up by
    people, and are as small as such pages are."""
    if file.stem in WRITTEN_BY_HAND:
        assert file.stat().st_size <= LARGEST_WRITTEN
    else:
        assert foreign_words(file.read_text("utf-8"), expected(file)) == ""


TEXT = "The mayor said on Friday that the bridge would stay closed until the summer."
INVENTED = invented(TEXT)
STATED_PAGE: dict[str, Any] = {
    "url": "https://www.paper.example/a",
    "article": {"title": INVENTED, "body": []},
}


@pytest.mark.parametrize(
    "html",
    [
        f"<p>{TEXT}</p>",
        f'<img alt="{TEXT}">',
        f'<meta name="description" content="{TEXT}">',
        f'<script type="application/ld+json">{{"headline": "{TEXT}"}}</script>',
        f"<script>var headline = '{TEXT}'</script>",
        f"<style>/* {TEXT} */</style>",
        f"<!-- {TEXT} -->",
        f'<p data-title="{TEXT}"></p>',
        '<a href="/the-mayor-keeps-the-bridge-closed"></a>',
    ],
    ids=lambda html: html[:12],
)
def test_a_publishers_words_are_found_wherever_they_stand(html: str) -> None:
    clean = without_words("<p></p>", STATED_PAGE["url"])
    assert foreign_words(clean, STATED_PAGE) == ""
    assert foreign_words(clean.replace("<p></p>", html), STATED_PAGE) == "the page"
    assert foreign_words(clean, STATED_PAGE | {"article": {"title": TEXT}}) == "the result"
