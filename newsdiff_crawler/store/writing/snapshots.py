"""Where the archive keeps the answers behind versions, refusals and doubts."""

from __future__ import annotations

from dataclasses import asdict

from newsdiff_crawler.items import Outcome, Snapshot
from newsdiff_crawler.store.engine.database import Database

SNAPSHOT_COLUMNS = (
    "url",
    "at",
    "status",
    "body_sha256",
    "file",
    "offset",
    "length",
    "record_id",
    "same_as",
)


class Snapshots:
    """The part of the record that leads to the archive."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def with_body(self, article_id: int, body_sha256: str) -> Snapshot | None:
        """The first snapshot of an article whose body had this hash."""
        row = self._db.execute(
            f"""select {", ".join(SNAPSHOT_COLUMNS)} from snapshots
                 where article_id = :id and body_sha256 = :hash order by id limit 1""",  # noqa: S608
            {"id": article_id, "hash": body_sha256},
        ).fetchone()
        return Snapshot(*row) if row else None

    def add(self, snapshot: Snapshot, article_id: int, outcome: Outcome, reason: str = "") -> int:
        """To be called in the transaction that records the version or the check. Its id."""
        row = {"article_id": article_id, "outcome": outcome, "reason": reason or None}
        return self._db.insert_returning_id("snapshots", {**row, **asdict(snapshot)})
