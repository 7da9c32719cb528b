"""How fast the reading site answers over a large record: each kind of page, in process.

The record has a million versions of invented articles (`benchmarks/site_record.py`); it is made
once a day, which takes some minutes, and kept in the cache folder. Every request asks for
something else, and the file's pages are warm or not as they come. So are the look-ups by which a
crawl compares a text across articles. Milliseconds of the clock, the
median and the 95th percentile, beside what the latter may be at most. The floor is a page of
FastAPI that says a few words. None of the other trackers has a site that could be asked this.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import count, repeat
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import psycopg
from fastapi import FastAPI
from fastapi.responses import HTMLResponse

from benchmarks import machine, tables
from benchmarks.fleet import SAFE, on, server_cpu
from benchmarks.site_record import SOURCES, Writer, make
from newsdiff_crawler.items import FetchedPage, ParsedPage
from newsdiff_crawler.store import Store
from newsdiff_crawler.store.engine.connection import DATABASE_NAME
from newsdiff_crawler.store.reading.changes import ChangeFilter
from newsdiff_crawler.store.reading.records import Records
from newsdiff_crawler.store.schema.migrations import known_steps
from newsdiff_crawler.times import to_iso, utc_now
from newsdiff_crawler.web.app import create_app
from tests.support import postgres

# What is asked for, each with other words, sources and articles in the braces every time.
LABELS = ("headline", "figures", "names", "quotes", "correction")
PAGES = (
    "/",
    "/?source={source}",
    "/?label={label}",
    "/?source={source}&label={label}",
    "/?order=size&period=week",
    "/?before={time}.1.1",
    "/articles/{article}",
    "/articles/{article}/versions/{newer}",
    "/articles/{article}/diff/{older}/{newer}",
    "/articles/{article}/diff/{older}/{newer}.json",
    "/articles/{article}/diff/{older}/{newer}.patch",
    "/sources",
    "/sources/{source}",
    "/lookup",
    "/lookup?url={url}",
    "/about",
    "/health",
)
FEEDS = (
    "/changes.rss",
    "/changes.atom?source={source}",
    "/changes.json?label={label}",
    "/changes.rss?source={source}&label={label}",
    "/articles/{article}/changes.rss",
    "/articles/{article}/changes.atom",
    "/articles/{article}/changes.json",
)
ANSWERS = (
    "/api/v1/sources",
    "/api/v1/changes",
    "/api/v1/changes?source={source}&label={label}",
    "/api/v1/changes?order=size&period=month",
    "/api/v1/articles?after={article}",
    "/api/v1/articles?after={article}&source={source}",
    "/api/v1/articles/{article}",
    "/api/v1/articles/{article}/changes",
    "/api/v1/articles/{article}/versions/{newer}",
    "/api/v1/articles/{article}/diff/{older}/{newer}",
    "/api/v1/lookup?url={url}",
)
SEARCHES = (
    "/search?q={common}",
    "/search?q={rare}",
    "/search?q={common}+{usual}",
    '/search?q="{common}+{usual}"',
    "/search?q={beginning}*",
    "/search?q={usual}&in=removed",
    "/search?q={usual}&in=headline",
    "/search?q={usual}&source={source}",
    "/search.rss?q={common}+{usual}",
    "/search.atom?q={usual}&in=removed",
    "/search.json?q={common}",
    "/api/v1/search?q={common}+{usual}",
)
ARTICLES = 250_000
REFUSED = 400  # a search that took more than its share
OVERDUE = ("/health", 503)  # as nobody crawls for the record
DAY = 86_400  # seconds that a record is good for: lists of a day and a week are of its last ones
_OF_WORDS = """select indexname, indexdef from pg_indexes
                where schemaname = 'public' and indexdef like '% USING gin %'"""
# A server for a record of this size is given some memory: a fifth of this machine's.
LARGE = "-c shared_buffers=4GB -c maintenance_work_mem=1GB -c max_wal_size=8GB"
COLUMNS = ("address", "median, ms", "95th, ms", "at most", "", "processor, ms", "server's")
LOOK_UPS_BOUND = 2.0  # milliseconds, 95th percentile: a check has 3 in all
# Milliseconds, 95th percentile, of the record in a file and on a server.
PAGES_BOUND, ON_SERVER, SEARCHES_BOUND = 20.0, 30.0, 100.0


class RandomAddresses:
    """Makes addresses of each kind, of articles that have something to show."""

    def __init__(self, database: Path) -> None:
        self.random, self.words = random.Random(3), Writer().words
        with Records.open(database.parent) as records:
            articles = max(article.id for article in _last(records))
            ids = (self.random.randrange(1, articles) for _ in range(4000))
            self.latest = records.changes.latest(ChangeFilter(), limit=100)
            self.changed = [
                (article.id, article.version_count, article.url)
                for id_ in ids
                if (article := records.article(id_)) and article.version_count > 1
            ]

    def make(self, kind: str) -> str:
        """An address of a kind."""
        article, versions, url = self.random.choice(self.changed)
        usual = self.word(50, 900)
        return kind.format(
            article=article,
            older=versions - 1,
            newer=versions,
            url=url,
            source=self.random.choice(SOURCES),
            label=self.random.choice(LABELS),
            time=to_iso(utc_now() - timedelta(days=self.random.randint(1, 300))),
            common=self.word(0, 50),
            usual=usual,
            rare=self.word(3000, 50000),
            beginning=usual[:5],
        )

    def latest_diff(self) -> str:
        """One of the latest hundred."""
        change = self.random.choice(self.latest)
        return f"/articles/{change.article_id}/diff/{change.from_version}/{change.to_version}"

    def word(self, first: int, last: int) -> str:
        """One of the words between two ranks; the most used is 0."""
        return self.words[self.random.randrange(first, last)]


def _last(records: Records) -> list[Any]:
    """Articles near the end of the record."""
    latest = records.changes.latest(ChangeFilter(), limit=1)[0].article_id
    return records.articles("", latest - 1, 1000)


async def ask(app: Any, address: str) -> tuple[int, float]:
    """Status, and milliseconds to the end of the answer."""
    parts = urlsplit(address)
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "server": ("127.0.0.1", 8000),
        "root_path": "",
        "path": parts.path,
        "raw_path": parts.path.encode(),
        "query_string": parts.query.replace('"', "%22").encode(),
        "headers": [(b"host", b"127.0.0.1:8000")],
    }
    status = 0

    async def send(message: dict[str, Any]) -> None:
        nonlocal status
        status = message.get("status", status)

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    begun = time.perf_counter()
    await app(scope, receive, send)
    return status, 1000 * (time.perf_counter() - begun)


class Measured(NamedTuple):
    """Milliseconds of a request: of the clock, and in the mean of the site's processor and of the
    server's."""

    median: float
    slow: float
    site: float
    server: float
    refused: int  # searches that took too long

    def cells(self, name: str, most: float | None = None) -> tuple[str, ...]:
        """A row of the table."""
        verdict = "too slow" if most and self.slow > most else ""
        verdict = f"{self.refused} refused" if self.refused else verdict
        bound = f"{most:.0f}" if most else ""
        clock, cpu = (f"{self.median:.1f}", f"{self.slow:.1f}"), (f"{self.site:.1f}",)
        return (name, *clock, bound, verdict, *cpu, f"{self.server:.1f}")


