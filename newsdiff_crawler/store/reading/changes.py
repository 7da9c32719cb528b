"""Lists of changes: of all articles, filtered and in pages, or of one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from heapq import merge
from itertools import islice
from typing import Any

from newsdiff_crawler.items import ChangeCounts, Minor
from newsdiff_crawler.store.engine.database import LARGEST_ID, Database, Row
from newsdiff_crawler.store.rules import base_of, counts, not_muted, of_visible, title_of

MOST_CHANGES = 1000  # of one article, in one list
WALKED = 20  # changes of a source that are read together, where those of several are merged

# In the order of the fields of a Change.
_SELECT = f"""
    select v.article_id, a.source, a.url, u.number as from_version, v.number as to_version,
           {title_of("u")} as from_title, {title_of("v")} as to_title,
           u.fetched_at as from_at, v.fetched_at as to_at,
           v.words_added, v.words_removed, v.blocks_added, v.blocks_removed,
           v.blocks_edited, v.blocks_moved, v.title_changed,
           v.labels, v.summary, v.minor, v.reverts_to, v.page_changed = 2
"""
# A text that came after nothing but a placeholder is the story's first one, and no change.
_JOINED = f"""
      join versions u on u.article_id = v.article_id and u.number = {base_of("v")}
      join articles a on a.id = v.article_id
"""


@dataclass(frozen=True)
class Change:
    """A version and the one that it is compared with, which is mostly the one before, and what
    differs.

    ``minor`` says why a change is hidden unless asked for: ``cosmetic`` (punctuation, case,
    spacing), ``reverted`` (an earlier text came back), ``page`` (the page's doing: a box beside the
    story, a redesign or a placeholder), ``held`` (held back until it is clear whether the site or
    its stories changed), ``parser`` (another parser of ours read the page); null: it is one of
    substance. ``labels`` and ``summary`` are the diff's. ``is_placeholder``: a page stood in the
    story's place; what follows is compared with what was there before.
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
    labels: list[str]
    summary: str
    minor: Minor | None
    reverts_to: int | None
    is_placeholder: bool = False


@dataclass(frozen=True)
class ChangeFilter:
    """Which changes to list, all conditions together: those that were seen from ``since`` to before
    ``until``, both times. ``with_minor``: those of no substance too, and those of muted sources,
    which are else listed for who asks for that ``source`` alone. ``largest_first``: by words
    added and removed instead of by time. ``sources``: of one of these; None: of any."""

    source: str = ""
    label: str = ""
    since: str = ""
    with_minor: bool = False
    largest_first: bool = False
    until: str = ""
    sources: Sequence[str] | None = None


@dataclass(frozen=True)
class Position:
    """A place in a list, which newer changes do not shift: the time of a change, or its size in
    words, and what it is."""

    key: str | int
    article_id: int
    number: int


