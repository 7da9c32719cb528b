"""Opening the record for readers: a file that they cannot write to, and need not be allowed to."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import sqlite_utils

from newsdiff_crawler.store.engine.errors import StoreError, no_record
from newsdiff_crawler.store.engine.sqlite import SQLiteDatabase
from newsdiff_crawler.store.schema.migrations import known_steps, migrations

BUSY_TIMEOUT = 2.0  # seconds to wait for a writer that holds the file


def open_readonly(database: Path) -> SQLiteDatabase:
    """Raises StoreError for a file that is missing, locked, no database, not to be read by this
    user, or made by an older or newer release."""
    try:
        if not database.is_file():
            raise no_record(database.parent)
        connection = _connect(database)
    except OSError as error:
        raise _refusal(database, f"may not be read: {error.strerror}") from error
    except sqlite3.Error as error:
        raise _refusal(database, f"cannot be read: {error}") from error
    return SQLiteDatabase(connection)


def waiting_steps_of(database: Path) -> list[str]:
    """The names of the steps that a record's schema lacks, in order. Raises StoreError."""
    try:
        with closing(sqlite3.connect(database, timeout=BUSY_TIMEOUT)) as connection:
            return [step.name for step in migrations.pending(sqlite_utils.Database(connection))]
    except sqlite3.Error as error:
        raise _refusal(database, f"cannot be read: {error}") from error


def may_be_written(database: Path) -> bool:
    """Whether somebody writes to the record, or was killed while he did: there is something in the
    log of writes beside it."""
    try:
        return database.with_name(f"{database.name}-wal").stat().st_size > 0
    except OSError:
        return False


def _connect(database: Path) -> sqlite3.Connection:
    try:
        return _opened(database, "mode=ro")
    except sqlite3.OperationalError as error:
        if "locked" in str(error) or may_be_written(database):
            raise
        # To read along with writers SQLite makes files beside the record, which this user may not,
        # or for which a full disk has no room. While nobody writes the record does not change.
        return _opened(database, "immutable=1")


def _opened(database: Path, how: str) -> sqlite3.Connection:
    """The record, where its schema is this release's."""
    uri = f"{database.resolve().as_uri()}?{how}"
    # Handed from thread to thread within one request, never used by two at once.
    connection = sqlite3.connect(uri, uri=True, timeout=BUSY_TIMEOUT, check_same_thread=False)
    try:
        _check_schema(connection, database)
    except BaseException:
        connection.close()
        raise
    return connection


def _check_schema(connection: sqlite3.Connection, database: Path) -> None:
    applied = {step.name for step in migrations.applied(sqlite_utils.Database(connection))}
    known = known_steps()
    if not applied:
        raise _refusal(database, "is empty: no crawl has written to it yet")
    if applied - known:
        raise _refusal(database, "was made by a newer release than this one")
    if known - applied:
        waits = "waits for `scrapy migrate`, or for the next crawl"
        raise _refusal(database, f"{waits}: it was made by an older release")


def _refusal(database: Path, problem: str) -> StoreError:
    return StoreError(f"{database}: {problem}", f"The record {problem}.")
