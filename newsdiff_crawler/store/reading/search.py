"""Full text of everything ever published, and of what was taken out."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter
from typing import Literal

from newsdiff_crawler.items import BlockKind
from newsdiff_crawler.store.reading.search_terms import Term, expression, fold, parse, stands_in
from newsdiff_crawler.store.rules import visible

Where = Literal["all", "headline", "added", "removed"]

MOST_HITS = 5_000  # the newest passages with the words; older ones are not looked through
MOST_RANKED = 300  # of those, the newest that meet all conditions; on a cold disk each costs 0.1 ms
MOST_FOUND = 200  # of those, the best
_USUAL_LENGTH = 150  # characters
_STILL_STANDS = 0.25

# No bm25, which would read every place of every word in the whole index: 300 ms for two common
# words in a million versions.
_HITS = """
    select rowid from {index}
     where {index} match :match and rowid >= :first and rowid < :after
     order by rowid desc limit {limit}
"""
# Tables are joined in the order in which they are to be walked.
_DATES = """
      cross join versions came on came.article_id = p.article_id and came.number = p.first_version
      left join versions went
        on went.article_id = p.article_id and went.number = p.last_version + 1
"""
_PASSAGES = f"""
    select p.id, p.article_id, p.kind, p.text, p.last_version, {{at}} as at
      from json_each(:hits) hit
      cross join passages p on p.id = hit.value
      cross join articles a on a.id = p.article_id and {visible("a")}
"""  # noqa: S608
# A passage that came back, or went again later, is no more what was taken out then.
_REMOVED_PASSAGES = f"""
    select p.id, p.article_id, p.kind, p.text, p.last_version, {{at}} as at
      from json_each(:hits) hit
      cross join removals r on r.id = hit.value
      cross join passages p on p.id = r.passage_id and p.last_version = r.number - 1
      cross join articles a on a.id = p.article_id and {visible("a")}
"""  # noqa: S608
_PUT_IN = "select text from passages where article_id = ? and first_version = ?"
# The first row of an index at or after a time. Crawls side by side store in another order than
# they fetch in, by much less than the day that is added to each side.
_FIRST_PASSAGE = """
    select p.id from versions v
      cross join passages p on p.article_id = v.article_id and p.first_version = v.number
     where v.fetched_at >= strftime('%Y-%m-%dT%H:%M:%SZ', ?, ?) order by v.fetched_at limit 1
"""
_FIRST_REMOVAL = """
    select id from removals where at >= strftime('%Y-%m-%dT%H:%M:%SZ', ?, ?) order by at limit 1
"""
_END = 2**63 - 1
_FOUND = f"""
    select p.article_id, a.source, a.url, a.title, a.version_count, p.kind, p.text,
           p.first_version, p.last_version,
           came.fetched_at as came_at, went.fetched_at as went_at
      from json_each(:ids) id
      cross join passages p on p.id = id.value
      cross join articles a on a.id = p.article_id {_DATES}
     order by id.key
