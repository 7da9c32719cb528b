"""SQLite behind the seam."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from newsdiff_crawler.store.engine.database import Database, Row, Values, insertion
from newsdiff_crawler.store.engine.errors import DatabaseError
from newsdiff_crawler.store.engine.search_index import FTS5Index


class SQLiteDatabase(Database):
    """``connection`` is for what is SQLite's alone; the store does without."""

    ordered_join = "cross join"

    def __init__(self, connection: sqlite3.Connection) -> None:
        connection.row_factory = sqlite3.Row
        self.connection = connection
        self.search_index = FTS5Index(self)

    def execute(self, sql: str, values: Values | None = None) -> _Rows:
        try:
            return _Rows(self.connection.execute(sql, values or ()))
        except sqlite3.Error as error:
            raise DatabaseError(str(error)) from error

    def executemany(self, sql: str, rows: Iterable[Values]) -> None:
        try:
            self.connection.executemany(sql, rows)
        except sqlite3.Error as error:
            raise DatabaseError(str(error)) from error

    def insert_returning_id(self, table: str, row: Values) -> int:
        """By the cursor: for ``returning`` SQLite sets a savepoint, and at each of those a full
        text index writes down what it has so far, in one more piece."""
        try:
            cursor = self.connection.execute(insertion(table, row), row)
        except sqlite3.Error as error:
            raise DatabaseError(str(error)) from error
        return int(cursor.lastrowid or 0)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """One ``BEGIN IMMEDIATE`` transaction.

        sqlite-utils' own ``atomic()`` begins deferred: two writers that read first and write then
        fail with "database is locked" at once, whatever the timeout. Inside this one, ``atomic()``
        takes savepoints.
        """
        self.execute("begin immediate")
        try:
            yield
            self.execute("commit")
        except BaseException:
            if self.connection.in_transaction:  # SQLite ends it by itself where the disk is full
                self.execute("rollback")
            raise

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

    def close(self) -> None:
        self.connection.close()

    def one_of(self, column: str, name: str) -> str:
        return f"{column} in (select value from json_each(:{name}))"  # noqa: S608

    def list_value(self, values: Sequence[Any]) -> str:
        return json.dumps(values)

    def seconds_between(self, earlier: str, later: str) -> str:
        # Half as long as with strftime, which makes texts.
        days = f"julianday({later}) - julianday({earlier})"
        return f"cast(round(({days}) * 86400) as integer)"

    def use_index(self, name: str) -> str:
        return f"indexed by {name}"


class _Rows:
    """A cursor whose errors are ours."""

    __slots__ = ("_cursor",)

    def __init__(self, cursor: sqlite3.Cursor) -> None:
        self._cursor = cursor

    @property
    def rowcount(self) -> int:
        return self._cursor.rowcount

    def fetchone(self) -> Row | None:
        try:
            row: Row | None = self._cursor.fetchone()
        except sqlite3.Error as error:
            raise DatabaseError(str(error)) from error
        return row

    def fetchall(self) -> list[Row]:
        try:
            return self._cursor.fetchall()
        except sqlite3.Error as error:
            raise DatabaseError(str(error)) from error

    def __iter__(self) -> Iterator[Row]:
        try:
            yield from self._cursor
        except sqlite3.Error as error:
            raise DatabaseError(str(error)) from error
