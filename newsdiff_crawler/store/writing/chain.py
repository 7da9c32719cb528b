"""Hashes of versions, each of which has that of the one before it in it."""

from __future__ import annotations

from newsdiff_crawler.evidence import text_hash, version_hash
from newsdiff_crawler.store.engine.database import Database
from newsdiff_crawler.store.reading.evidence import chained


def link(db: Database, article_id: int, first: int | None = None) -> None:
    """Gives their hashes to the versions of an article that have none, or to all from a number on,
    whose place in the article is another one now: those are to be retired before. To be called in
    the transaction that made them."""
    if first is None:
        row = db.execute(
            """select min(number) from versions
                where article_id = :id and version_hash is null""",
            {"id": article_id},
        ).fetchone()
        first = row[0] if row else None
    if first is None:
        return
    previous = None
    for version in chained(db, article_id, first - 1):
        if version.number >= first:
            text = text_hash(version.blocks)
            whole = version_hash(previous, version.response, text, version.said)
            db.execute(
                """update versions set text_hash = :text, previous_hash = :previous,
                          version_hash = :whole, root = null
                    where article_id = :id and number = :number""",
                {
                    "text": text,
                    "previous": previous,
                    "whole": whole,
                    "id": article_id,
                    "number": version.number,
                },
            )
            previous = whole
        else:
            previous = version.version_hash


def retire(
    db: Database, article_id: int, why: str, at: str, first: int = 1, last: int | None = None
) -> None:
    """Notes that the hashes of an article's versions, or of some of them, go from the record for a
    good reason: a root may know them, and would miss them. To be called before they go, in the same
    transaction."""
    db.execute(
        """insert into retired_hashes (version_hash, root, at, why)
           select version_hash, root, :at, :why from versions
            where article_id = :id and number between :first and coalesce(:last, number)
              and version_hash is not null
               on conflict (version_hash) do nothing""",
        {"id": article_id, "at": at, "why": why, "first": first, "last": last},
    )
