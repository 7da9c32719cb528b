"""What it takes to prove a record: to keep its pages, to check all of it, to make a root.

The record is that of `crawl`'s publisher: articles of four versions, a page of 130 kB behind each,
all under a root that an authority on this machine (`openssl ts`) stamped. `scrapy verify` is a
process of its own, start-up and all. Milliseconds of processor time a version, and of the clock;
the most memory that it had.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import machine, tables
from benchmarks.crawls.disk import EDITIONS, fetched_page, store_version
from benchmarks.crawls.publisher import Pages
from newsdiff_crawler.archive.archive import Archive
from newsdiff_crawler.configuration import Configuration
from newsdiff_crawler.items import Exchange, Snapshot
from newsdiff_crawler.store import Store
from newsdiff_crawler.times import utc_now
from newsdiff_crawler.witness.stamping import stamp
from tests.support.clocks import Authority

VERSIONS = 100_000
SECONDS = 600  # that so many versions may take
MOST_MEMORY = 300  # MB
_HEADERS = (("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "private, max-age=0"))


def fill(folder: Path, articles: int) -> float:
    """Makes the record. Seconds of processor time that its archive took."""
    pages, kept = Pages(), 0.0
    archive = Archive(folder)
    with closing(Store.open(folder)) as store:
        for number in range(articles):
            for edition in range(EDITIONS):
                fetched = fetched_page(store, pages, number, edition)
                body = pages.page(fetched.url, number, edition, 0)
                exchange = Exchange(fetched.url, fetched.fetched_at, "GET", (), 200, _HEADERS, body)
                begun = time.process_time()
                snapshot = archive.keep(exchange, "paper", _unknown)
                kept += time.process_time() - begun
                store_version(store, fetched, snapshot)
    archive.close()
    return kept


def _unknown(_: str) -> Snapshot | None:
    return None


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=5_000)
    given = parser.parse_args()
    versions = given.articles * EDITIONS
    with TemporaryDirectory(dir=machine.cache()) as place:
        folder = Path(place) / "data"
        kept = fill(folder, given.articles)
        size = sum(path.stat().st_size for path in (folder / "archive").rglob("*.warc.gz"))
        with Authority(Path(place) / "tsa") as clock:
            settings = {
                "NEWSDIFF_DATA": str(folder),
                "NEWSDIFF_TSA": clock.address,
                "NEWSDIFF_TSA_ROOT": str(clock.root),
            }
            begun = time.process_time()
            done = stamp(Configuration.from_settings(settings), utc_now())
            rooted = time.process_time() - begun
        assert (len(done.stamps), done.lines) == (len(done.made), [])
        processor, clock_time, memory = _verify(os.environ | settings)
    rows = [
        ("kept in the archive", f"{kept / versions * 1000:.2f}", ""),
        ("put under a root that is stamped", f"{rooted / versions * 1000:.3f}", ""),
        (
            "checked by `scrapy verify`",
            f"{processor / versions * 1000:.2f}",
            f"{clock_time / versions * 1000:.2f}",
        ),
    ]
    print(*tables.head(("a version is", "ms of processor", "ms of the clock")), sep="\n")
    print(*map(tables.row, rows), sep="\n")
    took = processor * VERSIONS / versions
    print(
        f"\n{versions:,} versions; {size / versions:,.0f} bytes of archive for each. "
        f"{VERSIONS:,} take {took:.0f} s of the processor to check, at most {SECONDS}; "
        f"{memory:.0f} MB of memory, at most {MOST_MEMORY}."
    )
    sys.exit(machine.OVER_BOUND if took > SECONDS or memory > MOST_MEMORY else 0)


def _verify(environment: dict[str, str]) -> tuple[float, float, float]:
    """Seconds of the processor and of the clock, and MB."""
    begun = time.perf_counter()
    command = [sys.executable, "-m", "scrapy", "verify"]
    process = subprocess.Popen(command, cwd=machine.ROOT, env=environment, stdout=sys.stderr)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return used.ru_utime + used.ru_stime, time.perf_counter() - begun, used.ru_maxrss / 1024


if __name__ == "__main__":
    main()
