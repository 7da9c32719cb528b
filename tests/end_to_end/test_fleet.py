"""Several machines, each with a data folder of its own, and one record on a PostgreSQL server."""

from __future__ import annotations

import gzip
import signal
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import psycopg
import pytest
from fastapi.testclient import TestClient

from newsdiff_crawler.demo.loopback import Answer
from newsdiff_crawler.exit_status import ExitStatus
from newsdiff_crawler.store.engine.connection import DATABASE_NAME
from newsdiff_crawler.store.engine.opening import VARIABLE
from newsdiff_crawler.web.app import create_app
from tests.support import postgres
from tests.support.crawling import (
    FRONT_PAGE_FEED,
    bbc_routes,
    bbc_story,
    bbc_url,
    crawl,
    scrapy,
    started,
    stories,
    urls_of,
)
from tests.support.forked import Forked
from tests.support.newsroom import Held, Newsroom

pytestmark = pytest.mark.skipif(postgres.programs() is None, reason="no PostgreSQL here")

RAIN = ["It rained for the third day in the valley.", "Twelve roads are under water."]
EDITED = [RAIN[0], "Fourteen roads are under water."]
FIND_ONLY = ("-s", "NEWSDIFF_CRAWL_MINUTES=0")
VERSIONS = "select version_count, count(*) from articles group by version_count"
UNFINISHED = "select count(*) from runs where finished_at is null"


