"""A record that cannot be used is refused in one clear line; one that can is used by many."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from newsdiff_crawler.store import Store, StoreError
from newsdiff_crawler.store.engine.connection import DATABASE_NAME, open_database
from newsdiff_crawler.times import from_iso

NOBODY = 65534


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "newsdiff.db").write_bytes(b"this is not a database" * 100)
    with pytest.raises(StoreError, match=r"newsdiff\.db: is not an SQLite database"):
        open_database(tmp_path)


def test_a_newer_schema_is_refused_and_left_alone(tmp_path: Path) -> None:
    db = open_database(tmp_path)
    row = {"migration_set": "newsdiff_crawler", "name": "m999_future", "applied_at": "2030"}
    db.insert("_sqlite_migrations", row)
    db.close()
    before = (tmp_path / "newsdiff.db").read_bytes()
    with pytest.raises(StoreError, match=r"made by a newer newsdiff_crawler.*m999_future"):
        open_database(tmp_path)
    assert (tmp_path / "newsdiff.db").read_bytes() == before


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(StoreError, match="cannot be opened"):
        open_database(tmp_path / "data")


@pytest.fixture
def read_only_folder() -> Iterator[Path]:
    """A folder that nobody may write to. Root may write anywhere, so root becomes nobody."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o555)
    user = os.geteuid()
    if user == 0:
        os.seteuid(NOBODY)
    yield folder
    os.seteuid(user)
    shutil.rmtree(folder)


def test_a_read_only_folder_is_refused(read_only_folder: Path) -> None:
    with pytest.raises(StoreError, match=r"newsdiff\.db: cannot be opened"):
        open_database(read_only_folder)


def test_an_open_record_is_in_wal_mode(tmp_path: Path) -> None:
    db = open_database(tmp_path)
    assert db.query("pragma journal_mode") == [{"journal_mode": "wal"}]
    db.close()


def _open_each(folders: list[str], together: Barrier) -> None:
    for folder in folders:
        together.wait(30)
        Store.open(folder).close()


def test_processes_that_open_a_new_record_at_the_same_moment_all_can(tmp_path: Path) -> None:
    folders = [str(tmp_path / str(number)) for number in range(40)]
    context = multiprocessing.get_context("spawn")
    together = context.Barrier(3)
    processes = [context.Process(target=_open_each, args=(folders, together)) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0, 0]


def _track_many(folder: str, name: str) -> int:
    store = Store.open(folder)
    now = from_iso("2026-03-01T08:00:00Z")
    urls = [f"https://news.example/{number}" for number in range(40)]
    found = sum(store.queue.track(name, [url], now) for url in urls)
    store.close()
    return found


def test_processes_that_open_and_write_at_once_do_not_fail_or_double(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        found = pool.starmap(_track_many, [(str(tmp_path), f"paper{n}") for n in range(4)])
    assert sum(found) == 40
    db = open_database(tmp_path)
    assert db.count("articles") == 40
    db.close()


_CLAIM_AND_HANG = """
import sys
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from multiprocessing.synchronize import Barrier
from newsdiff_crawler.store import Store
from newsdiff_crawler.times import from_iso
store, now = Store.open(sys.argv[1]), from_iso("2026-03-01T08:00:00Z")
run = store.runs.start("paper", "2026-03-01T08:00:00Z")
print(len(store.queue.claim("paper", run, now, 50, timedelta(minutes=30))), flush=True)
sys.stdin.read()
"""


def test_a_killed_crawl_gives_back_what_it_had_claimed(tmp_path: Path) -> None:
    store, now = Store.open(tmp_path), from_iso("2026-03-01T08:00:00Z")
    store.queue.track("paper", ["https://news.example/a"], now)
    crawl = subprocess.Popen(
        [sys.executable, "-c", _CLAIM_AND_HANG, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with crawl:
        assert crawl.stdout
        assert crawl.stdout.readline() == "1\n"
        run = store.runs.start("paper", "2026-03-01T08:00:01Z")
        assert store.queue.claim("paper", run, now, 50, timedelta(minutes=30)) == []
        crawl.kill()
    run = store.runs.start("paper", "2026-03-01T08:00:02Z")
    now += timedelta(seconds=2)
    assert len(store.queue.claim("paper", run, now, 50, timedelta(minutes=30))) == 1
    rows = store.db.query("select reason from runs where finished_at is not null")
    assert [row["reason"] for row in rows] == ["killed"]
    store.close()
    check = sqlite3.connect(tmp_path / "newsdiff.db")
    assert check.execute("pragma integrity_check").fetchone() == ("ok",)
    check.close()


def test_upkeep_that_writes_after_it_read_is_in_a_transaction_of_its_own(tmp_path: Path) -> None:
    """Outside of one, another process that writes meanwhile ended the crawl: database is locked."""
    seen: dict[str, bool] = {}
    with closing(open_database(tmp_path / DATABASE_NAME)) as db:

        def note(statement: str) -> None:
            seen[statement] = db.connection.in_transaction

        db.connection.set_trace_callback(note)
        db.tend()
        db.connection.set_trace_callback(None)
    assert seen["pragma optimize"]
