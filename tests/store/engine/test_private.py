"""Nobody but its user, and a group that the operator chose, reads the record."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from newsdiff_crawler.store import Store


@pytest.fixture(params=[0o022, 0o000, 0o077], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def modes(folder: Path) -> dict[str, set[str]]:
    """Of files and of folders, as octal numbers."""
    found: dict[str, set[str]] = {"files": set(), "folders": {f"{folder.stat().st_mode & 0o777:o}"}}
    for path in folder.rglob("*"):
        kind = "folders" if path.is_dir() else "files"
        found[kind].add(f"{path.stat().st_mode & 0o777:o}")
    return found


def written(folder: Path) -> dict[str, set[str]]:
    """The modes of all kinds of files that the record is made of while it is open: the write-ahead
    log and locks, too."""
    with closing(Store.open(folder)) as store:
        run = store.runs.start("paper", "2026-03-01T08:00:00Z")
        slot = store.locks.host_slot("news.example", 0)
        assert run
        assert slot.acquire()
        assert {path.suffix for path in folder.rglob("*")} >= {".db", ".db-wal", ".lock"}
        return modes(folder)


def test_a_new_record_is_its_users_alone(tmp_path: Path, umask: int) -> None:
    assert written(tmp_path / "data") == {"files": {"600"}, "folders": {"700"}}


def test_a_folder_that_is_open_to_all_shares_nothing(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    assert written(tmp_path)["files"] == {"600"}


def test_a_folder_that_is_open_to_a_group_shares_its_files_with_it(tmp_path: Path) -> None:
    tmp_path.chmod(0o750)
    assert written(tmp_path) == {"files": {"640"}, "folders": {"750"}}
