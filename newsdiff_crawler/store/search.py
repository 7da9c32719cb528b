"""Full text of everything ever published, and of what was taken out."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Literal

from sqlite_utils import Database

from newsdiff_crawler.items import BlockKind
from newsdiff_crawler.store.terms import expression, parse, spaced

Where = Literal["all", "headline", "added", "removed"]

MOST_HITS = 20_000  # the newest passages with the words; older ones are not looked through
MOST_FOUND = 200
_WORTH = "bm25(passages_fts, 4.0, 1.0)"  # a word in a headline counts for four

# The joins are in the order in which they are to be walked.
_FOUND = f"""
    select p.article_id, a.source, a.url, a.title, a.version_count, p.kind, p.text,
           p.first_version, p.last_version,
           came.fetched_at as came_at, went.fetched_at as went_at
      from (select rowid as id, {_WORTH} as worth from passages_fts
             where passages_fts match :match order by rowid desc limit {MOST_HITS}) hit
      cross join passages p on p.id = hit.id
      cross join articles a on a.id = p.article_id and a.state <> 'hidden'
      cross join versions came on came.article_id = p.article_id and came.number = p.first_version
      left join versions went
        on went.article_id = p.article_id and went.number = p.last_version + 1
"""  # noqa: S608 - constants of this module
_INTO_COLUMN = {
    True: "insert into passages_fts (rowid, headline) values (?, ?)",
    False: "insert into passages_fts (rowid, text) values (?, ?)",
}


@dataclass(frozen=True)
class Question:
    """What to search for, and where: in one source, in passages that came (removed: that went)
    from ``since`` to before ``until``, both times; empty means no condition. The best come first,
    or those that came (went) last."""

    query: str
    where: Where = "all"
    source: str = ""
    since: str = ""
    until: str = ""
    newest_first: bool = False


@dataclass(frozen=True)
class Found:
    """A passage with the words, where it stood, and when it came and went. ``went_at`` and
    ``title`` (of the article) are the record's latest; None: it still stands."""

    article_id: int
    source: str
    url: str
    title: str
    version_count: int
    kind: BlockKind
    text: str
    first_version: int
    last_version: int
    came_at: str
    went_at: str | None


class Search:
    """Questions to the index of passages."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def find(self, question: Question, limit: int = MOST_FOUND) -> list[Found]:
        """Passages with all the words; none for a question without words."""
        terms = parse(question.query)
        if not terms:
            return []
        match = expression(terms)
        if question.where == "headline":
            match = f"headline : ({match})"
        order = f"{_dated(question)} desc" if question.newest_first else "hit.worth"
        rows = self._connection.execute(
            f"{_FOUND} where {_conditions(question)} order by {order}, p.id desc limit :limit",
            {**vars(question), "match": match, "limit": limit},
        )
        return [Found(**dict(row)) for row in rows]


def _dated(question: Question) -> str:
    return "went.fetched_at" if question.where == "removed" else "came.fetched_at"


def _conditions(question: Question) -> str:
    told = {
        "p.first_version > 1": question.where == "added",
        "p.last_version < a.version_count": question.where == "removed",
        "a.source = :source": question.source,
        f"{_dated(question)} >= :since": question.since,
        f"{_dated(question)} < :until": question.until,
    }
    return " and ".join([condition for condition, value in told.items() if value] or ["true"])


def index_passage(db: Database, passage: int, kind: str, text: str) -> None:
    """Makes a stored passage findable. To be called once, in the transaction that stores it."""
    db.execute(_INTO_COLUMN[kind == "headline"], [passage, spaced(text)])
