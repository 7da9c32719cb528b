"""The shared corpus of real pages, where it stands beside the project."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from newsdiff_crawler.items import ParsedPage
from newsdiff_crawler.parsing import Page
from newsdiff_crawler.text import normalise

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"
MANIFEST = CORPUS / "manifest.jsonl"
PAIRS = CORPUS / "pairs.jsonl"
NOT_OURS = (
    "they read real pages from ../shared, which holds publishers' texts and cannot be given away"
)
needs_corpus = pytest.mark.skipif(not MANIFEST.exists(), reason=NOT_OURS)


@cache  # six megabytes, which are asked for once a publisher by each process
def all_rows(file: Path = MANIFEST) -> list[dict[str, Any]]:
    """All rows of the manifest, or of another file; none where there is no corpus."""
    if not file.exists():
        return []
    return list(map(json.loads, file.read_text("utf-8").strip().split("\n")))


def unchanged_pairs(publisher: str) -> list[list[dict[str, Any]]]:
    """Pairs of rows: two captures of a page between which the newsroom changed nothing."""
    by_id = {row["id"]: row for row in all_rows()}
    pairs = (row for row in all_rows(PAIRS) if row["publisher"] == publisher)
    unchanged = (pair for pair in pairs if pair["verdict"] == "unchanged")
    return [[by_id[pair["a"]], by_id[pair["b"]]] for pair in unchanged]


def rows(publisher: str, use: str = "score") -> list[dict[str, Any]]:
    """The rows of a publisher's pages."""
    return [row for row in all_rows() if (row["publisher"], row["use"]) == (publisher, use)]


def page_of(row: dict[str, Any]) -> Page:
    url = row.get("url") or f"https://www.{row['publisher']}.example/"
    return Page(gzip.decompress((CORPUS / row["file"]).read_bytes()), url)


def paragraph_f1(article: ParsedPage, gold: dict[str, Any]) -> float:
    """How well paragraphs, list items and quotes match the gold's paragraphs, 0 to 1.

    What the gold has as optional, heading or caption does not count either way.
    """
    wanted = Counter(map(normalise, gold["paragraphs"]))
    either_way = {normalise(text) for kind, text in gold.get("blocks", []) if kind != "p"}
    either_way |= set(map(normalise, gold.get("optional", [])))
    kinds = {"paragraph", "list_item", "quote"}
    read = Counter(block.text for block in article.body if block.kind in kinds)
    right = (wanted & read).total()
    wrong = sum(count for text, count in (read - wanted).items() if text not in either_way)
    return 2 * right / (wanted.total() + right + wrong)
