"""What is asked of the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from newsdiff_crawler.store import Store
from newsdiff_crawler.store.engine.sqlite import SQLiteDatabase


@contextmanager
def statements(store: Store) -> Iterator[list[str]]:
    """Every statement that runs in the block, in order; those of SQLite's own tables left out."""
    made: list[str] = []
    assert isinstance(store.db, SQLiteDatabase)
    connection = store.db.connection
    connection.set_trace_callback(lambda sql: None if sql.startswith("--") else made.append(sql))
    try:
        yield made
    finally:
        connection.set_trace_callback(None)
