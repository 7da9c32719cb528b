"""Full text of everything ever published, and of what was taken out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, islice
from operator import itemgetter
from typing import Any, Literal

from newsdiff_crawler.items import HEAD, BlockKind
from newsdiff_crawler.store.engine.database import Database, Row
from newsdiff_crawler.store.reading.search_terms import Term, parse_query, stands_in
from newsdiff_crawler.store.rules import base_of, is_the_story, title_of, visible
from newsdiff_crawler.text import fold

Where = Literal["all", "headline", "added", "removed"]

MOST_HITS = 5_000  # the newest passages with the words; older ones are not searched
MOST_RANKED = 300  # of those, the newest that meet all conditions; on a cold disk each costs 0.1 ms
MOST_FOUND = 200  # of those, the best
MOST_SECONDS = 0.2  # of CPU time
# Characters of a passage that are ranked, shown and marked: its first, or those around the first
# word. One in a million news paragraphs has more.
LONGEST = 10_000
_TEXT = 6  # its place in a hit
TOO_LONG = "This search takes too long"
TO_SHORTEN = "Please give longer beginnings of words, or words that fewer passages have."
_USUAL_LENGTH = 150  # characters
_STILL_STANDS = 0.25

# Each begins where the ids of hits are, and is joined in this order.
_FROM_PASSAGES = "passages p"
# A headline that was rewritten was not taken out: there is another.
_FROM_REMOVALS = f"""
    removals r {{join}} passages p on p.id = r.passage_id
      and (r.replaced_by is null or p.kind not in {HEAD})
"""
# With which versions a hit came and went. It went after its last, but not to a placeholder.
_CAME = """
      {join} versions came on came.article_id = p.article_id and came.number = p.first_version
"""
_AFTER_LAST = f"""
    select min(later.number) from versions later
     where later.article_id = p.article_id and later.number > p.last_version
       and {is_the_story("later")}
"""  # noqa: S608
_WENT = f"""
      left join versions went on went.article_id = p.article_id and went.number = ({_AFTER_LAST})
      left join removals r on r.passage_id = p.id and r.number = went.number
      left join versions back on back.article_id = p.article_id and back.number = r.back_in
"""
_WAS_REMOVED = """
      {join} versions went on went.article_id = p.article_id and went.number = r.number
      left join versions back on back.article_id = p.article_id and back.number = r.back_in
"""
# The last row of an index before a time, and the first at or after one. Crawls side by side store
# in another order than they fetch in, by much less than the day that is added to each side. What
# the Internet Archive captured was stored long after, and is among later rows.
_PASSAGE = """
    select p.id from versions v
      {join} passages p on p.article_id = v.article_id and p.first_version = v.number
     where v.fetched_at {side} :time and p.read_anew = 0 and v.captured = 0
     order by v.fetched_at {order} limit 1
"""
_REMOVAL = """
    select id from removals where at {side} :time and read_anew = 0 order by at {order} limit 1
