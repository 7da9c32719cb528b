"""Real pages of three American sources come out as people read them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from newsdiff_crawler.items import Article
from newsdiff_crawler.parsing import cnn, nytimes, read, washingtonpost
from newsdiff_crawler.text import normalise, words_hash
from tests.parsing.corpus import CORPUS, needs_corpus, page_of, paragraph_f1, rows

PARSERS = {
    "cnn": cnn.PARSERS,
    "nytimes": nytimes.PARSERS,
    "washingtonpost": washingtonpost.PARSERS,
}
WRONG_TITLES = {"cnn-1e2c69b398": "the gold takes the window's title"}
LABELS = "the gold takes a map's labels for paragraphs, once for each width of screen"
LOWER_F1 = {
    "cnn-b9bd7602d9": (0.87, "the gold has a space after the dateline, the page has none"),
    "nytimes-8c17e6a355": (0.97, "the gold has the paper's standing offer to print letters"),
    "washingtonpost-92e298f28f": (0.80, LABELS),
    "washingtonpost-9d8cc4a84d": (0.95, "the gold takes two subheadings for paragraphs"),
    "washingtonpost-b494668ad3": (0.80, LABELS),
    "washingtonpost-d47ce6583f": (0.97, "the gold leaves the story's own list out"),
}
CLOCK_FACE = "the gold reads hours of a clock face as hours of the day"
OTHER_DATES = {
    "cnn-96365eddf8": "the gold takes New York's time for UTC",
    "nytimes-b9eb432ba0": "the page states the day, the gold has the hour from a later page",
    "washingtonpost-20bd9bad94": "the gold has the day, the page states the hour",
    "washingtonpost-9d8cc4a84d": CLOCK_FACE,
    "washingtonpost-bce4dfc341": "the gold has the day, the page states the hour",
}
ROWS = [row for source in PARSERS for row in rows(source) if row["page_type"] == "article"]

pages = pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["id"]))


def article_of(row: dict[str, Any]) -> Article:
    return read(page_of(row), PARSERS[row["publisher"]])


def unchanged_pairs() -> list[tuple[dict[str, Any], dict[str, Any]]]:
    by_id = {row["id"]: row for row in ROWS}
    lines = (CORPUS / "pairs.jsonl").read_text("utf-8").splitlines() if ROWS else []
    pairs = [pair for pair in map(json.loads, lines) if pair["publisher"] in PARSERS]
    return [(by_id[pair["a"]], by_id[pair["b"]]) for pair in pairs if is_unchanged(pair)]


def is_unchanged(pair: dict[str, Any]) -> bool:
    return bool(pair["verdict"] == "unchanged")


@needs_corpus
def test_there_are_pages_of_each_source() -> None:
    assert {row["publisher"] for row in ROWS} == set(PARSERS)


@pages
def test_the_headline_is_right(row: dict[str, Any]) -> None:
    right = article_of(row).title == normalise(row["gold"]["title"])
    assert right != (row["id"] in WRONG_TITLES)


@pages
def test_the_standfirst_is_right(row: dict[str, Any]) -> None:
    stated = normalise(row["gold"].get("summary") or "")
    assert stated in ("", article_of(row).standfirst)


@pages
def test_the_time_of_publication_is_right(row: dict[str, Any]) -> None:
    right = row["gold"].get("published_utc") in (None, article_of(row).published_at)
    assert right != (row["id"] in OTHER_DATES)


@pages
def test_the_paragraphs_are_the_gold_s(row: dict[str, Any]) -> None:
    least, _ = LOWER_F1.get(row["id"], (0.98, ""))
    assert paragraph_f1(article_of(row), row["gold"]) >= least


@pages
def test_nothing_of_other_stories_is_in_the_text(row: dict[str, Any]) -> None:
    body = [block.text for block in article_of(row).body]
    assert [text for text in row["gold"].get("must_not_auto", []) if text in body] == []


@pytest.mark.parametrize("pair", unchanged_pairs(), ids=lambda pair: str(pair[1]["id"]))
def test_an_unchanged_article_keeps_its_words(pair: tuple[dict[str, Any], dict[str, Any]]) -> None:
    before, after = (words_hash(block.text for block in article_of(row).blocks()) for row in pair)
    assert before == after
