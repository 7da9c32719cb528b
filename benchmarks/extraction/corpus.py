"""The folder of pages with known text: `manifest.jsonl`, `pairs.jsonl` and the pages."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from newsdiff_crawler.parsing import Page


@dataclass(frozen=True)
class Sample:
    """One page and what is known of it. ``gold`` is a row's own, as the folder's README says."""

    id: str
    publisher: str
    named: bool
    use: str
    page_type: str
    url: str
    file: Path
    gold: dict[str, Any] = field(repr=False)

    @property
    def scored(self) -> bool:
        return self.use == "score" and self.page_type == "article"

    def page(self) -> Page:
        """The page as it came, not yet decoded or parsed by anybody."""
        return Page(gzip.decompress(self.file.read_bytes()), self.url)

    def paragraphs(self) -> list[str]:
        return list(self.gold.get("paragraphs") or [])

    def either_way(self) -> list[str]:
        """Texts of the story that a reading may hold or not."""
        lists = (
            self.gold.get(key) or [] for key in ("subheads", "captions", "optional", "authors")
        )
        blocks = (text for kind, text in self.gold.get("blocks") or [] if kind not in ("p", "li"))
        stated = (self.gold.get(key) or "" for key in ("title", "summary"))
        return [text for text in (*stated, *blocks, *(t for texts in lists for t in texts)) if text]


@dataclass(frozen=True)
class Recapture:
    """The same article twice, by the ids of its pages."""

    a: str
    b: str
    pair_kind: str
    unchanged: bool


def samples(folder: Path) -> list[Sample]:
    return [
        Sample(
            id=row["id"],
            publisher=row["publisher"],
            named=row["named"],
            use=row["use"],
            page_type=row["page_type"],
            url=row.get("url") or "https://unknown.example/",
            file=folder / row["file"],
            gold=row.get("gold") or {},
        )
        for row in _rows(folder / "manifest.jsonl")
    ]


def pairs(folder: Path) -> list[Recapture]:
    return [
        Recapture(row["a"], row["b"], row["pair_kind"], row["verdict"] == "unchanged")
        for row in _rows(folder / "pairs.jsonl")
    ]


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    yield from map(json.loads, file.read_text("utf-8").splitlines())
