"""How fast the reading site answers over a large record: each kind of page, in process.

    python -m benchmarks.site_record FOLDER && python -m benchmarks.site FOLDER [REQUESTS]

Prints the median and the 95th percentile in milliseconds beside what they may be at most. Every
request asks for something else, and the file's pages are warm or not as they come.
"""

from __future__ import annotations

import asyncio
import random
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from benchmarks.site_record import SOURCES, Writer
from newsdiff_crawler.store.changes import Wanted
from newsdiff_crawler.store.connection import DATABASE_NAME
from newsdiff_crawler.store.queries import Records
from newsdiff_crawler.times import to_iso, utc_now
from newsdiff_crawler.web.app import create_app

PAGE, SEARCH = 20.0, 100.0  # milliseconds at the 95th percentile


class Addresses:
    """Makes addresses of each kind, of articles that have something to show."""

    def __init__(self, database: Path) -> None:
        self.random, self.words = random.Random(3), Writer().words
        with Records.open(database) as records:
            articles = max(article.id for article in _last(records))
            ids = (self.random.randrange(1, articles) for _ in range(4000))
            self.latest = records.changes.latest(Wanted(), limit=100)
            self.changed = [
                (article.id, article.version_count)
                for id_ in ids
                if (article := records.article(id_)) and article.version_count > 1
            ]

    def kinds(self) -> dict[str, tuple[Callable[[], str], float]]:
        """Each kind's name, how to make an address, and what its 95th percentile may be."""
        word, article = self.word, self.article
        pages = {
            "/": lambda: "/",
            "/?source=": lambda: f"/?source={self.source()}",
            "/?label=": lambda: "/?label=correction",
            "/?source=&label=": lambda: f"/?source={self.source()}&label=quotes",
            "/?order=size": lambda: "/?order=size&period=week",
            "/?before=": self.older,
            "/articles/N": lambda: f"/articles/{article()[0]}",
            "/articles/N/versions/N": lambda: "/articles/{}/versions/{}".format(*article()),
            "/articles/N/diff/A/B": self.diff,
            "/changes.rss": lambda: "/changes.rss",
            "/changes.atom?source=": lambda: f"/changes.atom?source={self.source()}",
            "/articles/N/changes.rss": lambda: f"/articles/{article()[0]}/changes.rss",
            "/sources": lambda: "/sources",
            "/sources/N": lambda: f"/sources/{self.source()}",
            "/api/v1/changes": lambda: "/api/v1/changes",
            "/api/v1/articles/N": lambda: f"/api/v1/articles/{article()[0]}",
        }
        questions = {
            "common word": lambda: f"q={word(0, 30)}",
            "rare word": lambda: f"q={word(3000, 50000)}",
            "two words": lambda: f"q={word(0, 50)}+{word(50, 900)}",
            "phrase": lambda: f'q="{word(0, 20)}+{word(0, 20)}"',
            "beginning": lambda: f"q={word(0, 900)[:5]}*",
            "removed": lambda: f"in=removed&q={word(0, 900)}",
            "headline": lambda: f"in=headline&q={word(0, 900)}",
            "source": lambda: f"source={self.source()}&q={word(0, 90)}",
        }
        searches = {
            f"/search, {name}": (lambda ask=ask: f"/search?{ask()}", SEARCH)
            for name, ask in questions.items()
        }
        return {**{name: (make, PAGE) for name, make in pages.items()}, **searches}

    def source(self) -> str:
        return self.random.choice(SOURCES)

    def article(self) -> tuple[int, int]:
        return self.random.choice(self.changed)

    def diff(self) -> str:
        article, versions = self.article()
        return f"/articles/{article}/diff/{versions - 1}/{versions}"

    def latest_diff(self) -> str:
        """One of the latest hundred."""
        change = self.random.choice(self.latest)
        return f"/articles/{change.article_id}/diff/{change.from_version}/{change.to_version}"

    def older(self) -> str:
        at = utc_now() - timedelta(days=self.random.randint(1, 300))
        return f"/?before={to_iso(at)}.1.1"

    def word(self, first: int, last: int) -> str:
        return self.words[self.random.randrange(first, last)]


def _last(records: Records) -> list[Any]:
    """Articles near the end of the record."""
    latest = records.changes.latest(Wanted(), limit=1)[0].article_id
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


async def measure(app: Any, make: Callable[[], str], requests: int) -> tuple[float, float]:
    """Median and 95th percentile. Raises RuntimeError where an answer is not 200."""
    times = []
    for _ in range(requests):
        address = make()
        status, taken = await ask(app, address)
        if status != 200:
            raise RuntimeError(f"{address}: {status}")
        times.append(taken)
    times.sort()
    return times[len(times) // 2], times[int(len(times) * 0.95)]


async def run(database: Path, requests: int) -> bool:
    """Measures every kind; whether all were fast enough."""
    app, good = create_app(database), True
    for name, (make, most) in Addresses(database).kinds().items():
        await ask(app, make())
        median, slow = await measure(app, make, requests)
        good &= slow <= most
        verdict = "" if slow <= most else "  TOO SLOW"
        print(f"{name:28} {median:8.1f} {slow:8.1f}  of {most:.0f}{verdict}", flush=True)
    return good


def main() -> None:
    """Measures the record in the folder of the command line."""
    folder, requests = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 400
    print(f"{'':28} {'median':>8} {'p95':>8}  ms")
    sys.exit(0 if asyncio.run(run(folder / DATABASE_NAME, requests)) else 1)


if __name__ == "__main__":
    main()
