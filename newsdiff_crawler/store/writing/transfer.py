"""A record copied to another database, of whichever engine, and whether both say the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from newsdiff_crawler.store.engine.database import Database, Entry, Row
from newsdiff_crawler.store.engine.errors import StoreError

# Each before those that refer to it, with the columns of its key.
TABLES: dict[str, Sequence[str]] = {
    "articles": ("id",),
    "article_urls": ("url",),
    "events": ("id",),
    "versions": ("article_id", "number"),
    "passages": ("id",),
    "removals": ("id",),
    "change_labels": ("label", "fetched_at", "article_id", "number"),
    "runs": ("id",),
    "feeds": ("id",),
    "feed_entries": ("feed", "url"),
    "hosts": ("host", "source"),
    "host_days": ("host", "day"),
    "false_validators": ("source",),
    "baseline_rates": ("source", "section"),
    "tunings": ("day",),
    "merged_articles": ("id",),
    "outside_links": ("source", "url"),
    "stated_urls": ("article_id", "url"),
    "other_texts": ("id",),
    "renamed_sources": ("source",),
    "clock_faults": ("source",),
    "source_blocks": ("text_key", "article_id"),
    "boilerplate": ("source", "text_key"),
    "selectors": ("source", "parser", "hook", "selector"),
    "snapshots": ("id",),
    "sources": ("source",),
    "notices": ("id",),
    "messages": ("id",),
    "alarms": ("name",),
    "roots": ("id",),
    "stamps": ("root_id", "kind"),
    "retired_hashes": ("version_hash",),
    "erased": ("article_id",),
    "rereadings": ("id",),
    "copies": ("id",),
}
# Columns that a database works out by itself.
DERIVED = {"versions": frozenset({"size", "minor"})}
_PORTION = 500  # rows in a transaction
_INDEXED = {
    "passages": """select p.id, v.source, p.kind, p.text from passages p
                     join versions v on v.article_id = p.article_id and v.number = p.first_version
                    where p.id >= :first and p.id <= :last""",
    "removals": """select r.id, v.source, p.kind, p.text from removals r
                     join passages p on p.id = r.passage_id
                     join versions v on v.article_id = p.article_id and v.number = r.number
                    where r.id >= :first and r.id <= :last""",
}


@dataclass(frozen=True)
class Difference:
    """A table of which the two records do not say the same: how many rows each has."""

    table: str
    original: int
    copy: int


class Transfer:
    """From one record to another, which is empty or has a part of a copy that was broken off. No
    crawl may write to either meanwhile."""

    def __init__(self, original: Database, copy: Database) -> None:
        self._original = original
        self._copy = copy

    def size(self) -> int:
        """How many rows are to be copied yet."""
        return sum(self._original.count(table) - self._copy.count(table) for table in TABLES)

    def run(self) -> Iterator[int]:
        """Copies what is missing: after each portion, how many rows it had. Raises StoreError, and
        writes nothing, where the copy has anything else than the first rows of the original."""
        for table, key in TABLES.items():
            if not self._is_begun(table, key):
                problem = f"its {table} are not the first of the original; name an empty one"
                raise StoreError(f"the target is another record, or an older state: {problem}")
        for table, key in TABLES.items():
            for rows in _portions(self._original, table, key, _last(self._copy, table, key)):
                with self._copy.transaction():
                    self._copy.insert_all(table, [_given(table, row) for row in rows])
                    if table in _INDEXED:
                        self._index(table, rows)
                yield len(rows)
        self._copy.continue_ids([table for table, key in TABLES.items() if [*key] == ["id"]])

    def differences(self) -> Iterator[Difference | None]:
        """Compares table by table; None for one that is the same in both."""
        for table, key in TABLES.items():
            (rows, digest), (copied, of_copy) = (
                _digest(db, table, key) for db in (self._original, self._copy)
            )
            yield None if digest == of_copy else Difference(table, rows, copied)

    def _is_begun(self, table: str, key: Sequence[str]) -> bool:
        """By the number of its rows and the last of them: all are compared in the end."""
        last = _last(self._copy, table, key)
        if last is None:
            return True
        values = {column: last[column] for column in key}
        names = ", ".join(f":{column}" for column in key)
        until = f"from {table} where ({', '.join(key)}) <= ({names})"
        same = " and ".join(f"{column} = :{column}" for column in key)
        sql = f"select *, (select count(*) {until}) as until_here from {table} where {same}"  # noqa: S608
        rows = [db.execute(sql, values).fetchone() for db in (self._original, self._copy)]
        return len({_said(table, row) for row in rows if row}) == 1 and None not in rows

    def _index(self, table: str, rows: Sequence[Row]) -> None:
        """Makes findable what was just copied; removals come after what they took out."""
        index = self._copy.search_index
        add = index.add if table == "passages" else index.index_removals
        span = {"first": rows[0]["id"], "last": rows[-1]["id"]}
        add([Entry(*row) for row in self._copy.execute(_INDEXED[table], span)])


def _last(db: Database, table: str, key: Sequence[str]) -> Row | None:
    """The key of the last row of a table."""
    backwards = ", ".join(f"{column} desc" for column in key)
    sql = f"select {', '.join(key)} from {table} order by {backwards} limit 1"  # noqa: S608
    return db.execute(sql).fetchone()


def _portions(
    db: Database, table: str, key: Sequence[str], after: Sequence[object] | Row | None = None
) -> Iterator[list[Row]]:
    """The rows of a table in the order of their keys, some at a time."""
    columns = ", ".join(key)
    names = [f"after_{column}" for column in key]
    beyond = f"where ({columns}) > ({', '.join(f':{name}' for name in names)})"
    while True:
        sql = f"""select * from {table} {beyond if after else ""}
                   order by {columns} limit {_PORTION}"""  # noqa: S608
        rows = db.execute(sql, dict(zip(names, after or (), strict=False))).fetchall()
        if not rows:
            return
        yield rows
        after = [rows[-1][column] for column in key]


def _given(table: str, row: Row) -> dict[str, object]:
    derived = DERIVED.get(table, frozenset())
    return {name: row[name] for name in row.keys() if name not in derived}  # noqa: SIM118


def _digest(db: Database, table: str, key: Sequence[str]) -> tuple[int, str]:
    """How many rows a table has, and a hash of all that they say."""
    digest, count = hashlib.sha256(), 0
    for rows in _portions(db, table, key):
        count += len(rows)
        for row in rows:
            digest.update(_said(table, row).encode())
    return count, digest.hexdigest()


def _said(table: str, row: Row) -> str:
    """What a row says, the same of either engine."""
    return json.dumps(sorted(_given(table, row).items()))