"""
# Of a text that was no story, and that only one version had.
_OF_THE_STORY = f"""(
    p.first_version < p.last_version or not exists (
        select 1 from versions only_one
         where only_one.article_id = p.article_id and only_one.number = p.first_version
           and not ({is_the_story("only_one")})))"""  # noqa: S608
_CAME_LATER = f"""exists (
    select 1 from versions earlier
     where earlier.article_id = p.article_id and earlier.number < p.first_version
       and {is_the_story("earlier")})"""  # noqa: S608
_BEFORE = {"side": "<", "order": "desc"}
_FROM = {"side": ">=", "order": "asc"}
_MARGIN = timedelta(days=1)
_END = 2**63 - 1


@dataclass(frozen=True)
class SearchQuery:
    """What to search for, and where: in one source, in passages that came (removed: that went)
    from ``since`` to before ``until``, each a day or a time; empty means no condition. The best
    come first, or those that came (went) last. ``text``: as `search_terms.parse_query` takes it."""

    text: str
    where: Where = "all"
    source: str = ""
    since: str = ""
    until: str = ""
    newest_first: bool = False


@dataclass(frozen=True)
class SearchHit:
    """A passage with the words, where it stood, and when it came and went: last, or as is searched
    for. ``title`` (of the article) is the latest. ``went_in`` and ``back_in``: numbers of the
    versions that first did not have it, and had it again; null: it still stands; it did not come
    back. ``came_after`` and ``went_after``: of those that the one with which it came, and
    ``went_in``, are compared with; null: it was there from the start; it still stands.
    ``is_replaced``: something stands in its place."""

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
    came_after: int | None
    went_after: int | None
    went_in: int | None
    is_replaced: bool
    back_in: int | None
    back_at: str | None


@dataclass(frozen=True)
class SearchResult:
    """Some of the ``count`` passages that a search found. Not ``is_whole``: so many have the words
    that only the newest of them were searched."""

    hits: list[SearchHit]
    count: int
    is_whole: bool


class Search:
    """Searches of passages, and of removals."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def find(self, query: SearchQuery, limit: int = MOST_FOUND, start: int = 0) -> SearchResult:
        """Passages with all the words, from the place ``start`` (0 is the first); none for a query
        without words. Raises TooLongError for one that takes more than `MOST_SECONDS`."""
        with self._db.within(MOST_SECONDS):
            return self._find(query, limit, start)

    def _find(self, query: SearchQuery, limit: int, start: int) -> SearchResult:
        terms = parse_query(query.text)
        passages, is_whole = self._newest(query, terms)
        if query.newest_first:
            passages.sort(key=itemgetter("at", "id"), reverse=True)
        else:
            edits = self._put_in(passages) if query.where == "removed" else {}
            passages.sort(key=lambda row: _worth(terms, row, edits), reverse=True)
        best = [row["id"] for row in passages[:MOST_FOUND]]
        hits = self._in_full(query, best[start : start + limit], terms)
        return SearchResult(hits, len(best), is_whole)

    def _newest(self, query: SearchQuery, terms: list[Term]) -> tuple[list[Row], bool]:
        """The newest passages that meet all conditions, and whether these are all."""
        ids = self._ids(query, terms) if terms else iter(())
        passages: dict[int, Row] = {}  # one that went twice is found where it went last
        searched = 0
        # Bit by bit: to find all hits of two common words takes as long as five such searches.
        while len(passages) < MOST_RANKED and (some := list(islice(ids, MOST_RANKED))):
            for row in self._passages(query, some):
                passages.setdefault(row["passage"], row)
            searched += len(some)
        is_whole = searched < MOST_HITS and len(passages) < MOST_RANKED
        return list(passages.values())[:MOST_RANKED], is_whole

    def _ids(self, query: SearchQuery, terms: list[Term]) -> Iterator[int]:
        """Of passages, or of removals, with the words: the newest first."""
        removed, since, until = query.where == "removed", query.since, query.until
        first = self._row(removed, _moved(since, -_MARGIN), _BEFORE, 0) if since else 0
        after = self._end(removed, since, until) if until else _END
        out_of_order = self._read_anew(removed) if since or until else None
        ranges = [(first, after)]
        if out_of_order:  # their ids say nothing of when they came
            least, most = out_of_order
            ranges = [(max(after, least), most + 1), (first, after), (least, min(first, most + 1))]
        return chain.from_iterable(
            self._db.search_index.hits(
                terms,
                source=query.source,
                headlines=query.where == "headline",
                removed=removed,
                first=begin,
                after=end,
                limit=MOST_HITS,
            )
            for begin, end in ranges
            if begin < end
        )

    def _read_anew(self, removed: bool) -> tuple[int, int] | None:
        """The least and the greatest id of what came with another reading of old pages."""
        table = "removals" if removed else "passages"
        sql = f"select min(id), max(id) from {table} where read_anew = 1"  # noqa: S608
        ((least, most),) = self._db.execute(sql)
        return None if least is None else (int(least), int(most))

    def _end(self, removed: bool, since: str, until: str) -> int:
        captured = self._db.execute(
            """select 1 from versions
                where captured = 1 and fetched_at >= :since and fetched_at < :until limit 1""",
            {"since": since, "until": until},
        ).fetchone()
        return _END if captured else self._row(removed, _moved(until, _MARGIN), _FROM, _END)

    def _row(self, removed: bool, time: str, side: dict[str, str], default: int) -> int:
        sql = (_REMOVAL if removed else _PASSAGE).format(join=self._db.ordered_join, **side)
        row = self._db.execute(sql, {"time": time}).fetchone()
        return int(row[0]) if row else default

    def _passages(self, query: SearchQuery, ids: list[int]) -> list[Row]:
        """Those that meet all conditions."""
        is_dated = query.since or query.until or query.newest_first
        at = _dated(query) if is_dated else "null"
        hit, joined, went = self._joined(query, with_dates=bool(is_dated))
        return self._db.execute(
            f"""select {hit} as id, p.id as passage, p.article_id, p.kind,
                       substr(p.text, 1, :longest) as text, {went} as went_in, {at} as at
                  from {joined}
                 where {self._db.one_of(hit, "ids")} and {visible("a")} and {_OF_THE_STORY}
                   and {_conditions(query)}
                 order by {hit} desc""",  # noqa: S608
            {**vars(query), "ids": self._db.list_value(ids), "longest": LONGEST},
        ).fetchall()

    def _joined(self, query: SearchQuery, with_dates: bool) -> tuple[str, str, str]:
        """The column that has the ids of hits, the tables to be read, and the number of the version
        that took out what was."""
        is_removed = query.where == "removed"
        tables, went = (_FROM_REMOVALS, _WAS_REMOVED) if is_removed else (_FROM_PASSAGES, _WENT)
        dates = f"{_CAME} {went}" if with_dates else ""
        joined = f"{tables} {{join}} articles a on a.id = p.article_id {dates}"
        hit, number = ("r.id", "r.number") if is_removed else ("p.id", "null")
        return hit, joined.format(join=self._db.ordered_join), number

    def _in_full(self, query: SearchQuery, ids: list[int], terms: list[Term]) -> list[SearchHit]:
        """The hits with these ids, in this order."""
        hit, joined, _ = self._joined(query, with_dates=True)
        rows = self._db.execute(
            f"""select {hit}, p.article_id, a.source, a.url, {title_of("a")}, a.version_count,
                       p.kind, p.text, p.first_version, p.last_version,
                       came.fetched_at, went.fetched_at, {base_of("came")}, {base_of("went")},
                       went.number, r.replaced_by is not null, r.back_in, back.fetched_at
                  from {joined}
                 where {self._db.one_of(hit, "ids")}""",  # noqa: S608
            {"ids": self._db.list_value(ids)},
        )
        word = terms[0].words[0] if terms else ""
        hits = {id_: _hit(columns, word) for id_, *columns in rows}  # one at a time: some are long
        return [hits[id_] for id_ in ids if id_ in hits]  # some may have gone meanwhile

    def _put_in(self, removals: list[Row]) -> dict[tuple[int, int], list[str]]:
        """What was put in with the edits that took out these, by article and number of version."""
        join = self._db.ordered_join
        rows = self._db.execute(
            f"""select distinct p.id, p.article_id, p.first_version, substr(p.text, 1, :longest)
                  from removals r {join} passages o on o.id = r.passage_id
                  {join} passages p on p.article_id = o.article_id and p.first_version = r.number
                 where {self._db.one_of("r.id", "ids")}""",  # noqa: S608
            {"ids": self._db.list_value([row["id"] for row in removals]), "longest": LONGEST},
        )
        edits: dict[tuple[int, int], list[str]] = {}
        for _, article, number, text in rows:
            edits.setdefault((article, number), []).append(text)
        return edits


