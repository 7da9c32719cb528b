"""What is replayed: when articles appeared, and when they were edited. Times are hours."""

from __future__ import annotations

import csv
import gzip
import json
import random
from dataclasses import dataclass, replace
from itertools import pairwise
from math import exp, log
from pathlib import Path
from statistics import quantiles

# Publishers with the most changed articles, of those that were checked most often.
BUSY = ("BBC", "CNN", "NYT", "Guardian", "WashPost")
FAST = ("NYT", "Independent", "AP", "WashPost", "BBC")
DAYS, ARTICLES, FIRST_EDIT = 14, 3000, 0.25
MOST_UPDATES = 200


@dataclass(frozen=True, eq=False)
class TracedArticle:
    """One article, from its discovery to the end of the trace; equal to no other."""

    source: str
    section: str
    first_seen: float
    end: float
    edits: tuple[float, ...]  # ascending


def recorded(folder: Path, seed: int) -> list[TracedArticle]:
    """The real trace. Of each edit is known between which two checks it happened: a moment in
    between is drawn, evenly."""
    rng = random.Random(seed)
    with gzip.open(folder / "trace.jsonl.gz", "rt", encoding="utf-8") as lines:
        next(lines)
        rows = [json.loads(line) for line in lines]
    return sorted((_traced(row, rng) for row in rows), key=lambda article: article.first_seen)


def _traced(row: dict[str, object], rng: random.Random) -> TracedArticle:
    edits: list[list[float]] = row["rev"]  # type: ignore[assignment]
    section = str(row["section"])
    return TracedArticle(
        source=section.partition("/")[0],
        section=section,
        first_seen=float(row["t0"]),  # type: ignore[arg-type]
        end=float(row["end"]),  # type: ignore[arg-type]
        edits=tuple(sorted(rng.uniform(low, high) for low, high in edits)),
    )


def with_wire(articles: list[TracedArticle], seed: int) -> list[TracedArticle]:
    """The trace, and a copy of every other article in a section where nothing is ever edited."""
    rng = random.Random(seed)
    copied = [article for article in articles if rng.random() < 0.5]
    wire = [replace(article, section=f"{article.source}/wire", edits=()) for article in copied]
    return sorted([*articles, *wire], key=lambda article: article.first_seen)


# --- Breaking news, from published tables -------------------------------------------------------


def breaking(folder: Path, seed: int) -> list[TracedArticle]:
    """A newsroom in bursts: how many articles are ever changed, how often, and how old they are
    at their last edit are as published; the edits before it are anywhere in between."""
    rng = random.Random(seed)
    share, updates = _share_changed(folder), _updates(folder)
    ages = _ages_at_last_edit(folder)

    def edits() -> list[float]:
        last = _draw_age(rng, ages)
        return [*(rng.uniform(0, last) for _ in range(_draw(rng, updates) - 1)), last]

    return [_made(rng, edits() if rng.random() < share else []) for _ in range(ARTICLES)]


def unaging(folder: Path, seed: int) -> list[TracedArticle]:
    """The same newsroom by another table: the hours between two updates are drawn from the
    published quartiles (as log-normal), whatever the article's age. Nothing fades here."""
    rng = random.Random(seed)
    share, updates = _share_changed(folder), _updates(folder)
    paces = _paces(folder)

    def edits() -> list[float]:
        (middle, spread), ages, age = rng.choice(paces), [], 0.0
        for _ in range(_draw(rng, updates)):
            age += rng.lognormvariate(middle, spread)
            ages.append(age)
        return ages

    return [_made(rng, edits() if rng.random() < share else []) for _ in range(ARTICLES)]


def intervals(articles: list[TracedArticle]) -> list[float]:
    """Quartiles of the hours from one version to the next."""
    gaps = [
        after - before
        for article in articles
        for before, after in pairwise((article.first_seen, *article.edits))
    ]
    return quantiles(gaps, n=4)


def _made(rng: random.Random, ages: list[float]) -> TracedArticle:
    first_seen = rng.uniform(0, 72)
    end = 72 + DAYS * 24.0
    edits = sorted(first_seen + age for age in ages)
    return TracedArticle(
        "paper", "paper/news", first_seen, end, tuple(at for at in edits if at < end)
    )


def _rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / "tables" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _share_changed(folder: Path) -> float:
    rows = _rows(folder, "changing_times_sp2024_publishers.csv")
    busy = [row for row in rows if row["publisher"] in BUSY]
    return sum(int(row["changed"]) for row in busy) / sum(int(row["total"]) for row in busy)


def _updates(folder: Path) -> list[float]:
    """By number: how many of the articles with an update have at least so many, from 0."""
    reached = [0.0] * (MOST_UPDATES + 1)
    for row in _rows(folder, "newsedits_version_index_counts.csv"):
        low, high = int(row["version_lo"]), int(row["version_hi_exclusive"])
        for number in range(low, min(high, len(reached))):
            reached[number] = int(row["rows"]) / (high - low)
    return [min(1.0, count / reached[1]) for count in reached]


def _draw(rng: random.Random, reached: list[float]) -> int:
    part = rng.random()
    return max(number for number, share in enumerate(reached) if number < 2 or share > part)


def _ages_at_last_edit(folder: Path) -> list[tuple[float, float]]:
    """Hours, and the share of articles whose last edit came by then. What is edited last on the
    day of its publication has, on average, half of that day for it."""
    rows = _rows(folder, "changing_times_last_edit_cdf.csv")
    known = [
        (max(24 * float(row["days_after_publication"]), 12), float(row["cumulative_share"]))
        for row in rows
    ]
    return [(FIRST_EDIT, 0.0), *known, (DAYS * 24, 1.0)]


def _draw_age(rng: random.Random, known: list[tuple[float, float]]) -> float:
    part = rng.random()
    for (low, before), (high, after) in pairwise(known):
        if part <= after:
            return exp(log(low) + (part - before) / (after - before) * (log(high) - log(low)))
    return known[-1][0]


def _paces(folder: Path) -> list[tuple[float, float]]:
    """Log-normal parameters of the hours between updates, of each of the FAST."""
    rows = _rows(folder, "newsedits_update_interval_quartiles_days.csv")
    fast = [row for row in rows if row["source"] in FAST]
    return [
        (log(24 * float(row["median"])), log(float(row["q3"]) / float(row["q1"])) / 1.349)
        for row in fast
    ]
