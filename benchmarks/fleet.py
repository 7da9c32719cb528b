"""The record on a PostgreSQL server, beside the same in a file.

What a check and a stored version take of the processor of who crawls, and of the server, and a
version of the disk, with what makes it findable; how many articles so many claimants, a process
each, claim in a second, in portions of one and as crawls do; and how many checks that found nothing
new so many machines record, each of which claims portions of twenty.
Of both, what they take of the processors is counted too, which other work on the machine spoils
less than the clock.
The server is one of this machine, on a socket, and writes to its disk as an operator's would.
Milliseconds of processor time; ratios are to SQLite in the same run.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from unittest.mock import patch

from benchmarks import machine, tables
from benchmarks.crawls.disk import BEGAN, EDITIONS, fetched_page, store_version
from benchmarks.crawls.publisher import Stories
from newsdiff_crawler.items import Check
from newsdiff_crawler.scheduling.schedule import ScheduleState
from newsdiff_crawler.store import Claim, Store
from newsdiff_crawler.store.engine.opening import VARIABLE
from newsdiff_crawler.times import to_iso
from tests.support import postgres

LEASE = timedelta(minutes=10)
DUE = BEGAN + timedelta(days=2)
SAFE = "-c fsync=on -c synchronous_commit=on"
_HOW_FAST = (
    "Each: a second of the clock; a second of processors (ms of the client's + the server's).\n"
)
AT_MOST = 1.5  # times the processor time of SQLite's, for who crawls
_CLAIM = """
import sys, time
from contextlib import closing
from datetime import timedelta
from benchmarks.fleet import DUE, LEASE, record
from newsdiff_crawler.store import Store
with closing(Store.open(sys.argv[1])) as store:
    claimed, portion = 0, int(sys.argv[2])
    is_checking = sys.argv[3] == "True"
    print("ready", flush=True)
    input()
    begun = time.process_time()
    while some := store.queue.claim("paper", 1, DUE, portion, LEASE):
        claimed += len(some)
        if is_checking:
            for claim in some:
                record(store, claim)
    print(claimed, time.process_time() - begun, flush=True)
"""


@contextmanager
def on(address: str) -> Iterator[None]:
    """Records are at an address in the block; empty: in a file."""
    with patch.dict(os.environ, {VARIABLE: address}):
        yield


def server_cpu(server: postgres.Server) -> float:
    """Seconds of processor time that the server's processes have taken, those that ended too."""
    pid = int((server.folder / "data" / "postmaster.pid").read_text("utf-8").split()[0])
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text("utf-8").split()
    ticks = sum(_ticks(each, 13, 17 if each == pid else 15) for each in (pid, *map(int, children)))
    return ticks / os.sysconf("SC_CLK_TCK")


