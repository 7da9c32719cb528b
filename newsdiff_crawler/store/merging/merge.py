"""Two histories of one story made into one: the versions of the article that was found later go
on where those of the earlier one end."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from newsdiff_crawler.diff import ChangeSummary, compare, is_one_story, summarise
from newsdiff_crawler.items import is_cosmetic
from newsdiff_crawler.store.engine.database import Database, Row
from newsdiff_crawler.store.reading.texts import blocks_of
from newsdiff_crawler.store.rules import counts
from newsdiff_crawler.store.writing.boilerplate import Boilerplate
from newsdiff_crawler.store.writing.chain import link, retire
from newsdiff_crawler.store.writing.removals import Removals


@dataclass(frozen=True)
class MergePoint:
    """Where the history of one article goes on in that of another, as long as they have so many
    versions (``counts``). ``changed``: from the last text of the earlier one to the first of the
    later one; None: it is the same text, which is not stored twice."""

    earlier: int
    later: int
    counts: tuple[int, int]
    changed: ChangeSummary | None

    @property
    def shift(self) -> int:
        """What is added to the numbers of the later versions."""
        return self.counts[0] - (self.changed is None)


class _Ends(NamedTuple):
    """The first and the last version of an article."""

    id: int
    source: str
    versions: int
    first_at: str
    last_at: str
    first_hash: str
    last_hash: str


_ENDS = """
    select a.id, a.source, a.version_count, first.fetched_at, last.fetched_at,
           first.content_hash, last.content_hash
      from articles a
      join versions first on first.article_id = a.id and first.number = 1
      join versions last on last.article_id = a.id and last.number = a.version_count
     where a.id in (:one, :other) order by a.id
