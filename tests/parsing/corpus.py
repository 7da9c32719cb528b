"""The shared corpus of real pages, where it stands beside the project."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from newsdiff_crawler.parsing import Page

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"
MANIFEST = CORPUS / "manifest.jsonl"
needs_corpus = pytest.mark.skipif(
    not MANIFEST.exists(), reason="no ../shared/corpus beside the project"
)


def rows(publisher: str, use: str = "score") -> list[dict[str, Any]]:
    """Manifest rows of a publisher; none where there is no corpus."""
    if not MANIFEST.exists():
        return []
    found = map(json.loads, MANIFEST.read_text("utf-8").strip().split("\n"))
    return [row for row in found if (row["publisher"], row["use"]) == (publisher, use)]


def page_of(row: dict[str, Any]) -> Page:
    url = row.get("url") or f"https://www.{row['publisher']}.example/"
    return Page(gzip.decompress((CORPUS / row["file"]).read_bytes()), url)
