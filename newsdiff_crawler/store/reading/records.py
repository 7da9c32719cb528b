"""Reads of the record, for the site and the commands.

An article that was found but never read has no version and is not known here; a hidden one
(taken down) is known only to `Records.is_hidden`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from newsdiff_crawler.items import Block, Minor
from newsdiff_crawler.store.engine.database import LARGEST_ID, Database, Row
from newsdiff_crawler.store.engine.opening import read_record
from newsdiff_crawler.store.reading.changes import Changes
from newsdiff_crawler.store.reading.citations import Citations
from newsdiff_crawler.store.reading.disk import DiskUse, disk_use
from newsdiff_crawler.store.reading.exports import Exports
from newsdiff_crawler.store.reading.forecast import Forecast
from newsdiff_crawler.store.reading.mementos import Mementos
from newsdiff_crawler.store.reading.places import Places
from newsdiff_crawler.store.reading.proofs import Proofs
from newsdiff_crawler.store.reading.publishers import Publishers
from newsdiff_crawler.store.reading.search import Search
from newsdiff_crawler.store.reading.source_boilerplate import SourceBoilerplate
from newsdiff_crawler.store.reading.source_health import Health, sources_with_articles
from newsdiff_crawler.store.reading.statistics import Statistics
from newsdiff_crawler.store.reading.texts import blocks_of, differing_blocks, size_of
from newsdiff_crawler.store.rules import base_of, title_of, visible

MOST_VERSIONS = 1000  # of one article, in one list

# Columns are in the order of the fields that they fill: `dict(row)` costs more than a query.
_ARTICLES = f"""
    select a.id, a.source, a.url, {title_of("a")}, a.first_seen_at, a.published_at,
           a.last_checked_at, a.last_changed_at, a.next_check_at, a.state, a.version_count,
           a.change_count, a.last_error, a.trial_url
      from articles a where {visible("a")}
"""  # noqa: S608
_VERSIONS = f"""
    select v.number, v.fetched_at, {title_of("v")}, v.modified_at, v.words, v.parser, v.minor,
           v.page_changed = 2, {base_of("v")},
           (select max(c.address) from copies c
             where c.article_id = v.article_id and c.number = v.number and c.state = 'kept'),
           case when v.captured = 1 then v.fetched_url end
      from versions v where v.article_id = :article
