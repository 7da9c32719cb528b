"""How many requests a second the reading site answers while a crawl writes.

The server runs with two workers over the record of `site`, a process stores versions all the
while, and [wrk](https://github.com/wg/wrk) asks. Mixed reading: of 20 requests 8 are for lists of
changes, 6 for comparisons, half of them of the latest changes, as people come from lists and
feeds, 3 for articles, 2 for feeds and 1 is a search. The floor is a static file of the same
server, while nothing is written.
"""

from __future__ import annotations

import multiprocessing
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from benchmarks import machine, tables
from benchmarks.site import RandomAddresses, parser_of, record
from newsdiff_crawler.crawling.candidate import Candidate
from newsdiff_crawler.crawling.judging import new_version
from newsdiff_crawler.items import Block, FetchedPage, ParsedPage
from newsdiff_crawler.scheduling.schedule import ScheduleState
from newsdiff_crawler.store import Store
from newsdiff_crawler.store.engine.connection import DATABASE_NAME
from newsdiff_crawler.times import to_iso, utc_now

PORT = 8765
STATIC = "/static/style.css"
AT_LEAST = 500  # requests a second
WRITES = 20  # versions a second: four times what a dozen crawls store at their busiest
LATEST = "a comparison of the latest hundred"
SHARES = {
    "/": 3,
    "/?source={source}": 2,
    "/?label={label}": 1,
    "/?before={time}.1.1": 1,
    "/api/v1/changes": 1,
    "/articles/{article}/diff/{older}/{newer}": 3,
    LATEST: 3,
    "/articles/{article}": 2,
    "/articles/{article}/versions/{newer}": 1,
    "/changes.rss": 1,
    "/articles/{article}/changes.rss": 1,
    "/search?q={common}+{usual}": 1,
}
PAGES_A_READER = 5
# wrk asks for the addresses of the file in turn, from a place of its own in each thread. A reader
# leaves after some pages, and another one connects: connections that are all made at once and
# kept for ever may all be one worker's.
LUA = """
local paths, at, leaving = {}, 0, {}
function init(args)
  for line in io.lines(args[1]) do paths[#paths + 1] = line end
  at = math.random(#paths)
  leaving = {["Connection"] = "close"}
end
function request()
  at = at % #paths + 1
  return wrk.format("GET", paths[at], at % PAGES == 0 and leaving or nil)
end
"""


def write_versions(folder: Path) -> None:
    """Stores new articles and versions of them until it is ended."""
    with closing(Store.open(folder)) as store:
        number = 0
        while True:
            number += 1
            url, now = f"https://load.example/{time.time_ns()}", utc_now()
            store.queue.track("paper00", [url], now)
            ((article_id,),) = store.db.execute("select max(id) from articles")
            for version in (1, 2):
                _store(store, article_id, url, version)
                time.sleep(1 / WRITES)


def _store(store: Store, article_id: int, url: str, version: int) -> None:
    body = [Block("paragraph", f"Paragraph {place} of {url}.") for place in range(22 + version)]
    page = ParsedPage(f"Story {url}", body, parser="load/1")
    fetched = FetchedPage(page, "paper00", article_id, url, to_iso(utc_now()))
    latest = store.latest(article_id, fetched.content_hash)
    due = ScheduleState(next_check_at=utc_now() + timedelta(hours=1))
    store.add_version(new_version(Candidate(fetched, latest)), due)


def addresses(folder: Path, rounds: int = 500) -> list[str]:
    """Paths to ask for, mixed in the given shares."""
    made = RandomAddresses(folder / DATABASE_NAME)
    once = [kind for kind, share in SHARES.items() for _ in range(share)]
    kinds = made.random.sample(once * rounds, len(once) * rounds)
    asked = (made.latest_diff() if kind == LATEST else made.make(kind) for kind in kinds)
    return [quote(address, safe="/?&=+:*") for address in asked]


@contextmanager
def serving(folder: Path) -> Iterator[None]:
    """The site over a record, to the end of the block."""
    environment = os.environ | {"NEWSDIFF_DATA": str(folder)}
    serve = ["-m", "scrapy", "serve", "--workers", "2", "--port", str(PORT)]
    server = subprocess.Popen(
        [sys.executable, *serve], cwd=machine.ROOT, env=environment, stdout=sys.stderr
    )
    try:
        _wait()
        yield
    finally:
        server.terminate()
        server.wait()


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """A process that stores versions, to the end of the block."""
    writer = multiprocessing.get_context("spawn").Process(target=write_versions, args=(folder,))
    writer.start()
    try:
        yield
    finally:
        writer.terminate()
        writer.join()


def ask(paths: list[str], seconds: int) -> str:
    """wrk's report of asking for them in turn."""
    with TemporaryDirectory() as temporary:
        script, file = Path(temporary) / "mixed.lua", Path(temporary) / "paths"
        script.write_text(LUA.replace("PAGES", str(PAGES_A_READER)))
        file.write_text("\n".join(paths))
        options = ["-t2", "-c16", f"-d{seconds}s", "--latency", "-s", str(script)]
        command = ["wrk", *options, f"http://127.0.0.1:{PORT}", "--", str(file)]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def _wait() -> None:
    for _ in range(600):
        with socket.socket() as asking:
            if asking.connect_ex(("127.0.0.1", PORT)) == 0:
                return
        time.sleep(0.2)
    raise SystemExit("the server does not answer")


def row(name: str, report: str, at_least: object) -> str:
    """A line of the table, from wrk's report."""
    patterns = (r"Requests/sec:\s+(\d+)", r"50%\s+(\S+)", r"99%\s+(\S+)")
    matches = (re.search(pattern, report) for pattern in patterns)
    cells = [match[1] if match else "-" for match in matches]
    return tables.row((name, *cells, "some" if has_errors(report) else "none", at_least))


def has_errors(report: str) -> bool:
    return "Non-2xx" in report or "Socket errors" in report


def main() -> None:
    parser = parser_of(__doc__)
    parser.add_argument("--seconds", type=int, default=30)
    given = parser.parse_args()
    if not shutil.which("wrk"):
        machine.not_run("wrk is not installed")
    folder = given.folder or record(given.articles)
    columns = ("reading", "requests a second", "median", "99th percentile", "errors", "at least")
    print(*tables.head(columns), sep="\n")
    with serving(folder):
        print(row("the floor: a static file", ask([STATIC], given.seconds // 3), ""), flush=True)
        with writing(folder):
            report = ask(addresses(folder), given.seconds)
    print(row(f"mixed, {WRITES} versions a second written", report, AT_LEAST))
    sys.exit(1 if has_errors(report) else 0)


if __name__ == "__main__":
    main()
