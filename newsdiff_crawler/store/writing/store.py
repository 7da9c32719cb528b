"""Writing the record. Every method that writes is one short immediate transaction."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from newsdiff_crawler.items import Article, Block, ChangeCounts, Check, Outcome
from newsdiff_crawler.scheduling.schedule import ScheduleState
from newsdiff_crawler.store.engine.connection import open_database
from newsdiff_crawler.store.engine.database import Database
from newsdiff_crawler.store.engine.locks import Locks
from newsdiff_crawler.store.engine.search_index import index_passage, index_removals
from newsdiff_crawler.store.merging.identity import ArticleGoneError, Identities
from newsdiff_crawler.store.reading.texts import blocks_of
from newsdiff_crawler.store.rules import Minor, minor_of, takes_out
from newsdiff_crawler.store.writing.feeds import Feeds
from newsdiff_crawler.store.writing.hints import answer
from newsdiff_crawler.store.writing.hosts import Hosts
from newsdiff_crawler.store.writing.queue import CheckQueue
from newsdiff_crawler.store.writing.runs import Runs
from newsdiff_crawler.store.writing.tuning import (
    SCHEDULE_STATE,
    Tuning,
    schedule_state_of,
    schedule_state_row,
)
from newsdiff_crawler.times import from_iso, to_iso


class StaleVersionError(Exception):
    """Another crawl stored a version of the article in the meantime, or it was taken down."""


@dataclass(frozen=True)
class Latest:
    """What the last good check of an article left: its newest version (0: none yet), and the
    hash of the text last seen, which differs where that text was not stored again."""

    number: int
    seen_hash: str | None
    words_hash: str | None
    parser: str | None
    words: int | None
    unconfirmed: bool


class Store:
    """The record, open for writing by one process. Raises StoreError where it cannot be opened."""

    def __init__(self, db: Database, folder: Path) -> None:
        self.db = db
        self.queue = CheckQueue(db)
        self.feeds = Feeds(db)
        self.hosts = Hosts(db)
        self.identities = Identities(db)
        self.runs = Runs(db, Locks(folder))
        self.tuning = Tuning(db)

    @classmethod
    def open(cls, folder: str | Path) -> Store:
        """Opens or makes the record in a data folder."""
        return cls(open_database(Path(folder)), Path(folder))

    def close(self) -> None:
        self.db.close()

    # --- What the record holds ------------------------------------------------------------------

    def latest(self, article_id: int) -> Latest:
        """What the last good check left. Raises ArticleGoneError."""
        row = self._one(
            """select a.version_count, a.seen_hash, v.words_hash, v.parser, v.words, a.unconfirmed
                 from articles a
                 left join versions v on v.article_id = a.id and v.number = a.version_count
                where a.id = ?""",
            [article_id],
        )
        return Latest(*row)

    def schedule_state(self, article_id: int) -> ScheduleState:
        """How matters stand with an article. Raises ArticleGoneError."""
        source, url, *row = self._one(
            f"select source, url, {SCHEDULE_STATE} from articles where id = ?",  # noqa: S608
            [article_id],
        )
        usual, price = self.tuning.baseline_rate(source, url), self.tuning.price()
        return schedule_state_of(row, usual, price)

    def is_real_change(self, article: Article) -> bool:
        """Whether a new version is a change that counts."""
        row = self._version_row(article, self.latest(article.article_id))
        return article.version > 1 and _minor(row) is None

    def versions_with(self, article_id: int, content_hash: str) -> list[int]:
        """The numbers of an article's versions that had exactly this text, oldest first."""
        sql = "select number from versions where article_id = ? and content_hash = ? order by 1"
        return [row[0] for row in self.db.execute(sql, [article_id, content_hash])]

    def blocks(self, article_id: int, number: int) -> list[Block]:
        """The text of a version, in reading order."""
        return blocks_of(self.db, article_id, number)

    # --- What a check found --------------------------------------------------------------------

    def record_check(self, check: Check, schedule_state: ScheduleState) -> None:
        """Records a check that brought no new version, and when the next one is due. Raises
        ArticleGoneError, and records nothing, where the article is part of another one by now."""
        row = schedule_state_row(schedule_state, check.checked_at) | {
            "unconfirmed": int(check.unconfirmed),
            "last_error": None if check.outcome == "unchanged" else check.reason,
        }
        if check.etag or check.last_modified:
            row |= {"etag": check.etag, "last_modified": check.last_modified}
        if check.seen_hash:
            row["seen_hash"] = check.seen_hash
        if check.outcome == "unchanged":
            row["not_modified"] = check.not_modified
        if check.body_hash:
            row["body_hash"] = check.body_hash
        with self.db.transaction():
            self._update(check.article_id, check.outcome, row)
            self._add_event(check.article_id, check.checked_at, schedule_state.event)
            if check.seen_hash:
                event = ("reverted again", check.reason)
                self._add_event(check.article_id, check.checked_at, event)

    def add_version(self, article: Article, schedule_state: ScheduleState) -> None:
        """Stores an article's text as version `article.version`.

        Raises StaleVersionError, and stores nothing, where that number is not the next one, or the
        article is hidden; ArticleGoneError where it is part of another one by now.
        """
        latest = self.latest(article.article_id)
        row = self._version_row(article, latest)
        is_a_change = article.version > 1 and _minor(row) is None
        with self.db.transaction():
            is_next = self.latest(article.article_id).number == article.version - 1
            if not is_next or self._is_hidden(article.article_id):
                raise StaleVersionError(article.url)
            row["layout"] = json.dumps(self._lay_out(article), separators=(",", ":"))
            self._insert_version(row)
            self._add_labels(row, article.labels)
            flags = {name: bool(row[name]) for name in ("parser_changed", "cosmetic")}
            if article.version > 1 and takes_out(**flags):
                version = (article.article_id, article.version)
                index_removals(self.db, *version, article.source, article.fetched_at)
            found: Outcome = "changed" if is_a_change else "unchanged"
            found = found if article.version > 1 else "new"
            self._update(article.article_id, found, self._article_row(article, schedule_state))
            sql = "update articles set change_count = change_count + ? where id = ?"
            self.db.execute(sql, [int(is_a_change), article.article_id])
            self._add_event(article.article_id, article.fetched_at, schedule_state.event)

    def _insert_version(self, row: dict[str, Any]) -> None:
        """sqlite-utils would ask for the schema and set a savepoint: a seventh of the whole."""
        columns, values = ", ".join(row), ", ".join(f":{column}" for column in row)
        self.db.execute(f"insert into versions ({columns}) values ({values})", row)  # noqa: S608

    def _lay_out(self, article: Article) -> list[int]:
        """Stores the passages that are new to the article; ids of all, in reading order."""
        known: dict[tuple[str, str], int] = {
            (kind, text): id_
            for id_, kind, text in self.db.execute(
                "select id, kind, text from passages where article_id = ?", [article.article_id]
            )
        }
        layout = []
        for block in article.blocks():
            key = (block.kind, block.text)
            if key not in known:
                known[key] = self._add_passage(article, block)
            layout.append(known[key])
        self.db.execute(
            """update passages set last_version = ?
                where id in (select value from json_each(?))""",
            [article.version, json.dumps(layout)],
        )
        return layout

    def _add_passage(self, article: Article, block: Block) -> int:
        row = {
            "article_id": article.article_id,
            "kind": block.kind,
            "text": block.text,
            "first_version": article.version,
            "last_version": article.version,
        }
        passage = self.db.insert_returning_id("passages", row)
        index_passage(self.db, passage, article.source, block.kind, block.text)
        return passage

    def _add_labels(self, version: dict[str, Any], labels: list[str]) -> None:
        columns = ("fetched_at", "article_id", "number", "source")
        row = {column: version[column] for column in columns}
        self.db.insert_all("change_labels", [{**row, "label": label} for label in labels])

    def _version_row(self, article: Article, latest: Latest) -> dict[str, Any]:
        earlier = self.versions_with(article.article_id, article.content_hash)
        row: dict[str, Any] = {
            "article_id": article.article_id,
            "source": article.source,
            "number": article.version,
            "fetched_at": article.fetched_at,
            "title": article.title,
            "authors": json.dumps(article.authors, ensure_ascii=False),
            "published_at": article.published_at,
            "modified_at": article.modified_at,
            "content_hash": article.content_hash,
            "words_hash": article.words_hash,
            "parser": article.parser,
            "cosmetic": int(_is_cosmetic(article, latest)),
            "parser_changed": int(latest.number > 0 and latest.parser != article.parser),
            "reverts_to": earlier[-1] if earlier else None,
            "labels": json.dumps(article.labels),
            "summary": article.summary,
            "words": article.words,
        }
        return row | (vars(article.changes) if article.changes else {})

    def _article_row(self, article: Article, schedule_state: ScheduleState) -> dict[str, Any]:
        changed_at = schedule_state.changed_at
        return schedule_state_row(schedule_state, article.fetched_at) | {
            "title": article.title,
            "published_at": article.published_at,
            "last_changed_at": article.fetched_at,
            "last_real_change_at": to_iso(changed_at) if changed_at else None,
            "version_count": article.version,
            "parser": article.parser,
            "seen_hash": article.content_hash,
            "unconfirmed": 0,
            "last_error": None,
            "not_modified": 0,
            "body_hash": article.body_hash,
            "etag": article.etag,
            "last_modified": article.last_modified,
        }

    # --- Pieces ---------------------------------------------------------------------------------

    def _one(self, sql: str, parameters: Sequence[Any]) -> tuple[Any, ...]:
        row = self.db.execute(sql, parameters).fetchone()
        if row is None:
            raise ArticleGoneError(f"no article {parameters[0]}")
        return cast("tuple[Any, ...]", row)

    def _is_hidden(self, article_id: int) -> bool:
        sql = "select state = 'hidden' from articles where id = ?"
        return bool(self._one(sql, [article_id])[0])

    def _update(self, article_id: int, outcome: Outcome, row: dict[str, Any]) -> None:
        """Records a check, whose outcome is "changed" where a real change was found. A hidden
        article stays as it is. Raises ArticleGoneError."""
        assignments = ", ".join(f"{column} = :{column}" for column in row)
        hinted = self.db.execute(
            f"""update articles set {assignments} where id = :id and state <> 'hidden'
                returning hinted_by is not null""",  # noqa: S608
            {**row, "id": article_id},
        ).fetchall()
        if hinted and hinted[0][0]:
            answer(self.db, article_id, outcome, from_iso(row["last_checked_at"]))
        if not hinted:
            self._one("select 1 from articles where id = ?", [article_id])

    def _add_event(self, article_id: int, at: str, event: tuple[str, str] | None) -> None:
        if event:
            row = {"article_id": article_id, "at": at, "kind": event[0], "detail": event[1]}
            self.db.insert("events", row)


def _minor(version: dict[str, Any]) -> Minor | None:
    return minor_of(
        parser_changed=bool(version["parser_changed"]),
        reverts_to=version["reverts_to"],
        cosmetic=bool(version["cosmetic"]),
    )


def _is_cosmetic(article: Article, latest: Latest) -> bool:
    """Whether only looks differ: the same words, or nothing but a time stamp beside them."""
    return latest.words_hash == article.words_hash or article.changes == ChangeCounts()
