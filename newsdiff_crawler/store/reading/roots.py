"""What the record knows of Merkle roots and their stamps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from newsdiff_crawler.store.engine.database import Database


@dataclass(frozen=True)
class Root:
    """A root over ``size`` versions. ``statement``: SHA-256 of the file that says it."""

    id: int
    made_at: str
    size: int
    root: str
    statement: str


@dataclass(frozen=True)
class Stamp:
    """What an outside clock said of a root. ``at``: the time that it states; None: it states
    none. ``said``: who vouches for it. ``promised``: nobody does yet.
    ``sha256``: of its file."""

    root_id: int
    kind: str
    authority: str
    at: str | None
    said: str
    promised: bool
    sha256: str


def roots(db: Database) -> list[Root]:
    """All, the first first."""
    sql = "select id, made_at, size, root, statement from roots order by id"
    return [Root(*row) for row in db.execute(sql)]


def stamps(db: Database) -> list[Stamp]:
    """All, by root."""
    sql = "select root_id, kind, authority, at, said, promised, sha256 from stamps"
    rows = db.execute(f"{sql} order by root_id, kind desc")
    return [Stamp(*row) for row in rows]


def all_hashes(db: Database) -> set[bytes]:
    """Of all versions."""
    sql = "select version_hash from versions where version_hash is not null"
    return {_digest(row[0]) for row in db.execute(sql)}


def _digest(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:  # somebody wrote something else there
        return b""


def retired_hashes(db: Database) -> dict[str, tuple[str, str]]:
    """Of versions that went for a good reason: when, and why."""
    rows = db.execute("select version_hash, at, why from retired_hashes")
    return {row[0]: (row[1], row[2]) for row in rows}


def in_no_root_that_is_there(db: Database) -> Iterator[tuple[str, int, int]]:
    """Versions that say they are in a root of which the record knows nothing: URL, number, root."""
    rows = db.execute(
        """select a.url, v.number, v.root from versions v join articles a on a.id = v.article_id
            where v.root is not null and v.root not in (select id from roots)
            order by v.article_id, v.number"""
    )
    return ((row[0], row[1], row[2]) for row in rows)


def root_of(db: Database, article_id: int, number: int) -> int | None:
    """The root that a version is in; None: none yet."""
    row = db.execute(
        "select root from versions where article_id = :id and number = :number",
        {"id": article_id, "number": number},
    ).fetchone()
    return row[0] if row else None


def is_there(db: Database, url: str, number: int) -> tuple[bool, bool]:
    """Whether an article is known at a URL, and whether it has such a version."""
    row = db.execute(
        """select count(distinct u.article_id), count(v.number) from article_urls u
             left join versions v on v.article_id = u.article_id and v.number = :number
            where u.url = :url""",
        {"url": url, "number": number},
    ).fetchone()
    return (bool(row[0]), bool(row[1])) if row else (False, False)
