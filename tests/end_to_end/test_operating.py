"""The steps of docs/operating.md, run as they stand there. Played are only the machine's own
parts: its users, systemd, and the publishers."""

from __future__ import annotations

import re
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Any
from urllib.error import HTTPError
from urllib.request import ProxyHandler, build_opener

import pytest

from newsdiff_crawler.store import Store
from tests.end_to_end.test_all_sources import publisher
from tests.end_to_end.test_serve import free_port
from tests.support.crawling import list_sources, query
from tests.support.machines import Machine, block
from tests.support.newsroom import Newsroom
from tests.support.records import URL, add_article, story


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """The machine as the page has it installed, with a record of one article."""
    made = Machine.made_in(tmp_path)
    with closing(Store.open(made.kept / "data")) as store:
        add_article(store, story("One", "It rained."))
    return made


def titles(machine: Machine) -> list[Any]:
    return [title for (title,) in query(machine.kept, "select title from versions order by 1")]


def until(condition: Callable[[], Any]) -> None:
    end, pause = monotonic() + 60, Event()
    while not condition():
        assert monotonic() < end, "not within a minute"
        pause.wait(0.05)


def answer(address: str) -> int:
    """The status of a page; 0 while nobody listens."""
    try:
        with build_opener(ProxyHandler({})).open(address, timeout=20) as opened:
            return int(opened.status)
    except HTTPError as error:
        error.close()
        return error.code
    except OSError:
        return 0


@contextmanager
def running(service: subprocess.Popen[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    try:
        yield service
    finally:
        service.kill()
        service.wait()


def test_the_services_fill_the_record_and_show_it_and_end_cleanly(tmp_path: Path) -> None:
    port = free_port()
    with Newsroom(publisher) as newsroom:
        machine = Machine.made_in(tmp_path, **newsroom.environment(tmp_path))
        with (machine.project / "newsdiff_crawler/settings.py").open("a") as settings:
            settings.write("\nSPIDER_MODULES = ['newsdiff_crawler.spiders.all']\n")
        list_sources(machine.kept, "ash")
        site = machine.service("newsdiff-site", "--port", str(port))
        with running(site), running(machine.service("newsdiff-crawl")) as crawl:
            until(lambda: answer(f"http://127.0.0.1:{port}/news/articles/1") == 200)
            crawl.terminate()
            assert crawl.wait(timeout=60) == 0
    assert titles(machine) == ["Ferry gone from ash.example"]


def test_a_backup_has_all_that_was_written_though_a_crawl_still_holds_it(machine: Machine) -> None:
    with closing(Store.open(machine.kept / "data")) as store:
        add_article(store, story("Two", "It snowed."), url="https://news.example/2")
        machine.run("newsdiff-backup")
    (made,) = (machine.root / "var/backups/newsdiff").glob("20*")
    with closing(sqlite3.connect(made / "newsdiff.db")) as copy:
        assert copy.execute("select title from versions order by 1").fetchall() == [
            ("One",),
            ("Two",),
        ]


def test_a_backup_of_the_same_day_takes_the_place_of_the_first(machine: Machine) -> None:
    machine.run("newsdiff-backup")
    machine.run("newsdiff-backup")
    names = {file.name for file in (machine.root / "var/backups/newsdiff").iterdir()}
    assert len(names) == 2
    assert "newsdiff.env" in names


def test_a_restored_record_is_the_one_of_the_backup_and_the_broken_one_is_kept(
    machine: Machine,
) -> None:
    machine.run("newsdiff-backup")
    record = machine.kept / "data/newsdiff.db"
    record.write_bytes(b"no record")
    record.with_name("newsdiff.db-wal").write_bytes(b"of the broken one")
    assert "archive are as they were written" in machine.run(block("restore"))
    assert titles(machine) == ["One"]
    broken = {file.name for file in (machine.kept / "broken").iterdir()}
    assert broken >= {"newsdiff.db", "newsdiff.db-wal"}
    assert machine.asked_of_systemd == [
        "stop newsdiff-crawl newsdiff-site",
        "start newsdiff-crawl newsdiff-site",
    ]


def test_an_upgrade_brings_the_new_files_and_an_old_record_up_to_date(machine: Machine) -> None:
    git = "git -c user.name=a -c user.email=a@example.org"
    published = "git clone -q . ../published && git remote add origin ../published"
    machine.run(f"cd {machine.project} && git init -q -b main && echo .venv > .gitignore")
    machine.run(f"cd {machine.project} && git add . && {git} commit -qm one && {published}")
    machine.run(f"cd {machine.project} && git fetch -q && git branch -q -u origin/main")
    machine.run(f"cd {machine.project}/../published && {git} commit -q --allow-empty -m two")
    with closing(sqlite3.connect(machine.kept / "data/newsdiff.db")) as old, old:
        # A step that can be taken twice.
        old.execute("delete from _sqlite_migrations where name = 'm028_altered'")
    # All that is needed is installed: pip has nothing to do.
    said = machine.run(re.sub(r" && \S+pip install \S+ -r \S+", "", block("upgrade")))
    assert "newsdiff.db is up to date" in said
    log = machine.run(f"cd {machine.project} && git log -1 --format=%s")
    assert log == "two\n"


def test_the_forecast_is_of_this_record(machine: Machine) -> None:
    said = machine.run(block("forecast"))
    assert re.search(r"paper +│ +1 │", said)
    assert "MB are free" in said


def test_an_article_is_erased_and_the_rest_checks_out(machine: Machine) -> None:
    address = re.search(r"https://\S+", block("erase"))
    assert address
    said = machine.run(block("erase").replace(address[0], URL))
    assert f"Erased: {URL}" in said
    assert "are as they were written" in said
    assert titles(machine) == [None]


@pytest.mark.parametrize(("path", "mails"), [("/health", True), ("/", False)])
def test_cron_mails_what_is_unwell_and_nothing_else(
    machine: Machine, path: str, mails: bool
) -> None:
    with closing(Store.open(machine.kept / "data")) as store:
        old = "2026-01-01T00:00:00Z"
        row = {"source": "bbc", "started_at": old, "finished_at": old, "reason": "finished"}
        store.db.insert_returning_id("runs", row)
    port = free_port()
    with running(machine.service("newsdiff-site", "--port", str(port))):
        until(lambda: answer(f"http://127.0.0.1:{port}/"))
        line = block("cron-health").splitlines()[-1].split(" nobody ")[1]
        said = machine.run(line.replace(":8000/health", f":{port}{path}"))
    assert ("no crawl has run since" in said) is mails
    assert bool(said) is mails
