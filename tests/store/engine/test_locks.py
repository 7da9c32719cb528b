"""A lock is one process's, and nobody's once that process is gone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from newsdiff_crawler.store.engine.locks import Lock, Locks

_HOLD = """
import sys
from pathlib import Path
from newsdiff_crawler.store.engine.locks import Locks
lock = Locks(Path(sys.argv[1])).run("paper")
print(lock.acquire(), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def locks(tmp_path: Path) -> Locks:
    return Locks(tmp_path / "data")


def each_twice(locks: Locks) -> list[tuple[Lock, Lock]]:
    """Every kind of lock, as two crawls have it."""
    return [
        (locks.run("paper"), locks.run("paper")),
        (locks.host_slot("news.example", 0), locks.host_slot("news.example", 0)),
    ]


def test_a_lock_is_had_by_one_at_a_time(locks: Locks) -> None:
    for ours, theirs in each_twice(locks):
        assert ours.acquire()
        assert not theirs.acquire()
        assert (ours.is_held, theirs.is_held) == (True, False)
        ours.release()
        assert theirs.acquire()
        theirs.release()


def test_other_runs_hosts_and_slots_have_locks_of_their_own(locks: Locks) -> None:
    different = [
        locks.run("paper"),
        locks.run("post"),
        locks.host_slot("news.example", 0),
        locks.host_slot("news.example", 1),
        locks.host_slot("other.example", 0),
    ]
    assert [lock.acquire() for lock in different] == [True] * len(different)
    for lock in different:
        lock.release()


@pytest.mark.parametrize(
    "host", ["../../etc", "a/b", "::1", "127.0.0.1", "münchen.example", "a" * 60 + ".example", ""]
)
def test_no_host_leads_out_of_the_folder(locks: Locks, tmp_path: Path, host: str) -> None:
    slot = locks.host_slot(host, 0)
    slot.acquire()
    assert len([*(tmp_path / "data" / "locks").iterdir()]) == 1
    slot.release()


def test_who_waits_has_the_lock_as_long_as_the_block_takes(tmp_path: Path) -> None:
    locks = Locks(tmp_path)
    with locks.scheduling().wait():
        assert not locks.scheduling().acquire()
    assert locks.scheduling().acquire()


def test_a_lock_that_is_removed_leaves_nothing(locks: Locks, tmp_path: Path) -> None:
    lock = locks.run("paper")
    lock.acquire()
    lock.remove()
    assert [*(tmp_path / "data" / "locks").iterdir()] == []
    assert locks.run("paper").acquire()


def test_a_process_that_is_killed_leaves_its_locks(locks: Locks, tmp_path: Path) -> None:
    command = [sys.executable, "-c", _HOLD, str(tmp_path / "data")]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout
        assert other.stdout.readline() == "True\n"
        assert not locks.run("paper").acquire()
        other.kill()
    assert locks.run("paper").acquire()
