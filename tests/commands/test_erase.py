"""``scrapy erase``: nothing of an article is in any file, whatever comes later."""

from __future__ import annotations

import argparse
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from scrapy.commands import ScrapyCommand
from scrapy.settings import Settings

from newsdiff_crawler.archive.archive import Archive, ArchiveError
from newsdiff_crawler.archive.members import walk
from newsdiff_crawler.commands import erase, unhide, verify
from newsdiff_crawler.items import Exchange, FeedEntry, Snapshot
from newsdiff_crawler.scheduling.schedule import FeedScheduleState
from newsdiff_crawler.store import Store
from newsdiff_crawler.store.engine.connection import DATABASE_NAME
from newsdiff_crawler.store.writing.chain import link
from newsdiff_crawler.store.writing.outbox import Route
from newsdiff_crawler.times import from_iso
from tests.support.other_texts import keep_other_text, learn_boilerplate
from tests.support.records import FIRST_SEEN, URL, add_article, due_feeds, story

OTHER = "https://news.example/world/2"
SHARED = "Tickets are sold at the quay."
TEXTS = [
    story("Wexcombe lanterns", "A zeppelin landed.", "Ottokar Brumby flew it.", SHARED),
    story("Wexcombe lanterns lit", "A zeppelin landed softly.", SHARED),
]
WORDS = ("wexcombe", "lantern", "zeppelin", "ottokar", "brumby")
KEPT = story("Harbour dredged", "The quay is deep again.", SHARED)


def page(url: str, text: str, at: str = FIRST_SEEN) -> Exchange:
    body = f"<html><h1>{text}</h1></html>".encode() * 20
    return Exchange(url, at, "GET", (("User-Agent", "test"),), 200, (), body)


def kept_for(store: Store, archive: Archive, article: int, exchange: Exchange) -> Snapshot:
    """A page behind all versions of an article."""
    kept = archive.keep(exchange, "paper", lambda _: None)
    assert kept
    id_ = store.snapshots.add(kept, article, "new")
    with store.db.transaction():
        store.db.execute(
            "update versions set snapshot = :s where article_id = :id", {"s": id_, "id": article}
        )
        link(store.db, article, 1)
    return kept


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Snapshot]:
    """The page of another article, in a record that has the words everywhere."""
    archive = Archive(tmp_path)
    with closing(Store.open(tmp_path)) as store:
        store.outbox.routes = lambda _: [Route("all", "post", FIRST_SEEN)]
        article = add_article(store, *TEXTS)
        other = add_article(store, KEPT, url=OTHER)
        kept_for(store, archive, article, page(URL, "Wexcombe zeppelin"))
        archive.keep(page(URL, "Ottokar, of a crawl that was killed"), "paper", lambda _: None)
        snapshot = kept_for(store, archive, other, page(OTHER, "Harbour"))
        copy = archive.keep(page(OTHER, "Brumby copied"), "paper", lambda _: None)
        assert copy
        store.snapshots.add(copy, other, "failed", "shows “Wexcombe lanterns” (9 words)")
        keep_other_text(store, other, TEXTS[0], "“Wexcombe lanterns” (9 words) stands here")
        learn_boilerplate(store, "paper", "Wexcombe lanterns")
        read_feed(store)
    archive.close()
    yield snapshot


def read_feed(store: Store) -> None:
    store.feeds.declare("paper", ["https://news.example/rss"], from_iso(FIRST_SEEN))
    (feed,) = due_feeds(store, "paper", from_iso(FIRST_SEEN), everything=True)
    entry = FeedEntry(URL, "0" * 16, "Wexcombe lanterns at dusk", "guid-1")
    store.feeds.note(feed, [entry], from_iso(FIRST_SEEN))
    state = replace(FeedScheduleState(), next_check_at=from_iso(FIRST_SEEN))
    store.feeds.record(replace(feed, listed=1, schedule_state=state), from_iso(FIRST_SEEN))


def run(command: ScrapyCommand, folder: Path, *given: str) -> None:
    command.settings = Settings({"NEWSDIFF_DATA": str(folder)})
    parser = argparse.ArgumentParser()
    command.add_options(parser)
    opts, args = parser.parse_known_args(given)
    command.run(args, opts)


def erased(folder: Path) -> None:
    run(erase.Command(), folder, "--reason", "a court said so", URL)


def words_in(folder: Path) -> set[str]:
    """Which of the words any file has, packed or not, in any case."""
    found = set()
    for path in folder.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            data += b"".join(unpacked(path)) if path.suffix == ".gz" else b""
            found |= {word for word in WORDS if word.encode() in data.lower()}
    return found | terms(folder)


def unpacked(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        for member in walk(file):
            file.seek(member.offset)
            yield zlib.decompressobj(31).decompress(file.read(member.length))


def terms(folder: Path) -> set[str]:
    """Of the words, those that a search index still knows; they stand there without beginnings."""
    with closing(sqlite3.connect(folder / DATABASE_NAME)) as db:
        known = set()
        for index in ("passages_fts", "removals_fts"):
            db.execute(f"create virtual table temp.t_{index} using fts5vocab(main, {index}, row)")
            known |= {row[0] for row in db.execute(f"select term from t_{index}")}
    return {word for word in WORDS for term in known if word in term}


def rows(folder: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(folder / DATABASE_NAME)) as db:
        return db.execute(sql).fetchall()


def test_no_file_has_a_word_of_it(kept: Snapshot, tmp_path: Path) -> None:
    assert words_in(tmp_path) == set(WORDS)
    erased(tmp_path)
    assert words_in(tmp_path) == set()
