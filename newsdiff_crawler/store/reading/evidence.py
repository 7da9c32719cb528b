"""What the record says that can be proved: versions with their hashes, and where their pages are.

All articles, hidden ones too: this is for checks, not for readers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from newsdiff_crawler.evidence import Said
from newsdiff_crawler.items import Block, Snapshot
from newsdiff_crawler.store.engine.database import Database


@dataclass(frozen=True)
class ChainedVersion:
    """A version as the chain sees it. ``blocks``: without those whose passage is not there;
    ``lacks``: how many these are. ``response``: SHA-256 of the answer's body.
    ``snapshot``: None also where the page was let go."""

    number: int
    said: Said
    blocks: list[Block]
    lacks: int
    response: str | None
    text_hash: str | None
    previous_hash: str | None
    version_hash: str | None
    snapshot: Snapshot | None


@dataclass(frozen=True)
class ChainedArticle:
    """An article to be checked. ``version_count``: of versions that it should have. ``is_erased``:
    nothing of it but the chain is to be there."""

    id: int
    url: str
    version_count: int
    is_erased: bool


def articles_with_versions(
    db: Database, source: str = "", since: str = ""
) -> Iterator[ChainedArticle]:
    """Those of a source, or of all, that changed since a time."""
    rows = db.execute(
        """select id, url, version_count,
                  exists (select 1 from erased e where e.article_id = articles.id)
             from articles
            where version_count > 0 and (:source = '' or source = :source)
              and coalesce(last_changed_at, '') >= :since order by id""",
        {"source": source, "since": since},
    ).fetchall()
    return (
        ChainedArticle(id_, url, version_count, bool(is_erased))
        for id_, url, version_count, is_erased in rows
    )


def on_record(db: Database, source: str = "", since: str = "") -> Iterator[str]:
    """What the record itself says of what is not as it was first written, a line each: of articles
    as `articles_with_versions` has them."""
    rows = db.execute(
        """select a.url, e.at, null, null, e.reason, e.finished_at
             from erased e join articles a on a.id = e.article_id
            where (:source = '' or a.source = :source) and coalesce(a.last_changed_at, '') >= :since
           union all
           select a.url, r.at, r.number, r.became, null, null
             from rereadings r join articles a on a.id = r.article_id
            where (:source = '' or a.source = :source) and coalesce(a.last_changed_at, '') >= :since
            order by 1, 2, 3""",
        {"source": source, "since": since},
    )
    for url, at, number, became, reason, finished_at in rows:
        if number is None:
            end = "" if finished_at else " (not to its end: `scrapy erase` goes on)"
            yield f"{url}: erased at {at}: {reason}{end}"
        else:
            now = f"is version {became}" if became else "went"
            now = "" if became == number else f", and {now}"
            yield f"{url}: version {number} was read anew at {at}{now}"


def chained(db: Database, article_id: int, first: int = 1) -> list[ChainedVersion]:
    """The versions of an article from a number on, in order."""
    names = {"id": article_id, "first": first}
    passages = {
        id_: Block(kind, text)
        for id_, kind, text in db.execute(
            "select id, kind, text from passages where article_id = :id", names
        )
    }
    rows = db.execute(
        """select v.number, v.layout, v.text_hash, v.previous_hash, v.version_hash,
                  v.fetched_url, v.fetched_at, v.title, v.authors, v.published_at, v.modified_at,
                  s.url, s.at, s.status, s.body_sha256, s.file, s.offset, s.length, s.record_id,
                  s.same_as, s.let_go_at
             from versions v left join snapshots s on s.id = v.snapshot
            where v.article_id = :id and v.number >= :first order by v.number""",
        names,
    ).fetchall()
    versions = []
    for number, layout, text, previous, version, *more in rows:
        ids = json.loads(layout)
        blocks = [passages[id_] for id_ in ids if id_ in passages]
        snapshot = Snapshot(*more[6:-1]) if more[6] is not None else None
        versions.append(
            ChainedVersion(
                number=number,
                said=Said(*more[:6]),
                blocks=blocks,
                lacks=len(ids) - len(blocks),
                response=snapshot.body_sha256 if snapshot else None,
                text_hash=text,
                previous_hash=previous,
                version_hash=version,
                snapshot=None if more[-1] else snapshot,
            )
        )
    return versions
