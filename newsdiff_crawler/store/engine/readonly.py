"""Opening the record for readers: a file that they cannot write to."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import sqlite_utils

from newsdiff_crawler.store.engine.errors import StoreError
from newsdiff_crawler.store.engine.sqlite import SQLiteDatabase
from newsdiff_crawler.store.schema.migrations import known_steps, migrations

BUSY_TIMEOUT = 2.0  # seconds to wait for a writer that holds the file


def open_readonly(database: Path) -> SQLiteDatabase:
    """Raises StoreError for a file that is missing, locked, no database, or made by an older or
    newer release."""
    if not database.is_file():
        raise StoreError(f"There is no database yet ({database.name} is missing).")
    uri = f"{database.resolve().as_uri()}?mode=ro"
    try:
        # Handed from thread to thread within one request, never used by two at once.
        connection = sqlite3.connect(uri, uri=True, timeout=BUSY_TIMEOUT, check_same_thread=False)
        try:
            _check_schema(connection)
        except BaseException:
            connection.close()
            raise
    except sqlite3.Error as error:
        raise StoreError(f"The database cannot be read: {error}.") from error
    return SQLiteDatabase(connection)


def _check_schema(connection: sqlite3.Connection) -> None:
    applied = {step.name for step in migrations.applied(sqlite_utils.Database(connection))}
    known = known_steps()
    if not applied:
        raise StoreError("The database is empty: no crawl has written to it yet.")
    if applied - known:
        raise StoreError("The database was made by a newer release than this site.")
    if known - applied:
        raise StoreError(
            "The database was made by an older release; the next crawl brings it up to date."
        )
