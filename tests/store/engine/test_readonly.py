"""A record that cannot be read is refused with its reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsdiff_crawler.store import Store, StoreError
from newsdiff_crawler.store.engine.connection import DATABASE_NAME
from newsdiff_crawler.store.reading.records import Records


def test_a_missing_database_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=rf"no record in {tmp_path}, made by"):
        Records.open(tmp_path)


def test_an_empty_file_is_told_apart(tmp_path: Path) -> None:
    (tmp_path / DATABASE_NAME).touch()
    with pytest.raises(StoreError, match="empty"):
        Records.open(tmp_path)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / DATABASE_NAME).write_text("no database at all, just some words" * 100)
    with pytest.raises(StoreError, match="not a database"):
        Records.open(tmp_path)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("update _sqlite_migrations set name = 'm999_future' where name like 'm001%'", "newer"),
        ("delete from _sqlite_migrations where name like 'm004%'", "scrapy migrate"),
    ],
)
def test_a_database_of_another_release_is_refused(
    store: Store, tmp_path: Path, change: str, reason: str
) -> None:
    store.db.execute(change)
    with pytest.raises(StoreError, match=reason):
        Records.open(tmp_path)


def test_a_locked_database_is_said_to_be_locked(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsdiff_crawler.store.engine.readonly.BUSY_TIMEOUT", 0.0)
    store.db.execute("pragma journal_mode = delete")
    store.db.execute("begin exclusive")
    with pytest.raises(StoreError, match="locked"):
        Records.open(tmp_path)
