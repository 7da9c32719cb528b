"""What is cited of a version: its hash, when it was seen, and who vouches for that."""

from __future__ import annotations

from dataclasses import dataclass

from newsdiff_crawler.store.engine.database import Database


@dataclass(frozen=True)
class Citation:
    """``version_hash``: null, of before there were any. ``root``: that knows the version, made at
    ``root_made_at``. ``stamped_by``: an outside clock that saw it or a later root, which knows it
    too, at ``stamped_at``; where that names no time, ``stamp`` says what it says."""

    version_hash: str | None
    first_seen_at: str
    last_seen_at: str
    root: int | None
    root_made_at: str | None
    stamped_by: str | None = None
    stamped_at: str | None = None
    stamp: str | None = None


class Citations:
    """Of an article that readers may see."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def has_hash(self, article_id: int, number: int) -> bool:
        """Whether a version can be proved."""
        row = self._db.execute(
            "select version_hash from versions where article_id = :id and number = :number",
            {"id": article_id, "number": number},
        ).fetchone()
        return bool(row and row[0])

    def of(self, article_id: int, number: int) -> Citation | None:
        """Of one version; None where there is no such version."""
        row = self._db.execute(
            """select v.version_hash, v.fetched_at,
                      coalesce(case when v.number = a.version_count then a.confirmed_at
                                    else v.confirmed_at end, v.fetched_at),
                      r.id, r.made_at
                 from versions v join articles a on a.id = v.article_id
                 left join roots r on r.id = v.root
                where v.article_id = :id and v.number = :number""",
            {"id": article_id, "number": number},
        ).fetchone()
        if row is None:
            return None
        stamp = self._db.execute(
            """select authority, at, said from stamps
                where root_id >= :root and promised = 0
                order by root_id, kind desc limit 1""",
            {"root": row[3]},
        ).fetchone()
        return Citation(*row, *(stamp or ()))
