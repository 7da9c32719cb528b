"""Makes all that a record says findable anew, for steps that change how words are indexed.

It writes the index of today: of such steps only the last one may call it, on either engine.
"""

from __future__ import annotations

from collections.abc import Iterator

from newsdiff_crawler.store.engine.database import Database, Entry

BATCH = 1000  # rows that are held in memory together
_PASSAGES = """
    select p.id, v.source, p.kind, p.text from passages p
      join versions v on v.article_id = p.article_id and v.number = p.first_version
     where p.id > :after order by p.id limit :batch
"""
_REMOVALS = """
    select r.id, v.source, p.kind, p.text from removals r
      join passages p on p.id = r.passage_id
      join versions v on v.article_id = p.article_id and v.number = r.number
     where r.id > :after order by r.id limit :batch
"""


def index_anew(db: Database) -> None:
    """Fills the indexes, which are empty."""
    for entries in _all(db, _PASSAGES):
        db.search_index.add(entries)
    for entries in _all(db, _REMOVALS):
        db.search_index.index_removals(entries)


def _all(db: Database, sql: str) -> Iterator[list[Entry]]:
    after = 0
    while rows := db.execute(sql, {"after": after, "batch": BATCH}).fetchall():
        yield [Entry(*row) for row in rows]
        after = rows[-1][0]
