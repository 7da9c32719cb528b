"""What a check of an article costs, beside bare Scrapy: `python -m benchmarks.crawl`.

A publisher on loopback, in a process of its own, has `--articles` pages of 130 kB as the BBC
writes them. Crawls, each a process too, visit it in turn, `--rounds` times: bare Scrapy, with
its own settings but for EQUAL, and ``scrapy crawl`` with ours. Neither waits between requests.

Figures are milliseconds of the crawl's processor time per article: user and system, all threads,
the first 200 articles left out. Ratios are to a bare crawl of the same round. All are medians
over rounds. Everything runs on one processor: two that are threads of one core slow each other.

`--beside FOLDER` runs each case with the code of another checkout too, by that one's own
benchmark: one crawl right after the other, in turn, so that what else the machine does falls on
both. Bare Scrapy is the same in both: how far its ratios are from 1 is how far to trust the rest.

At the end, the disk that a version takes, in a record that the store filled.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.progress import track

from benchmarks.crawls import beside, disk, spiders
from benchmarks.crawls.publisher import Remote, publishing
from newsdiff_crawler.store import Store
from newsdiff_crawler.store.engine.connection import DATABASE_NAME
from newsdiff_crawler.times import utc_now

ROOT = Path(__file__).parents[1]
STOCK, OURS = "scrapy.settings.default_settings", "newsdiff_crawler.settings"
EQUAL = {
    "SPIDER_MODULES": "benchmarks.crawls.spiders",
    "TWISTED_DNS_RESOLVER": "benchmarks.crawls.names.Names",
    "LOG_LEVEL": "INFO",
    "CONCURRENT_ITEMS": "4",
    "CONCURRENT_REQUESTS_PER_DOMAIN": "2",
    "DOWNLOAD_DELAY": "0",
    "AUTOTHROTTLE_ENABLED": "0",
    "COOKIES_ENABLED": "0",
    "DUPEFILTER_CLASS": "scrapy.dupefilters.BaseDupeFilter",
}
DUE = "update articles set next_check_at = '2000-01-01T00:00:00Z'"
DUE_WITHOUT_ETAG = f"{DUE}, etag = null"
SLOWER = 1.03  # the ratio to another checkout that is worth a look
DISK = 1600  # bytes that a version may take, the search index left out


@dataclass(frozen=True)
class Case:
    """A crawl to measure: a bare one that does ``work``, or ours, which starts from the record
    of a first crawl after ``sql``. The publisher is in the state that `Remote.set` describes."""

    name: str
    work: str = ""
    held: str = ""  # the ETag that a bare one sends
    sql: str = DUE
    looked: str = ""  # what ours must say of each check
    edition: int = 0
    restless: bool = False
    beside: str = ""  # the case that the budget is in terms of
    at_most: float = 0.0


BARE_304, BARE, PARSED = "bare Scrapy, 304", "bare Scrapy, 200", "bare Scrapy and lexbor, 200"
CASES = (
    Case(BARE_304, work="fetch", held='"0"'),
    Case("304", looked="unchanged", beside=BARE_304, at_most=1.3),
    Case(BARE, work="fetch"),
    Case(PARSED, work="parse"),
    Case("bare Scrapy and our parser", work="extract", beside=PARSED, at_most=5.0 / 3.3),
    Case("equal bytes", "", "", DUE_WITHOUT_ETAG, "unchanged", beside=PARSED, at_most=1.3),
    Case("equal text", "", "", DUE, "unchanged", restless=True, beside=PARSED, at_most=1.3),
    Case("new version", looked="changed", edition=1, beside=PARSED, at_most=1.5 * 4.9 / 3.3),
)


class Crawls:
    """Runs crawls of one publisher, each on a record of its own."""

    def __init__(self, publisher: Remote, folder: Path) -> None:
        self.publisher = publisher
        self.folder = folder
        with closing(Store.open(folder / "first")) as store:
            store.queue.track(spiders.Paper.name, publisher.site.urls(), utc_now())
        self._ours(folder / "first", "new")

    def milliseconds(self, case: Case) -> float:
        """Of one crawl, for each article."""
        self.publisher.set(case.edition, case.restless)
        done = self._bare(case) if case.work else self._ours(self._record(case.sql), case.looked)
        return float(done.stdout) * 1000 / (self.publisher.site.articles - spiders.WARM)

    def _record(self, sql: str) -> Path:
        data = self.folder / "data"
        shutil.rmtree(data, ignore_errors=True)
        shutil.copytree(self.folder / "first", data)
        with closing(sqlite3.connect(data / DATABASE_NAME)) as connection, connection:
            connection.execute(sql)
        return data

    def _bare(self, case: Case) -> subprocess.CompletedProcess[str]:
        given = {"work": case.work, "held": case.held}
        return self._run(STOCK, self.folder, spiders.Bare.name, given)

    def _ours(self, data: Path, looked: str) -> subprocess.CompletedProcess[str]:
        done = self._run(OURS, data, spiders.Paper.name, {})
        number = self.publisher.site.articles
        expected = f"checked {number} articles: {number} {looked};"
        if expected not in done.stderr:
            sys.exit(f"The crawl did not say {expected!r}:\n{done.stderr[-2000:]}")
        return done

    def _run(
        self, settings: str, data: Path, spider: str, arguments: dict[str, str]
    ) -> subprocess.CompletedProcess[str]:
        site = self.publisher.site
        given = {"port": site.port, "articles": site.articles, **arguments}
        environment = os.environ | {
            "SCRAPY_SETTINGS_MODULE": settings,
            "NEWSDIFF_DATA": str(data),
            "NEWSDIFF_CONTACT": "benchmark@paper.example",
        }
        command = [sys.executable, "-m", "scrapy", "crawl", spider]
        command += _options("-a", given) + _options("-s", EQUAL)
        return subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True
        )


def _options(flag: str, given: Mapping[str, object]) -> list[str]:
    return [part for name, value in given.items() for part in (flag, f"{name}={value}")]


def rows(rounds: list[dict[str, float]]) -> Iterator[str]:
    """Lines of a table in Markdown."""
    yield "| check | ms | ratio | at most | of |\n|---|---|---|---|---|"
    for case in CASES:
        took = median(figures[case.name] for figures in rounds)
        line = f"| {case.name} | {took:.2f} |"
        if case.beside:
            ratio = median(figures[case.name] / figures[case.beside] for figures in rounds)
            line += f" {ratio:.2f} | {case.at_most:.2f} | {case.beside} |"
        yield line


def alone(publisher: Remote, folder: Path, rounds: Iterable[int]) -> Iterator[str]:
    """Our cases beside bare Scrapy."""
    crawls = Crawls(publisher, folder)
    made = [{case.name: crawls.milliseconds(case) for case in CASES} for _ in rounds]
    yield from rows(made)
    yield disk.report(folder / "disk", publisher.site.articles, DISK)


def two(
    root: Path, chosen: Sequence[str], publisher: Remote, folder: Path, rounds: Iterable[int]
) -> Iterator[str]:
    """The chosen cases beside those of another checkout."""
    states = {
        case.name: beside.State(case.edition, case.restless)
        for case in CASES
        if case.name in chosen
    }
    with closing(beside.compare((root, ROOT), publisher, states, folder)) as pairs:
        made = [next(pairs) for _ in rounds]
    yield from beside.rows(made, SLOWER)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=800)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--beside", type=Path, metavar="FOLDER", help="another checkout")
    names = [case.name for case in CASES]
    parser.add_argument(
        "--only", nargs="+", choices=names, default=names, help="of the cases, with --beside"
    )
    given = parser.parse_args()
    if given.articles <= spiders.WARM:
        parser.error(f"--articles: more than {spiders.WARM}, which are left out")
    return given


def main() -> None:
    given = arguments()
    if sys.platform == "linux":
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    console = Console(stderr=True)
    rounds = track(range(given.rounds), "rounds", console=console, transient=True)
    with TemporaryDirectory() as temporary, publishing(given.articles) as publisher:
        folder = Path(temporary)
        if given.beside:
            lines = two(given.beside.resolve(), given.only, publisher, folder, rounds)
        else:
            lines = alone(publisher, folder, rounds)
        for line in lines:
            print(line)


if __name__ == "__main__":
    main()