@pytest.fixture
def url(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Of an empty record, which crawls and commands are told."""
    with postgres.server().record() as address:
        monkeypatch.setenv(VARIABLE, address)
        yield address


def query(url: str, sql: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(sql).fetchall()


def story(*paragraphs: str) -> dict[str, Answer]:
    return {bbc_url("valley"): bbc_story(bbc_url("valley"), "Rain in the valley", paragraphs)}


def held(urls: list[str], gate: Event, asked: Event) -> dict[str, Any]:
    """Pages that answer when the gate opens."""
    return {
        url: Held(answer.body, 200, answer.headers, gate, asked)
        for url, answer in stories(urls).items()
    }


def node(newsroom: Newsroom, folder: Path, *arguments: str) -> Forked:
    """A crawl on a machine of its own."""
    portion = ("-s", "NEWSDIFF_PORTION=5")
    return started(newsroom, folder, "bbc", *portion, *arguments, stderr=subprocess.PIPE)


@pytest.fixture
def machines(tmp_path: Path) -> list[Path]:
    """A folder for each of three."""
    folders = [tmp_path / name for name in ("first", "second", "third")]
    for folder in folders:
        folder.mkdir()
    return folders


def test_an_edit_goes_from_the_feed_to_the_record_and_to_who_asks(tmp_path: Path, url: str) -> None:
    with Newsroom(bbc_routes(story(*RAIN))) as newsroom:
        assert crawl(newsroom, tmp_path, "bbc").returncode == 0
    with Newsroom(bbc_routes(story(*EDITED))) as newsroom:
        assert "1 changed" in crawl(newsroom, tmp_path, "bbc", "-a", "recheck=1").stderr
        found = scrapy(newsroom, tmp_path, "search", "twelve roads")
        checked = scrapy(newsroom, tmp_path, "verify")
    assert query(url, "select from_version, to_version from changes") == [(1, 2)]
    assert "Twelve roads are under water." in found.stdout
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert not (tmp_path / "data" / DATABASE_NAME).exists()


def test_the_site_needs_a_role_that_reads_and_no_more(
    tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Newsroom(bbc_routes(story(*RAIN))) as newsroom:
        crawl(newsroom, tmp_path, "bbc")
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute("create role site login")
        admin.execute("grant select on all tables in schema public to site")
    monkeypatch.setenv(VARIABLE, url.replace("newsdiff@", "site@"))
    client = TestClient(create_app(tmp_path / "data" / DATABASE_NAME, hosts=["testserver"]))
    for path in ("/", "/articles/1", "/search?q=roads", "/sources", "/api/v1/changes"):
        assert client.get(path).status_code == 200, path
    assert "Rain in the valley" in client.get("/search?q=twelve").text


def test_machines_share_the_work_and_what_a_dead_one_had_is_given_back(
    machines: list[Path], url: str
) -> None:
    urls, gate, asked = urls_of(40), Event(), Event()
    with Newsroom(bbc_routes(held(urls, gate, asked))) as newsroom:
        crawl(newsroom, machines[0], "bbc", *FIND_ONLY)
        nodes = [node(newsroom, folder) for folder in machines]
        assert asked.wait(90)
        dead = nodes.pop()
        dead.kill()
        dead.communicate(timeout=90)
        gate.set()
        for each in nodes:
            each.communicate(timeout=90)
        crawl(newsroom, machines[0], "bbc")
        times = Counter(entry.request.url for entry in newsroom.log if entry.request.url in urls)
        assert max(entry.at_once for entry in newsroom.log) <= 2
    assert query(url, VERSIONS) == [(1, 40)]
    # What the dead one was at may be asked again.
    assert sum(times.values()) <= 42
    assert query(url, UNFINISHED) == [(0,)]


def test_a_server_that_restarts_ends_the_crawl_and_the_next_one_goes_on(tmp_path: Path) -> None:
    gate, asked = Event(), Event()
    server = postgres.Server()
    own = {VARIABLE: server.new_record()}
    with Newsroom(bbc_routes(held(urls_of(4), gate, asked))) as newsroom:
        crawled = started(newsroom, tmp_path, "bbc", stderr=subprocess.PIPE, more=own)
        assert asked.wait(90)
        server.stop()
        gate.set()
        _, said = crawled.communicate(timeout=90)
        assert crawled.returncode == ExitStatus.NO_RECORD
        assert said.count("the record cannot be written") == 1
        print(said)
        assert "Traceback" not in said
        server.start()
        again = started(newsroom, tmp_path, "bbc", stderr=subprocess.PIPE, more=own)
        _, said = again.communicate(timeout=90)
    assert (again.returncode, "4 new" in said) == (0, True), said


def test_locks_that_are_lost_are_no_fault_of_the_publisher(tmp_path: Path, url: str) -> None:
    """Between a feed and the robots.txt of its articles the connection that holds the locks is cut,
    and only that."""
    gate, asked = Event(), Event()
    routes = bbc_routes(stories(urls_of(4)))
    listing = routes[FRONT_PAGE_FEED]
    routes[FRONT_PAGE_FEED] = Held(listing.body, 200, listing.headers, gate, asked)
    with Newsroom(routes) as newsroom:
        crawled = node(newsroom, tmp_path)
        assert asked.wait(90)
        with psycopg.connect(url, autocommit=True) as admin:
            locks = "select pid from pg_locks where locktype = 'advisory'"
            admin.execute(f"select pg_terminate_backend(pid) from ({locks}) as holders")
        gate.set()
        _, said = crawled.communicate(timeout=90)
    assert crawled.returncode == ExitStatus.NO_RECORD, said
    assert said.count("the record cannot be written") == 1
    assert "robots.txt" not in said
    assert query(url, "select count(*) from articles where failures > 0") == [(0,)]
    assert query(url, "select host from hosts where reason <> ''") == []


def test_a_machine_that_stood_still_for_longer_than_its_lease_ends_its_crawl(
    machines: list[Path], url: str
) -> None:
    """By the server's clock: what it had claimed is another one's by then."""
    gate, asked = Event(), Event()
    with Newsroom(bbc_routes(held(urls_of(4), gate, asked))) as newsroom:
        still = node(newsroom, machines[0])
        assert asked.wait(90)
        still.send_signal(signal.SIGSTOP)
        with psycopg.connect(url, autocommit=True) as admin:
            locks = "select pid from pg_locks where locktype = 'advisory'"
            admin.execute(f"select pg_terminate_backend(pid) from ({locks}) as holders")
        gate.set()
        other = crawl(newsroom, machines[1], "bbc")
        still.send_signal(signal.SIGCONT)
        _, said = still.communicate(timeout=90)
    assert "4 new" in other.stderr
    assert still.returncode != 0, said
    assert query(url, VERSIONS) == [(1, 4)]


def test_what_is_erased_goes_from_the_archive_of_each_machine_that_is_told(
    machines: list[Path], url: str
) -> None:
    with Newsroom(bbc_routes(story(*RAIN))) as newsroom:
        crawl(newsroom, machines[0], "bbc", "-s", "NEWSDIFF_NODE=node1")
        (kept,) = (machines[0] / "data" / "archive" / "bbc").iterdir()
        assert kept.name.endswith("-node1-0001.warc.gz")
        assert b"third day" in gzip.decompress(kept.read_bytes())
        erased = [
            scrapy(
                newsroom,
                machine,
                *("erase", "--reason", "asked for", bbc_url("valley")),
                *("-s", f"NEWSDIFF_NODE={name}"),
            )
            for machine, name in ((machines[1], "node2"), (machines[0], "node1"))
        ]
    assert [done.returncode for done in erased] == [0, 0], erased
    left = "Not yet in the archive of node1: give the same command there"
    assert [left in done.stdout for done in erased] == [True, False]
    assert b"third day" not in gzip.decompress(kept.read_bytes())


def test_a_record_moves_to_a_server_and_back(tmp_path: Path) -> None:
    with Newsroom(bbc_routes(story(*RAIN))) as newsroom:
        crawl(newsroom, tmp_path, "bbc")
        with postgres.server().record() as address:
            there = scrapy(newsroom, tmp_path, "copy", "--to", address)
            (tmp_path / "data" / DATABASE_NAME).rename(tmp_path / "original.db")
            back = scrapy(newsroom, tmp_path, "copy", "--from", address, "--to", "file")
        found = scrapy(newsroom, tmp_path, "search", "roads")
    assert (there.returncode, back.returncode) == (0, 0), there.stderr + back.stderr
    assert "1 articles, 1 versions" in there.stdout
    assert "Twelve roads" in found.stdout
