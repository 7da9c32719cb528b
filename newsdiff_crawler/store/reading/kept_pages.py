"""What the archive has of an article beside what the record says of it, in the order of time."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from newsdiff_crawler.items import HEAD, Block, ParsedPage, Snapshot
from newsdiff_crawler.store.engine.database import Database
from newsdiff_crawler.store.reading.texts import blocks_of
from newsdiff_crawler.store.rules import not_hidden
from newsdiff_crawler.store.writing.snapshots import SNAPSHOT_COLUMNS

_TEXTUAL = ("new", "changed", "unchanged", "failed")  # outcomes of pages that may have a text


@dataclass(frozen=True)
class StoredVersion:
    """A version as the record has it. ``row``: of the table ``versions``."""

    row: Mapping[str, Any]
    blocks: tuple[Block, ...]

    @property
    def number(self) -> int:
        """From 1."""
        return int(self.row["number"])

    @cached_property
    def page(self) -> ParsedPage:
        """As if it had been read just so."""
        heads = {block.kind: block.text for block in self.blocks if block.kind in HEAD}
        byline, authors = heads.get("byline", ""), json.loads(self.row["authors"] or "[]")
        return ParsedPage(
            title=heads.get("headline", ""),
            standfirst=heads.get("standfirst", ""),
            authors=authors if ", ".join(authors) == byline else [byline] * bool(byline),
            body=[block for block in self.blocks if block.kind not in HEAD],
            published_at=self.row["published_at"],
            modified_at=self.row["modified_at"],
            parser=self.row["parser"] or "",
        )


@dataclass(frozen=True)
class KeptPage:
    """A page in the archive, a version, or mostly both. ``snapshot_id``: None for a version whose
    page was not kept; ``version``: None for a page that made none. ``was_believed``: it made one
    once, or was known for a text of the story."""

    at: str
    url: str
    snapshot_id: int | None
    snapshot: Snapshot | None
    version: StoredVersion | None
    was_believed: bool = True


@dataclass(frozen=True)
class History:
    """An article with all that is kept of it. ``newest_hash``: of its last version."""

    article_id: int
    source: str
    url: str
    first_seen_at: str
    version_count: int
    newest_hash: str | None
    addresses: frozenset[str]
    pages: tuple[KeptPage, ...]
    bodies: Mapping[str, Snapshot]  # by the id of their record


def articles_with_pages(db: Database, source: str = "", since: str = "") -> list[int]:
    """Those that readers may see or that were never read, of a source or of all, in the order in
    which they were first read; only where a page came since a time."""
    rows = db.execute(
        f"""select a.id from articles a join snapshots s on s.article_id = a.id
             where {not_hidden("a")} and (:source = '' or a.source = :source) and s.status = 200
             group by a.id having max(s.at) >= :since order by min(s.at), a.id""",  # noqa: S608
        {"source": source, "since": since},
    )
    return [id_ for (id_,) in rows]


def history(db: Database, article_id: int) -> History | None:
    """Of an article; None where it is no more, or hidden by now."""
    names = {"id": article_id}
    with db.snapshot():
        article = db.execute(
            f"""select source, url, first_seen_at, version_count from articles a
                 where id = :id and {not_hidden("a")}""",  # noqa: S608
            names,
        ).fetchone()
        if article is None:
            return None
        versions = [
            StoredVersion(row, tuple(blocks_of(db, article_id, row["number"])))
            for row in db.query(
                "select * from versions where article_id = :id order by number", names
            )
        ]
        columns = ", ".join(SNAPSHOT_COLUMNS)
        snapshots = {
            id_: (outcome, Snapshot(*values))
            for id_, outcome, *values in db.execute(
                f"""select id, outcome, {columns} from snapshots
                     where article_id = :id and let_go_at is null""",  # noqa: S608
                names,
            )
        }
        urls = db.execute("select url from article_urls where article_id = :id", names).fetchall()
    source, url, first_seen_at, version_count = article
    return History(
        article_id,
        source,
        url,
        first_seen_at,
        version_count,
        newest_hash=versions[-1].row["version_hash"] if versions else None,
        addresses=frozenset(url for (url,) in urls),
        pages=tuple(_in_time(versions, snapshots)),
        bodies={snapshot.record_id: snapshot for _, snapshot in snapshots.values()},
    )


def _in_time(
    versions: list[StoredVersion], snapshots: Mapping[int, tuple[str, Snapshot]]
) -> list[KeptPage]:
    """Versions keep their order, whatever a clock said."""
    pages = []
    of_versions = {version.row["snapshot"] for version in versions}
    for version in versions:
        id_ = version.row["snapshot"]
        snapshot = snapshots[id_][1] if id_ in snapshots else None
        url = version.row["fetched_url"] or (snapshot.url if snapshot else "")
        pages.append(KeptPage(version.row["fetched_at"], url, id_, snapshot, version))
    for id_, (outcome, snapshot) in sorted(snapshots.items()):
        if id_ not in of_versions and snapshot.status == 200 and outcome in _TEXTUAL:
            page = KeptPage(
                snapshot.at, snapshot.url, id_, snapshot, None, was_believed=outcome != "failed"
            )
            later = (n for n, each in enumerate(pages) if each.at > page.at)
            pages.insert(next(later, len(pages)), page)
    return pages
