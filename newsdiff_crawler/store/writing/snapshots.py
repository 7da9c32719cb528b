"""Where the archive keeps the answers behind versions, refusals and doubts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from newsdiff_crawler.items import Outcome, Snapshot
from newsdiff_crawler.store.engine.database import Database

SNAPSHOT_COLUMNS = (
    "url",
    "at",
    "status",
    "body_sha256",
    "file",
    '"offset"',
    "length",
    "record_id",
    "same_as",
)


# Of an article that never changed and has no page that came since.
_MAY_GO = """
    a.version_count > 0 and a.change_count = 0
    and not exists (select 1 from versions v where v.article_id = a.id and v.held > 0)
    and not exists (select 1 from snapshots later
                     where later.article_id = a.id and later.at >= :before)
"""


@dataclass(frozen=True)
class InFile:
    """A page in a file of the archive, and whether it may be let go."""

    id: int
    record_id: str
    offset: int
    length: int
    may_go: bool


class Snapshots:
    """The part of the record that leads to the archive."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def with_body(self, article_id: int, body_sha256: str) -> Snapshot | None:
        """The first snapshot of an article whose body had this hash."""
        row = self._db.execute(
            f"""select {", ".join(SNAPSHOT_COLUMNS)} from snapshots
                 where article_id = :id and body_sha256 = :hash and let_go_at is null
                 order by id limit 1""",  # noqa: S608
            {"id": article_id, "hash": body_sha256},
        ).fetchone()
        return Snapshot(*row) if row else None

    def add(self, snapshot: Snapshot, article_id: int, outcome: Outcome, reason: str = "") -> int:
        """To be called in the transaction that records the version or the check. Its id."""
        row = {"article_id": article_id, "outcome": outcome, "reason": reason or None}
        return self._db.insert_returning_id("snapshots", {**row, **asdict(snapshot)})

    # --- Letting go ---------------------------------------------------------------------------

    def files_to_let_go(self, source: str, before: str) -> list[str]:
        """The files of a source that have pages which may be let go, of before a time, in order,
        whichever machine has them."""
        rows = self._db.execute(
            f"""select distinct s.file from articles a join snapshots s on s.article_id = a.id
                 where a.source = :source and s.at < :before and s.let_go_at is null
                   and {_MAY_GO}""",  # noqa: S608
            {"source": source, "before": before},
        )
        return sorted(file for (file,) in rows)

    def in_file(self, file: str, before: str) -> list[InFile]:
        """All that the record knows of a file, in order."""
        rows = self._db.execute(
            f"""select s.id, s.record_id, s."offset", s.length, {_MAY_GO}
                  from snapshots s join articles a on a.id = s.article_id
                 where s.file = :file and s.let_go_at is null
                 order by s."offset", s.id""",  # noqa: S608
            {"file": file, "before": before},
        )
        return [
            InFile(id_, record_id, offset, length, bool(may_go))
            for id_, record_id, offset, length, may_go in rows
        ]

    def knows_all(self, record_ids: Sequence[str]) -> bool:
        """Whether all of these records are, or were, pages of the record."""
        ids = {*record_ids}
        ((known,),) = self._db.execute(
            f"""select count(distinct record_id) from snapshots
                 where {self._db.one_of("record_id", "ids")}""",  # noqa: S608
            {"ids": self._db.list_value(sorted(ids))},
        )
        return bool(known == len(ids))

    def moved(self, file: str, new: str, offsets: Mapping[int, int], at: str) -> None:
        """What is in a file is in another one, by the ids of snapshots; the rest was let go."""
        with self._db.transaction():
            self._db.executemany(
                """update snapshots set file = :new, "offset" = :place where id = :id""",
                [{"new": new, "place": place, "id": id_} for id_, place in offsets.items()],
            )
            self._db.execute(
                """update snapshots set let_go_at = :at
                    where file = :file and let_go_at is null""",
                {"file": file, "at": at},
            )
