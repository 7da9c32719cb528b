"""Real pages of agencies and of sources abroad come out as people read them."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest

from newsdiff_crawler.items import Article
from newsdiff_crawler.parsing import (
    aljazeera,
    apnews,
    lemonde,
    npr,
    read,
    reuters,
    spiegel,
    tagesschau,
)
from newsdiff_crawler.text import normalise, words_hash
from tests.parsing.corpus import CORPUS, needs_corpus, page_of, rows

PARSERS = {
    "aljazeera": aljazeera.PARSERS,
    "apnews": apnews.PARSERS,
    "lemonde": lemonde.PARSERS,
    "npr": npr.PARSERS,
    "reuters": reuters.PARSERS,
    "spiegel": spiegel.PARSERS,
    "tagesschau": tagesschau.PARSERS,
}
ROWS = [
    row
    for source in PARSERS
    for use in ("score", "weak", "partial")
    for row in rows(source, use)
    if row["page_type"] == "article"
]
PAIRS = CORPUS / "pairs.jsonl"

SHARED = "the gold is the title for social networks, the page shows another"
WRONG_TITLES = {
    "apnews-222e85844c": "the gold is the title for search engines, the page shows another",
    "spiegel-6d140815fa": SHARED,
    "spiegel-dfbc4fd80f": SHARED,
    "spiegel-f5ff9280e7": SHARED,
    "tagesschau-053922c6c7": SHARED,
    "tagesschau-7e5c8e4745": SHARED,
}
WRONG_STANDFIRSTS = {"reuters-9b246e487a": "the gold takes the first paragraph for one"}
LINK = "the gold has a link to another story"
# How many paragraphs of the gold are missing, and how many are read that it has not.
DIFFERENCES = {
    "apnews-222e85844c": (0, 1, "the gold ends before the credits"),
    "apnews-fd41fca73c": (1, 0, "the gold has the rule ___"),
    "apnews-fdc5469885": (8, 1, "the gold has rules, and is of a later, corrected version"),
    "lemonde-2df81003fa": (1, 0, LINK),
    "lemonde-b0f56cea8c": (1, 0, LINK),
    "lemonde-d6a9da8240": (1, 0, LINK),
    "reuters-ed49bb535a": (1, 0, "the gold has the caption of a slide show"),
}

pages = pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["id"]))


def article_of(row: dict[str, Any]) -> Article:
    return read(page_of(row), PARSERS[row["publisher"]])


def unchanged_pairs() -> list[tuple[dict[str, Any], dict[str, Any]]]:
    by_id = {row["id"]: row for row in ROWS}
    found = map(json.loads, PAIRS.read_text("utf-8").splitlines()) if ROWS else ()
    stated = [(pair["a"], pair["b"]) for pair in found if pair["verdict"] == "unchanged"]
    return [(by_id[a], by_id[b]) for a, b in stated if a in by_id and b in by_id]


@needs_corpus
def test_there_are_pages_of_each_source() -> None:
    assert {row["publisher"] for row in ROWS} == set(PARSERS)


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
    assert row["gold"].get("published_utc") in (None, article_of(row).published_at)


@pytest.mark.parametrize(
    "row", [row for row in ROWS if "paragraphs" in row["gold"]], ids=lambda row: str(row["id"])
)
def test_the_paragraphs_are_the_gold_s(row: dict[str, Any]) -> None:
    gold, article = row["gold"], article_of(row)
    wanted = Counter(map(normalise, gold["paragraphs"]))
    read_so = Counter([article.standfirst, *(block.text for block in article.body)])
    neither = {normalise(text) for kind, text in gold.get("blocks", []) if kind != "p"}
    neither |= {block.text for block in article.body if block.kind == "caption"} | {""}
    extra = [text for text in (read_so - wanted).elements() if text not in neither]
    missing = wanted - read_so
    assert (missing.total(), len(extra)) == DIFFERENCES.get(row["id"], (0, 0))[:2]


@pages
def test_nothing_of_other_stories_is_in_the_text(row: dict[str, Any]) -> None:
    body = [block.text for block in article_of(row).body]
    assert [text for text in row["gold"].get("must_not_auto", []) if text in body] == []


@pytest.mark.parametrize("pair", unchanged_pairs(), ids=lambda pair: f"{pair[0]['id']}")
def test_an_unchanged_article_keeps_its_words(pair: tuple[dict[str, Any], dict[str, Any]]) -> None:
    before, after = (words_hash(block.text for block in article_of(row).blocks()) for row in pair)
    assert before == after
