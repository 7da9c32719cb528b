"""All versions of the record, or those of a source and a period, one after the other: each with
its text and, where it changed one, the text before.

However many there are, only those of some articles are in memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, Literal, NamedTuple, TypedDict

import orjson

from newsdiff_crawler.items import BlockKind, Minor
from newsdiff_crawler.store.engine.database import Database
from newsdiff_crawler.store.rules import visible

BATCH = 200  # articles that are read together


@dataclass(frozen=True)
class ExportQuery:
    """Which versions: of one source, fetched from ``since`` to before ``until``, each a day or a
    time; empty means no condition."""

    source: str = ""
    since: str = ""
    until: str = ""


class ExportedEdit(TypedDict):
    """A block that one of two versions does not have, or has in other words. ``before`` or
    ``after`` is null where there is none."""

    edit: Literal["added", "removed", "edited"]
    kind: BlockKind
    before: str | None
    after: str | None


class ExportedVersion(NamedTuple):
    """A version of an article with its text and, but for the first, what it changed. Times are
    UTC, ISO 8601. What is told of changes is as in the table ``versions``; all of it is null in a
    version that is compared with none."""

    source: str
    article_id: int
    url: str
    version: int
    fetched_at: str
    first_seen_at: str
    published_at: str | None
    modified_at: str | None
    title: str
    authors: list[str]
    parser: str | None
    words: int | None
    content_hash: str | None
    minor: Minor | None
    is_placeholder: bool
    is_captured: bool
    from_version: int | None
    from_fetched_at: str | None
    from_title: str | None
    labels: list[str]
    summary: str | None
    words_added: int | None
    words_removed: int | None
    blocks_added: int | None
    blocks_removed: int | None
    blocks_edited: int | None
    blocks_moved: int | None
    title_changed: bool | None
    reverts_to: int | None
    edits: list[ExportedEdit]
    text_before: str | None
    text: str


# In this order, and by their places: to look for a column by its name takes long among so many.
_VERSIONS = """
    select a.source, v.article_id, a.url, v.number, v.fetched_at, a.first_seen_at,
           v.published_at, v.modified_at, v.title, v.authors, v.parser, v.words, v.content_hash,
           v.minor, v.labels, v.summary, v.words_added, v.words_removed, v.blocks_added,
           v.blocks_removed, v.blocks_edited, v.blocks_moved, v.title_changed, v.reverts_to,
           v.page_changed, v.compared_with, v.captured, v.layout
      from articles a {join} versions v on v.article_id = a.id
     where {one_of} order by v.article_id, v.number
"""
_ARTICLE, _NUMBER, _AT, _TITLE, _AUTHORS, _MINOR = 1, 3, 4, 8, 9, 13
_CHANGE, _HOW = slice(14, 24), slice(24, 28)  # what is told of the change; what is not told


class Exports:
    """Versions that readers may see, by article and number."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def count(self, query: ExportQuery) -> int:
        """How many versions there are."""
        sql = f"select count(*) {self._some(query)}"
        ((count,),) = self._db.execute(sql, vars(query))
        return int(count)

    def count_articles(self, query: ExportQuery) -> int:
        """Of how many articles."""
        sql = f"select count(distinct v.article_id) {self._some(query)}"
        ((count,),) = self._db.execute(sql, vars(query))
        return int(count)

    def months(self, query: ExportQuery) -> list[str]:
        """The months in which they were fetched, as ``2026-11``, the first one first."""
        sql = f"select distinct substr(v.fetched_at, 1, 7) {self._some(query)} order by 1"
        return [month for (month,) in self._db.execute(sql, vars(query))]

    def versions(self, query: ExportQuery) -> Iterator[ExportedVersion]:
        """Each of them. To be read in one snapshot."""
        after = 0
        while articles := self._articles(query, after):
            for version in self._of(articles):
                at = version.fetched_at
                if at >= query.since and (not query.until or at < query.until):
                    yield version
            after = articles[-1]

    def _articles(self, query: ExportQuery, after: int) -> list[int]:
        """The next ones that have such a version."""
        conditions = " and ".join(_conditions(query))
        sql = f"""select a.id from articles a where {conditions} and a.id > :after
                     and exists (select 1 from versions v
                                  where v.article_id = a.id and {_in_period(query)})
                   order by a.id limit {BATCH}"""  # noqa: S608
        return [id_ for (id_,) in self._db.execute(sql, {**vars(query), "after": after})]

    def snapshot(self) -> Any:
        """As `Database.snapshot`."""
        return self._db.snapshot()

    def _some(self, query: ExportQuery) -> str:
        conditions = " and ".join([*_conditions(query), _in_period(query)])
        return f"from versions v join articles a on a.id = v.article_id where {conditions}"

    def _of(self, articles: Sequence[int]) -> Iterator[ExportedVersion]:
        ids = {"ids": self._db.list_value(articles)}
        passages = self._db.execute(
            f"select id, kind, text from passages where {self._db.one_of('article_id', 'ids')}",  # noqa: S608
            ids,
        ).tuples()
        texts = {id_: text for id_, _, text in passages}
        kinds = {id_: kind for id_, kind, _ in passages}
        replaced = self._replaced(ids)
        join, one_of = self._db.ordered_join, self._db.one_of("a.id", "ids")
        rows = self._db.execute(_VERSIONS.format(join=join, one_of=one_of), ids).tuples()
        for _, some in groupby(rows, itemgetter(_ARTICLE)):
            yield from _Article(list(some), texts, kinds, replaced).versions()

    def _replaced(self, ids: Mapping[str, object]) -> dict[tuple[int, int], int]:
        """By passage and version: what stands in its place from then on."""
        rows = self._db.execute(
            f"""select r.passage_id, r.number, r.replaced_by
                  from passages p {self._db.ordered_join} removals r on r.passage_id = p.id
                 where {self._db.one_of("p.article_id", "ids")} and r.replaced_by is not null""",  # noqa: S608
            ids,
        )
        return {(passage, number): by for passage, number, by in rows.tuples()}


