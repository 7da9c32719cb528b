"""Full text of everything ever published, and of what was taken out."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from typing import Literal

from sqlite_utils import Database

from newsdiff_crawler.items import BlockKind
from newsdiff_crawler.store.terms import Term, expression, fold, parse, spaced

Where = Literal["all", "headline", "added", "removed"]

MOST_HITS = 5_000  # the newest passages with the words; older ones are not looked through
MOST_RANKED = 500  # of those, the newest that meet all conditions
MOST_FOUND = 200  # of those, the best
_USUAL_LENGTH = 150  # characters

# The joins are in the order in which they are to be walked; no bm25, which would read every
# place of every word in the whole index: 300 ms for two common words in a million versions.
_HITS = f"""
    select p.id, p.kind, p.text
      from (select rowid as id from passages_fts
             where passages_fts match :match order by rowid desc limit {MOST_HITS}) hit
      cross join passages p on p.id = hit.id
      cross join articles a on a.id = p.article_id and a.state <> 'hidden'
"""  # noqa: S608 - constants of this module
_DATES = """
      cross join versions came on came.article_id = p.article_id and came.number = p.first_version
      left join versions went
        on went.article_id = p.article_id and went.number = p.last_version + 1
"""
_FOUND = f"""
    select p.article_id, a.source, a.url, a.title, a.version_count, p.kind, p.text,
           p.first_version, p.last_version,
           came.fetched_at as came_at, went.fetched_at as went_at
      from json_each(:ids) id
      cross join passages p on p.id = id.value
      cross join articles a on a.id = p.article_id {_DATES}
     order by id.key
"""  # noqa: S608
_INTO_COLUMN = {
    True: "insert into passages_fts (rowid, source, headline) values (?, ?, ?)",
    False: "insert into passages_fts (rowid, source, text) values (?, ?, ?)",
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
        order = f"order by {_dated(question)} desc, p.id desc" if question.newest_first else ""
        is_dated = question.since or question.until or question.newest_first
        table = _HITS + (_DATES if is_dated else "")
        hits = self._connection.execute(
            f"{table} where {_conditions(question)} {order} limit {MOST_RANKED}",
            {**vars(question), "match": _match(question, terms)},
        ).fetchall()
        if not question.newest_first:
            hits.sort(key=lambda hit: worth(hit["kind"], hit["text"], terms), reverse=True)
        ids = json.dumps([hit["id"] for hit in hits[:limit]])
        return [Found(**dict(row)) for row in self._connection.execute(_FOUND, {"ids": ids})]


def worth(kind: str, text: str, terms: list[Term]) -> float:
    """How well a passage answers: how often it has the words, for its length, as BM25 counts it;
    a headline counts for four."""
    folded = fold(text)
    length = 0.25 + 0.75 * len(folded) / _USUAL_LENGTH
    counts = (folded.count(term.words[0]) for term in terms)
    return (4 if kind == "headline" else 1) * sum(
        count * 2.2 / (count + 1.2 * length) for count in counts
    )


def _match(question: Question, terms: list[Term]) -> str:
    """The question in FTS5's words."""
    columns = "headline" if question.where == "headline" else "{headline text}"
    match = f"{columns} : ({expression(terms)})"
    source = parse(f'"{question.source}"')
    return f"{match} AND source : {expression(source)}" if source else match


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


def index_passage(db: Database, passage: int, source: str, kind: str, text: str) -> None:
    """Makes a stored passage findable. To be called once, in the transaction that stores it."""
    db.execute(_INTO_COLUMN[kind == "headline"], [passage, source, spaced(text)])
