"""A fleet at work on one record: machines with a Scrapyd each, a PostgreSQL server, two sites, and
a newsroom of many papers that edit.

`python -m tests.hardship.fleet --papers 40 --articles 20000`: one machine is killed, one stands
still for longer than its lease and goes on, the clock of one is an hour off, the server restarts.
Each due article is checked once, no host is asked for more than two at a time, and at the end the
record is the one that a single crawl makes in a file. Exit status 1 where that is not so.
"""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Any

import httpx
import psycopg

from newsdiff_crawler.store.engine.database import Database
from newsdiff_crawler.store.engine.errors import DatabaseError, StoreError
from newsdiff_crawler.store.engine.opening import FILE, VARIABLE, open_record_at, read_record_at
from newsdiff_crawler.store.engine.server_locks import LEASE
from newsdiff_crawler.times import to_iso
from tests.hardship.fleet_judge import (
    Fault,
    Found,
    expected,
    is_story,
    judge_record,
    judge_round,
    machine_of,
)
from tests.hardship.hour import failures, free_port
from tests.hardship.machines import Node, World, command, scheduling
from tests.hardship.papers import Papers, moments
from tests.support import postgres
from tests.support.newsroom import Newsroom

SAFE = "-c fsync=off"  # the machine does not go down
AHEAD = 3600.0  # seconds
# From one round to the next. In three hours some are due; in fifteen days all are.
STEPS = [timedelta(hours=3), timedelta(days=15), timedelta(days=15)]
LONGEST = 3600.0  # seconds of a round
PATHS = ("/", "/sources", "/search?q=boats", "/api/v1/changes", "/articles/1", "/health")
SEARCHES = ("counted", "boats", "counted 11 boats", '"counted 12"', "nowhere")
VERSIONS = """select a.url, v.number, v.title, t.text, v.labels, v.minor, v.fetched_at
    from articles a join versions v on v.article_id = a.id
    join version_texts t on t.article_id = v.article_id and t.number = v.number
    order by a.url, v.number"""
LEFT = """select (select count(*) from articles where claimed_by is not null)
               + (select count(*) from articles where next_check_at <= :now)
               + (select count(*) from feeds where claimed_by is not null)
               + (select count(*) from runs where finished_at is null)"""


@dataclass(frozen=True)
class Trial:
    """What befalls the fleet in a round: each at a share of its checks. ``stop``: for how many
    seconds; 0: the server takes back the locks at once, as it does at the lease's end."""

    kill: float = 1.0
    stop: float = 1.0
    stands: float = 0.0
    restart: float = 1.0


TRIALS = [Trial(kill=0.15, stop=0.4, stands=LEASE + 15), Trial(), Trial(restart=0.4), Trial()]


