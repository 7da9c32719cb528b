"""Hashes of versions, each of which has that of the one before it in it."""

from __future__ import annotations

from collections.abc import Sequence

from newsdiff_crawler.evidence import Said, text_hash, version_hash
from newsdiff_crawler.items import Block
from newsdiff_crawler.store.engine.database import Database
from newsdiff_crawler.store.reading.evidence import chained


def hashes(
    previous: str | None, response: str | None, blocks: Sequence[Block], said: Said
) -> dict[str, str | None]:
    """The columns of a version that bind it to its page, its text and the one before it.
    ``previous``: the hash of that; ``response``: of the answer's body."""
    text = text_hash(blocks)
    whole = version_hash(previous, response, text, said)
    return {"text_hash": text, "previous_hash": previous, "version_hash": whole}


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
            columns = hashes(previous, version.response, version.blocks, version.said)
            db.execute(
                """update versions set text_hash = :text_hash, previous_hash = :previous_hash,
                          version_hash = :version_hash, root = null
                    where article_id = :id and number = :number""",
                {**columns, "id": article_id, "number": version.number},
            )
            previous = columns["version_hash"]
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
