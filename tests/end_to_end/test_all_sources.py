"""``scrapy crawl all`` crawls every source in one process, each as if it were alone."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import pytest

from newsdiff_crawler.demo.loopback import Answer, Request
from newsdiff_crawler.exit_status import ExitStatus
from tests.support.crawling import (
    LISTED,
    crawl,
    list_sources,
    query,
    started,
)
from tests.support.forked import Forked
from tests.support.newsroom import Held, Newsroom, feed, page

TEXT = "The ferry to the island was taken off on Monday, after sixty years. " * 20
NOT_HERE = page("<h1>Not here</h1>", 404)
RUNS = "select source, new, finished_at is not null, reason from runs order by source, id"


def publisher(request: Request) -> Answer:
    """Any paper: a feed with one article."""
    host, path = request.host.partition(":")[0], request.url.rpartition("/")[2]
    if path == "rss":
        item = f"<item><link>https://{host}/a-story</link></item>"
        return feed(f'<rss version="2.0"><channel>{item}</channel></rss>')
    if path == "a-story":
        return page(f"<article><h1>Ferry gone from {host}</h1><p>{TEXT}</p></article>")
    return NOT_HERE


@contextmanager
def at_work(newsroom: Newsroom, folder: Path, *arguments: str) -> Iterator[Forked]:
    process = started(newsroom, folder, "all", *LISTED, *arguments, stderr=subprocess.PIPE)
    try:
        yield process
    finally:
        process.kill()
        process.communicate(timeout=60)


def ended_by(sent: signal.Signals, process: Forked) -> str:
    """The log, once the process has ended."""
    process.send_signal(sent)
    return process.communicate(timeout=60)[1]


def test_each_source_has_a_run_of_its_own_and_one_that_is_broken_harms_none(tmp_path: Path) -> None:
    list_sources(tmp_path, "ash", "broken", "elm", more='[bad]\ntitle = "no feeds"')
    with Newsroom(lambda r: NOT_HERE if "broken" in r.host else publisher(r)) as newsroom:
        done = crawl(newsroom, tmp_path, "all", *LISTED)
    assert done.returncode == ExitStatus.UNWELL
    log = done.stderr
    assert query(tmp_path, RUNS) == [
        ("ash", 1, 1, "finished"),
        ("broken", 0, 1, "finished"),
        ("elm", 1, 1, "finished"),
    ]
    assert "broken is unwell" in log
    assert "+ elm: Ferry gone from elm.example" in log
    assert "[bad] expected at least one of feeds and sitemaps" in log
    assert "Traceback" not in log


def test_the_next_step_is_named_once_for_all_of_them(tmp_path: Path) -> None:
    list_sources(tmp_path, "ash", "birch")
    with Newsroom(publisher) as newsroom:
        done = crawl(newsroom, tmp_path, "all", *LISTED)
    assert [line for line in done.stderr.splitlines() if "scrapy serve" in line] == [
        "See it: scrapy serve"
    ]


def test_only_what_is_due_is_asked_for(tmp_path: Path) -> None:
    list_sources(tmp_path, "ash", "elm")
    with Newsroom(publisher) as newsroom:
        crawl(newsroom, tmp_path, "all", *LISTED)
        asked = len(newsroom.log)
        crawl(newsroom, tmp_path, "all", *LISTED)
        assert len(newsroom.log) == asked
        crawl(newsroom, tmp_path, "all", *LISTED, "-a", "recheck=1")
        assert len(newsroom.log) > asked
    assert [run[0] for run in query(tmp_path, RUNS)] == ["ash", "ash", "elm", "elm"]


def test_a_source_that_is_listed_while_it_runs_is_crawled(tmp_path: Path) -> None:
    asked = {"ash": Event(), "elm": Event()}

    def answer(request: Request) -> Answer:
        asked[request.host.partition(".")[0]].set()
        return publisher(request)

    list_sources(tmp_path, "ash")
    with Newsroom(answer) as newsroom, at_work(newsroom, tmp_path, "--every", "1s") as process:
        assert asked["ash"].wait(60)
        list_sources(tmp_path, "ash", "elm")
        assert asked["elm"].wait(60)
        log = ended_by(signal.SIGTERM, process)
    assert process.returncode == ExitStatus.DONE
    assert "Traceback" not in log


def test_a_list_that_cannot_be_read_lets_nobody_go(tmp_path: Path) -> None:
    """Neither in silence nor for the record; a service goes on with what it knows."""
    list_sources(tmp_path, "ash")
    listed = tmp_path / "data" / "sources.toml"
    with Newsroom(publisher) as newsroom:
        crawl(newsroom, tmp_path, "all", *LISTED)
        listed.unlink()
        listed.mkdir()
        done = crawl(newsroom, tmp_path, "all", *LISTED)
    assert done.returncode == ExitStatus.NOT_DONE
    assert "sources.toml cannot be read, and so nobody knows what is followed" in done.stderr
    assert "no longer followed" not in done.stderr
    assert query(tmp_path, "select source, followed from sources") == [("ash", 1)]


def test_one_signal_ends_it_while_it_waits_for_what_is_due(tmp_path: Path) -> None:
    list_sources(tmp_path, "ash")
    with Newsroom(publisher) as newsroom, at_work(newsroom, tmp_path, "--every", "1h") as process:
        assert process.stderr
        assert any("ash: checked 1 article" in line for line in process.stderr)
        ended_by(signal.SIGTERM, process)
    assert query(tmp_path, RUNS) == [("ash", 1, 1, "finished")]


def test_one_signal_ends_crawls_that_are_at_work_and_nothing_stays_claimed(tmp_path: Path) -> None:
    held = Held(b"")
    list_sources(tmp_path, "ash", "elm")
    with (
        Newsroom(lambda r: held if r.url.endswith("a-story") else publisher(r)) as newsroom,
        at_work(newsroom, tmp_path, "--every", "1s") as process,
    ):
        assert held.asked.wait(60)
        process.send_signal(signal.SIGTERM)
        held.gate.set()
        log = process.communicate(timeout=60)[1]
    assert "Traceback" not in log
    assert {run[2:] for run in query(tmp_path, RUNS)} == {(1, "shutdown")}
    assert query(tmp_path, "select count(*) from articles where claimed_by is not null") == [(0,)]


@pytest.mark.parametrize("given", ["every=soon", "recheck=yes", "rechek=1"])
def test_an_argument_that_makes_no_sense_is_one_line(tmp_path: Path, given: str) -> None:
    with Newsroom({}) as newsroom:
        done = crawl(newsroom, tmp_path, "all", "-a", given)
    assert done.returncode == ExitStatus.NO_SENSE
    (line,) = done.stderr.splitlines()
    assert given.partition("=")[0] in line
    assert "Traceback" not in done.stderr


def test_one_signal_beside_crawls_that_have_ended_is_one_end(tmp_path: Path) -> None:
    names = [f"paper{n}" for n in range(6)]
    held = Held(b"")
    list_sources(tmp_path, "slow", *names)

    def answer(request: Request) -> Answer:
        is_held = request.host.startswith("slow") and request.url.endswith("a-story")
        return held if is_held else publisher(request)

    with Newsroom(answer) as newsroom, at_work(newsroom, tmp_path) as process:
        assert held.asked.wait(60)
        assert process.stderr
        ended = (line for line in process.stderr if ": checked 1 article" in line)
        for _ in names:
            next(ended)
        log = ended_by(signal.SIGTERM, process)
    assert process.returncode == ExitStatus.INTERRUPTED
    assert "Traceback" not in log
    assert log.count("asked to end") == 1


def test_a_record_that_was_moved_away_is_never_made_anew(tmp_path: Path) -> None:
    list_sources(tmp_path, "ash")
    with Newsroom(publisher) as newsroom, at_work(newsroom, tmp_path, "--every", "1s") as process:
        assert process.stderr
        assert any("ash: checked 1 article" in line for line in process.stderr)
        record = tmp_path / "data" / "newsdiff.db"
        record.rename(record.with_suffix(".away"))
        assert any("the record was moved away" in line for line in process.stderr)
        ended_by(signal.SIGTERM, process)
    assert process.returncode == ExitStatus.NO_RECORD
    assert not record.exists()