"""
# Columns of articles: what the last check left, and of which text.
_OF_LAST_CHECK = (
    "state",
    "wait",
    "failures",
    "absent_since",
    "last_checked_at",
    "last_error",
    "unconfirmed",
)
_SEEN = ("reading", "seen_hash", "body_hash", "etag", "last_modified", "not_modified")


def find_merge_point(db: Database, one: int, other: int) -> MergePoint | None:
    """Where two articles with versions meet; None where they do not: they are of two sources, each
    was edited while the other was there, or they tell different stories."""
    ends = [_Ends(*row) for row in db.execute(_ENDS, {"one": one, "other": other})]
    if len(ends) < 2 or ends[0].source != ends[1].source:
        return None
    for earlier, later in (ends, ends[::-1]):
        if earlier.last_at <= later.first_at:
            return _merge_point(db, earlier, later)
    return None


def _merge_point(db: Database, earlier: _Ends, later: _Ends) -> MergePoint | None:
    met = (earlier.id, later.id, (earlier.versions, later.versions))
    if earlier.last_hash == later.first_hash:
        return MergePoint(*met, changed=None)
    last = blocks_of(db, earlier.id, earlier.versions)
    diff = compare(last, blocks_of(db, later.id, 1))
    return MergePoint(*met, changed=summarise(diff)) if is_one_story(diff) else None


def append(db: Database, merge_point: MergePoint, url: str, at: str) -> dict[str, Any]:
    """Makes the later article's versions the next ones of the earlier one. Returns what its row
    must say then, where the story is at this URL. To be called in the transaction in which the
    later article goes."""
    return _Appending(db, merge_point).run(url, at)


class _Appending:
    """What `append` does, step by step; each builds on those before it."""

    def __init__(self, db: Database, merge_point: MergePoint) -> None:
        self._db = db
        self._removals = Removals(db, Boilerplate(db))
        self._merge_point = merge_point
        self._earlier, self._later = merge_point.earlier, merge_point.later
        self._names = {
            "earlier": merge_point.earlier,
            "later": merge_point.later,
            "shift": merge_point.shift,
            "last": merge_point.counts[0],
            "next": merge_point.counts[0] + 1,
        }

    def run(self, url: str, at: str) -> dict[str, Any]:
        self._note_last_seen()
        retire(self._db, self._later, "merged with another record of the story", at)
        if self._merge_point.changed is None:
            self._drop_first()
        else:
            self._meet(self._merge_point.changed)
        self._move_passages()
        self._move_labels()
        self._move_versions()
        if self._merge_point.changed:
            # Noted now: searches take the rows of that index for being in the order of time.
            self._removals.find(self._earlier, self._names["next"], at)
        self._removals.find_returns(self._earlier)
        link(self._db, self._earlier, self._names["next"])
        return self._row(url)

    def _note_last_seen(self) -> None:
        """What was the newest version of either article; a text that is in both was last seen when
        the later one's was."""
        self._db.executemany(
            """update versions
                  set confirmed_at = (select confirmed_at from articles a where a.id = :id)
                where article_id = :id and number = :newest""",
            [
                {"id": id_, "newest": newest}
                for id_, newest in zip(
                    (self._earlier, self._later), self._merge_point.counts, strict=True
                )
            ],
        )
        if self._merge_point.changed is None:
            self._execute(
                """update versions set confirmed_at = (
                       select coalesce(l.confirmed_at, l.fetched_at) from versions l
                        where l.article_id = :later and l.number = 1)
                    where article_id = :earlier and number = :last"""
            )

    @cached_property
    def _passages(self) -> list[dict[str, Any]]:
        """The later article's."""
        sql = "select * from passages where article_id = :later"
        return self._db.query(sql, self._names)

    @cached_property
    def _twins(self) -> dict[int, int]:
        """The later article's passages that the earlier one has already, and those."""
        sql = "select kind, text, id from passages where article_id = :earlier"
        known = {(kind, text): id_ for kind, text, id_ in self._db.execute(sql, self._names)}
        keys = {passage["id"]: (passage["kind"], passage["text"]) for passage in self._passages}
        return {id_: known[key] for id_, key in keys.items() if key in known}

    @cached_property
    def _layouts(self) -> dict[int, list[int]]:
        """The later article's versions, by their numbers so far."""
        sql = "select number, layout from versions where article_id = :later order by number"
        layouts = {number: json.loads(layout) for number, layout in self._execute(sql)}
        return {number: self._renamed(layout) for number, layout in layouts.items()}

    def _renamed(self, layout: Iterable[int]) -> list[int]:
        return [self._twins.get(passage, passage) for passage in layout]

    # --- Where they meet ------------------------------------------------------------------------

    def _drop_first(self) -> None:
        """The first version says what the earlier article said last. A text that only it had is
        the same text marked up in another way."""
        first = self._layouts.pop(1)
        kept = {passage for layout in self._layouts.values() for passage in layout}
        sql = "select layout from versions where article_id = :earlier and number = :last"
        last = json.loads(self._execute(sql)[0][0])
        for passage, same in zip(first, last, strict=False):
            if passage != same and passage not in kept:
                self._twins[passage] = same
        self._execute("delete from versions where article_id = :later and number = 1")

    def _meet(self, changed: ChangeSummary) -> None:
        """The first version is a change from the last one like any other."""
        (row,) = self._db.query(
            """select before.words_hash = after.words_hash as is_alike,
                      before.parser as parser_before, after.parser as parser_after,
                      after.source, after.fetched_at
                 from versions before, versions after
                where before.article_id = :earlier and before.number = :last
                  and after.article_id = :later and after.number = 1""",
            self._names,
        )
        cosmetic = is_cosmetic(words_alike=bool(row["is_alike"]), changes=changed.counts)
        is_read_anew = row["parser_before"] != row["parser_after"]
        columns = {"cosmetic": cosmetic, "parser_changed": is_read_anew}
        self._label_first(changed, columns)
        version = {"fetched_at": row["fetched_at"], "article_id": self._later, "number": 1}
        self._db.insert_all(
            "change_labels",
            [{"label": label.name, "source": row["source"], **version} for label in changed.labels],
        )

    def _label_first(self, changed: ChangeSummary, columns: dict[str, Any]) -> None:
        labels = json.dumps([label.name for label in changed.labels])
        columns = {**columns, "labels": labels, "summary": changed.sentence, **vars(changed.counts)}
        assignments = ", ".join(f"{column} = :{column}" for column in columns)
        self._db.execute(
            f"update versions set {assignments} where article_id = :later and number = 1",  # noqa: S608
            {**columns, **self._names},
        )

    def _extend(self, number: int, layout: list[int]) -> None:
        """The earlier article's passages in a layout stood until this version at least."""
        self._db.execute(
            f"""update passages set last_version = :number
                 where article_id = :earlier and {self._db.one_of("id", "layout")}""",  # noqa: S608
            {**self._names, "number": number, "layout": self._db.list_value(layout)},
        )

    # --- What goes along ------------------------------------------------------------------------

    def _move_passages(self) -> None:
        """A text that the earlier article has already stays one passage."""
        shift, source = self._merge_point.shift, self._source()
        for number, layout in self._layouts.items():
            self._extend(number + shift, layout)
        spans = self._spans()
        self._rename_in_removals()
        for passage in self._passages:
            id_ = passage["id"]
            self._db.execute(
                """update removals set passage_id = :now, number = number + :shift
                    where passage_id = :id""",
                {"now": self._twins.get(id_, id_), "shift": shift, "id": id_},
            )
            if id_ in self._twins:
                self._db.search_index.forget(id_, source, passage["kind"], passage["text"])
                self._db.execute("delete from passages where id = :id", {"id": id_})
            else:
                first, last = spans[id_]
                span = {"first_version": first + shift, "last_version": last + shift}
                self._db.update("passages", id_, {"article_id": self._earlier, **span})

    def _rename_in_removals(self) -> None:
        removals = self._execute(
            """select r.id, r.replaced_by from passages p join removals r on r.passage_id = p.id
                where p.article_id = :later and r.replaced_by is not null"""
        )
        for id_, passage in removals:
            self._db.update("removals", id_, {"replaced_by": self._twins.get(passage, passage)})

    def _source(self) -> str:
        return str(self._execute("select source from articles where id = :later")[0][0])

    def _spans(self) -> dict[int, tuple[int, int]]:
        """The first and the last version that has each passage."""
        spans: dict[int, tuple[int, int]] = {}
        for number, layout in self._layouts.items():
            for passage in layout:
                spans[passage] = (spans.get(passage, (number, number))[0], number)
        return spans

    def _move_labels(self) -> None:
        versions = self._db.query(
            """select number, fetched_at, labels from versions
                where article_id = :later and labels is not null""",
            self._names,
        )
        self._db.executemany(
            """update change_labels set article_id = :earlier, number = number + :shift
                where label = :label and fetched_at = :fetched_at
                  and article_id = :later and number = :number""",
            [
                {**self._names, **version, "label": label}
                for version in versions
                for label in json.loads(version["labels"])
            ],
        )

    def _move_versions(self) -> None:
        self._db.executemany(
            """update versions
                  set article_id = :earlier, number = number + :shift, layout = :layout,
                      compared_with = compared_with + :shift
                where article_id = :later and number = :number""",
            [
                {**self._names, "number": number, "layout": _json(layout)}
                for number, layout in self._layouts.items()
            ],
        )
        self._execute(
            """update versions set reverts_to = (
                   select max(u.number) from versions u
                    where u.article_id = versions.article_id and u.number < versions.number
                      and u.content_hash = versions.content_hash)
                where article_id = :earlier and number > :last"""
        )

    # --- The article ------------------------------------------------------------------------------

    def _row(self, url: str) -> dict[str, Any]:
        """Matters stand as the last check of either left them. Of the text last seen the later one
        knows; its validators are good for its own URL only."""
        earlier, later = (self._article(id_) for id_ in (self._earlier, self._later))
        last = max(earlier, later, key=lambda row: row["last_checked_at"] or "")
        row = {name: last[name] for name in _OF_LAST_CHECK} | {name: later[name] for name in _SEEN}
        if later["url"] != url:
            row |= {"etag": None, "last_modified": None}
        if earlier["claimed_by"] is None:
            dues = (earlier["next_check_at"], later["next_check_at"])
            row["next_check_at"] = min(filter(None, dues), default=None)
        return row | self._last_version() | self._changes()

    def _article(self, article_id: int) -> dict[str, Any]:
        return self._db.get("articles", article_id)

    def _last_version(self) -> dict[str, Any]:
        (row,) = self._db.query(
            """select number as version_count, title, published_at, parser,
                      fetched_at as last_changed_at, confirmed_at
                 from versions where article_id = :earlier order by number desc limit 1""",
            self._names,
        )
        return row

    def _changes(self) -> dict[str, Any]:
        (row,) = self._db.query(
            f"""select count(*) as change_count, max(v.fetched_at) as last_real_change_at
                  from versions v where v.article_id = :earlier and {counts("v")}""",  # noqa: S608
            self._names,
        )
        return row

    def _execute(self, sql: str) -> list[Row]:
        return self._db.execute(sql, self._names).fetchall()


def _json(layout: list[int]) -> str:
    return json.dumps(layout, separators=(",", ":"))
