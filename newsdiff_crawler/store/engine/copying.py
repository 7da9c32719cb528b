"""The record, copied as it is at one moment."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from newsdiff_crawler.store.engine.errors import DatabaseError
from newsdiff_crawler.store.engine.private import mode_in


def copy_record(record: Path, copy: Path) -> None:
    """While others write; whatever release made it. To a file that is not there yet, and that is
    the whole copy. Raises DatabaseError."""
    source = f"{record.resolve().as_uri()}?mode=ro"
    try:
        with (
            closing(sqlite3.connect(source, uri=True, timeout=60)) as original,
            closing(sqlite3.connect(copy)) as copied,
        ):
            original.backup(copied)  # in one step: writers would have one of several begin anew
            copied.execute("pragma journal_mode = delete")
    except sqlite3.Error as error:
        raise DatabaseError(str(error)) from error
    copy.chmod(mode_in(copy.parent))
