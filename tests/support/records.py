"""Puts invented articles into a record, for tests of everything that reads it."""

from __future__ import annotations

import sqlite3
import weakref
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from sqlite_utils import Database

from newsdiff_crawler.crawling.candidate import Candidate
from newsdiff_crawler.crawling.judging import new_version
from newsdiff_crawler.items import Block, FetchedPage, NewVersion, Outcome, ParsedPage
from newsdiff_crawler.scheduling.schedule import after_check
from newsdiff_crawler.store import Feed, Store
from newsdiff_crawler.store.engine.opening import server
from newsdiff_crawler.store.engine.postgres import PostgresDatabase
from newsdiff_crawler.store.engine.postgres_connection import open_postgres
from newsdiff_crawler.store.engine.sqlite import SQLiteDatabase
from newsdiff_crawler.store.schema.migrations import migrations
from newsdiff_crawler.times import from_iso, to_iso
from tests.support import postgres

FIRST_SEEN = "2025-04-22T14:00:00Z"
URL = "https://news.example/world/1"


@cache
def _empty() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    migrations.apply(Database(connection))
    return connection


def empty_store(folder: Path = Path()) -> Store:
    """A record in memory, for tests that need hundreds of them; where records are on a server, one
    of its own there. ``folder``: of its locks."""
    if server():
        return _on_server(folder)
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    _empty().backup(connection)
    store = Store(SQLiteDatabase(connection), folder)
    # For those who let go of it; whichever thread the garbage is collected in.
    weakref.finalize(store, connection.close)
    return store


def _on_server(folder: Path) -> Store:
    url = postgres.server().new_record()
    db = open_postgres(url)
    store = Store(db, folder)
    weakref.finalize(store, _let_go, db, url)
    return store


def _let_go(db: PostgresDatabase, url: str) -> None:
    db.close()
    postgres.server().give_back(url)


def due_feeds(store: Store, source: str, now: datetime, everything: bool = False) -> list[Feed]:
    """The feeds that a crawl would claim. They are not claimed."""
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
    """An article that had these texts at one check after the other. Returns its id."""
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
    fetched = fetched_page(store, article_id, parsed_page(blocks, parser, published_at), fetched_at)
    version = new_version(Candidate(fetched, store.latest(article_id, fetched.content_hash)))
    assert version.number == number
    if labels is not None:
        version = replace(version, labels=labels)
    store_version(store, version)


def store_version(store: Store, version: NewVersion) -> None:
    """As the last pipeline does."""
    fetched = version.fetched
    outcome: Outcome = "changed" if version.is_change else "unchanged"
    outcome = outcome if version.number > 1 else "new"
    now = from_iso(fetched.fetched_at)
    store.add_version(version, after_check(outcome, version.latest.schedule_state, now))


def fetched_page(store: Store, article_id: int, page: ParsedPage, at: str) -> FetchedPage:
    """A page of a tracked article, as if it had just been claimed and fetched."""
    row = store.db.get("articles", article_id)
    return FetchedPage(
        page=page,
        source=row["source"],
        article_id=article_id,
        url=row["url"],
        fetched_at=at,
    )


def parsed_page(
    blocks: Sequence[Block], parser: str = "paper/2026", published_at: str | None = None
) -> ParsedPage:
    """A page that says this."""
    texts = {block.kind: block.text for block in blocks}
    head = ("headline", "standfirst", "byline")
    return ParsedPage(
        title=texts["headline"],
        standfirst=texts.get("standfirst", ""),
        authors=[texts["byline"]] if "byline" in texts else [],
        body=[block for block in blocks if block.kind not in head],
        parser=parser,
        published_at=published_at,
    )