def _worth(terms: list[Term], row: Row, edits: dict[tuple[int, int], list[str]]) -> float:
    """Of what was taken out, a passage counts for less whose words were not: they stand in what
    was put in with the same edit."""
    put_in = edits.get((row["article_id"], row["went_in"]), ())
    still_stands = any(stands_in(text, terms) for text in put_in)
    return worth(row["kind"], row["text"], terms) * (_STILL_STANDS if still_stands else 1)


def _hit(columns: list[Any], word: str) -> SearchHit:
    columns[_TEXT] = _around(columns[_TEXT], word)
    columns[-3] = bool(columns[-3])
    return SearchHit(*columns)


def worth(kind: str, text: str, terms: list[Term]) -> float:
    """How well a passage answers: how often it has the words, for its length, as BM25 counts it;
    a headline counts for four."""
    folded = fold(text)
    length = 0.25 + 0.75 * len(folded) / _USUAL_LENGTH
    counts = [folded.count(term.words[0]) for term in terms]
    score = sum([count * 2.2 / (count + 1.2 * length) for count in counts])
    return 4 * score if kind == "headline" else score


def _around(text: str, word: str) -> str:
    """What is shown of a passage: all, or if it is long the part around a word."""
    if len(text) <= LONGEST:
        return text
    start = text.lower().find(word) - LONGEST // 10
    start = max(0, min(start, len(text) - LONGEST))
    return text[start : start + LONGEST]


def _moved(time: str, margin: timedelta) -> str:
    """A day before or after a time, or as near to it as the calendar goes."""
    day = date.fromisoformat(time[:10]).toordinal() + margin.days
    return str(date.fromordinal(min(max(day, 1), date.max.toordinal())))


def _dated(query: SearchQuery) -> str:
    return "went.fetched_at" if query.where == "removed" else "came.fetched_at"


def _conditions(query: SearchQuery) -> str:
    optional = {
        _CAME_LATER: query.where == "added",
        "a.source = :source": query.source,
        f"{_dated(query)} >= :since": query.since,
        f"{_dated(query)} < :until": query.until,
    }
    return " and ".join([condition for condition, value in optional.items() if value] or ["true"])
