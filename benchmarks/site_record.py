"""A record of a million versions of invented articles, written straight into the tables.

    python -m benchmarks.site_record FOLDER [ARTICLES]

250,000 articles of 16 sources over the last year, four versions each in the mean, about 3.3 kB of
text a version; words follow Zipf's law over 60,000 made-up ones. Seeded: the same record every
time, but for its dates.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from datetime import datetime, timezone
from itertools import accumulate
from pathlib import Path
from typing import Any

from newsdiff_crawler.store import Store
from newsdiff_crawler.store.engine.search_index import index_passage, index_removals
from newsdiff_crawler.times import to_iso, utc_now

SOURCES = [f"paper{number:02}" for number in range(16)]
YEAR = 365 * 86400
PARAGRAPHS = 22
LABELS = {"headline": 0.1, "figures": 0.2, "names": 0.15, "quotes": 0.08, "correction": 0.02}
BATCH = 2000  # articles to a transaction


class Writer:
    """Invents articles, one after the other."""

    def __init__(self, seed: int = 7) -> None:
        self.random = random.Random(seed)
        ends = ("a", "e", "i", "o", "u", "ar", "en")
        syllables = [start + end for start in "bdfghklmnprstvw" for end in ends]
        words = {self.word(syllables) for _ in range(90_000)}
        self.words = sorted(words)[:60_000]
        self.random.shuffle(self.words)
        self.weights = list(accumulate(1 / (rank + 2) for rank in range(len(self.words))))
        self.pool = [self.sentence(24) for _ in range(100_000)]

    def word(self, syllables: list[str]) -> str:
        """One to four syllables."""
        return "".join(self.random.choices(syllables, k=self.random.randint(1, 4)))

    def sentence(self, length: int) -> str:
        """So many words."""
        chosen = self.random.choices(self.words, cum_weights=self.weights, k=length)
        return " ".join(chosen).capitalize() + "."

    def edited(self, text: str) -> str:
        """The same with three words changed."""
        words = text.split()
        for _ in range(3):
            words[self.random.randrange(len(words))] = self.random.choice(self.words)
        return " ".join(words)

    def versions(self) -> int:
        """How many versions an article has: four in the mean, half have one or two."""
        return min(1 + int(self.random.expovariate(1 / 3.5)), 60)


def fill(store: Store, articles: int) -> int:
    """Writes so many articles; returns the number of versions."""
    writer, total, passage = Writer(), 0, 0
    start = utc_now().timestamp() - YEAR
    step = YEAR / articles
    for first in range(0, articles, BATCH):
        store.db.execute("begin")
        for article_id in range(first + 1, min(first + BATCH, articles) + 1):
            rows = list(_article(writer, article_id, start + step * article_id, passage))
            passage = rows[-1]["passage"]
            total += _write(store, rows)
        store.db.execute("commit")
        print(f"\r{total:,} versions", end="", file=sys.stderr)
    print(file=sys.stderr)
    return total


def fill_in_crawls(store: Store) -> None:
    """A year of runs of every source, six a day, the feeds they read, and what befell articles."""
    now, database = utc_now().timestamp(), store.db
    runs = (
        {
            "source": source,
            "started_at": _iso(now - number * YEAR / 2190),
            "finished_at": _iso(now - number * YEAR / 2190 + 600),
            "reason": "finished",
            "checks": 400,
            "failed": number % 7,
            "blocked": 0,
        }
        for number in range(2190, 0, -1)
        for source in SOURCES
    )
    feeds = (
        {
            "url": f"https://{source}.example/{name}.xml",
            "source": source,
            "last_checked_at": _iso(now),
        }
        for source in SOURCES
        for name in ("news", "world", "sport")
    )
    with database.atomic():
        database.table("runs").insert_all(runs)
        database.table("feeds").insert_all(feeds)
        database.execute(
            """insert into events (article_id, at, kind)
                 select id, last_checked_at, iif(id % 40, 'moved', 'gone') from articles
                  where id % 20 = 0"""
        )


def _article(writer: Writer, article_id: int, at: float, passage: int) -> Iterator[dict[str, Any]]:
    """One row a version, with the passages that are new in it."""
    kinds = ["headline", "standfirst", "byline"] + ["paragraph"] * PARAGRAPHS
    texts = [writer.sentence(9), writer.sentence(18), writer.sentence(2)]
    texts += writer.random.choices(writer.pool, k=PARAGRAPHS)
    layout, source = list(range(passage + 1, passage + 1 + len(texts))), SOURCES[article_id % 16]
    new = list(zip(layout, kinds, texts, strict=True))
    passage = layout[-1]
    count = writer.versions()
    for number in range(1, count + 1):
        labels = [name for name, share in LABELS.items() if writer.random.random() < share]
        if number > 1:
            new = []
            places = {0} if "headline" in labels else set()
            places |= {writer.random.randrange(3, len(texts)) for _ in range(2)}
            for place in places:
                passage += 1
                texts[place] = writer.edited(texts[place])
                layout[place] = passage
                new.append((passage, kinds[place], texts[place]))
        yield {
            "article_id": article_id,
            "source": source,
            "number": number,
            "count": count,
            "at": at,
            "title": texts[0],
            "layout": list(layout),
            "new": new,
            "labels": labels if number > 1 else [],
            "minor": number > 1 and writer.random.random() < 0.1,
            "passage": passage,
        }
        at += writer.random.expovariate(1 / 7200)


def _write(store: Store, rows: list[dict[str, Any]]) -> int:
    execute, last = store.db.connection.execute, rows[-1]
    url = f"https://{last['source']}.example/news/{last['article_id']}"
    seen, changed = _iso(rows[0]["at"]), _iso(last["at"])
    execute(
        """insert into articles (id, source, url, title, first_seen_at, published_at,
               last_checked_at, last_changed_at, next_check_at, version_count, change_count)
           values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        [
            last["article_id"],
            last["source"],
            url,
            last["title"],
            seen,
            seen,
            changed,
            changed,
            _iso(last["at"] + 86400),
            last["count"],
            last["count"] - 1,
        ],
    )
    execute("insert into article_urls values (?, ?)", [url, last["article_id"]])
    gone = _last_versions(rows)
    for row in rows:
        _write_version(store, row, gone)
    return len(rows)


