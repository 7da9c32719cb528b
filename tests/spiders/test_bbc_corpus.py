"""Real pages of the BBC come out as people read them."""

from __future__ import annotations

from typing import Any

import pytest

from newsdiff_crawler.parsing import Page, read
from newsdiff_crawler.parsing.appeals import is_appeal
from newsdiff_crawler.parsing.blocks import text_of
from newsdiff_crawler.spiders.bbc import BBC
from newsdiff_crawler.text import normalise, words_hash
from tests.support.corpus import needs_corpus, page_of, paragraph_f1, rows, unchanged_pairs

KINDS = {"p": "paragraph", "h": "subheading", "li": "list_item", "caption": "caption"}
NO_CAPTIONS = "its gold leaves captions out, the page shows two"
EXCEPTIONS = {"bbc-a056982f88": NO_CAPTIONS}

# The gold takes the window's title; the headline stands on the page.
TITLE_EXCEPTIONS = {"bbc-f664107449", "bbc-b41f1f6f2b"}
# Two captions of videos are paragraphs in the gold; so are links to other stories.
F1_EXCEPTIONS = {"bbc-77af0cb4b3": 0.97, "bbc-76c1ff9f23": 0.95}
# How many of the gold's paragraphs are the newspaper's own affairs: calls for readers' letters, the
# terms of one, an invitation to a podcast.
APPEALS = {
    "bbc-5e3dc712da": 1,
    "bbc-76c1ff9f23": 1,
    "bbc-848f7a17c5": 1,
    "bbc-ffb880f759": 1,
}

ALL = [row for row in rows("bbc") if row["page_type"] == "article"]
COMPONENTS = [row for row in ALL if row["layout"].startswith("data-component")]
ROWS = [row for row in COMPONENTS if row["id"] != "bbc-76c1ff9f23"]


def appeals_among(paragraphs: list[str], page: Page) -> list[str]:
    """Those that are appeals by our own rule, with the links that the page has in them."""
    return [
        text
        for text in paragraphs
        for node in page.all("p, li")
        if text_of(node) == normalise(text)
        and is_appeal(text_of(node), [text_of(link) for link in node.css("a")])
    ]


@needs_corpus
def test_there_are_such_pages() -> None:
    assert len(COMPONENTS) == 4


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["id"]))
def test_title_and_text_equal_the_gold(row: dict[str, Any]) -> None:
    gold = row["gold"]
    article = read(page_of(row), BBC.parsers)
    either_way = {normalise(text) for kind, text in gold["blocks"] if kind == "optional"}
    left_out = {"caption"} if EXCEPTIONS.get(row["id"]) == NO_CAPTIONS else set()
    assert article.title == normalise(gold["title"])
    assert [
        (block.kind, block.text)
        for block in article.body
        if block.text not in either_way and block.kind not in left_out
    ] == [(KINDS[kind], normalise(text)) for kind, text in gold["blocks"] if kind != "optional"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["id"]))
def test_times_equal_the_gold(row: dict[str, Any]) -> None:
    article = read(page_of(row), BBC.parsers)
    gold = row["gold"]
    assert (article.published_at, article.modified_at) == (
        gold["published_utc"],
        gold["modified_utc"],
    )


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["id"]))
def test_nothing_of_other_stories_is_in_the_text(row: dict[str, Any]) -> None:
    text = "\n".join(block.text for block in read(page_of(row), BBC.parsers).blocks())
    gold = row["gold"]
    for foreign in gold["must_not_auto"]:
        assert foreign not in text


@pytest.mark.parametrize("row", ALL, ids=lambda row: str(row["id"]))
def test_all_layouts_are_read(row: dict[str, Any]) -> None:
    article = read(page_of(row), BBC.parsers)
    if row["id"] not in TITLE_EXCEPTIONS:
        assert article.title == normalise(row["gold"]["title"])
    left_out = appeals_among(row["gold"]["paragraphs"], page_of(row))
    assert len(left_out) == APPEALS.get(row["id"], 0)
    assert not {normalise(text) for text in left_out} & {block.text for block in article.body}
    wanted = [text for text in row["gold"]["paragraphs"] if text not in left_out]
    gold = row["gold"] | {"paragraphs": wanted}
    assert paragraph_f1(article, gold) >= F1_EXCEPTIONS.get(row["id"], 0.98)


@pytest.mark.parametrize("row", ALL, ids=lambda row: str(row["id"]))
def test_relative_times_are_no_text(row: dict[str, Any]) -> None:
    text = "\n".join(block.text for block in read(page_of(row), BBC.parsers).blocks())
    for phrase in row["gold"].get("relative_time_strings", []):
        assert phrase not in text


@pytest.mark.parametrize("pair", unchanged_pairs("bbc"), ids=lambda pair: f"{pair[0]['id']}")
def test_recaptures_without_a_change_have_the_same_words(pair: list[dict[str, Any]]) -> None:
    one, other = (read(page_of(row), BBC.parsers) for row in pair)
    texts = ([block.text for block in article.blocks()] for article in (one, other))
    assert len(set(map(words_hash, texts))) == 1
