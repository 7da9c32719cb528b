"""What a proof of a version is made of. Of an article that readers may see."""

from __future__ import annotations

from newsdiff_crawler.items import Snapshot
from newsdiff_crawler.store.engine.database import Database
from newsdiff_crawler.store.reading.evidence import ChainedVersion, chained, with_record_id
from newsdiff_crawler.store.reading.roots import Root, root_of


class Proofs:
    """The part of the record that says what can be proved, and by what."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def version(self, article_id: int, number: int) -> ChainedVersion | None:
        """A version with its hashes; None where there is no such version."""
        found = chained(self._db, article_id, number, number)
        return found[0] if found else None

    def original(self, article_id: int, snapshot: Snapshot) -> Snapshot | None:
        """Where the bytes are that a page repeats."""
        return with_record_id(self._db, article_id, snapshot.same_as or "")

    def root(self, article_id: int, number: int) -> int | None:
        """The root that knows a version; None: none yet."""
        return root_of(self._db, article_id, number)

    def roots_to_a_stamp(self, root_id: int, most: int) -> list[Root]:
        """A root and those after it, up to the first that an outside clock vouches for; all up to
        the newest where there is none; so many at most."""
        rows = self._db.execute(
            """select id, made_at, size, root, statement from roots
                where id between :id and coalesce(
                      (select min(root_id) from stamps where root_id >= :id and promised = 0),
                      (select max(id) from roots))
                order by id limit :most""",
            {"id": root_id, "most": most},
        )
        return [Root(*row) for row in rows]
