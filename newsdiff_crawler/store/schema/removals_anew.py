"""For the step m032: what was taken out of a record that an older release wrote, found anew in the
layouts of its versions.

Until then a passage that went and came back was forgotten, what replaced a passage was not known,
and the span of a passage was drawn out over versions that took nothing out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from sqlite_utils import Database

from newsdiff_crawler.diff import compare, replacements, shared_ends
from newsdiff_crawler.items import Block, takes_out
from newsdiff_crawler.store.engine.database import Entry
from newsdiff_crawler.store.engine.search_index import FTS5Index
from newsdiff_crawler.store.engine.sqlite import SQLiteDatabase

BATCH = 1000  # articles that are held in memory together


class _Version(NamedTuple):
    article_id: int
    number: int
    source: str
    at: str
    layout: str | None  # where the record has only what is counted
    compared_with: int | None
    page_changed: int
    takes_out: bool

    @property
    def is_story(self) -> bool:
        return self.page_changed < 2

    def passages(self) -> list[int]:
        """In reading order."""
        return list(json.loads(self.layout or "[]"))


class _Passage(NamedTuple):
    id: int
    article_id: int
    block: Block
    first: int
    last: int


class _Removal(NamedTuple):
    passage_id: int
    number: int
    at: str
    back_in: int | None
    replaced_by: int | None


def find_removals_anew(db: Database) -> None:
    """In batches of articles: how many there are in the record does not matter to memory."""
    db.execute("create temp table found (passage_id, number, at, back_in, replaced_by)")
    boilerplate = {(row["source"], row["text"]) for row in db.query("select * from boilerplate")}
    ((newest,),) = db.execute("select coalesce(max(id), 0) from articles").fetchall()
    for first in range(1, newest + 1, BATCH):
        _find(db, first, first + BATCH - 1, boilerplate)
    db.execute("delete from removals")
    db.execute(
        """insert into removals (passage_id, number, at, back_in, replaced_by)
           select * from found order by at, passage_id"""
    )
    db.execute("drop table found")
    _index(db)


def _find(db: Database, first: int, last: int, boilerplate: set[tuple[str, str]]) -> None:
    versions = _by_article(db, _VERSIONS, first, last, _version)
    passages = _by_article(db, _PASSAGES, first, last, _passage)
    known = {(id_, number): at for id_, number, at in db.execute(_REMOVALS, [first, last])}
    for article_id, states in versions.items():
        article = _Article(states, passages.get(article_id, []), known, boilerplate)
        db.conn.executemany("insert into found values (?, ?, ?, ?, ?)", article.removals())
        db.conn.executemany(
            "update passages set first_version = ?, last_version = ? where id = ?", article.spans()
        )


_VERSIONS = """
    select v.article_id, v.number, v.source, v.fetched_at, v.layout, v.compared_with,
           v.page_changed, v.parser_changed, v.cosmetic
      from versions v join articles a on a.id = v.article_id
     where v.article_id between ? and ? and a.version_count > 1
     order by v.article_id, v.number
"""
_PASSAGES = """
    select p.id, p.article_id, p.kind, p.text, p.first_version, p.last_version
      from passages p join articles a on a.id = p.article_id
     where p.article_id between ? and ? and a.version_count > 1 order by p.article_id
"""
_REMOVALS = """
    select r.passage_id, r.number, r.at from passages p join removals r on r.passage_id = p.id
     where p.article_id between ? and ?
"""


def _version(row: Any) -> _Version:
    *columns, parser_changed, cosmetic = row
    columns.append(takes_out(parser_changed=parser_changed, cosmetic=cosmetic))
    return _Version(*columns)


def _passage(row: Any) -> _Passage:
    id_, article_id, kind, text, first, last = row
    return _Passage(id_, article_id, Block(kind, text), first, last)


def _by_article(db: Database, sql: str, first: int, last: int, made: Any) -> dict[int, list[Any]]:
    rows = map(made, db.execute(sql, [first, last]))
    return {id_: list(some) for id_, some in groupby(rows, lambda row: row.article_id)}


class _Article:
    """One article's versions and passages, and what was known of what went."""

    def __init__(
        self,
        versions: Sequence[_Version],
        passages: Sequence[_Passage],
        known: dict[tuple[int, int], str],
        boilerplate: set[tuple[str, str]],
    ) -> None:
        self._versions = versions
        self._layouts = {version.number: version.passages() for version in versions}
        self._passages = {passage.id: passage for passage in passages}
        self._known = known
        self._boilerplate = boilerplate

    def removals(self) -> Iterator[_Removal]:
        """All that is true."""
        story = [version for version in self._versions if version.is_story]
        for version in story:
            older = [each.number for each in story if each.number < version.number]
            base = max((n for n in older if n <= (version.compared_with or n)), default=None)
            if base and version.takes_out and not version.page_changed:
                yield from self._taken_out(version, base)

    def _taken_out(self, version: _Version, base: int) -> Iterator[_Removal]:
        before, after = self._layouts[base], self._layouts[version.number]
        gone = [
            (id_, back)
            for id_ in sorted(set(before).difference(after))
            if self._is_taken_out(id_, version, back := self._back(id_, version.number))
        ]
        ids, replaced = self._replaced(before, after) if gone else ({}, {})
        for id_, back in gone:
            new = replaced.get(self._passages[id_].block)
            at = self._known.get((id_, version.number), version.at)
            yield _Removal(id_, version.number, at, back, ids.get(new) if new else None)

    def _is_taken_out(self, passage: int, version: _Version, back: int | None) -> bool:
        """It was noted then, and not taken back since, which drew out its span; or it came back,
        and so was overlooked."""
        text, last = self._passages[passage].block.text, self._passages[passage].last
        if (version.source, text) in self._boilerplate:
            return False
        if (passage, version.number) in self._known:
            return back is not None or last < version.number
        return back is not None

    def _back(self, passage: int, number: int) -> int | None:
        later = (
            each.number
            for each in self._versions
            if each.number > number and each.is_story and passage in self._layouts[each.number]
        )
        return next(later, None)

    def _replaced(
        self, before: list[int], after: list[int]
    ) -> tuple[dict[Block, int], dict[Block, Block]]:
        head, tail = shared_ends(before, after)
        old, new = before[head : len(before) - tail], after[head : len(after) - tail]
        texts = ([self._passages[id_].block for id_ in ids] for ids in (old, new))
        return {self._passages[id_].block: id_ for id_ in new}, replacements(compare(*texts))

    def spans(self) -> Iterator[tuple[int, int, int]]:
        """Where each passage whose span was not true stands first and last."""
        spans: dict[int, tuple[int, int]] = {}
        for number, layout in self._layouts.items():
            for id_ in layout:
                spans[id_] = (spans.get(id_, (number, number))[0], number)
        for id_, span in spans.items():
            if (self._passages[id_].first, self._passages[id_].last) != span:
                yield (*span, id_)


def _index(db: Database) -> None:
    index = FTS5Index(SQLiteDatabase(db.conn))
    index.forget_removals()
    rows = db.execute(
        """select r.id, v.source, p.kind, p.text
             from removals r join passages p on p.id = r.passage_id
             join versions v on v.article_id = p.article_id and v.number = r.number
            order by r.id"""
    )
    for row in rows:
        index.index_removals([Entry(*row)])
