"""Opening the record, and the one kind of transaction that writes to it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock
from sqlite_utils import Database

from newsdiff_crawler.store.schema.migrations import migrations

DATABASE_NAME = "newsdiff.db"
OPENING_LOCK = "opening.lock"
LOCK_TIMEOUT = 60.0  # seconds that one writer waits for another


class StoreError(Exception):
    """The record cannot be used; the message is one line for people."""


def open_database(folder: Path) -> Database:
    """Opens ``folder/newsdiff.db``, made where missing, its schema brought up to date.

    Raises StoreError: the folder cannot be written to, the file is no database, or a newer
    version of this program made it.
    """
    path = folder / DATABASE_NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # One at a time: SQLite answers "database is locked" at once, whatever the timeout, to
        # two processes that turn a new file into WAL mode at the same moment.
        with FileLock(folder / OPENING_LOCK):
            connection = sqlite3.connect(path, timeout=LOCK_TIMEOUT, isolation_level=None)
            try:
                return _prepare(connection)
            except BaseException:
                connection.close()
                raise
    except StoreError as error:
        raise StoreError(f"{path}: {error}") from error
    except sqlite3.DatabaseError as error:
        raise StoreError(f"{path}: {_explain(error)}") from error
    except OSError as error:
        raise StoreError(f"{path}: cannot be opened: {error}") from error


@contextmanager
def immediate(db: Database) -> Iterator[None]:
    """One ``BEGIN IMMEDIATE`` transaction, rolled back on any exception.

    sqlite-utils' own ``atomic()`` begins deferred: two writers that read first and write then
    fail with "database is locked" at once, whatever the timeout. Inside this one, ``atomic()``
    takes savepoints.
    """
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        db.conn.execute("ROLLBACK")
        raise
    db.conn.execute("COMMIT")


def _prepare(connection: sqlite3.Connection) -> Database:
    # WAL: readers and the one writer do not wait for each other. NORMAL: a crash of the
    # process loses nothing, a power cut at most the last moments, which are checked again.
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
    db = Database(connection)
    _refuse_newer(db)
    with immediate(db):
        migrations.apply(db)
    return db


def _refuse_newer(db: Database) -> None:
    known = {migration.name for migration in migrations._migrations}
    unknown = [step.name for step in migrations.applied(db) if step.name not in known]
    if unknown:
        raise StoreError(f"made by a newer newsdiff_crawler (it has {unknown[-1]}); please update")


def _explain(error: sqlite3.DatabaseError) -> str:
    if "not a database" in str(error):
        return "is not an SQLite database"
    if "readonly" in str(error):
        return "cannot be written to"
    return str(error)