_PLACEHOLDER = 2  # in `page_changed`
_NO_CHANGE: tuple[Any, ...] = (*[None] * 3, [], *[None] * 9, [])


def _conditions(query: ExportQuery) -> list[str]:
    """On an article."""
    return [visible("a"), *(["a.source = :source"] if query.source else [])]


def _in_period(query: ExportQuery) -> str:
    """On a version."""
    conditions = {"v.fetched_at >= :since": query.since, "v.fetched_at < :until": query.until}
    return " and ".join([each for each, value in conditions.items() if value] or ["true"])


class _State(NamedTuple):
    """A version, for those that are compared with it. ``passages``: those of its layout."""

    number: int
    at: str
    title: str
    layout: list[int]
    passages: set[int]


class _Article:
    """One article's versions, each told with the one before. ``texts`` and ``kinds``: of its
    passages, by their ids; for speed no `Block` is made of them."""

    def __init__(
        self,
        rows: Sequence[tuple[Any, ...]],
        texts: Mapping[int, str],
        kinds: Mapping[int, BlockKind],
        replaced: Mapping[tuple[int, int], int],
    ) -> None:
        self._rows = rows
        self._texts = texts
        self._kinds = kinds
        self._replaced = replaced

    def versions(self) -> Iterator[ExportedVersion]:
        story: list[_State] = []
        told: tuple[_State, str] | None = None  # of the texts only the last, and not a thousand
        for row in self._rows:
            page_changed, compared_with, is_captured, layout = row[_HOW]
            ids = orjson.loads(layout)
            state = _State(row[_NUMBER], row[_AT], row[_TITLE], ids, set(ids))
            newest = compared_with or state.number - 1
            base = next((each for each in reversed(story) if each.number <= newest), None)
            before = base and (told[1] if told and told[0] is base else self._text(base))
            text = self._text(state)
            change = self._change(row, state, base) if base else _NO_CHANGE
            yield ExportedVersion._make(
                (
                    *row[:_AUTHORS],
                    orjson.loads(row[_AUTHORS] or "[]"),
                    *row[_AUTHORS + 1 : _MINOR],
                    row[_MINOR] if base else None,
                    page_changed == _PLACEHOLDER,
                    bool(is_captured),
                    *change,
                    before,
                    text,
                )
            )
            told = state, text
            if page_changed < _PLACEHOLDER:
                story.append(state)

    def _text(self, state: _State) -> str:
        return "\n\n".join(map(self._texts.__getitem__, state.layout))

    def _change(self, row: tuple[Any, ...], state: _State, base: _State) -> tuple[Any, ...]:
        labels, summary, *counts, title_changed, reverts_to = row[_CHANGE]
        facts = base.number, base.at, base.title, orjson.loads(labels or "[]"), summary
        edits = self._edits(state, base)
        return (*facts, *counts, bool(title_changed), reverts_to, edits)

    def _edits(self, state: _State, base: _State) -> list[ExportedEdit]:
        """In the order of the older version, then what is new."""
        kinds, texts = self._kinds, self._texts
        edits: list[ExportedEdit] = []
        paired = set()
        for id_ in _only_in(base, state):
            new_id = self._replaced.get((id_, state.number), 0)
            after = texts[new_id] if new_id in state.passages else None
            edits.append(
                {
                    "edit": "removed" if after is None else "edited",
                    "kind": kinds[id_],
                    "before": texts[id_],
                    "after": after,
                }
            )
            paired.add(new_id)
        return edits + [
            {"edit": "added", "kind": kinds[id_], "before": None, "after": texts[id_]}
            for id_ in _only_in(state, base)
            if id_ not in paired
        ]


def _only_in(one: _State, other: _State) -> list[int]:
    """The passages that another version does not have, in order, each once."""
    ids = one.passages - other.passages
    return [*dict.fromkeys([id_ for id_ in one.layout if id_ in ids])] if len(ids) > 1 else [*ids]
