"""The data dictionary, docs/record.md: the schema as it is, and what it means.

`python -m newsdiff_crawler.store.schema.dictionary` prints the page.
"""

from __future__ import annotations

import re
import sqlite3
import weakref
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sqlite_utils import Database

from newsdiff_crawler.store.schema.meanings import TABLES, WORDS, Table, Words
from newsdiff_crawler.store.schema.migrations import migrations

_HEAD = """\
# The record

`newsdiff.db` in the data folder is an SQLite file that is meant to be queried: with sqlite-utils,
Datasette, pandas or the `sqlite3` shell, while crawls write to it. Names change by migrations only.
To read it from a program, open it read-only (`file:newsdiff.db?mode=ro`).

- Times are UTC, ISO 8601 with `Z`, whole seconds: `2026-11-22T20:15:00Z`. They sort as texts.
- A version is an ordered list of passages; a passage is stored once per article. What a version
  said, in one piece, is in the view `version_texts`.
- Of a hidden article (taken down) the views have nothing; the tables still have its rows. Who
  publishes what they query leaves out `articles.state = 'hidden'`, or queries views only.
- Datasette shows the views, with this page's words, facets and full-text search, and nothing of the
  tables, with `datasette data/newsdiff.db -m docs/datasette.json` (version 0.65). The file itself
  has them: to give data away, use `scrapy export`.

What was taken out of stories, newest first, and whether it came back:

```sql
select url, text, at, back_at from taken_out order by at desc limit 20
```

Headlines that the newspaper rewrote, with the moment at which the new one was first seen:

```sql
select to_fetched_at, source, from_title, to_title
  from changes where title_changed and minor is null order by to_fetched_at desc limit 20
```

How much each source changes of what it publishes:

```sql
select source, count(*) as articles, sum(change_count > 0) as changed, sum(change_count) as changes
  from articles where state <> 'hidden' and version_count > 0 group by source
```

This page is made from the migrations and from
[meanings.py](../newsdiff_crawler/store/schema/meanings.py):
`python -m newsdiff_crawler.store.schema.dictionary > docs/record.md`. A test holds it to both.
"""


class SchemaColumn(NamedTuple):
    """A column as SQLite has it. ``key``: its place in the primary key, 0 for none."""

    name: str
    type: str
    is_required: bool
    key: int


class Schema:
    """The tables and views of a new record."""

    def __init__(self) -> None:
        # Any thread: the garbage is collected in whichever comes to it.
        self._db = Database(sqlite3.connect(":memory:", check_same_thread=False))
        weakref.finalize(self, self._db.close)
        migrations.apply(self._db)

    def tables(self) -> list[str]:
        """Tables and views; left out is what SQLite keeps for itself, and FTS5 beside an index."""
        names = self._db.table_names() + self._db.view_names()
        virtual = [name for name in self._db.table_names() if self._is_virtual(name)]
        shadows = {name for name in names for of in virtual if name.startswith(f"{of}_")}
        return [name for name in names if name not in shadows and not name.startswith("sqlite_")]

    def all_tables(self) -> list[str]:
        """No views, but also what SQLite and FTS5 keep for themselves."""
        return list(self._db.table_names())

    def columns(self, table: str) -> list[SchemaColumn]:
        """In the table's order, computed ones too; FTS5's own hidden ones left out."""
        rows = self._db.execute("select * from pragma_table_xinfo(?)", [table]).fetchall()
        return [
            SchemaColumn(name, type_.lower(), bool(not_null), key)
            for _, name, type_, not_null, _, key, hidden in rows
            if hidden != 1
        ]

    def references(self, table: str) -> dict[str, str]:
        """Columns, and what they refer to."""
        keys = self._db.execute("select * from pragma_foreign_key_list(?)", [table]).fetchall()
        return {key[3]: f"{key[2]}.{key[4]}" for key in keys}

    def indexes(self, table: str) -> list[str]:
        """The indexes of a table in words, but for its primary key."""
        rows = self._db.execute(
            """select l.name, l."unique", l.partial, m.sql from pragma_index_list(?) l
                 join sqlite_master m on m.name = l.name where l.origin = 'c' order by l.name""",
            [table],
        ).fetchall()
        return [self._index(*row) for row in rows]

    def close(self) -> None:
        """Forgets it."""
        self._db.close()

    def _is_virtual(self, table: str) -> bool:
        return self._db.table(table).schema.lower().startswith("create virtual")

    def _index(self, name: str, is_unique: bool, is_partial: bool, sql: str) -> str:
        columns = self._db.execute(
            "select name from pragma_index_info(?) order by seqno", [name]
        ).fetchall()
        text = ", ".join(f"`{column}`" for (column,) in columns)
        condition = re.search(r"\bwhere\s+(.+)", sql, re.IGNORECASE | re.DOTALL)
        unique = " (unique)" if is_unique else ""
        where = f" where `{' '.join(condition[1].split())}`" if is_partial and condition else ""
        return f"{text}{unique}{where}"


def page() -> str:
    """The whole page, in Markdown."""
    schema = Schema()
    try:
        return "\n".join(_lines(schema))
    finally:
        schema.close()


def _lines(schema: Schema) -> Iterator[str]:
    yield _HEAD
    yield "## Tables and views"
    for name, table in TABLES.items():
        yield from _table(schema, name, table)
    yield "\n## Words"
    for words in WORDS:
        yield from _words(words)


def _table(schema: Schema, name: str, table: Table) -> Iterator[str]:
    yield f"\n### `{name}`\n\n{table.meaning}\n"
    yield "| column | type | form, unit | means |\n|---|---|---|---|"
    references = schema.references(name)
    for column in schema.columns(name):
        meaning = table.columns[column.name]
        cells = [f"`{column.name}`", _type(column, references), _unit(meaning.unit)]
        yield f"| {' | '.join(cells)} | {meaning.meaning} |"
    indexes = schema.indexes(name)
    if indexes:
        yield f"\nIndexes: {'; '.join(indexes)}."


def _type(column: SchemaColumn, references: Mapping[str, str]) -> str:
    notes = [column.type] if column.type else []
    if column.key:
        notes.append("key")
    elif column.is_required:
        notes.append("not null")
    if column.name in references:
        notes.append(f"→ `{references[column.name]}`")
    return ", ".join(notes)


def _unit(unit: str) -> str:
    """A set of words in brackets becomes a link to it."""

    def link(name: re.Match[str]) -> str:
        return f"[{name[1]}](#{name[1].replace(' ', '-')})"

    return re.sub(r"\[(.+?)\]", link, unit)


def _words(words: Words) -> Iterator[str]:
    yield f"\n### {words.title}\n\nIn {words.stands_in}.\n"
    yield "| word | means |\n|---|---|"
    for word in words.known:
        yield f"| `{word}` | {words.meanings[word]} |"


if __name__ == "__main__":
    print(page())
