"""What makes passages findable: an index of all of them, and one of those that were taken out.

Both are filled by the transaction that stores a version, for scripts without spaces are indexed
sign by sign, which no trigger could do.
"""

from __future__ import annotations

from sqlite_utils import Database

from newsdiff_crawler.items import Block
from newsdiff_crawler.store.reading.search_terms import spaced

_COLUMNS = {True: "headline", False: "text"}


def index_passage(db: Database, passage: int, source: str, kind: str, text: str) -> None:
    """Makes a stored passage findable. To be called once."""
    _index(db, "passages_fts", passage, source, kind, text)


def forget_passage(db: Database, passage: int, source: str, kind: str, text: str) -> None:
    """Makes a passage that goes from the record unfindable. An index without content must be told
    exactly what it was told before."""
    column = _COLUMNS[kind == "headline"]
    db.execute(
        f"""insert into passages_fts (passages_fts, rowid, source, {column})
            values ('delete', ?, ?, ?)""",  # noqa: S608
        [passage, source, spaced(text)],
    )


def index_removals(db: Database, article_id: int, number: int, source: str, at: str) -> None:
    """Notes which passages of an article its version `number`, of the time `at`, no longer has.
    To be called once, before the next version."""
    rows = db.execute(
        "select id, kind, text from passages where article_id = ? and last_version = ?",
        [article_id, number - 1],
    )
    for passage, kind, text in rows.fetchall():
        index_removal(db, passage, number, source, at, Block(kind, text))


def index_removal(
    db: Database, passage: int, number: int, source: str, at: str, block: Block
) -> None:
    """Notes that version `number` of an article, of the time `at`, no longer has a passage."""
    cursor = db.execute(
        "insert into removals (passage_id, number, at) values (?, ?, ?)", [passage, number, at]
    )
    _index(db, "removals_fts", int(cursor.lastrowid or 0), source, block.kind, block.text)


def _index(db: Database, table: str, row: int, source: str, kind: str, text: str) -> None:
    column = _COLUMNS[kind == "headline"]
    db.execute(
        f"insert into {table} (rowid, source, {column}) values (?, ?, ?)",  # noqa: S608
        [row, source, spaced(text)],
    )
