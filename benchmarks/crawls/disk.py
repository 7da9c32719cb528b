"""What a version takes of the disk."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

from benchmarks.crawls.publisher import Stories
from newsdiff_crawler.crawling.candidate import Candidate
from newsdiff_crawler.crawling.judging import new_version
from newsdiff_crawler.items import Block, FetchedPage, ParsedPage, Snapshot
from newsdiff_crawler.scheduling.schedule import ScheduleState
from newsdiff_crawler.store import Store
from newsdiff_crawler.store.engine.database import Database
from newsdiff_crawler.store.engine.sqlite import SQLiteDatabase
from newsdiff_crawler.times import from_iso, to_iso

EDITIONS = 4
BEGAN = datetime(2026, 11, 1, tzinfo=timezone.utc)


def report(folder: Path, articles: int, at_most: int) -> str:
    """Of a record of so many articles with EDITIONS versions each; one line."""
    stories = Stories()
    with closing(Store.open(folder)) as store:
        empty = _bytes(store.db)
        for number in range(articles):
            for edition in range(EDITIONS):
                store_version(store, fetched_page(store, stories, number, edition))
        with_index = _bytes(store.db) - empty
        for index in ("passages_fts", "removals_fts"):
            store.db.execute(f"drop table {index}")
        without = _bytes(store.db) - empty
    plain = _plain_rows(folder / "plain.db", stories, articles)
    size, indexed, rows = (total / articles / EDITIONS for total in (without, with_index, plain))
    return (
        f"Disk per version: {size:.0f} bytes, at most {at_most}; {indexed:.0f} with the search "
        f"indexes; {rows:.0f} as plain rows"
    )


def store_version(store: Store, fetched: FetchedPage, snapshot: Snapshot | None = None) -> None:
    """The next one of its article."""
    latest = store.latest(fetched.article_id, fetched.content_hash)
    version = replace(new_version(Candidate(fetched, latest)), snapshot=snapshot)
    due = from_iso(fetched.fetched_at) + timedelta(hours=1)
    store.add_version(version, ScheduleState(next_check_at=due, first_seen_at=BEGAN))


def fetched_page(store: Store, stories: Stories, number: int, edition: int) -> FetchedPage:
    """An edition of an article, which is tracked with the first one: articles are to come in the
    order of their numbers."""
    url = f"https://www.paper.example/news/articles/c{number:09}o"
    if edition == 0:
        store.queue.track("paper", [url], BEGAN)
    title, texts = stories.story(number, edition)
    page = ParsedPage(
        title=title,
        body=[Block("paragraph", text) for text in texts],
        authors=["Nell Walker"],
        published_at=to_iso(BEGAN),
        parser="bbc/2024",
    )
    return FetchedPage(
        page=page,
        source="paper",
        article_id=number + 1,
        url=url,
        fetched_at=to_iso(BEGAN + timedelta(hours=edition)),
        body_hash="0" * 32,
        etag=f'"{number}"',
    )


def _plain_rows(path: Path, stories: Stories, articles: int) -> int:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("create table versions (article_id, number, fetched_at, title, text)")
        for number in range(articles):
            for edition in range(EDITIONS):
                title, texts = stories.story(number, edition)
                row = [number, edition, to_iso(BEGAN), title, "\n".join(texts)]
                connection.execute("insert into versions values (?, ?, ?, ?, ?)", row)
        connection.commit()
        return _bytes(SQLiteDatabase(connection))


def _bytes(db: Database) -> int:
    """Of the pages that hold something."""
    sql = """select (page_count - freelist_count) * page_size
               from pragma_page_count, pragma_freelist_count, pragma_page_size"""
    ((size,),) = db.execute(sql)
    return int(size)