"""  # noqa: S608


@dataclass(frozen=True)
class ArticleFacts:
    """What is known of an article besides its text. Times as everywhere: UTC, ISO 8601.
    ``last_error``: why the last check brought no text; null: it brought one. ``trial_url``: another
    address, which is tried at the next check."""

    id: int
    source: str
    url: str
    title: str
    first_seen_at: str
    published_at: str | None
    last_checked_at: str | None
    last_changed_at: str | None
    next_check_at: str | None
    state: str
    version_count: int
    change_count: int
    last_error: str | None = None
    trial_url: str | None = None


@dataclass(frozen=True)
class VersionFacts:
    """One stored state of an article, without its text. ``parser``: that read it.

    ``compared_with``: number of the version that it is compared with, mostly the one before; null:
    the story was not there before. ``minor``: why that change is hidden unless asked for, as in a
    change. ``is_placeholder``: a page stood in the story's place; nothing is compared with it.
    ``copy``: the address of a copy that the Internet Archive made of the page then; null: none.
    ``captured``: the address of its capture that this is, of before we knew the article; null: we
    fetched it ourselves."""

    number: int
    fetched_at: str
    title: str
    modified_at: str | None
    words: int
    parser: str | None = None
    minor: Minor | None = None
    is_placeholder: bool = False
    compared_with: int | None = None
    copy: str | None = None
    captured: str | None = None


@dataclass(frozen=True)
class Successor:
    """The article that another one became part of. ``shift``: what is added to the numbers that
    versions had there."""

    article_id: int
    shift: int


@dataclass(frozen=True)
class Event:
    """Something that happened to an article and not to its text."""

    at: str
    kind: str
    detail: str


class Records:
    """The record, opened for reading only: articles here, lists and figures in its parts. Use as a
    context manager, or `close` it."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self.changes = Changes(db)
        self.statistics = Statistics(db)
        self.forecast = Forecast(db)
        self.health = Health(db)
        self.search = Search(db)
        self.places = Places(db)
        self.mementos = Mementos(db)
        self.citations = Citations(db)
        self.proofs = Proofs(db)
        self.exports = Exports(db)
        self.boilerplate = SourceBoilerplate(db)
        self.publishers = Publishers(db)

    @classmethod
    def open(cls, folder: Path) -> Records:
        """The record of a data folder. Raises StoreError, with the reason in words for people,
        where it cannot be read."""
        return cls(read_record(folder))

    def disk_use(self, now: datetime) -> list[DiskUse]:
        """What each source takes of the disk; see `disk`."""
        return disk_use(self._db, now)

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def __enter__(self) -> Records:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def article(self, article_id: int) -> ArticleFacts | None:
        """One article, or None where there is none to show."""
        row = self._db.execute(f"{_ARTICLES} and a.id = :id", {"id": article_id}).fetchone()
        return ArticleFacts(*row) if row else None

    def article_at(self, url: str) -> ArticleFacts | None:
        """The article that a URL led to, or None where there is none to show."""
        return self.article(self.find([url]) or 0)

    def articles(self, source: str, after: int, limit: int) -> list[ArticleFacts]:
        """Articles with an id above ``after``, in order, of one source or, without a name, all."""
        of_source = "and a.source = :source" if source else ""
        rows = self._db.execute(
            f"{_ARTICLES} {of_source} and a.id > :after order by a.id limit :limit",
            {"source": source, "after": after, "limit": limit},
        )
        return [ArticleFacts(*row) for row in rows]

    def is_hidden(self, article_id: int) -> bool:
        """Whether the article was taken down."""
        row = self._db.execute(
            "select 1 from articles where id = :id and state = 'hidden'", {"id": article_id}
        ).fetchone()
        return row is not None

    def last_takedown(self) -> int:
        """The id of the last event of an article that was taken down or came back; 0: none."""
        sql = "select max(id) from events where kind in ('hidden', 'shown')"
        ((event,),) = self._db.execute(sql)
        return event or 0

    def last_takedown_at(self) -> str | None:
        """When that was."""
        sql = "select at from events where id = :id"
        row = self._db.execute(sql, {"id": self.last_takedown()}).fetchone()
        return row["at"] if row else None

    def takedowns(self) -> dict[str, int]:
        """The same by source, of those that had any."""
        rows = self._db.execute(
            """select a.source, max(e.id) as event
                 from events e join articles a on a.id = e.article_id
                where e.kind in ('hidden', 'shown') group by a.source"""
        )
        return {row["source"]: row["event"] for row in rows}

    def successor(self, article_id: int) -> Successor | None:
        """What a merged article is part of now; None for any other."""
        row = self._db.execute(
            "select article_id, shift from merged_articles where id = :id", {"id": article_id}
        ).fetchone()
        return Successor(*row) if row else None

    def versions(
        self, article_id: int, after: int = 0, limit: int = MOST_VERSIONS
    ) -> list[VersionFacts]:
        """Versions of an article, from the first one after this number."""
        rows = self._db.execute(
            f"{_VERSIONS} and v.number > :after order by v.number limit :limit",
            {"article": article_id, "after": after, "limit": limit},
        )
        return [_version(row) for row in rows]

    def last_versions(
        self, article_id: int, before: int = LARGEST_ID, limit: int = MOST_VERSIONS
    ) -> list[VersionFacts]:
        """The last versions of an article before this number, the oldest first."""
        rows = self._db.execute(
            f"{_VERSIONS} and v.number < :before order by v.number desc limit :limit",
            {"article": article_id, "before": before, "limit": limit},
        )
        return [_version(row) for row in rows][::-1]

    def version(self, article_id: int, number: int) -> VersionFacts | None:
        """One version of an article, or None where there is no such version."""
        row = self._db.execute(
            f"{_VERSIONS} and v.number = :number", {"article": article_id, "number": number}
        ).fetchone()
        return _version(row) if row else None

    def blocks(self, article_id: int, number: int) -> list[Block]:
        """The text of one version in reading order; empty where there is no such version."""
        return blocks_of(self._db, article_id, number)

    def size(self, article_id: int, *numbers: int) -> int:
        """How much text versions have, in characters; a block counts for some more."""
        return size_of(self._db, article_id, numbers)

    def differing(self, article_id: int, older: int, newer: int) -> tuple[list[Block], list[Block]]:
        """The text of two versions without the blocks that both begin and end with: all that a
        comparison needs to find what differs, and often a small part."""
        return differing_blocks(self._db, article_id, older, newer)

    def find(self, urls: Sequence[str]) -> int | None:
        """The article that the first of these URLs led to that ever led to one."""
        for url in urls:
            row = self._db.execute(
                "select article_id from article_urls where url = :url", {"url": url}
            ).fetchone()
            if row:
                return int(row["article_id"])
        return None

    def sources(self) -> list[str]:
        """The names of all sources with an article to see, in alphabetical order."""
        return sources_with_articles(self._db)

    def events(self, article_id: int) -> list[Event]:
        """What happened to an article besides its text, the latest first."""
        rows = self._db.execute(
            """select at, kind, coalesce(detail, '') as detail from events
                where article_id = :article order by at desc, id desc limit :most""",
            {"article": article_id, "most": MOST_VERSIONS},
        )
        return [Event(*row) for row in rows]


def _version(row: Row) -> VersionFacts:
    values: list[Any] = [*row]
    minor, is_placeholder, compared_with = values[6:9]
    values[6:9] = [minor if compared_with else None, bool(is_placeholder), compared_with]
    return VersionFacts(*values)