class Fleet:
    """Machines, sites and the server, over one newsroom."""

    def __init__(self, world: World, server: postgres.Server, url: str, found: Found) -> None:
        self.world, self.server, self.url, self.found = world, server, url, found
        self.nodes = [Node(world, number) for number in (1, 2, 3)] + [Node(world, 4, AHEAD)]

    def play(self, number: int, now: datetime, trial: Trial) -> None:
        """A round, to its end."""
        newsroom, papers = self.world.newsroom, self.world.papers
        self.world.clock.write_text(to_iso(now), "utf-8")
        papers.round = number
        due = due_urls(self.url, now) if number else set(papers.urls)
        first, began = len(newsroom.log), time.monotonic()
        for node in self.nodes:
            if node.process.poll() is not None:
                node.start()
        steps = self._faults(trial)
        fractions = iter([*steps, (2.0, None)])
        at, fault = next(fractions)
        with scheduling(self.world, self.nodes):
            while (left := self._left(now)) or not self._has_begun(first):
                asked = sum(is_story(each) for each in newsroom.log[first:])
                if fault and asked >= at * len(due):
                    fault()
                    at, fault = next(fractions)
                if time.monotonic() - began > LONGEST:
                    self.found.wrong.append(f"round {number}: {left} left after {LONGEST} s")
                    break
                time.sleep(0.3)
        if fault:
            self.found.wrong.append(f"round {number} was over before its faults")
        self.found.seconds.append(time.monotonic() - began)
        judge_round(number, due, newsroom.log[first:], self.found)
        wrong = {node.name for node in self.nodes if node.ahead}
        self.found.wrong += [
            f"round {number}: {name} asked, and its clock is wrong"
            for name in sorted(wrong & set(map(machine_of, newsroom.log[first:])))
        ]

    def _has_begun(self, first: int) -> bool:
        """That nothing is left counts when each paper's feed was asked for."""
        feeds = {r.request.host for r in self.world.newsroom.log[first:] if not is_story(r)}
        return len(feeds) == self.world.papers.papers

    def _left(self, now: datetime) -> int:
        try:
            with reading(self.url) as db:
                ((left,),) = db.execute(LEFT, {"now": to_iso(now)})
                return int(left)
        except (StoreError, DatabaseError):
            return 1  # nothing is there yet, or the server is away

    def _faults(self, trial: Trial) -> list[tuple[float, Callable[[], None]]]:
        steps = [
            (trial.kill, self._kill),
            (trial.stop, lambda: self._stop(trial.stands)),
            (trial.restart, self._restart),
        ]
        return sorted(((at, do) for at, do in steps if at < 1), key=lambda step: step[0])

    def _kill(self) -> None:
        self._note("killed", self.nodes[0])
        self.nodes[0].end()

    def _stop(self, stands: float) -> None:
        node = self.nodes[1]
        node.signal(signal.SIGSTOP)
        self._note("stopped", node)
        until = time.monotonic() + stands
        if not stands:
            self._end_lease(node)

        def go_on() -> None:
            time.sleep(max(0.0, until - time.monotonic()))
            node.signal(signal.SIGCONT)

        Thread(target=go_on).start()

    def _end_lease(self, node: Node) -> None:
        """As the server does after `LEASE` seconds without a sign of life."""
        sql = "select pg_terminate_backend(pid) from pg_stat_activity where application_name = %s"
        for pid in pids_of(node.process.pid):
            self.server.admin.execute(sql, [f"newsdiff_crawler {pid}"])

    def _restart(self) -> None:
        self._note("restarted", *self.nodes)
        self.server.stop("fast")
        self.server.start()
        self.server.admin = psycopg.connect(self.server.url("postgres"), autocommit=True)

    def _note(self, what: str, *nodes: Node) -> None:
        self.found.faults.append(Fault(what, tuple(n.name for n in nodes), time.monotonic()))


@contextmanager
def reading(url: str) -> Iterator[Database]:
    """A record, to be read."""
    with closing(read_record_at(Path(), url)) as db:
        yield db


def due_urls(url: str, now: datetime) -> set[str]:
    """What is due in a record."""
    with reading(url) as db:
        sql = "select url from articles where next_check_at <= :now"
        return {row[0] for row in db.execute(sql, {"now": to_iso(now)})}


def pids_of(leader: int) -> list[int]:
    """The processes of a group."""
    done = subprocess.run(["pgrep", "-g", str(leader)], capture_output=True, text=True)
    return [int(pid) for pid in done.stdout.split()]


def rows_of(db: Database) -> list[tuple[Any, ...]]:
    """All versions of a record."""
    return [tuple(row) for row in db.execute(VERSIONS)]


def alone(folder: Path, papers: Papers, times: list[datetime]) -> list[tuple[Any, ...]]:
    """All versions of the record that a single crawl makes of the same script in a file."""
    with Newsroom(papers) as newsroom:
        world = World(folder, newsroom, papers)
        for number, now in enumerate(times):
            papers.round = number
            world.clock.write_text(to_iso(now), "utf-8")
            crawled = world.run("alone", "scrapy", "crawl", "all", **{VARIABLE: ""})
            assert crawled.wait() == 0, (folder / "alone.log").read_text("utf-8")[-2000:]
    with closing(open_record_at(folder / "alone" / "data", FILE)) as db:
        return rows_of(db)


