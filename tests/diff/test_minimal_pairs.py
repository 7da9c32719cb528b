"""Pairs that differ in a passage, and sentences that are notices or only look like one, in a dozen
languages: written before the product was asked. `||` parts paragraphs, `H:` is a headline."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from newsdiff_crawler.diff import compare, summarise
from newsdiff_crawler.diff.notices import notice_of
from newsdiff_crawler.items import Block

CASES = json.loads(
    Path(__file__).with_suffix(".json").with_stem("minimal_pairs").read_text("utf-8")
)


def blocks(text: str) -> list[Block]:
    parts = [part.strip() for part in text.split("||")]
    return [
        Block("headline", part[2:].strip()) if part.startswith("H:") else Block("paragraph", part)
        for part in parts
        if part
    ]


@pytest.mark.parametrize("pair", CASES["pairs"], ids=lambda pair: pair["case"])
def test_a_minimal_pair_has_its_labels_and_accuses_nobody_else(pair: dict[str, Any]) -> None:
    diff = compare(blocks(pair["before"]), blocks(pair["after"]))
    given = {label.name for label in summarise(diff).labels}
    assert given >= set(pair["labels"])
    assert given.isdisjoint(pair["never"])


@pytest.mark.parametrize("said", CASES["notices"], ids=lambda said: said["text"][:40])
def test_a_notice_is_told_from_what_looks_like_one(said: dict[str, Any]) -> None:
    assert (notice_of(said["text"]) is not None) == said["notice"]
