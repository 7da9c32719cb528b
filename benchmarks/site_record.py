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
from contextlib import closing
from datetime import datetime, timezone
from functools import lru_cache
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any
from unittest.mock import patch

from newsdiff_crawler.store import Store
from newsdiff_crawler.store.engine import word_index
from newsdiff_crawler.store.engine.database import Database, Entry
from newsdiff_crawler.times import to_iso, utc_now

SOURCES = [f"paper{number:02}" for number in range(16)]
DAY = 86400
YEAR = 365 * DAY
CHECKED = 30 * DAY  # seconds after its last version that an article is checked
PARAGRAPHS = 22
LABELS = {"headline": 0.1, "figures": 0.2, "names": 0.15, "quotes": 0.08, "correction": 0.02}
BATCH = 500  # articles to a transaction, each of whose tables is written at once


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
        batch = _Batch(start + YEAR)
        for article_id in range(first + 1, min(first + BATCH, articles) + 1):
            rows = list(_article(writer, article_id, start + step * article_id, passage))
            passage = rows[-1]["passage"]
            total += len(rows)
            batch.add(rows)
        batch.write(store.db)
        print(f"\r{total:,} versions", end="", file=sys.stderr)
    print(file=sys.stderr)
    return total


def fill_in_crawls(store: Store) -> None:
    """A year of runs of every source, six a day, the feeds they read, and what befell articles."""
    now, database = utc_now().timestamp(), store.db
    runs = [
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
    ]
    feeds = [
        {
            "url": f"https://{source}.example/{name}.xml",
            "source": source,
            "last_checked_at": _iso(now),
        }
        for source in SOURCES
        for name in ("news", "world", "sport")
    ]
    with database.transaction():
        database.insert_all("runs", runs)
        database.insert_all("feeds", feeds)
        database.execute(
            """insert into events (article_id, at, kind)
                 select id, last_checked_at,
                        case when id % 40 = 0 then 'gone' else 'moved' end from articles
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
            "text_key": writer.random.getrandbits(62),
            "minor": number > 1 and writer.random.random() < 0.1,
            "passage": passage,
        }
        at += writer.random.expovariate(1 / 7200)


def _last_versions(rows: list[dict[str, Any]]) -> dict[int, int]:
    return {passage: row["number"] for row in rows for passage in row["layout"]}


class _Batch:
    """Rows of the tables, of some articles."""

    def __init__(self, now: float) -> None:
        self._retired_before = now - CHECKED
        self._next_check_at = _iso(now + DAY)
        names = ("articles", "article_urls", "passages", "versions", "change_labels", "removals")
        self._rows: dict[str, list[dict[str, Any]]] = {name: [] for name in names}
        self._said: list[Entry] = []
        self._removed: list[tuple[str, str, str]] = []

    def add(self, rows: list[dict[str, Any]]) -> None:
        """An article, by its versions."""
        self._add_article(rows)
        gone = _last_versions(rows)
        for row in rows:
            self._add_version(row, gone)
        came = {new[0]: new for row in rows for new in row["new"]}
        for before, after in pairwise(rows):
            self._add_removals(before, after, came)

    def write(self, db: Database) -> None:
        """All of them in a transaction."""
        with db.transaction():
            removals = self._rows.pop("removals")
            for table, rows in self._rows.items():
                db.insert_all(table, rows)
            db.search_index.add(self._said)
            ids = db.insert_all_returning_ids("removals", removals)
            db.search_index.index_removals(
                [Entry(id_, *said) for id_, said in zip(ids, self._removed, strict=True)]
            )

    def _add_article(self, rows: list[dict[str, Any]]) -> None:
        last, id_ = rows[-1], rows[0]["article_id"]
        url = f"https://{last['source']}.example/news/{id_}"
        seen, changed = _iso(rows[0]["at"]), _iso(last["at"])
        is_old = self._retired_before > last["at"]
        article = {
            "id": id_,
            "source": last["source"],
            "url": url,
            "title": last["title"],
            "first_seen_at": seen,
            "published_at": seen,
            "last_checked_at": changed,
            "last_changed_at": changed,
            "state": "retired" if is_old else "live",
            "next_check_at": None if is_old else self._next_check_at,
            "version_count": last["count"],
            "change_count": sum(not row["minor"] for row in rows[1:]),
        }
        self._rows["articles"].append(article)
        self._rows["article_urls"].append({"url": url, "article_id": id_})

    def _add_version(self, row: dict[str, Any], gone: dict[int, int]) -> None:
        article_id, number, source = row["article_id"], row["number"], row["source"]
        for id_, kind, text in row["new"]:
            passage = {"id": id_, "article_id": article_id, "kind": kind, "text": text}
            span = {"first_version": number, "last_version": gone[id_]}
            self._rows["passages"].append(passage | span)
            self._said.append(Entry(id_, source, kind, text))
        at = _iso(row["at"])
        key = {"article_id": article_id, "number": number, "fetched_at": at, "source": source}
        edited = 0 if number == 1 else len(row["new"])
        version = {
            "title": row["title"],
            "authors": "[]",
            "layout": json.dumps(row["layout"], separators=(",", ":")),
            "parser": "bench/1",
            "text_key": row["text_key"],
            "parser_changed": 0,
            "cosmetic": int(row["minor"]),
            "words": 560,
            "words_added": 3 * edited,
            "words_removed": 3 * edited,
            "blocks_added": 0,
            "blocks_removed": 0,
            "blocks_edited": edited,
            "blocks_moved": 0,
            "title_changed": int("headline" in row["labels"]),
            "labels": json.dumps(row["labels"]),
            "summary": f"{edited} paragraphs edited",
        }
        self._rows["versions"].append(key | version)
        self._rows["change_labels"] += [{"label": label, **key} for label in row["labels"]]

    def _add_removals(
        self,
        before: dict[str, Any],
        after: dict[str, Any],
        passages: dict[int, tuple[int, str, str]],
    ) -> None:
        at, number, source = _iso(after["at"]), after["number"], after["source"]
        for old, new in zip(before["layout"], after["layout"], strict=True):
            if old != new and not after["minor"]:
                id_, kind, text = passages[old]
                removal = {"passage_id": id_, "number": number, "at": at, "replaced_by": new}
                self._rows["removals"].append(removal)
                self._removed.append((source, kind, text))


def _iso(seconds: float) -> str:
    return to_iso(datetime.fromtimestamp(int(seconds), timezone.utc))


def make(folder: Path, articles: int) -> int:
    """Makes the record of a folder, or the one that NEWSDIFF_DATABASE names: its versions."""
    # Most paragraphs are of one pool: their words are cut once.
    words = lru_cache(200_000)(word_index.vector)
    with closing(Store.open(folder)) as store, patch.object(word_index, "vector", words):
        total = fill(store, articles)
        fill_in_crawls(store)
    return total


def main() -> None:
    """Makes the record in the folder of the command line."""
    folder, articles = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 250_000
    total = make(folder, articles)
    print(f"{total:,} versions of {articles:,} articles in {folder}")


if __name__ == "__main__":
    main()