def play(folder: Path, papers: Papers, trials: list[Trial], steps: list[timedelta]) -> Found:
    """All of it, in a folder."""
    found, over = Found(), Event()
    times = moments(steps)
    server = postgres.Server(SAFE)
    with ExitStack() as stack:
        url = server.new_record()
        server.admin.execute("create role site login")
        with psycopg.connect(url, autocommit=True) as owner:
            owner.execute("grant select on all tables in schema public to site")
        newsroom = stack.enter_context(Newsroom(papers))
        world = World(folder, newsroom, papers, {VARIABLE: url})
        world.clock.write_text(to_iso(times[0]), "utf-8")
        fleet = Fleet(world, server, url, found)
        for node in fleet.nodes:
            stack.callback(node.end)
            node.start()
        ports = [free_port() for _ in range(2)]
        role = {VARIABLE: url.replace("newsdiff@", "site@")}
        for port in ports:
            serving = ("scrapy", "serve", "--port", str(port))
            stack.enter_context(command(world, f"site{port}", *serving, **role))
        readers = [Thread(target=read, args=(port, found, over)) for port in ports]
        for reader in readers:
            reader.start()
        try:
            for number, (now, trial) in enumerate(zip(times, trials, strict=True)):
                fleet.play(number, now, trial)
            compare_sites(ports, found)
        finally:
            over.set()
            for reader in readers:
                reader.join()
        with reading(url) as db:
            kept = rows_of(db)
    found.versions = len(kept)
    found.wrong += judge_record(kept, expected(papers, found.asked)) + failures(folder)
    server.admin.close()
    same = alone(folder, papers, times)
    found.wrong += [
        f"not as in a file: {row[:3]}" for row in sorted(set(kept) ^ set(same), key=str)
    ]
    return found


def read(port: int, found: Found, over: Event) -> None:
    """A site, page by page, as long as the fleet is at work."""
    answered: set[str] = set()  # those that there was something to show of
    with client_of(port) as client:
        while not over.wait(1):
            for path in PATHS:
                began = time.monotonic()
                try:
                    status = str(client.get(path).status_code)
                except httpx.HTTPError as error:
                    status = type(error).__name__
                found.answers[status] += 1
                if status == "200":
                    answered.add(path)
                away = any(
                    began - 20 < f.at < began + 20 for f in found.faults if f.what == "restarted"
                )
                is_bad = status not in ("200", "404") and path != "/health"
                if is_bad and path in answered and not away:
                    found.wrong.append(f"site: {path}: {status}")


def compare_sites(ports: list[int], found: Found) -> None:
    """That both find the same in the same order."""
    for words in SEARCHES:
        first, second = (search(port, words) for port in ports)
        if first != second:
            found.wrong.append(f"the sites differ: {words}")


def search(port: int, words: str) -> list[Any]:
    """What a site finds."""
    with client_of(port) as client:
        return list(client.get("/api/v1/search", params={"q": words}).json())


def client_of(port: int) -> httpx.Client:
    """Of a site."""
    return httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=60)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--papers", type=int, default=40)
    parser.add_argument("--articles", type=int, default=20_000, help="of all papers together")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="the folder to play in, which is kept")
    given = parser.parse_args()
    papers = Papers(given.papers, given.articles // given.papers, len(STEPS) + 1, given.seed)
    with tempfile.TemporaryDirectory() as made:
        folder = given.keep or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        found = play(folder, papers, TRIALS, STEPS)
    checks = [len(urls) for urls in found.asked]
    print(
        f"{given.papers} papers, {len(papers.urls)} articles, seed {given.seed}: checks {checks} "
        f"in {[round(each) for each in found.seconds]} s, {sum(found.again)} asked again, at most "
        f"{found.most_at_once} at a time of {found.requests} requests, "
        f"{found.versions} versions, sites {dict(found.answers)}, {len(found.wrong)} faults"
    )
    for each in found.wrong[:50]:
        print(each)
    return 1 if found.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