async def measure(
    app: Any, addresses: Iterable[str], of_server: Callable[[], float] = lambda: 0.0
) -> Measured:
    """``of_server``: the seconds that its processes took so far. Raises RuntimeError where an
    answer is an error."""
    times, refused = [], 0
    site, server = time.process_time(), of_server()
    for address in addresses:
        status, taken = await ask(app, address)
        refused += status == REFUSED
        if status not in (200, 303, REFUSED) and (address, status) != OVERDUE:
            raise RuntimeError(f"{address}: {status}")
        times.append(taken)
    site, server = time.process_time() - site, of_server() - server
    each = 1000 / len(times)
    times.sort()
    slow = times[int(len(times) * 0.95)]
    return Measured(times[len(times) // 2], slow, site * each, server * each, refused)


async def floor() -> Measured:
    """What `measure` says of a site that does nothing."""
    app = FastAPI()

    @app.get("/", response_class=HTMLResponse)
    async def page() -> str:
        return "A few words."

    return await measure(app, repeat("/", 200))


async def run(database: Path, requests: int, server: postgres.Server | None = None) -> bool:
    """Measures every kind; whether all were fast enough. ``server``: that has the record."""
    of_server = partial(server_cpu, server) if server else lambda: 0.0
    print(*tables.head(COLUMNS), sep="\n")
    print(tables.row((await floor()).cells("the floor")), flush=True)
    # By this clock a second passes with each request: no list is the one of the request before.
    app = create_app(database, clock=count().__next__)
    made, good = RandomAddresses(database), True
    pages_bound = ON_SERVER if server else PAGES_BOUND
    bounds = [(kind, pages_bound) for kind in PAGES + FEEDS + ANSWERS]
    bounds += [(kind, SEARCHES_BOUND) for kind in SEARCHES]
    for kind, most in bounds:
        await ask(app, made.make(kind))
        addresses = [made.make(kind) for _ in range(requests)]
        measured = await measure(app, addresses, of_server)
        good &= measured.slow <= most
        print(tables.row(measured.cells(f"`{kind}`", most)), flush=True)
    return good


def look_ups(folder: Path, number: int) -> Iterator[tuple[str, float, float]]:
    """What a crawl asks across articles: names, medians and 95th percentiles."""
    store, chance = Store.open(folder), random.Random(5)
    articles = store.db.count("articles")
    page = ParsedPage(title="A text", body=[])
    fetched = FetchedPage(page, SOURCES[0], 0, "https://none.example/", to_iso(utc_now()))
    keys = store.db.query("select text_key, source from versions order by random() limit 1000")

    def twins() -> None:
        held = chance.choice(keys)
        one = replace(fetched, source=held["source"])
        one.__dict__["text_key"] = held["text_key"]
        assert store.other_texts.twins(one)

    def kin() -> None:
        id_ = chance.randrange(1, articles)
        store.addresses.kin(id_, f"https://{SOURCES[id_ % 16]}.example/news/{id_ - 1}")

    for name, look_up in (("twins of a text", twins), ("kin of an article", kin)):
        times = sorted(_milliseconds(look_up) for _ in range(number))
        yield name, times[len(times) // 2], times[int(len(times) * 0.95)]
    store.close()


def _milliseconds(look_up: Callable[[], None]) -> float:
    begun = time.perf_counter()
    look_up()
    return 1000 * (time.perf_counter() - begun)


def print_look_ups(folder: Path, number: int) -> bool:
    """Whether all were fast enough."""
    good = True
    for name, median, slow in look_ups(folder, number):
        good &= slow <= LOOK_UPS_BOUND
        verdict = "" if slow <= LOOK_UPS_BOUND else "too slow"
        cells = (name, f"{median:.2f}", f"{slow:.2f}", f"{LOOK_UPS_BOUND:.0f}", verdict, "", "")
        print(tables.row(cells), flush=True)
    return good


def record(articles: int) -> Path:
    """The folder of a record of so many articles, made anew where it is more than a day old, or
    of another schema."""
    folder = machine.cache() / f"record-{articles}-{max(known_steps())}"
    database = folder / DATABASE_NAME
    if not database.exists() or time.time() - database.stat().st_ctime > DAY:
        begun = folder.with_name(f"{folder.name}-begun")
        shutil.rmtree(begun, ignore_errors=True)
        command = [sys.executable, "-m", "benchmarks.site_record", str(begun), str(articles)]
        subprocess.run(command, cwd=machine.ROOT, check=True, stdout=sys.stderr)
        shutil.rmtree(folder, ignore_errors=True)
        begun.rename(folder)
    return folder


@contextmanager
def record_on_server(articles: int) -> Iterator[tuple[Path, postgres.Server]]:
    """A folder whose record is on a server, for the block."""
    server = postgres.Server(f"{SAFE} {LARGE}")
    url = server.new_record()
    with TemporaryDirectory() as name, on(url), psycopg.connect(url, autocommit=True) as connection:
        # Indexes of words are made several times as fast of all of them.
        made = connection.execute(_OF_WORDS).fetchall()
        for index, _ in made:
            connection.execute(f"drop index {index}")
        versions = make(Path(name), articles)
        for _, sql in made:
            connection.execute(sql)
        connection.execute("vacuum analyze")
        print(f"{versions:,} versions on PostgreSQL\n", flush=True)
        yield Path(name), server


def parser_of(description: str | None) -> argparse.ArgumentParser:
    """Options that say over which record."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "folder", type=Path, nargs="?", help="of a record that `benchmarks.site_record` made"
    )
    parser.add_argument(
        "--articles", type=int, default=ARTICLES, help="of the record, where no folder is given"
    )
    return parser


def main() -> None:
    parser = parser_of(__doc__)
    parser.add_argument("--requests", type=int, default=400, help="of each kind")
    parser.add_argument("--server", action="store_true", help="on a PostgreSQL made for it")
    given = parser.parse_args()
    with ExitStack() as stack:
        if given.server:
            folder, server = stack.enter_context(record_on_server(given.articles))
        else:
            folder, server = given.folder or record(given.articles), None
        good = asyncio.run(run(folder / DATABASE_NAME, given.requests, server))
        good &= print_look_ups(folder, given.requests)
    sys.exit(0 if good else machine.OVER_BOUND)


if __name__ == "__main__":
    main()