"""  # noqa: S608


@dataclass(frozen=True)
class SearchQuery:
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
class SearchHit:
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


@dataclass(frozen=True)
class SearchHits:
    """What a search came to: some of the ``count`` passages that it found. Not ``is_whole``: so
    many passages have the words that only the newest of them were looked through."""

    found: list[SearchHit]
    count: int
    is_whole: bool


class Search:
    """Questions to the indexes of passages and of removals."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def find(self, question: SearchQuery, limit: int = MOST_FOUND, start: int = 0) -> SearchHits:
        """Passages with all the words, from the place ``start`` (0 is the first); none for a
        question without words."""
        terms = parse(question.query)
        passages, is_whole = self._newest(question, terms)
        if question.newest_first:
            passages.sort(key=itemgetter("at", "id"), reverse=True)
        else:
            passages.sort(key=lambda row: self._worth(question, terms, row), reverse=True)
        best = [row["id"] for row in passages[:MOST_FOUND]]
        ids = json.dumps(best[start : start + limit])
        found = [SearchHit(*row) for row in self._connection.execute(_FOUND, {"ids": ids})]
        return SearchHits(found, len(best), is_whole)

    def _newest(self, question: SearchQuery, terms: list[Term]) -> tuple[list[sqlite3.Row], bool]:
        """The newest passages that meet all conditions, and whether these are all."""
        hits = self._hits(question, terms) if terms else iter(())
        passages: list[sqlite3.Row] = []
        looked = 0
        # Bit by bit: to find all hits of two common words takes as long as five such searches.
        while len(passages) < MOST_RANKED and (some := list(islice(hits, MOST_RANKED))):
            passages += self._passages(question, some)
            looked += len(some)
        is_whole = looked < MOST_HITS and len(passages) < MOST_RANKED
        return passages[:MOST_RANKED], is_whole

    def _hits(self, question: SearchQuery, terms: list[Term]) -> Iterator[int]:
        """Rows of the index with the words, the newest first."""
        index = "removals_fts" if question.where == "removed" else "passages_fts"
        rows = self._connection.execute(
            _HITS.format(index=index, limit=MOST_HITS),
            {
                "match": _match(question, terms),
                "first": self._row_at(question, question.since, "-1 day") if question.since else 0,
                "after": self._row_at(question, question.until, "+1 day"),
            },
        )
        return (row[0] for row in rows)

    def _row_at(self, question: SearchQuery, time: str, margin: str) -> int:
        """The first row of the question's index at or after a time."""
        first = _FIRST_REMOVAL if question.where == "removed" else _FIRST_PASSAGE
        row = self._connection.execute(first, [time, margin]).fetchone() if time else None
        return int(row[0]) if row else _END

    def _passages(self, question: SearchQuery, hits: list[int]) -> list[sqlite3.Row]:
        """Those that meet all conditions."""
        table = _REMOVED_PASSAGES if question.where == "removed" else _PASSAGES
        is_dated = question.since or question.until or question.newest_first
        at, dates = (_dated(question), _DATES) if is_dated else ("null", "")
        return self._connection.execute(
            f"{table.format(at=at)} {dates} where {_conditions(question)}",
            {**vars(question), "hits": json.dumps(hits)},
        ).fetchall()

    def _worth(self, question: SearchQuery, terms: list[Term], row: sqlite3.Row) -> float:
        """Of what was taken out, a passage counts for less whose words were not: they stand in
        what was put in with the same edit."""
        value = worth(row["kind"], row["text"], terms)
        if question.where != "removed":
            return value
        put_in = self._connection.execute(_PUT_IN, [row["article_id"], row["last_version"] + 1])
        return value * (_STILL_STANDS if any(stands_in(text, terms) for (text,) in put_in) else 1)


def worth(kind: str, text: str, terms: list[Term]) -> float:
    """How well a passage answers: how often it has the words, for its length, as BM25 counts it;
    a headline counts for four."""
    folded = fold(text)
    length = 0.25 + 0.75 * len(folded) / _USUAL_LENGTH
    counts = [folded.count(term.words[0]) for term in terms]
    score = sum([count * 2.2 / (count + 1.2 * length) for count in counts])
    return 4 * score if kind == "headline" else score


def _match(question: SearchQuery, terms: list[Term]) -> str:
    """The question in FTS5's words."""
    columns = "headline" if question.where == "headline" else "{headline text}"
    match = f"{columns} : ({expression(terms)})"
    source = parse(f'"{question.source}"')
    return f"{match} AND source : {expression(source)}" if source else match


def _dated(question: SearchQuery) -> str:
    return "went.fetched_at" if question.where == "removed" else "came.fetched_at"


def _conditions(question: SearchQuery) -> str:
    told = {
        "p.first_version > 1": question.where == "added",
        "a.source = :source": question.source,
        f"{_dated(question)} >= :since": question.since,
        f"{_dated(question)} < :until": question.until,
    }
    return " and ".join([condition for condition, value in told.items() if value] or ["true"])
