"""Real pages of the named sources come out as people read them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from newsdiff_crawler.items import Article
from newsdiff_crawler.parsing import (
    guardian,
    independent,
    politico,
    read,
    rt,
    theintercept,
)
from newsdiff_crawler.text import normalise, words_hash
from tests.parsing.corpus import CORPUS, needs_corpus, page_of, paragraph_f1, rows

PARSERS = {
    "guardian": guardian.PARSERS,
    "independent": independent.PARSERS,
    "politico": politico.PARSERS,
    "rt": rt.PARSERS,
    "theintercept": theintercept.PARSERS,
}
WRONG_TITLES = {"independent-c6cf2cd89b": "the gold's title stands nowhere on the page"}
CAPITALS = "the gold has capitals that the page's style makes of the first words"
WRONG_STANDFIRSTS = {"independent-de08f7008e": "the gold has a gallery's heading"}
NO_DATES = {"guardian-f33d6c5d3c": "its JSON-LD was taken out, and the page shows no full date"}
LOWER_F1 = {
    "guardian-94e4de3391": (0.97, "the gold takes the standfirst for a paragraph"),
    "guardian-b6a7dbfd5e": (0.96, "the gold takes a newsletter's offer for a paragraph"),
    "theintercept-6f1ad53992": (0.90, f"{CAPITALS}; it cuts two paragraphs at line breaks"),
    "theintercept-b8bfc2923d": (0.92, CAPITALS),
    "theintercept-f76a8c4cf5": (0.92, CAPITALS),
}
ROWS = [row for source in PARSERS for row in rows(source) if row["page_type"] == "article"]
PAIRS = CORPUS / "pairs.jsonl"

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
    right = article_of(row).title == normalise(row["gold"]["title"])
    assert right != (row["id"] in WRONG_TITLES)


@pages
def test_the_standfirst_is_right(row: dict[str, Any]) -> None:
    stated = normalise(row["gold"].get("summary") or "")
    right = stated in ("", article_of(row).standfirst)
    assert right != (row["id"] in WRONG_STANDFIRSTS)


@pages
def test_the_time_of_publication_is_right(row: dict[str, Any]) -> None:
    stated = row["gold"].get("published_utc")
    right = stated in (None, article_of(row).published_at)
    assert right != (row["id"] in NO_DATES)


@pages
def test_the_paragraphs_are_the_gold_s(row: dict[str, Any]) -> None:
    least, _ = LOWER_F1.get(row["id"], (0.98, ""))
    assert paragraph_f1(article_of(row), row["gold"]) >= least


@pages
def test_nothing_of_other_stories_is_in_the_text(row: dict[str, Any]) -> None:
    body = [block.text for block in article_of(row).body]
    assert [text for text in row["gold"].get("must_not_auto", []) if text in body] == []


@pytest.mark.parametrize("pair", unchanged_pairs(), ids=lambda pair: f"{pair[0]['id']}")
def test_an_unchanged_article_keeps_its_words(pair: tuple[dict[str, Any], dict[str, Any]]) -> None:
    before, after = (words_hash(block.text for block in article_of(row).blocks()) for row in pair)
    assert before == after
