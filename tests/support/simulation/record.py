"""The record as the simulation reads it: with SQL of its own."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime, timedelta, timezone
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, get_args

from newsdiff_crawler.items import Outcome
from newsdiff_crawler.store.engine.database import Database
from newsdiff_crawler.store.engine.opening import read_record
from newsdiff_crawler.times import from_iso, to_iso

START = datetime(2026, 3, 1, tzinfo=timezone.utc)
_ADDRESS = re.compile(r"story-(\d+)(?:-moved-(\d+))?")


class Shown(NamedTuple):
    """What the record says about an article. Times are minutes since START."""

    address: str
    state: str
    changes: int
    error: str | None  # why the last check brought no text
    due: float | None
    checked: float | None
    claimed: bool  # by a crawl


class Record:
    """The record in a data folder, made by the first crawl. Closed at the end of ``with``; as it
    stays open until then, no crawl is the last to close the file, which takes SQLite a while."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __enter__(self) -> Record:
        return self

    @cached_property
    def _connection(self) -> Database:
        return read_record(self.folder)

    def __exit__(self, *reason: object) -> None:
        self._connection.close()

    def shown(self) -> dict[int, Shown]:
        """All articles by their ids."""
        rows = self._rows(
            """select id, url, state, change_count, last_error, next_check_at, last_checked_at,
                      claimed_by is not null from articles"""
        )
        return {
            id_: Shown(address, state, changes, error, _minute(due), _minute(checked), bool(claim))
            for id_, address, state, changes, error, due, checked, claim in rows
        }

    def merged(self) -> dict[int, int]:
        """Merged articles, and the article that each is part of now."""
        return dict(self._rows("select id, article_id from merged_articles"))

    def versions(self, article: int) -> list[tuple[float | None, list[str]]]:
        """When each version was fetched, and its blocks."""
        rows = self._rows(
            """select v.fetched_at, t.text from versions v join version_texts t using (number)
                where v.article_id = :article and t.article_id = v.article_id order by number""",
            article,
        )
        return [(_minute(at), text.split("\n\n")) for at, text in rows]

    def minor(self, article: int) -> list[str | None]:
        """Why each version is hidden at first, if it is."""
        sql = "select minor from versions where article_id = :article order by number"
        return [row[0] for row in self._rows(sql, article)]

    def events(self, article: int) -> list[tuple[float | None, str, str]]:
        """When each happened, its kind and its detail."""
        sql = "select at, kind, detail from events where article_id = :article order by id"
        return [(_minute(at), kind, detail) for at, kind, detail in self._rows(sql, article)]

    def last_run(self) -> Counter[str]:
        """How its checks ended."""
        outcomes = get_args(Outcome)
        row = self._rows(f"select {', '.join(outcomes)} from runs order by id desc limit 1")[0]
        return +Counter(dict(zip(outcomes, row, strict=True)))

    def feed_error(self) -> str | None:
        """Why the feed could not be read when it was last checked."""
        rows = self._rows("select last_error from feeds")
        return rows[0][0] if rows else None

    def feed_due(self) -> float:
        """When the feed is to be checked again."""
        due = _minute(self._rows("select next_check_at from feeds")[0][0])
        assert due is not None
        return due

    def left_alone_until(self) -> float | None:
        """Until when the host is left alone."""
        rows = self._rows("select left_alone_until from hosts")
        return _minute(rows[0][0]) if rows else None

    def has_false_validators(self) -> bool:
        """Whether the record says that the server's validators are false."""
        return bool(self._rows("select 1 from false_validators"))

    def _rows(self, sql: str, article: int = 0) -> list[Any]:
        return [tuple(row) for row in self._connection.execute(sql, {"article": article})]


def moment(minute: int) -> str:
    """A minute of the simulation as a time in the record."""
    return to_iso(START + timedelta(minutes=minute))


def _minute(text: str | None) -> float | None:
    return (from_iso(text) - START) / timedelta(minutes=1) if text else None


def story_at(address: str) -> tuple[int, int]:
    """The number of the story with an address, and that of the address."""
    story = _ADDRESS.search(address)
    assert story, address
    return int(story[1]), int(story[2] or 0)
