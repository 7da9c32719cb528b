"""Real pages of every named source come out as people read them; exceptions have their reason."""

from __future__ import annotations

from typing import Any

import pytest

from newsdiff_crawler.items import ParsedPage
from newsdiff_crawler.parsing import read
from newsdiff_crawler.text import normalise, words_hash
from tests.support.corpus import needs_corpus, page_of, paragraph_f1, rows, unchanged_pairs
from tests.support.sources import parsers_of

SOURCES = (
    "aljazeera",
    "apnews",
    "cnn",
    "guardian",
    "independent",
    "lemonde",
    "npr",
    "nytimes",
    "politico",
    "reuters",
    "rt",
    "spiegel",
    "tagesschau",
    "theintercept",
    "washingtonpost",
)

SHARED = "the gold is the title for social networks, the page shows another"
WRONG_TITLES = {
    "independent-c6cf2cd89b": "the gold's title stands nowhere on the page",
    "cnn-1e2c69b398": "the gold takes the window's title",
    "apnews-222e85844c": "the gold is the title for search engines, the page shows another",
    "spiegel-6d140815fa": SHARED,
    "spiegel-dfbc4fd80f": SHARED,
    "spiegel-f5ff9280e7": SHARED,
    "tagesschau-053922c6c7": SHARED,
    "tagesschau-7e5c8e4745": SHARED,
}
WRONG_STANDFIRSTS = {
    "independent-de08f7008e": "the gold has a gallery's heading",
    "reuters-9b246e487a": "the gold takes the first paragraph for one",
}
CLOCK_FACE = "the gold reads hours of a clock face as hours of the day"
OTHER_DATES = {
    "guardian-f33d6c5d3c": "its JSON-LD was taken out, and the page shows no full date",
    "cnn-96365eddf8": "the gold takes New York's time for UTC",
    "nytimes-b9eb432ba0": "the page states the day, the gold has the hour from a later page",
    "washingtonpost-20bd9bad94": "the gold has the day, the page states the hour",
    "washingtonpost-9d8cc4a84d": CLOCK_FACE,
    "washingtonpost-bce4dfc341": "the gold has the day, the page states the hour",
}
CAPITALS = "the gold has capitals that the page's style makes of the first words"
LABELS = "the gold takes a map's labels for paragraphs, once for each width of screen"
LINK = "the gold has a link to another story"
PROMO = "the gold takes a newsletter's offer for a paragraph"
LOWER_F1 = {
    "guardian-94e4de3391": (0.97, "the gold takes the standfirst for a paragraph"),
    "guardian-b6a7dbfd5e": (0.96, PROMO),
    "theintercept-6f1ad53992": (0.90, f"{CAPITALS}; it cuts two paragraphs at line breaks"),
    "theintercept-b8bfc2923d": (0.92, CAPITALS),
    "theintercept-f76a8c4cf5": (0.92, CAPITALS),
    "cnn-b9bd7602d9": (0.87, "the gold has a space after the dateline, the page has none"),
    "nytimes-8c17e6a355": (0.97, "the gold has the paper's standing offer to print letters"),
    "washingtonpost-92e298f28f": (0.80, LABELS),
    "washingtonpost-9d8cc4a84d": (0.95, "the gold takes two subheadings for paragraphs"),
    "washingtonpost-b494668ad3": (0.80, LABELS),
    "washingtonpost-d47ce6583f": (0.94, f"{PROMO}; it leaves the story's own list out"),
    "guardian-f65dcfc5d1": (0.91, "the gold has two paragraphs as one, with an empty line in it"),
    "lemonde-2df81003fa": (0.96, LINK),
    "lemonde-b0f56cea8c": (0.96, LINK),
    "lemonde-d6a9da8240": (0.96, LINK),
    "aljazeera-a1559d4829": (0.97, "the gold takes the standfirst for a paragraph"),
    "apnews-fd41fca73c": (0.96, "the gold has the rule ___"),
    "apnews-fdc5469885": (0.83, "the gold has rules, and is of a later, corrected version"),
    "npr-7cd7ea7ff1": (0.90, "the gold takes subheadings for paragraphs"),
    "tagesschau-686eff3a89": (0.96, "the gold takes a caption for a paragraph"),
}
NO_PAGE = {"guardian-e1e09f327c": "plain text, no HTML page"}
ROWS = [
    row
    for source in SOURCES
    for use in ("score", "weak", "partial")
    for row in rows(source, use)
    if row["page_type"] == "article" and row["id"] not in NO_PAGE
]
pages = pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["id"]))


def article_of(row: dict[str, Any]) -> ParsedPage:
    return read(page_of(row), parsers_of(row["publisher"]))


@needs_corpus
def test_there_are_pages_of_each_source() -> None:
    assert {row["publisher"] for row in ROWS} == set(SOURCES)


@pages
def test_the_headline_is_right(row: dict[str, Any]) -> None:
    stated = normalise(row["gold"]["title"]).replace("'", "’")
    right = article_of(row).title.replace("'", "’") == stated
    assert right != (row["id"] in WRONG_TITLES)


@pages
def test_the_standfirst_is_right(row: dict[str, Any]) -> None:
    stated = normalise(row["gold"].get("summary") or "")
    right = stated in ("", article_of(row).standfirst)
    assert right != (row["id"] in WRONG_STANDFIRSTS)


@pages
def test_the_time_of_publication_is_right(row: dict[str, Any]) -> None:
    right = row["gold"].get("published_utc") in (None, article_of(row).published_at)
    assert right != (row["id"] in OTHER_DATES)


@pages
def test_the_paragraphs_are_those_of_the_gold(row: dict[str, Any]) -> None:
    least, _ = LOWER_F1.get(row["id"], (0.98, ""))
    if row["gold"].get("paragraphs"):
        assert paragraph_f1(article_of(row), row["gold"]) >= least


@pages
def test_nothing_of_other_stories_is_in_the_text(row: dict[str, Any]) -> None:
    body = [block.text for block in article_of(row).body]
    assert [text for text in row["gold"].get("must_not_auto", []) if text in body] == []


@pytest.mark.parametrize(
    "pair",
    [pair for source in SOURCES for pair in unchanged_pairs(source)],
    ids=lambda pair: str(pair[1]["id"]),
)
def test_an_unchanged_article_keeps_its_words(pair: list[dict[str, Any]]) -> None:
    before, after = (words_hash(block.text for block in article_of(row).blocks()) for row in pair)
    assert before == after
