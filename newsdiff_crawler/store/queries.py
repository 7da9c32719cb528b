"""Reads of the record, for the site and the commands: a file that nobody here writes to.

An article that was found but never read has no version and is not known here; a hidden one
(taken down) is known only to `Records.is_hidden`.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from sqlite_utils import Database

from newsdiff_crawler.items import Block, ChangeCounts
from newsdiff_crawler.store.connection import StoreError
from newsdiff_crawler.store.migrations import migrations

Label = Literal["", "cosmetic", "reverted", "parser"]

BUSY_TIMEOUT = 2.0  # seconds to wait for a writer that holds the file
MOST_VERSIONS = 1000  # of one article, in one list

_SHOWN = "a.state <> 'hidden' and a.version_count > 0"
_CHANGES = f"""
    select v.article_id, a.source, a.url, u.number as from_version, v.number as to_version,
           u.title as from_title, v.title as to_title,
           u.fetched_at as from_at, v.fetched_at as to_at, v.reverts_to,
           v.words_added, v.words_removed, v.blocks_added, v.blocks_removed,
           v.blocks_edited, v.blocks_moved, v.title_changed,
           case when v.parser is not u.parser then 'parser'
                when v.reverts_to is not null then 'reverted'
                when v.cosmetic then 'cosmetic' else '' end as label
      from versions v
      join versions u on u.article_id = v.article_id and u.number = v.number - 1
      join articles a on a.id = v.article_id
     where {_SHOWN}
"""  # noqa: S608 - both parts are constants of this module


@dataclass(frozen=True)
class ArticleFacts:
    """What is known of an article besides its text. Times as everywhere: UTC, ISO 8601."""

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


@dataclass(frozen=True)
class VersionFacts:
    """One stored state of an article, without its text."""

    number: int
    fetched_at: str
    title: str
    modified_at: str | None
    words: int


@dataclass(frozen=True)
class ChangeFacts:
    """Two neighbouring versions, and what differs, in numbers.

    ``label`` is empty for a change of substance; the others are hidden unless asked for.
    """

    article_id: int
    source: str
    url: str
    from_version: int
    to_version: int
    from_title: str
    to_title: str
    from_at: str
    to_at: str
    counts: ChangeCounts
    label: Label
    reverts_to: int | None

    @property
    def position(self) -> Position:
        """Where the change stands in the list of all changes."""
        return Position(self.to_at, self.article_id, self.to_version)


@dataclass(frozen=True)
class Position:
    """A place in the list of all changes, which newer ones do not shift."""

    at: str
    article_id: int
    number: int


@dataclass(frozen=True)
class Event:
    """Something that happened to an article and not to its text."""

    at: str
    kind: str
    detail: str


class Records:
    """The database, opened for reading only. Use as a context manager, or `close` it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        connection.row_factory = sqlite3.Row
        self._connection = connection

    @classmethod
    def open(cls, database: Path) -> Records:
        """Raises StoreError for a file that is missing, locked, no database, or made
        by an older or newer release."""
        if not database.is_file():
            raise StoreError(f"There is no database yet ({database.name} is missing).")
        uri = f"{database.resolve().as_uri()}?mode=ro"
        try:
            # Handed from thread to thread within one request, never used by two at once.
            connection = sqlite3.connect(
                uri, uri=True, timeout=BUSY_TIMEOUT, check_same_thread=False
            )
            try:
                _check_schema(connection)
            except BaseException:
                connection.close()
                raise
        except sqlite3.Error as error:
            raise StoreError(f"The database cannot be read: {error}.") from error
        return cls(connection)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def __enter__(self) -> Records:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def article(self, article_id: int) -> ArticleFacts | None:
        """One article, or None where there is none to show."""
        row = self._connection.execute(
            f"""select id, source, url, title, first_seen_at, published_at, last_checked_at,
                       last_changed_at, next_check_at, state, version_count, change_count
                  from articles a where id = ? and {_SHOWN}""",  # noqa: S608
            [article_id],
        ).fetchone()
        return ArticleFacts(**dict(row)) if row else None

    def article_at(self, url: str) -> ArticleFacts | None:
        """The article that a URL led to, or None where there is none to show."""
        row = self._connection.execute(
            "select article_id from article_urls where url = ?", [url]
        ).fetchone()
        return self.article(row["article_id"]) if row else None

    def is_hidden(self, article_id: int) -> bool:
        """Whether the article was taken down."""
        row = self._connection.execute(
            "select 1 from articles where id = ? and state = 'hidden'", [article_id]
        ).fetchone()
        return row is not None

    def versions(self, article_id: int) -> list[VersionFacts]:
        """Every version of an article, from the first."""
        rows = self._connection.execute(
            """select number, fetched_at, title, modified_at, words from versions
                where article_id = ? order by number limit ?""",
            [article_id, MOST_VERSIONS],
        )
        return [VersionFacts(**dict(row)) for row in rows]

    def blocks(self, article_id: int, number: int) -> list[Block]:
        """The text of one version in reading order; empty where there is no such version."""
        rows = self._connection.execute(
            """select p.kind, p.text from versions v, json_each(v.layout) l
                 join passages p on p.id = l.value
                where v.article_id = ? and v.number = ? order by l.key""",
            [article_id, number],
        )
        return [Block(row["kind"], row["text"]) for row in rows]

    def changes(self, article_id: int, limit: int = MOST_VERSIONS) -> list[ChangeFacts]:
        """Every change of an article, the latest first."""
        rows = self._connection.execute(
            f"{_CHANGES} and v.article_id = ? order by v.number desc limit ?", [article_id, limit]
        )
        return [_change(row) for row in rows]

    def latest(
        self, *, everything: bool = False, before: Position | None = None, limit: int = 30
    ) -> list[ChangeFacts]:
        """Changes of all articles, the latest first, from just after ``before``.

        Cosmetic and reverted changes and the parser's own come only with ``everything``.
        """
        asked = "" if everything else "and label = ''"
        rows = self._connection.execute(
            f"""{_CHANGES} {asked} and (v.fetched_at, v.article_id, v.number) < (?, ?, ?)
                order by v.fetched_at desc, v.article_id desc, v.number desc limit ?""",
            [*(_key(before) if before else ("~", 0, 0)), limit],
        )
        return [_change(row) for row in rows]

    def events(self, article_id: int) -> list[Event]:
        """What happened to an article besides its text, the latest first."""
        rows = self._connection.execute(
            """select at, kind, coalesce(detail, '') as detail from events
                where article_id = ? order by at desc, id desc limit ?""",
            [article_id, MOST_VERSIONS],
        )
        return [Event(**dict(row)) for row in rows]


def _check_schema(connection: sqlite3.Connection) -> None:
    database = Database(connection)
    applied = {step.name for step in migrations.applied(database)}
    pending = {step.name for step in migrations.pending(database)}
    known = {step.name for step in migrations._migrations}
    if not applied:
        raise StoreError("The database is empty: no crawl has written to it yet.")
    if applied - known:
        raise StoreError("The database was made by a newer release than this site.")
    if pending:
        raise StoreError(
            "The database was made by an older release; the next crawl brings it up to date."
        )


def _key(position: Position) -> tuple[str, int, int]:
    return position.at, position.article_id, position.number


def _change(row: sqlite3.Row) -> ChangeFacts:
    values = dict(row)
    counts: dict[str, Any] = {
        name: values.pop(name) or 0 for name in ChangeCounts.__dataclass_fields__
    }
    counts["title_changed"] = bool(counts["title_changed"])
    return ChangeFacts(counts=ChangeCounts(**counts), **values)
