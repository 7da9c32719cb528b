"""Versions that were read anew from the archive, and what follows from it.

What an article says is exchanged in one transaction: versions, passages, labels, removals, search,
what was noted of the source's blocks, the chain. The hashes that its versions had stay in
``rereadings``: whoever was given one can still find it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from newsdiff_crawler.items import Block
from newsdiff_crawler.store.engine.database import Database, Entry
from newsdiff_crawler.store.rules import is_the_story
from newsdiff_crawler.store.writing.boilerplate import Boilerplate
from newsdiff_crawler.store.writing.chain import link, retire
from newsdiff_crawler.store.writing.counting import count_changes_anew
from newsdiff_crawler.store.writing.labels import forget_labels
from newsdiff_crawler.store.writing.removals import Removals

_COMPUTED = ("size", "minor")
_HASHES = ("text_hash", "previous_hash", "version_hash")
# What a page says.
_READ = (
    *("title", "authors", "published_at", "modified_at"),
    *("content_hash", "words_hash", "text_key", "parser", "words"),
)
# What is known of the change itself, by which a version is listed, counted or not.
_JUDGED = (
    *("cosmetic", "parser_changed", "page_changed", "held", "labels", "summary", "title_changed"),
    *("words_added", "words_removed"),
    *("blocks_added", "blocks_removed", "blocks_edited", "blocks_moved"),
)


@dataclass(frozen=True)
class Removed:
    """A block that a version no longer has, and what stands in its place."""

    block: Block
    replaced_by: Block | None


@dataclass(frozen=True)
class Rewritten:
    """A version as it is to be. ``was``: its number so far, None: it is new. ``row``: of the table
    ``versions``; ``judged_as``: one whose judgement of the change holds still. ``is_read_anew``:
    it does not say what it said."""

    was: int | None
    row: Mapping[str, Any]
    judged_as: Mapping[str, Any] | None
    blocks: tuple[Block, ...]
    is_read_anew: bool
    snapshot_id: int | None
    removals: tuple[Removed, ...]


class OvertakenError(Exception):
    """A crawl changed the article meanwhile, or it was taken down or merged."""


class Rewriting:
    """The part of the record that takes back what parsers did wrong."""

    def __init__(self, db: Database, boilerplate: Boilerplate, removals: Removals) -> None:
        self._db = db
        self._boilerplate = boilerplate
        self._removals = removals

    def row(self, article_id: int, number: int) -> dict[str, Any]:
        """A version, column by column."""
        (row,) = self._db.query(
            "select * from versions where article_id = :id and number = :number",
            {"id": article_id, "number": number},
        )
        return row

    def mark_placeholder(self, article_id: int, number: int) -> None:
        """A version was none, and what follows is compared with the one before it."""
        self._db.execute(
            """update versions set page_changed = 2
                where article_id = :id and number = :number""",
            {"id": article_id, "number": number},
        )
        self._removals.forget(article_id, number)

    def removed(self, article_id: int, number: int) -> list[Removed]:
        """What a version took out."""
        rows = self._db.execute(
            """select p.kind, p.text, q.kind, q.text from passages p
                 join removals r on r.passage_id = p.id and r.number = :number
                 left join passages q on q.id = r.replaced_by
                where p.article_id = :id order by r.id""",
            {"id": article_id, "number": number},
        )
        return [
            Removed(Block(kind, text), Block(by_kind, by_text) if by_kind else None)
            for kind, text, by_kind, by_text in rows
        ]

    def exchange(
        self,
        article_id: int,
        version_count: int,
        newest_hash: str | None,
        versions: Sequence[Rewritten],
        at: str,
    ) -> None:
        """Makes these the versions of an article. ``version_count`` and ``newest_hash``: of what
        they were made from. Raises OvertakenError, and changes nothing, where that is not what the
        record has."""
        with self._db.transaction():
            row = self._db.execute(
                """select a.version_count, v.version_hash, a.state = 'hidden', a.source
                     from articles a left join versions v
                       on v.article_id = a.id and v.number = a.version_count
                    where a.id = :id""",
                {"id": article_id},
            ).fetchone()
            if row is None or tuple(row)[:3] != (version_count, newest_hash, 0):
                raise OvertakenError
            _Exchange(
                self._db, self._boilerplate, self._removals, article_id, row["source"], versions
            ).run(at)


class _Exchange:
    """What `Rewriting.exchange` does, step by step."""

    def __init__(
        self,
        db: Database,
        boilerplate: Boilerplate,
        removals: Removals,
        article_id: int,
        source: str,
        versions: Sequence[Rewritten],
    ) -> None:
        self._db, self._boilerplate, self._removals = db, boilerplate, removals
        self._id, self._source, self._versions = article_id, source, versions
        self._names = {"id": article_id}
        rows = db.query(
            "select * from versions where article_id = :id order by number", self._names
        )
        self._before = {row["number"]: row for row in rows}
        self._first = next(self._changed(), len(versions) + 1)

    def _changed(self) -> Iterator[int]:
        for number, version in enumerate(self._versions, start=1):
            if version.was != number or version.is_read_anew or version.judged_as is None:
                yield number

    def run(self, at: str) -> None:
        self._forget(at)
        passages = self._exchange_passages()
        self._insert(passages, at)
        self._note_removals(passages)
        self._rename_told_and_copied(at)
        link(self._db, self._id, self._first)
        self._keep_hashes(at)
        self._renew()

    def _forget(self, at: str) -> None:
        """All from the first version on that is to be another one."""
        retire(self._db, self._id, "read anew", at, self._first)
        for number in self._before:
            if number >= self._first:
                self._removals.forget(self._id, number)
                forget_labels(self._db, self._id, number)
        self._boilerplate.forget(self._id)
        self._db.execute(
            "delete from versions where article_id = :id and number >= :first",
            {**self._names, "first": self._first},
        )

    def _exchange_passages(self) -> dict[Block, int]:
        """Ids of all passages of the article, as they are to be."""
        rows = self._db.execute(
            "select id, kind, text from passages where article_id = :id", self._names
        ).fetchall()
        there = {Block(kind, text): id_ for id_, kind, text in rows}
        spans: dict[Block, tuple[int, int]] = {}
        for number, version in enumerate(self._versions, start=1):
            for block in version.blocks:
                spans[block] = (spans.get(block, (number, number))[0], number)
        for block in there.keys() - spans.keys():
            self._drop(there.pop(block), block)
        for block, (first, last) in spans.items():
            span = {"first_version": first, "last_version": last}
            if block in there:
                self._db.update("passages", there[block], span)
            else:
                there[block] = self._add(block, span)
        for number in range(1, len(self._versions) + 1):
            new = [block for block, span in spans.items() if span[0] == number]
            self._boilerplate.note(self._source, self._id, number, new)
        return there

    def _drop(self, passage: int, block: Block) -> None:
        names = {"passage": passage}
        self._db.search_index.forget(passage, self._source, block.kind, block.text)
        self._db.execute("delete from passages where id = :passage", names)
        self._boilerplate.forget_text(self._source, block.text)

    def _add(self, block: Block, span: Mapping[str, int]) -> int:
        row = {"article_id": self._id, "kind": block.kind, "text": block.text, "read_anew": 1}
        passage = self._db.insert_returning_id("passages", {**row, **span})
        entry = Entry(passage, self._source, block.kind, block.text)
        self._db.search_index.add([entry])
        return passage

    def _insert(self, passages: Mapping[Block, int], at: str) -> None:
        numbers = {version.was: n for n, version in enumerate(self._versions, start=1)}
        for number, version in enumerate(self._versions, start=1):
            if number < self._first:
                continue
            was = self._before.get(version.was or 0, {})
            row = {**version.row} | was
            if version.is_read_anew:
                row |= {each: version.row[each] for each in _READ}
            row |= {each: (version.judged_as or version.row)[each] for each in _JUDGED}
            base = (version.judged_as or {}).get("compared_with")
            row["compared_with"] = numbers.get(base) if base else version.row["compared_with"]
            row |= dict.fromkeys(_HASHES)
            row |= {
                "article_id": self._id,
                "number": number,
                "source": self._source,
                "snapshot": version.snapshot_id,
                "layout": _json([passages[block] for block in version.blocks]),
                "read_anew_at": at if version.is_read_anew else was.get("read_anew_at"),
            }
            for column in _COMPUTED:
                row.pop(column)
            self._db.insert("versions", row)
            keys = {each: row[each] for each in ("fetched_at", "article_id", "number", "source")}
            labels = json.loads(row["labels"] or "[]")
            self._db.insert_all("change_labels", [{**keys, "label": label} for label in labels])
        self._db.execute(
            """update versions set reverts_to = (
                   select max(u.number) from versions u
                    where u.article_id = versions.article_id and u.number < versions.number
                      and u.content_hash = versions.content_hash)
                where article_id = :id and number >= :first""",
            {**self._names, "first": self._first},
        )

    def _note_removals(self, passages: Mapping[Block, int]) -> None:
        for number, version in enumerate(self._versions, start=1):
            if number >= self._first:
                at = version.row["fetched_at"]
                gone = {passages[each.block]: each.block for each in version.removals}
                replaced = {e.block: e.replaced_by for e in version.removals if e.replaced_by}
                self._removals.add(number, self._source, at, gone, passages, replaced)
        self._db.execute(
            """update removals set read_anew = 1 where number >= :first and passage_id in (
                   select id from passages where article_id = :id)""",
            {**self._names, "first": self._first},
        )
        self._removals.find_returns(self._id)

    def _rename_told_and_copied(self, at: str) -> None:
        """What is told of a version, and its copy elsewhere, stand by it as it is called now."""
        numbers = {version.was: n for n, version in enumerate(self._versions, start=1)}
        withdrawn: dict[str, dict[str, Any]] = {
            "notices": {"withdrawn": "it was read anew"},
            "copies": {"state": "withdrawn", "done_at": at, "due_at": None},
        }
        for table, of_none in withdrawn.items():
            rows = self._db.execute(
                f"select id, number from {table} where article_id = :id",  # noqa: S608
                self._names,
            ).fetchall()
            for id_, number in rows:
                row = {"number": numbers[number]} if number in numbers else of_none
                self._db.update(table, id_, row)

    def _keep_hashes(self, at: str) -> None:
        """Of versions that are not what they were any more."""
        rows = self._db.execute(
            "select number, version_hash from versions where article_id = :id", self._names
        )
        now = {number: whole for number, whole in rows}  # noqa: C416 - rows are no pairs to mypy
        became = {version.was: n for n, version in enumerate(self._versions, start=1)}
        for number, row in self._before.items():
            if number >= self._first and now.get(number) != row["version_hash"]:
                self._db.insert(
                    "rereadings",
                    {
                        "article_id": self._id,
                        "number": number,
                        "at": at,
                        "became": became.get(number),
                        "parser": row["parser"],
                        **{each: row[each] for each in _HASHES},
                    },
                )

    def _renew(self) -> None:
        """The article says what its newest version says; the next check reads the whole page."""
        self._db.execute(
            f"""update articles
                   set (title, published_at, parser, seen_hash, last_changed_at) = (
                          select title, published_at, parser, content_hash, fetched_at
                            from versions v where article_id = :id
                           order by ({is_the_story("v")}) desc, number desc limit 1),
                       version_count = :count, body_hash = null, etag = null,
                       last_modified = null, not_modified = 0
                 where id = :id""",  # noqa: S608
            {**self._names, "count": len(self._versions)},
        )
        count_changes_anew(self._db, self._id)


def _json(layout: list[int]) -> str:
    return json.dumps(layout, separators=(",", ":"))