def _last_versions(rows: list[dict[str, Any]]) -> dict[int, int]:
    return {passage: row["number"] for row in rows for passage in row["layout"]}


def _write_version(store: Store, row: dict[str, Any], gone: dict[int, int]) -> None:
    execute, at = store.db.connection.execute, _iso(row["at"])
    article_id, number, first = row["article_id"], row["number"], row["number"] == 1
    for passage, kind, text in row["new"]:
        execute(
            "insert into passages values (?, ?, ?, ?, ?, ?)",
            [passage, article_id, kind, text, number, gone[passage]],
        )
        index_passage(store.db, passage, row["source"], kind, text)
    edited = 0 if first else len(row["new"])
    execute(
        """insert into versions (article_id, number, fetched_at, title, authors, layout, parser,
               cosmetic, words, words_added, words_removed, blocks_added, blocks_removed,
               blocks_edited, blocks_moved, title_changed, source, labels, summary, parser_changed)
           values (?, ?, ?, ?, '[]', ?, 'bench/1', ?, 560, ?, ?, 0, 0, ?, 0, ?, ?, ?, ?, 0)""",
        [
            article_id,
            number,
            at,
            row["title"],
            json.dumps(row["layout"], separators=(",", ":")),
            int(row["minor"]),
            3 * edited,
            3 * edited,
            edited,
            int("headline" in row["labels"]),
            row["source"],
            json.dumps(row["labels"]),
            f"{edited} paragraphs edited",
        ],
    )
    if not (first or row["minor"]):
        index_removals(store.db, article_id, number, row["source"], at)
    for label in row["labels"]:
        execute(
            "insert into change_labels values (?, ?, ?, ?, ?)",
            [label, at, article_id, number, row["source"]],
        )


def _iso(seconds: float) -> str:
    return to_iso(datetime.fromtimestamp(int(seconds), timezone.utc))


def main() -> None:
    """Makes the record in the folder of the command line."""
    folder, articles = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 250_000
    store = Store.open(folder)
    total = fill(store, articles)
    fill_in_crawls(store)
    store.db.connection.execute("pragma wal_checkpoint(truncate)")
    store.close()
    print(f"{total:,} versions of {articles:,} articles in {folder}")


if __name__ == "__main__":
    main()
