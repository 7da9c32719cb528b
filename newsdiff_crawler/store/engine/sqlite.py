"""SQLite behind the seam."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from newsdiff_crawler.store.engine.database import (
    LOCK_TIMEOUT,
    TENDING,
    Database,
    Row,
    Values,
    insertion,
)
from newsdiff_crawler.store.engine.errors import DatabaseError, TooLongError
from newsdiff_crawler.store.engine.search_index import FTS5Index

_STEPS = 1_000  # of SQLite's machine, between two looks at the time; they take some 10 µs
_A_WHILE = 200  # ms that SQLite waits by itself for another writer
_ROWS_ANALYSED = 400  # of an index, of which SQLite learns what a query is like to find
_FAILURES = {
    "disk is full": "the disk is full",
    "readonly database": "it is read-only",
    "disk I/O error": "the disk refuses to read or write (disk I/O error)",
}


class SQLiteDatabase(Database):
    """``connection`` is for what is SQLite's alone; the store does without. ``path``: of the file,
    where it is to be written to."""

    ordered_join = "cross join"

    def __init__(self, connection: sqlite3.Connection, path: Path | None = None) -> None:
        super().__init__()
        connection.row_factory = sqlite3.Row
        self.connection = connection
        self.search_index = FTS5Index(self)
        self._path = path
        self._identity = _identity(path) if path else None

    def execute(self, sql: str, values: Values | None = None) -> _Rows:
        try:
            return _Rows(self.connection.execute(sql, values or ()), self)
        except sqlite3.Error as error:
            raise self.failed(error) from error

    def executemany(self, sql: str, rows: Iterable[Values]) -> None:
        try:
            self.connection.executemany(sql, rows)
        except sqlite3.Error as error:
            raise self.failed(error) from error

    def insert_returning_id(self, table: str, row: Values) -> int:
        """By the cursor: for ``returning`` SQLite sets a savepoint, and at each of those a full
        text index writes down what it has so far, in one more piece."""
        try:
            cursor = self.connection.execute(insertion(table, row), row)
        except sqlite3.Error as error:
            raise self.failed(error) from error
        return int(cursor.lastrowid or 0)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """One ``BEGIN IMMEDIATE`` transaction.

        sqlite-utils' own ``atomic()`` begins deferred: two writers that read first and write then
        fail with "database is locked" at once, whatever the timeout. Inside this one, ``atomic()``
        takes savepoints. Within another one it is part of that.
        """
        if self.connection.in_transaction:
            yield
            return
        self._look_for_the_file()
        self._begin()
        try:
            yield
            self.execute("commit")
        except BaseException:
            if self.connection.in_transaction:  # SQLite ends it by itself where the disk is full
                self.execute("rollback")
            raise

    def failed(self, error: sqlite3.Error) -> DatabaseError | TooLongError:
        """SQLite's error as ours."""
        if "interrupted" in str(error):
            return TooLongError("it took too long")
        if not (
            isinstance(error, sqlite3.OperationalError) or type(error) is sqlite3.DatabaseError
        ):
            return DatabaseError(str(error))  # a fault of ours in one statement
        known = (words for sign, words in _FAILURES.items() if sign in str(error))
        return self.record_failed(next(known, str(error)))

    def _begin(self) -> None:
        """Waits for other writers a little at a time: no signal is heard while SQLite waits."""
        until = time.monotonic() + LOCK_TIMEOUT
        self.execute(f"pragma busy_timeout = {_A_WHILE}")
        try:
            while not self._has_begun():
                if time.monotonic() > min(until, self.waits_until):
                    raise self.record_failed("database is locked")
        finally:
            self.execute(f"pragma busy_timeout = {int(LOCK_TIMEOUT * 1000)}")

    def _has_begun(self) -> bool:
        try:
            self.connection.execute("begin immediate")
        except sqlite3.Error as error:
            if "locked" in str(error):
                return False
            raise self.failed(error) from error
        return True

    def _look_for_the_file(self) -> None:
        """SQLite would go on writing to a file that was moved away or whose folder went, and to
        one that nobody else may write to by now."""
        if self._path is None:
            return
        identity = _identity(self._path)
        if identity is None:
            raise self.record_failed("it is no longer there")
        if identity != self._identity:
            raise self.record_failed("another file is in its place")
        if not os.access(self._path, os.W_OK, effective_ids=True):
            raise self.record_failed("it is read-only")

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        if self.connection.in_transaction:
            yield
            return
        self.execute("begin")
        try:
            yield
        finally:
            self.execute("commit")

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        end = time.thread_time() + seconds
        self.connection.set_progress_handler(lambda: time.thread_time() > end, _STEPS)
        try:
            yield
        finally:
            self.connection.set_progress_handler(None, 0)

    def scrub(self) -> None:
        self.search_index.scrub()
        self.execute("vacuum")
        (is_busy, *_), *_ = self.execute("pragma wal_checkpoint(truncate)").fetchall()
        if is_busy:
            raise DatabaseError("a reader of the record holds on to an old state of it")

    def tend(self) -> None:
        with suppress(TooLongError), self.within(TENDING):
            self.search_index.tend()
            self.execute(f"pragma analysis_limit = {_ROWS_ANALYSED}")
            # It reads first and writes then, as `transaction` says.
            with self.transaction():
                self.execute("pragma optimize")

    def size(self) -> int:
        (_, _, name), *_ = self.execute("pragma database_list").fetchall()
        files = [Path(f"{name}{ending}") for ending in ("", "-wal")] if name else []
        return sum(file.stat().st_size for file in files if file.exists())

    def close(self) -> None:
        self.connection.close()

    def one_of(self, column: str, name: str) -> str:
        return f"{column} in (select value from {self.list_table(name)})"  # noqa: S608

    def list_table(self, name: str) -> str:
        return f"json_each(:{name})"

    def list_value(self, values: Sequence[Any]) -> str:
        return json.dumps(values)

    def seconds_between(self, earlier: str, later: str) -> str:
        # Half as long as with strftime, which makes texts.
        days = f"julianday({later}) - julianday({earlier})"
        return f"cast(round(({days}) * 86400) as integer)"

    def continue_ids(self, tables: Sequence[str]) -> None:
        """SQLite goes by the ids that there are."""

    def use_index(self, name: str) -> str:
        return f"indexed by {name}"


def _identity(path: Path) -> tuple[int, int] | None:
    """Of a file, while it is there."""
    try:
        file = path.stat()
    except OSError:
        return None
    return file.st_dev, file.st_ino


class _Rows:
    """A cursor whose errors are ours."""

    __slots__ = ("_cursor", "_db")

    def __init__(self, cursor: sqlite3.Cursor, db: SQLiteDatabase) -> None:
        self._cursor = cursor
        self._db = db

    @property
    def rowcount(self) -> int:
        return self._cursor.rowcount

    def fetchone(self) -> Row | None:
        try:
            row: Row | None = self._cursor.fetchone()
        except sqlite3.Error as error:
            raise self._db.failed(error) from error
        return row

    def fetchall(self) -> list[Row]:
        try:
            return self._cursor.fetchall()
        except sqlite3.Error as error:
            raise self._db.failed(error) from error

    def tuples(self) -> list[tuple[Any, ...]]:
        self._cursor.row_factory = None
        rows: list[Any] = self.fetchall()
        return rows

    def __iter__(self) -> Iterator[Row]:
        try:
            yield from self._cursor
        except sqlite3.Error as error:
            raise self._db.failed(error) from error
