"""Real pages of the BBC come out as people read them."""

from __future__ import annotations

from typing import Any

import pytest

from newsdiff_crawler.parsing import read
from newsdiff_crawler.parsing.bbc import PARSERS
from newsdiff_crawler.text import normalise
from tests.parsing.corpus import needs_corpus, page_of, rows

KINDS = {"p": "paragraph", "h": "subheading", "li": "list_item", "caption": "caption"}
NO_CAPTIONS = "its gold leaves captions out, the page shows two"
EXCEPTIONS = {"bbc-a056982f88": NO_CAPTIONS}

ROWS = [row for row in rows("bbc") if row["layout"].startswith("data-component")]


@needs_corpus
def test_there_are_such_pages() -> None:
    assert len(ROWS) == 4


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["id"]))
def test_title_and_text_equal_the_gold(row: dict[str, Any]) -> None:
    gold = row["gold"]
    article = read(page_of(row), PARSERS)
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
    article = read(page_of(row), PARSERS)
    gold = row["gold"]
    assert (article.published_at, article.modified_at) == (
        gold["published_utc"],
        gold["modified_utc"],
    )


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["id"]))
def test_nothing_of_other_stories_is_in_the_text(row: dict[str, Any]) -> None:
    text = "\n".join(block.text for block in read(page_of(row), PARSERS).blocks())
    gold = row["gold"]
    for foreign in gold["must_not_auto"] + gold["relative_time_strings"]:
        assert foreign not in text
