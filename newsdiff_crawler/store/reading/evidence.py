"""What the record says that can be proved: versions with their hashes, and where their pages are.

All articles, hidden ones too: this is for checks, not for readers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from newsdiff_crawler.evidence import Said
from newsdiff_crawler.items import Block, Snapshot
from newsdiff_crawler.store.engine.database import LARGEST_ID, Database, Row


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
    nothing of it but the chain is to be there. ``title`` and ``published_at``: what lists show of
    it. ``is_found``: it is known at its address."""

    id: int
    url: str
    version_count: int
    is_erased: bool = False
    title: str | None = None
    published_at: str | None = None
    is_found: bool = True


_ARTICLE = """
    select id, url, version_count,
           exists (select 1 from erased e where e.article_id = articles.id), title, published_at,
           exists (select 1 from article_urls u
                    where u.url = articles.url and u.article_id = articles.id)
      from articles
"""


def articles_with_pages(db: Database, source: str = "", since: str = "") -> list[ChainedArticle]:
    """Those of a source, or of all, that changed since a time or have a page from then, if they
    have versions or pages at all."""
    rows = db.execute(
        f"""{_ARTICLE}
            where (:source = '' or source = :source)
              and (version_count > 0 and coalesce(last_changed_at, '') >= :since
                   or exists (select 1 from versions v
                               where v.article_id = articles.id and v.fetched_at >= :since)
                   or exists (select 1 from snapshots s
                               where s.article_id = articles.id and s.at >= :since))
            order by id""",  # noqa: S608
        {"source": source, "since": since},
    ).fetchall()
    return [_article(row) for row in rows]


def article_now(db: Database, article_id: int) -> ChainedArticle | None:
    """An article as it is by now; None where it became part of another one."""
    row = db.execute(f"{_ARTICLE} where id = :id", {"id": article_id}).fetchone()
    return _article(row) if row else None


def without_hashes(db: Database) -> int:
    """How many versions nothing binds to their texts."""
    ((count,),) = db.execute("select count(*) from versions where version_hash is null")
    return int(count)


def pages_let_go(db: Database, source: str = "") -> int:
    """How many pages of a source, or of all, are there no more for their age: by their hashes
    alone they are still known."""
    ((count,),) = db.execute(
        """select count(*) from snapshots s join articles a on a.id = s.article_id
            where s.let_go_at is not null and (:source = '' or a.source = :source)""",
        {"source": source},
    )
    return int(count)


def pages_by_file(db: Database, source: str = "") -> list[tuple[str, int]]:
    """All files of the archives of all machines, and how many pages of a source, or of all, are in
    each."""
    rows = db.execute(
        """select s.file, sum(case when :source in ('', a.source) then 1 else 0 end)
             from snapshots s join articles a on a.id = s.article_id
            where s.let_go_at is null group by s.file""",
        {"source": source},
    )
    return [(file, int(count)) for file, count in rows]


def _article(row: Row) -> ChainedArticle:
    id_, url, version_count, is_erased, title, published_at, is_found = row
    is_erased, is_found = bool(is_erased), bool(is_found)
    return ChainedArticle(id_, url, version_count, is_erased, title, published_at, is_found)


def on_record(db: Database, source: str = "", since: str = "") -> Iterator[tuple[str, str]]:
    """What the record itself says of what is not as it was first written, by address: of articles
    as `articles_with_pages` has them."""
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
            yield url, f"erased at {at}: {reason}{end}"
        else:
            now = f"is version {became}" if became else "went"
            now = "" if became == number else f", and {now}"
            yield url, f"version {number} was read anew at {at}{now}"


def without_article(db: Database) -> list[tuple[int, str]]:
    """Articles that are not there while versions or pages of theirs are: id, and an address."""
    rows = db.execute(
        """select f.article_id, min(f.url) from (
               select article_id, fetched_url as url from versions
               union all select article_id, url from snapshots) as f
            where not exists (select 1 from articles a where a.id = f.article_id)
            group by f.article_id order by f.article_id"""
    ).fetchall()
    return [(id_, url or "") for id_, url in rows]


_SNAPSHOT = """s.url, s.at, s.status, s.body_sha256, s.file, s."offset", s.length, s.record_id,
               s.same_as"""


def other_pages(db: Database, article_id: int) -> list[Snapshot]:
    """The pages of an article that were refused or doubted."""
    rows = db.execute(
        f"""select {_SNAPSHOT} from snapshots s
             where s.article_id = :id and s.let_go_at is null and not exists (
                   select 1 from versions v where v.article_id = :id and v.snapshot = s.id)
             order by s.id""",  # noqa: S608
        {"id": article_id},
    ).fetchall()
    return [Snapshot(*row) for row in rows]


def with_record_id(db: Database, article_id: int, record_id: str) -> Snapshot | None:
    """The page of an article that has this record."""
    row = db.execute(
        f"select {_SNAPSHOT} from snapshots s where s.article_id = :id and s.record_id = :record",  # noqa: S608
        {"id": article_id, "record": record_id},
    ).fetchone()
    return Snapshot(*row) if row else None


def places_in(db: Database, file: str) -> dict[int, int]:
    """What the record knows in a file of the archive: where it begins, and how long it is."""
    sql = 'select "offset", length from snapshots where file = :file'
    return {row["offset"]: row["length"] for row in db.execute(sql, {"file": file})}


def chained(
    db: Database, article_id: int, first: int = 1, last: int = LARGEST_ID
) -> list[ChainedVersion]:
    """The versions of an article from a number on, in order, or up to another one."""
    names = {"id": article_id, "first": first, "last": last}
    passages = {
        id_: Block(kind, text)
        for id_, kind, text in db.execute(
            "select id, kind, text from passages where article_id = :id", names
        )
    }
    rows = db.execute(
        f"""select v.number, v.layout, v.text_hash, v.previous_hash, v.version_hash,
                   v.fetched_url, v.fetched_at, v.title, v.authors, v.published_at, v.modified_at,
                   {_SNAPSHOT}, s.let_go_at
              from versions v left join snapshots s on s.id = v.snapshot
             where v.article_id = :id and v.number between :first and :last
             order by v.number""",  # noqa: S608
        names,
    ).fetchall()
    versions = []
    for number, layout, text, previous, version, *more in rows:
        ids = _ids(layout)
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


def _ids(layout: str) -> list[int]:
    """Of passages; 0, which none has, for whatever else somebody wrote there."""
    try:
        ids = json.loads(layout)
    except (ValueError, TypeError):
        return [0]
    if not isinstance(ids, list):
        return [0]
    return [each if isinstance(each, int) else 0 for each in ids]
