"""The statements that the database executes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from newsdiff_crawler.store import Store
from newsdiff_crawler.store.engine.sqlite import SQLiteDatabase


@contextmanager
def statements(store: Store) -> Iterator[list[str]]:
    """Every statement that runs in the block, in order; those that the search index makes by
    itself left out, and how long the connection waits for others."""
    executed: list[str] = []

    def note(sql: str) -> None:
        if not sql.startswith(("--", "pragma busy_timeout")) and "'main'." not in sql:
            executed.append(sql)

    assert isinstance(store.db, SQLiteDatabase)
    store.db.connection.set_trace_callback(note)
    try:
        yield executed
    finally:
        store.db.connection.set_trace_callback(None)
