"""Invented articles on their way into a record, for the tests of whatever reads it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from sqlite_utils import Database

from newsdiff_crawler.diff import compare, summarise_in_detail
from newsdiff_crawler.items import Article, Block, Outcome
from newsdiff_crawler.scheduling.schedule import after_check
from newsdiff_crawler.store import Feed, Store
from newsdiff_crawler.store.engine.sqlite import SQLiteDatabase
from newsdiff_crawler.store.schema.migrations import migrations
from newsdiff_crawler.text import content_hash, words, words_hash
from newsdiff_crawler.times import from_iso, to_iso

FIRST_SEEN = "2025-04-22T14:00:00Z"
URL = "https://news.example/world/1"


@cache
def _empty() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    migrations.apply(Database(connection))
    return connection


def empty_store() -> Store:
    """A record in memory, for tests that need hundreds of them."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    _empty().backup(connection)
    return Store(SQLiteDatabase(connection), Path())


def due_feeds(store: Store, source: str, now: datetime, everything: bool = False) -> list[Feed]:
    """Those that a crawl would ask for; they are not asked for."""
    store.db.execute("begin")
    feeds = store.feeds.claim(source, 1, now, now, everything)
    store.db.execute("rollback")
    return feeds


def story(title: str, *paragraphs: str) -> list[Block]:
    """A headline and its paragraphs."""
    return [Block("headline", title), *(Block("paragraph", text) for text in paragraphs)]


def add_article(
    store: Store,
    *texts: Sequence[Block],
    url: str = URL,
    source: str = "paper",
    first_seen_at: str = FIRST_SEEN,
    published_at: str | None = None,
    apart: timedelta = timedelta(minutes=33),
) -> int:
    """An article that read so at one check after the other; its id."""
    first = from_iso(first_seen_at)
    store.queue.track(source, [url], first)
    (row,) = store.db.query("select article_id from article_urls where url = :url", {"url": url})
    article_id = int(row["article_id"])
    for number, blocks in enumerate(texts, start=1):
        at = to_iso(first + apart * (number - 1))
        add_version(store, article_id, number, blocks, at, published_at)
    return article_id


def add_version(
    store: Store,
    article_id: int,
    number: int,
    blocks: Sequence[Block],
    fetched_at: str = "2025-04-23T12:00:00Z",
    published_at: str | None = None,
    labels: Sequence[str] | None = None,
    parser: str = "paper/2026",
) -> None:
    """Stores a text as the pipelines would, with the diff's labels unless others are given."""
    item = _article(blocks, number, fetched_at)
    item.article_id, item.published_at, item.parser = article_id, published_at, parser
    item.source = store.db.get("articles", article_id)["source"]
    texts = [block.text for block in item.blocks()]
    item.content_hash, item.words_hash = content_hash(texts), words_hash(texts)
    item.words = sum(len(words(text)) for text in texts)
    if number > 1:
        changed = summarise_in_detail(compare(store.blocks(article_id, number - 1), item.blocks()))
        item.changes, item.summary = changed.counts, changed.sentence
        item.labels = [label.name for label in changed.labels] if labels is None else [*labels]
    schedule_state = store.schedule_state(article_id)
    outcome: Outcome = "changed" if store.is_real_change(item) else "unchanged"
    outcome = outcome if number > 1 else "new"
    store.add_version(item, after_check(outcome, schedule_state, from_iso(fetched_at)))


def _article(blocks: Sequence[Block], number: int, fetched_at: str) -> Article:
    texts = {block.kind: block.text for block in blocks}
    head = ("headline", "standfirst", "byline")
    return Article(
        title=texts["headline"],
        standfirst=texts.get("standfirst", ""),
        authors=[texts["byline"]] if "byline" in texts else [],
        body=[block for block in blocks if block.kind not in head],
        version=number,
        fetched_at=fetched_at,
    )
