"""How many requests a second the site answers while a crawl writes, over a large record.

    python -m benchmarks.site_record FOLDER && python -m benchmarks.site_load FOLDER [SECONDS]

Starts the server with two workers, a process that stores versions all the while, and wrk, which
must be installed; prints wrk's report. Mixed reading: of 20 requests 8 are for lists of changes,
6 for comparisons, half of them of the latest changes, as people come from lists and feeds, 3 for
articles, 2 for feeds and 1 is a search. Ends with 1 on any error.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from benchmarks.site import Addresses
from newsdiff_crawler.crawling.judging import new_version
from newsdiff_crawler.items import Block, FetchedPage, ParsedPage
from newsdiff_crawler.scheduling.schedule import ScheduleState
from newsdiff_crawler.store import Store
from newsdiff_crawler.store.engine.connection import DATABASE_NAME
from newsdiff_crawler.times import to_iso, utc_now

PORT = 8765
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
    store.add_version(new_version(fetched, latest), due)


def addresses(folder: Path, rounds: int = 500) -> list[str]:
    """Paths to ask for, mixed in the given shares."""
    made = Addresses(folder / DATABASE_NAME)
    once = [kind for kind, share in SHARES.items() for _ in range(share)]
    kinds = made.random.sample(once * rounds, len(once) * rounds)
    asked = (made.latest_diff() if kind == LATEST else made.make(kind) for kind in kinds)
    return [quote(address, safe="/?&=+:*") for address in asked]


def load(folder: Path, seconds: int) -> str:
    """Runs server, writer and wrk; wrk's report."""
    environment = os.environ | {"NEWSDIFF_DATA": str(folder)}
    serve = ["-m", "scrapy", "serve", "--workers", "2", "--port", str(PORT)]
    with TemporaryDirectory() as temporary:
        script, paths = Path(temporary) / "mixed.lua", Path(temporary) / "paths"
        script.write_text(LUA.replace("PAGES", str(PAGES_A_READER)))
        paths.write_text("\n".join(addresses(folder)))
        server = subprocess.Popen([sys.executable, *serve], env=environment)
        writer = subprocess.Popen([sys.executable, "-m", __spec__.name, str(folder), "write"])
        try:
            _wait()
            options = ["-t2", "-c16", f"-d{seconds}s", "--latency", "-s", str(script)]
            command = ["wrk", *options, f"http://127.0.0.1:{PORT}", "--", str(paths)]
            return subprocess.run(command, check=True, capture_output=True, text=True).stdout
        finally:
            server.terminate()
            writer.terminate()
            server.wait()
            writer.wait()


def _wait() -> None:
    for _ in range(600):
        with socket.socket() as asking:
            if asking.connect_ex(("127.0.0.1", PORT)) == 0:
                return
        time.sleep(0.2)
    raise SystemExit("the server does not answer")


def main() -> None:
    """Loads the site over the record in the folder of the command line."""
    folder = Path(sys.argv[1])
    if sys.argv[2:] == ["write"]:
        write_versions(folder)
    report = load(folder, int(sys.argv[2]) if len(sys.argv) > 2 else 30)
    print(report)
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", report)[1])  # type: ignore[index]
    wrong = "Non-2xx" in report or "Socket errors" in report
    sys.exit(f"errors at {rate:.0f} requests a second" if wrong else 0)


if __name__ == "__main__":
    main()
