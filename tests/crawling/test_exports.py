"""What an export holds: docs/commands.md names the keys, and a program that reads one may rely on
them."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from newsdiff_crawler.crawling.candidate import Candidate
from newsdiff_crawler.crawling.judging import new_version
from newsdiff_crawler.crawling.pipelines import exported
from newsdiff_crawler.items import Block, ChangeCounts, FetchedPage, LatestState, ParsedPage

PAGE = (Path(__file__).parents[2] / "docs" / "commands.md").read_text("utf-8")
SECTION = PAGE.partition("### Exports")[2].partition("\n## ")[0]
ROWS = dict(re.findall(r"^\| (`.+?`) \| (.+) \|$", SECTION, re.MULTILINE))
RAIN = Block("paragraph", "Twelve roads are under water.")
FIRST = LatestState()
SECOND = LatestState(
    number=1,
    parser="bbc/2024",
    words=4,
    layout=(1, 2),
    passages={1: Block("headline", "Rain"), 2: Block("paragraph", "Ten roads are under water.")},
)


def item(latest: LatestState) -> dict[str, object]:
    page = ParsedPage(title="Rain", body=[RAIN], authors=["A. Ek"], parser="bbc/2024")
    fetched = FetchedPage(page, "bbc", 7, "https://bbc.example/rain", "2026-11-22T20:15:00Z")
    return exported(new_version(Candidate(fetched, latest)))


@pytest.mark.parametrize("latest", [FIRST, SECOND], ids=["first", "second"])
def test_an_item_has_the_keys_that_the_docs_name(latest: LatestState) -> None:
    named = [name for names in ROWS for name in re.findall(r"`(\w+)`", names)]
    assert sorted(item(latest)) == sorted(named)


def test_what_a_change_counts_has_the_keys_that_the_docs_name() -> None:
    named = re.findall(r"`(\w+)`", ROWS["`changes`"])
    changes = item(SECOND)["changes"]
    assert isinstance(changes, dict)
    assert [*changes] == named == [field.name for field in fields(ChangeCounts)]


def test_a_first_version_has_no_changes_and_no_labels() -> None:
    first = item(FIRST)
    assert (first["changes"], first["labels"], first["summary"]) == (None, [], "")


def test_a_block_is_its_kind_and_its_text() -> None:
    assert item(FIRST)["body"] == [{"kind": "paragraph", "text": RAIN.text}]
