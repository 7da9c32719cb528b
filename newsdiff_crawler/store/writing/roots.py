"""Merkle roots over the versions that are new, and what outside clocks said of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from newsdiff_crawler.store.engine.database import Database
from newsdiff_crawler.store.reading.roots import Root, Stamp
from newsdiff_crawler.store.writing.chain import link

_PORTION = 2_000  # versions that one transaction marks, in 20 ms


@dataclass(frozen=True)
class NewVersion:
    """A version that no root knows yet."""

    article_id: int
    number: int
    version_hash: str
    source: str
    url: str


class Roots:
    """The part of the record that is to be stamped."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def link_old_versions(self, most: int) -> None:
        """Gives their hashes to versions of before there were any, of so many articles."""
        rows = self._db.execute(
            """select distinct article_id from versions
                where root is null and version_hash is null order by article_id limit :most""",
            {"most": most},
        ).fetchall()
        for (article_id,) in rows:
            with self._db.transaction():
                link(self._db, article_id)

    def new_versions(self, most: int) -> list[NewVersion]:
        """Those that no root knows."""
        rows = self._db.execute(
            """select v.article_id, v.number, v.version_hash, v.source, a.url
                 from versions v join articles a on a.id = v.article_id
                where v.root is null and v.version_hash is not null
                order by v.article_id, v.number limit :most""",
            {"most": most},
        ).fetchall()
        return [NewVersion(*row) for row in rows]

    def last(self) -> Root | None:
        """The newest root."""
        row = self._db.execute(
            "select id, made_at, size, root, statement from roots order by id desc limit 1"
        ).fetchone()
        return Root(*row) if row else None

    def add(self, root: Root, versions: Sequence[NewVersion]) -> None:
        """A root, and which versions are in it: not those that got another hash meanwhile. What a
        crash leaves out is under the next root, too."""
        with self._db.transaction():
            self._db.insert("roots", asdict(root))
        for first in range(0, len(versions), _PORTION):
            with self._db.transaction():
                self._db.executemany(
                    """update versions set root = :root where article_id = :article_id
                          and number = :number and version_hash = :version_hash""",
                    [
                        {**asdict(version), "root": root.id}
                        for version in versions[first : first + _PORTION]
                    ],
                )

    def waiting(self, kind: str, since: str) -> list[Root]:
        """Roots that have no stamp of a kind, the newest first: that one, and those made since a
        time."""
        rows = self._db.execute(
            """select id, made_at, size, root, statement from roots
                where id not in (select root_id from stamps where kind = :kind)
                  and (made_at >= :since or id = (select max(id) from roots))
                order by id desc""",
            {"kind": kind, "since": since},
        ).fetchall()
        return [Root(*row) for row in rows]

    def incomplete(self, kind: str) -> list[Root]:
        """Roots whose stamp of a kind is only a promise yet."""
        rows = self._db.execute(
            """select r.id, r.made_at, r.size, r.root, r.statement
                 from stamps s join roots r on r.id = s.root_id
                where s.kind = :kind and s.promised = 1
                order by r.id""",
            {"kind": kind},
        ).fetchall()
        return [Root(*row) for row in rows]

    def stamp(self, stamp: Stamp) -> None:
        """Notes what an outside clock said of a root, in place of what it said before."""
        with self._db.transaction():
            self._db.execute(
                "delete from stamps where root_id = :root_id and kind = :kind", asdict(stamp)
            )
            self._db.insert("stamps", asdict(stamp))
