"""Phrases of the trade make no two passages alike."""

from __future__ import annotations

import pytest

from newsdiff_crawler.diff import compare
from newsdiff_crawler.diff.stock_phrases import without_stock_phrases
from tests.support.notation import paragraphs


@pytest.mark.parametrize(
    "phrase",
    [
        "declined to comment",
        "did not immediately respond to a request for comment",
        "could not be reached for comment",
        "spoke on condition of anonymity",
        "wollte sich dazu nicht äußern",
        "n’a pas souhaité répondre",
        "vill inte kommentera",
    ],
)
def test_a_phrase_says_nothing_of_its_own(phrase: str) -> None:
    assert without_stock_phrases(f"Bo Ek {phrase}.").split() == ["Bo", "Ek", "."]
    assert without_stock_phrases(f"{phrase}.").strip(" .") in ("", phrase)


@pytest.mark.parametrize(
    "text",
    ["The comment was removed.", "She declined the offer.", "Er äußerte sich am Montag dazu.", ""],
)
def test_other_text_stays_whole(text: str) -> None:
    assert without_stock_phrases(text) == text


def test_two_passages_that_share_only_such_a_phrase_do_not_face_each_other() -> None:
    tail = "spoke on condition of anonymity because they were not authorized to speak publicly."
    diff = compare(
        paragraphs(f"Two officers of the harbour {tail}"),
        paragraphs(f"Three nurses from Wexmoor {tail}"),
    )
    assert [row.edit for row in diff.rows] == ["removed", "added"]
