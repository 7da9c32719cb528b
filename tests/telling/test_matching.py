"""Which changes a watch is for."""

from __future__ import annotations

from typing import Any

import pytest

from newsdiff_crawler.items import Block
from newsdiff_crawler.telling.matching import ChangedStory, matching
from newsdiff_crawler.telling.watches import Watch
from tests.support.records import story

URL = "https://www.paper.example/business/1"
BEFORE = story("Rates rise", "The bank raised its rate.", "Nobody knew of it.")
AFTER = story("Rates fall", "The bank cut its rate.", "Nobody knew of it.")


def is_for(before: list[Block] = BEFORE, after: list[Block] = AFTER, **said: Any) -> bool:
    changed = ChangedStory("paper", URL, ["headline", "meaning"], before, after)
    return [*matching({"w": Watch(channels=["c"], **said)}, changed)] == ["w"]


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"sources": ["other", "paper"]},
        {"labels": ["figures", "meaning"]},
        {"sections": ["business"]},
        {"sections": ["www.paper.example/business"]},
        {"words": ["fall"]},
        {"words": ["RATES"]},
        {"words": ["cut its"]},
        {"words": ["raised"], "words_in": ["removed"]},
        {"words": ["nothing", "cut"], "words_in": ["added"]},
        {"words": ["fall", "cut"], "every_word": True},
        {"words": ["f\u00e4ll", "rais*"]},
        {"words": ["cut", "bank"], "every_word": True, "words_in": ["added"]},
        {"words": ["rates-FALL"]},
        {"words": ["-cut/its-"]},
        {"sources": ["paper"], "labels": ["headline"], "words": ["fall"]},
    ],
)
def test_a_watch_is_for_a_change_that_meets_all_its_conditions(said: dict[str, Any]) -> None:
    assert is_for(**said)


@pytest.mark.parametrize(
    "said",
    [
        {"sources": ["other"]},
        {"labels": ["figures"]},
        {"sections": ["sport"]},
        {"words": ["knew"]},
        {"words": ["nothing", "cut"], "every_word": True},
        {"words": ["aised*"]},
        {"words": ["rat"]},
        {"words": ["raised"], "words_in": ["added"]},
        {"words": ["rate", "bank"], "every_word": True, "words_in": ["added"]},
        {"words": ["raised", "cut"], "every_word": True, "words_in": ["added"]},
        {"words": ["fall the bank"]},
        {"words": ["cut"], "words_in": ["removed", "headline"]},
        {"words": ["bank"], "words_in": ["added", "removed"]},
        {"sources": ["paper"], "labels": ["headline"], "words": ["rocket"]},
    ],
)
def test_one_that_is_not_met_is_enough(said: dict[str, Any]) -> None:
    assert not is_for(**said)


def test_words_are_whole_where_a_script_has_spaces_and_found_anywhere_else() -> None:
    before, after = story("首都", "雨が降る。"), story("首都", "東京都に雨が降る。")
    assert is_for(before, after, words=["東京"])
    assert not is_for(story("Ü", "x"), story("Ü", "Ärztekammer"), words=["Ärzte"])
    assert is_for(story("Ü", "x"), story("Ü", "ÄRZTE"), words=["A\u0308rzte"])


@pytest.mark.parametrize(
    ("word", "line", "found"),
    [
        ("นายก", "นายกรัฐมนตรีกล่าวว่า", True),
        ("東京", "東京は雨です", True),
        ("हिन्दी", "वह हिन्दी में बोला", True),
        ("समचर", "समाचार पत्र", False),
    ],
)
def test_words_are_found_in_the_midst_of_a_line_and_with_their_vowel_signs(
    word: str, line: str, found: bool
) -> None:
    assert is_for(story("A", "B"), story("A", line), words=[word]) == found
