"""What a check of an article costs, beside bare Scrapy and other trackers.

A publisher on loopback, in a process of its own, has pages of 130 kB as the BBC writes them.
Crawls, each a process too, visit it in turn, round after round: bare Scrapy, with its own
settings but for those that make the two alike (two requests at a time, no cookies, no filter of
duplicates); `scrapy crawl` with ours; and other trackers, in environments of their own. None
waits between requests. Figures are milliseconds of processor time per article, user and system,
all threads and processes of the crawl, without its first articles. Ratios are to a bare crawl of
the same round. All are medians over rounds. Everything runs on one processor: two that are
threads of one core slow each other.

diffengine no longer installs and NewsDiffs is written for Python 2: *their way* is a reproduction
of what their published code does with an article, but for what it does elsewhere (the Internet
Archive, screenshots, tweets). newspaper4k, news-please and fundus only fetch and read.
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

from benchmarks import machine, tables
from benchmarks.crawls import beside, disk, many, peers, spiders, stages
from benchmarks.crawls.publisher import Remote, publishing
from benchmarks.machine import ROOT
from newsdiff_crawler.archive.files import FOLDER
from newsdiff_crawler.store import Store
from newsdiff_crawler.store.engine.connection import DATABASE_NAME
from newsdiff_crawler.times import utc_now

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
# Without it, all that changes at once is a redesign, which is held back and sorted out.
DUE_AND_LIVELY = f"{DUE}; update runs set changed = 99, changes = 99, unchanged = 1"
DUE_WITHOUT_ETAG = f"{DUE}, etag = null"
# Twenty watches that no change is for, and three for all. Each settles for ten minutes: none is
# sent while the crawl is measured.
WATCHES = (
    "".join(
        f'[watch.w{number}]\nchannels = ["desk"]\n' + ('words = ["zebra"]\n' if number >= 3 else "")
        for number in range(23)
    )
    + '[channel.desk]\nkind = "webhook"\nurl = "http://127.0.0.1:9/"\nsecret = "KEY"\n'
)
TELLING = 0.3  # ms more that a stored version may take where it is told
SLOWER = 1.03  # the ratio to another checkout that is worth a look
EACH = 20  # due articles of each of many sources
DISK = 1600  # bytes that a version may take, the search index left out


@dataclass(frozen=True)
class Case:
    """A crawl to measure: a bare one that does ``work``, or ours, which starts from the record
    of a first crawl after ``sql``. The publisher is in the state that `Remote.set` describes."""

    name: str
    work: str = ""
    held: str = ""  # the ETag that a bare one sends
    sql: str = DUE
    outcome: str = ""  # what ours must say of each check
    edition: int = 0
    restless: bool = False
    archive: bool = True
    is_told: bool = False  # watches are set, and copies wanted
    floor: str = ""  # the case that the budget is in terms of
    at_most: float = 0.0


CHANGED, TOLD = "new version", "new version, told and to be copied"
BARE_304, BARE, PARSED = "bare Scrapy, 304", "bare Scrapy, 200", "bare Scrapy and lexbor, 200"
CASES = (
    Case(BARE_304, work="fetch", held='"0"'),
    Case("304", outcome="unchanged", floor=BARE_304, at_most=1.3),
    Case("304, without the archive", outcome="unchanged", archive=False),
    Case(BARE, work="fetch"),
    Case(PARSED, work="parse"),
    Case("bare Scrapy and our parser", work="extract", floor=PARSED, at_most=5.0 / 3.3),
    Case("equal bytes", sql=DUE_WITHOUT_ETAG, outcome="unchanged", floor=PARSED, at_most=1.0),
    Case("equal text", outcome="unchanged", restless=True, floor=PARSED, at_most=1.4),
    Case(CHANGED, "", "", DUE_AND_LIVELY, "changed", edition=1, floor=PARSED, at_most=2.0),
    Case("new version, without the archive", "", "", DUE_AND_LIVELY, "changed", 1, archive=False),
    Case(TOLD, sql=DUE_AND_LIVELY, outcome="changed", edition=1, is_told=True),
    Case("new version, held back as a redesign", outcome="changed", edition=1),
)

BY_NAME = {case.name: case for case in CASES}


class Crawls:
    """Runs crawls of one publisher, each on a record of its own."""

    def __init__(self, publisher: Remote, folder: Path, warm: int = spiders.WARM) -> None:
        self.publisher, self.folder, self.warm = publisher, folder, warm
        with closing(Store.open(folder / "first")) as store:
            store.queue.track(spiders.Paper.name, publisher.site.urls(), utc_now())
        self._ours(folder / "first", "new")

    def milliseconds(self, case: Case) -> float:
        """Of one crawl, for each article."""
        self.publisher.set(case.edition, case.restless)
        done = self._bare(case) if case.work else self._ours_as(case)
        return float(done.stdout) * 1000 / (self.publisher.site.articles - self.warm)

    def _ours_as(self, case: Case) -> subprocess.CompletedProcess[str]:
        data = self._record(case.sql)
        if case.is_told:
            (data / "watches.toml").write_text(WATCHES, "utf-8")
        wayback = {"NEWSDIFF_WAYBACK": "http://127.0.0.1:9"} if case.is_told else {}
        return self._ours(
            data, case.outcome, {"NEWSDIFF_ARCHIVE": str(int(case.archive)), **wayback}
        )

    def _record(self, sql: str) -> Path:
        data = self.folder / "data"
        shutil.rmtree(data, ignore_errors=True)
        shutil.copytree(self.folder / "first", data)
        with closing(sqlite3.connect(data / DATABASE_NAME)) as connection, connection:
            connection.executescript(sql)
        return data

    def archived(self) -> int:
        """Bytes that the archive has of each page of the first crawl."""
        files = (self.folder / "first" / FOLDER).rglob("*.warc.gz")
        return sum(path.stat().st_size for path in files) // self.publisher.site.articles

    def _bare(self, case: Case) -> subprocess.CompletedProcess[str]:
        given = {"work": case.work, "held": case.held}
        return self._run(STOCK, self.folder, spiders.Bare.name, given)

    def _ours(
        self, data: Path, outcome: str, more: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        done = self._run(OURS, data, spiders.Paper.name, {}, more)
        number = self.publisher.site.articles
        expected = f"checked {number} articles: {number} {outcome};"
        if expected not in done.stderr:
            sys.exit(f"The crawl did not say {expected!r}:\n{done.stderr[-2000:]}")
        return done

    def _run(
        self,
        settings: str,
        data: Path,
        spider: str,
        arguments: dict[str, str],
        more: Mapping[str, str] | None = None,
    ) -> subprocess.CompletedProcess[str]:
        site = self.publisher.site
        given = {"port": site.port, "articles": site.articles, **arguments}
        environment = os.environ | {
            "SCRAPY_SETTINGS_MODULE": settings,
            "NEWSDIFF_DATA": str(data),
            "NEWSDIFF_CONTACT": "benchmark@paper.example",
            **(more or {}),
        }
        command = [sys.executable, "-m", "scrapy", "crawl", spider]
        command += _options("-a", given) + _options("-s", EQUAL | {"BENCHMARK_WARM": self.warm})
        return subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True
        )


def _options(flag: str, given: Mapping[str, object]) -> list[str]:
    return [part for name, value in given.items() for part in (flag, f"{name}={value}")]


def rows(rounds: Sequence[Mapping[str, float]], absent: Mapping[str, str]) -> Iterator[str]:
    """Lines of a table in Markdown. ``absent`` says of a case why it could not be run."""
    yield from tables.head(
        ("check", "ms", "to bare Scrapy, 200", "to its floor", "at most", "floor")
    )
    for name in (case.name for case in (*CASES, *peers.CASES)):
        if name in absent:
            yield tables.row((f"{name}: {absent[name]}", *[""] * 5))
            continue
        case = BY_NAME.get(name)
        cells = [f"{median(made[name] for made in rounds):.2f}", _ratio(rounds, name, BARE)]
        if case and case.floor:
            cells += [_ratio(rounds, name, case.floor), f"{case.at_most:.2f}", case.floor]
        yield tables.row((name, *cells, *[""] * (5 - len(cells))))


def telling(rounds: Sequence[Mapping[str, float]]) -> str:
    """What a version costs more where people are told of it."""
    more = median(made[TOLD] - made[CHANGED] for made in rounds)
    return (
        f"To be told to three watches of twenty-three, and copied by the Internet Archive, costs a "
        f"stored version {more:.2f} ms; at most {TELLING:.2f}."
    )


def _ratio(rounds: Sequence[Mapping[str, float]], name: str, floor: str) -> str:
    return f"{median(made[name] / made[floor] for made in rounds):.2f}"


def alone(
    publisher: Remote, folder: Path, given: argparse.Namespace, rounds: Iterable[int]
) -> Iterator[str]:
    """Our cases beside bare Scrapy and the peers."""
    crawls = Crawls(publisher, folder, given.warm)
    others = peers.PeerCrawls(publisher, folder / "peers", install=not given.installed)
    made = [
        {case.name: crawls.milliseconds(case) for case in CASES} | others.milliseconds()
        for _ in rounds
    ]
    yield from rows(made, others.absent)
    yield ""
    yield telling(made)
    yield ""
    yield disk.report(folder / "disk", publisher.site.articles, DISK)
    yield f"The page archive takes {crawls.archived():,} bytes for each version besides."
    yield ""
    yield "How much less a page, or a version, takes where a part of our own work is left out:"
    yield ""
    yield from stages.report()
    yield ""
    yield from starting(folder / "many", given.sources)


def starting(folder: Path, sources: int) -> Iterator[str]:
    """All of many sources in one process, beside a process for each."""
    with publishing(EACH) as publisher:
        yield from many.report(publisher.site, folder, sources, _of_a_source())


def _of_a_source() -> dict[str, str]:
    """What every crawl is set to, but for what a source sets itself."""
    own = ("SPIDER_MODULES", "DUPEFILTER_CLASS", "CONCURRENT_ITEMS", "LOG_LEVEL")
    return {name: value for name, value in EQUAL.items() if name not in own}


def two(
    publisher: Remote, folder: Path, given: argparse.Namespace, rounds: Iterable[int]
) -> Iterator[str]:
    """The chosen cases beside those of another checkout."""
    states = {
        case.name: beside.State(case.edition, case.restless)
        for case in CASES
        if case.name in given.only
    }
    roots = (given.beside.resolve(), ROOT)
    with closing(beside.compare(roots, publisher, states, folder)) as pairs:
        made = [next(pairs) for _ in rounds]
    yield from beside.rows(made, SLOWER)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=800)
    parser.add_argument("--sources", type=int, default=180, help="that are crawled together")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument(
        "--warm", type=int, default=spiders.WARM, help="how many articles are left out"
    )
    parser.add_argument(
        "--installed", action="store_true", help="install no peer: only those that are there"
    )
    parser.add_argument(
        "--beside",
        type=Path,
        metavar="FOLDER",
        help="run each case with the code of another checkout too, by that one's own benchmark, "
        "in turn; bare Scrapy is the same in both: how far its ratios are from 1 is how far to "
        "trust the others",
    )
    names = [case.name for case in CASES]
    parser.add_argument(
        "--only", nargs="+", choices=names, default=names, help="of the cases, with --beside"
    )
    given = parser.parse_args()
    if given.beside and given.warm != spiders.WARM:
        parser.error("--warm: the other checkout has its own")
    if given.articles <= given.warm:
        parser.error(f"--articles: more than {given.warm}, which are left out")
    return given


def main() -> None:
    given = arguments()
    console = Console(stderr=True)
    rounds = track(range(given.rounds), "rounds", console=console, transient=True)
    with (
        machine.one_processor(),
        TemporaryDirectory() as folder,
        publishing(given.articles) as publisher,
    ):
        measured = two if given.beside else alone
        for line in measured(publisher, Path(folder), given, rounds):
            print(line)


if __name__ == "__main__":
    main()