def _ticks(pid: int, first: int, end: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return sum(map(int, fields[first - 2 : end - 2]))


def crawled(folder: Path, articles: int) -> tuple[float, float, float]:
    """Milliseconds of this process for a stored version, and for a check that found nothing new;
    bytes of a version."""
    stories = Stories()
    with closing(Store.open(folder)) as store:
        empty, begun = store.db.size(), time.process_time()
        for number in range(articles):
            for edition in range(EDITIONS):
                store_version(store, fetched_page(store, stories, number, edition))
        stored = time.process_time() - begun
        size = (store.db.size() - empty) / articles / EDITIONS
        run = store.runs.start("paper", to_iso(DUE))
        begun = time.process_time()
        while some := store.queue.claim("paper", run, DUE, 20, LEASE):
            for claim in some:
                record(store, claim)
        checked = time.process_time() - begun
    return stored / articles / EDITIONS * 1e3, checked / articles * 1e3, size


def record(store: Store, claim: Claim) -> None:
    """A check that found nothing new."""
    state = ScheduleState(next_check_at=DUE + LEASE, first_seen_at=BEGAN)
    check = Check("paper", claim.url, claim.article_id, "unchanged", to_iso(DUE))
    store.record_check(check, state)


class Rate(NamedTuple):
    """Articles in a second of the clock, and what each took of the claimants' processors and of the
    server's, in milliseconds."""

    a_second: float
    client: float
    server: float

    @property
    def a_processor_second(self) -> float:
        """Articles in a second of all processors together."""
        return 1000 / (self.client + self.server)

    def cell(self) -> str:
        """How it stands in a table."""
        took = f"{self.client:.2f} + {self.server:.2f}"
        return f"{self.a_second:,.0f}; {self.a_processor_second:,.0f} ({took})"


def claims(
    folder: Path,
    of_server: Callable[[], float],
    claimants: int,
    articles: int,
    portion: int,
    is_checking: bool = False,
) -> Rate:
    """How fast articles are claimed, and checked as well, if so. ``of_server``: seconds of its
    processor so far."""
    with closing(Store.open(folder)) as store:
        known = store.db.count("articles")
        urls = [f"https://news.example/{known}/{number}" for number in range(articles)]
        store.queue.track("paper", urls, BEGAN)
    command = [sys.executable, "-c", _CLAIM, str(folder), str(portion), str(is_checking)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    started = [
        subprocess.Popen(command, cwd=machine.ROOT, **pipes)  # type: ignore[call-overload]
        for _ in range(claimants)
    ]
    for each in started:
        assert each.stdout.readline() == "ready\n"
    begun, server = time.monotonic(), of_server()
    for each in started:
        each.stdin.write("\n")
        each.stdin.flush()
    said = [each.stdout.readline().split() for each in started]
    seconds, server = time.monotonic() - begun, of_server() - server
    for each in started:
        each.communicate()
    claimed = [int(number) for number, _ in said]
    assert sum(claimed) == articles, (claimed, articles)
    client = sum(float(taken) for _, taken in said)
    return Rate(articles / seconds, client / articles * 1e3, server / articles * 1e3)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--claims", type=int, default=5_000)
    parser.add_argument("--claimants", type=int, nargs="*", default=[1, 4, 16, 64])
    parser.add_argument("--machines", type=int, nargs="*", default=[1, 2, 4])
    args = parser.parse_args()
    if postgres.programs() is None:
        machine.not_run("no PostgreSQL here")
    print(machine.description(), end="\n\n")
    server = postgres.Server(SAFE)
    with TemporaryDirectory() as name:
        folder = Path(name)
        with on(""):
            in_file = crawled(folder / "file", args.articles)
        before = server_cpu(server)
        with on(server.new_record()):
            on_server = crawled(folder / "server", args.articles)
        of_server = (server_cpu(server) - before) / args.articles * 1e3
        rows = [
            (what, f"{file:.2f}", f"{there:.2f}", f"{there / file:.2f}", AT_MOST)
            for what, file, there in zip(
                ("a version stored", "a check, claimed and recorded"),
                in_file[:2],
                on_server[:2],
                strict=True,
            )
        ]
        columns = ("ms of the crawl's processor", "SQLite", "PostgreSQL", "ratio", "at most")
        print(tables.table(columns, rows))
        print(f"\nThe server takes {of_server:.2f} ms for {EDITIONS} versions and a check.")
        print(f"A version takes {on_server[2]:,.0f} bytes of its disk.\n")
        print(_HOW_FAST)
        of_claims = [(n, *rates(folder, server, n, args.claims, (1, 20))) for n in args.claimants]
        columns = ("claimants", "claims, SQLite, by 1", "by 20", "PostgreSQL, by 1", "by 20")
        print(tables.table(columns, of_claims), end="\n\n")
        of_checks = [
            (n, *rates(folder, server, n, args.claims, (20,), is_checking=True))
            for n in args.machines
        ]
        print(tables.table(("machines", "checks, SQLite", "PostgreSQL"), of_checks))


def rates(
    folder: Path,
    server: postgres.Server,
    number: int,
    articles: int,
    portions: Sequence[int],
    is_checking: bool = False,
) -> list[str]:
    """Of so many claimants, in a file and on the server, in each of the portions."""
    figures = []
    for address in ("", server.new_record()):
        of_server = partial(server_cpu, server) if address else lambda: 0.0
        with on(address):
            kept = folder / f"{number}{bool(address)}{is_checking}"
            figures += [
                claims(kept, of_server, number, articles, some, is_checking) for some in portions
            ]
    return [figure.cell() for figure in figures]


if __name__ == "__main__":
    main()
