"""Records in memory, for what is only tried out."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager

import sqlite_utils

from newsdiff_crawler.store.engine.sqlite import SQLiteDatabase
from newsdiff_crawler.store.schema.migrations import migrations

NewScratch = Callable[[], AbstractContextManager[SQLiteDatabase]]


@contextmanager
def scratches() -> Iterator[NewScratch]:
    """What makes them, each empty, and lets go of it at the end of its block."""
    with closing(_in_memory()) as empty:
        migrations.apply(sqlite_utils.Database(empty))

        @contextmanager
        def new() -> Iterator[SQLiteDatabase]:
            with closing(_in_memory()) as connection:
                empty.backup(connection)
                yield SQLiteDatabase(connection)

        yield new


def _in_memory() -> sqlite3.Connection:
    return sqlite3.connect(":memory:", isolation_level=None)
