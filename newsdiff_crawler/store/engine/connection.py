"""Opening the record for writing."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import sqlite_utils
from filelock import FileLock

from newsdiff_crawler.store.engine.database import LOCK_TIMEOUT
from newsdiff_crawler.store.engine.errors import DatabaseError, StoreError
from newsdiff_crawler.store.engine.private import make_data_folder, make_file, mode_in
from newsdiff_crawler.store.engine.sqlite import SQLiteDatabase
from newsdiff_crawler.store.engine.write_failure import trouble_of_disk
from newsdiff_crawler.store.schema.migrations import known_steps, migrations

DATABASE_NAME = "newsdiff.db"
OPENING_LOCK = "opening.lock"


def open_database(folder: Path) -> SQLiteDatabase:
    """Opens ``folder/newsdiff.db``, made where missing, its schema brought up to date.

    Raises StoreError: the folder cannot be written to, the file is no database, or a newer
    version of this program made it.
    """
    path = folder / DATABASE_NAME
    try:
        make_data_folder(folder)
        # One at a time: SQLite answers "database is locked" at once, whatever the timeout, to
        # two processes that turn a new file into WAL mode at the same moment.
        with FileLock(folder / OPENING_LOCK, mode=mode_in(folder)):
            make_file(path)
            connection = sqlite3.connect(path, timeout=LOCK_TIMEOUT, isolation_level=None)
            try:
                return _prepare(connection, path)
            except BaseException:
                connection.close()
                raise
    except StoreError as error:
        raise _refusal(path, str(error)) from error
    except (sqlite3.Error, DatabaseError) as error:
        raise _refusal(path, _explain(error, folder)) from error
    except OSError as error:
        raise _refusal(path, f"cannot be opened: {error.strerror or error}") from error


def _refusal(path: Path, problem: str) -> StoreError:
    return StoreError(f"{path}: {problem}", f"The record {problem}.")


def _prepare(connection: sqlite3.Connection, path: Path) -> SQLiteDatabase:
    # WAL: readers and the one writer do not wait for each other. NORMAL: a crash of the
    # process loses nothing, a power cut at most the last moments, which are checked again.
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
    # What is deleted within a page is overwritten, where that makes no page more to be written.
    connection.execute("PRAGMA secure_delete = FAST")
    schema = sqlite_utils.Database(connection)
    _refuse_newer(schema)
    db = SQLiteDatabase(connection, path)
    with db.transaction():
        migrations.apply(schema)
    return db


def _refuse_newer(schema: sqlite_utils.Database) -> None:
    known = known_steps()
    unknown = [step.name for step in migrations.applied(schema) if step.name not in known]
    if unknown:
        raise StoreError(f"made by a newer newsdiff_crawler (it has {unknown[-1]}); please update")


def _explain(error: Exception, folder: Path) -> str:
    if "not a database" in str(error):
        return "is not an SQLite database"
    if "readonly" in str(error):
        return "cannot be written to"
    return f"cannot be written to: {trouble_of_disk(folder) or error}"