class Changes:
    """Changes in the record, the latest first."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def of(
        self,
        article_id: int,
        before: int = LARGEST_ID,
        limit: int = MOST_CHANGES,
        *,
        with_minor: bool = True,
    ) -> list[Change]:
        """The changes of an article that led to versions before this number."""
        some = "v.number > 1" if with_minor else counts("v")
        rows = self._db.execute(
            f"""{_SELECT} from versions v {_JOINED}
                 where v.article_id = :article_id and v.number < :before and {some}
                   and {of_visible("v")}
                 order by v.number desc limit :limit""",
            {"article_id": article_id, "before": before, "limit": limit},
        )
        return [_change(row) for row in rows]

    def at(self, article_id: int, number: int) -> Change | None:
        """What a version changed, or None where there is no such version, or none before it."""
        row = self._db.execute(
            f"""{_SELECT} from versions v {_JOINED}
                 where v.article_id = :article_id and v.number = :number and {of_visible("v")}""",
            {"article_id": article_id, "number": number},
        ).fetchone()
        return _change(row) if row else None

    def latest(
        self, change_filter: ChangeFilter, before: Position | None = None, limit: int = 30
    ) -> list[Change]:
        """Changes of all articles, from just after ``before``. Of several sources, those of each
        are read along the index of a source, a few at a time: none grows with what the others
        have."""
        if change_filter.sources is not None:
            return self._of_several(change_filter, before, limit)
        walked = "l" if change_filter.label else "v"  # the table whose index has them in order
        key = "v.size" if change_filter.largest_first else f"{walked}.fetched_at"
        place = (key, f"{walked}.article_id", f"{walked}.number")
        conditions, values = _conditions(change_filter, walked)
        if before:
            conditions.append(f"({', '.join(place)}) < (:key, :article_id, :number)")
            values |= vars(before)
        order = ", ".join(f"{column} desc" for column in place)
        some = f"where {' and '.join(conditions)} order by {order} limit :limit"
        with self._db.sorting() if change_filter.largest_first else nullcontext():
            rows = self._db.execute(
                f"{_SELECT} from {self._versions(change_filter, some)} {_JOINED} {some}",
                {**values, "limit": limit},
            ).fetchall()
        return [_change(row) for row in rows]

    def _of_several(
        self, change_filter: ChangeFilter, before: Position | None, limit: int
    ) -> list[Change]:
        names = change_filter.sources or ()
        if change_filter.source:
            names = [name for name in names if name == change_filter.source]
        elif not change_filter.with_minor:
            muted = self._muted()
            names = [name for name in names if name not in muted]
        walks = [
            self._walk(replace(change_filter, source=name, sources=None), before) for name in names
        ]

        def place(change: Change) -> tuple[Any, ...]:
            return tuple(vars(position(change, change_filter)).values())

        return list(islice(merge(*walks, key=place, reverse=True), limit))

    def _walk(self, change_filter: ChangeFilter, before: Position | None) -> Iterator[Change]:
        """All changes of one source."""
        while some := self.latest(change_filter, before, WALKED):
            yield from some
            before = position(some[-1], change_filter)

    def _muted(self) -> set[str]:
        rows = self._db.execute("select source from sources where muted_at is not null")
        return {name for (name,) in rows}

    def _versions(self, change_filter: ChangeFilter, some: str) -> str:
        """The tables that a list is of, in the order in which they are to be walked."""
        same = f"{self._db.ordered_join} versions v on v.article_id = l.article_id"
        same = f"{same} and v.number = l.number"
        if change_filter.label:
            return f"change_labels l {same}"
        if not change_filter.largest_first:
            return "versions v"
        # The largest are found in the index alone, and only then joined to the rest.
        index = "" if change_filter.with_minor else self._db.use_index("changes_by_size")
        some = f"{some} * 2" if change_filter.with_minor else some  # a few of them are no change
        return f"(select v.article_id, v.number from versions v {index} {some}) as l {same}"  # noqa: S608

    def minor_count(self, change_filter: ChangeFilter, oldest: str, newest: str) -> int:
        """How many changes of no substance there are from ``oldest`` to ``newest``, both times
        included, of the source and with the label that are change_filter. By an index alone: the
        few texts that came after nothing but a placeholder are counted too."""
        of_sources = ""
        if change_filter.sources is not None:
            of_sources = f"and {self._db.one_of('v.source', 'sources')}"
        ((count,),) = self._db.execute(
            f"""select count(*) from versions v
                 where v.minor is not null and v.fetched_at between :oldest and :newest
                   and {of_visible("v")} and :source in ('', v.source) {of_sources}
                   and (:label = '' or exists (
                       select 1 from change_labels l
                        where l.label = :label and l.fetched_at = v.fetched_at
                          and l.article_id = v.article_id and l.number = v.number))""",  # noqa: S608
            {
                "oldest": oldest,
                "newest": newest,
                "source": change_filter.source,
                "label": change_filter.label,
                "sources": self._db.list_value([*(change_filter.sources or ())]),
            },
        )
        return int(count)


def position(change: Change, change_filter: ChangeFilter) -> Position:
    """Where a change stands in the list of what is change_filter."""
    size = change.counts.words_added + change.counts.words_removed
    return Position(
        size if change_filter.largest_first else change.to_at, change.article_id, change.to_version
    )


def _conditions(change_filter: ChangeFilter, walked: str) -> tuple[list[str], dict[str, Any]]:
    optional = {
        f"{walked}.label = :label": change_filter.label,
        f"{walked}.source = :source": change_filter.source,
        f"{walked}.fetched_at >= :since": change_filter.since,
        f"{walked}.fetched_at < :until": change_filter.until,
    }
    conditions = ["v.number > 1" if change_filter.with_minor else counts("v"), of_visible("v")]
    conditions += [condition for condition, value in optional.items() if value]
    if not (change_filter.with_minor or change_filter.source):
        conditions.append(not_muted("v"))
    return conditions, {
        "label": change_filter.label,
        "source": change_filter.source,
        "since": change_filter.since,
        "until": change_filter.until,
    }


def _change(row: Row) -> Change:
    numbers: list[Any] = [number or 0 for number in row[9:16]]
    numbers[-1] = bool(numbers[-1])
    labels, summary, minor, reverts_to, is_placeholder = row[16:]
    values: list[Any] = [*row[:9], ChangeCounts(*numbers), json.loads(labels or "[]")]
    values += [summary or "", minor, reverts_to, bool(is_placeholder)]
    return Change(*values)
