"""Pages of the WCXB benchmark: how much of their known text a reader gives, by words.

The folder holds ``manifest.jsonl`` (id, url, title, main_content) and ``html/ID.html.gz``.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from benchmarks.extraction.corpus import Sample
from benchmarks.extraction.readers import Reader
from benchmarks.tables import table
from newsdiff_crawler.parsing import Page
from newsdiff_crawler.text import normalise

_WORD = re.compile(r"\w+")
_UNKNOWN = "https://unknown.example/"


@dataclass(frozen=True)
class WordsResult:
    """Of one page under a reader: shares of 1, and the milliseconds of processor time."""

    page: str
    reader: str
    precision: float
    recall: float
    f1: float
    milliseconds: float


def pages(folder: Path) -> Iterator[tuple[Sample, str]]:
    """Each page with its known text."""
    for line in (folder / "manifest.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        file = folder / "html" / f"{row['id']}.html.gz"
        gold = {"title": row["title"]}
        yield (
            Sample(row["id"], "", False, "score", "article", row["url"] or _UNKNOWN, file, gold),
            row["main_content"],
        )


def measure(sample: Sample, text: str, readers: Mapping[str, Reader]) -> Iterator[WordsResult]:
    """By each reader: all that it reads but the headline, which the known text has or has not."""
    html = Page(gzip.decompress(sample.file.read_bytes()), sample.url).html
    for name, reader in readers.items():
        page = reader(sample, html, 1)
        precision, recall, f1 = shares(text, "\n".join(page.lines))
        yield WordsResult(sample.id, name, precision, recall, f1, page.seconds * 1000)


def shares(known: str, read: str) -> tuple[float, float, float]:
    """Precision, recall and F1 of the words read, each counted as often as it stands there.

    >>> shares("a b c d", "a b")
    (1.0, 0.5, 0.6666666666666666)
    """
    wanted, given = (Counter(_WORD.findall(normalise(text).lower())) for text in (known, read))
    right = (wanted & given).total()
    if not right:
        return 0.0, 0.0, 0.0
    precision, recall = right / given.total(), right / wanted.total()
    return precision, recall, 2 * precision * recall / (precision + recall)


def by_reader(results: Sequence[WordsResult]) -> str:
    """Means over all pages."""
    readers = dict.fromkeys(result.reader for result in results)
    rows = []
    for reader in readers:
        mine = [result for result in results if result.reader == reader]
        shown = (
            fmean(getattr(each, part) for each in mine) for part in ("precision", "recall", "f1")
        )
        rows.append(
            (
                reader,
                str(len(mine)),
                *(f"{share:.4f}" for share in shown),
                f"{fmean(each.milliseconds for each in mine):.1f}",
            )
        )
    return table(("reader", "pages", "precision", "recall", "F1", "ms"), rows)
