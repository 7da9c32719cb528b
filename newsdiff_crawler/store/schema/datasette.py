"""What Datasette is told of the record, docs/datasette.json: its views with their meanings, facets
and full-text search. All else has rows of hidden articles too, and is shown to nobody.

`python -m newsdiff_crawler.store.schema.datasette` prints the file.
"""

from __future__ import annotations

import json
import re
from typing import Any

from newsdiff_crawler.store.schema.dictionary import Schema
from newsdiff_crawler.store.schema.meanings import TABLES, Table

DATABASE = "newsdiff"
# SQLite's own, which a record has only after some use.
_OF_SQLITE = ("sqlite_sequence", "sqlite_stat1", "sqlite_stat4")
_NEWEST_FIRST = {
    "changes": "to_fetched_at",
    "stories": "last_changed_at",
    "taken_out": "at",
    "version_texts": "fetched_at",
}
_FACETS: dict[str, list[Any]] = {
    "changes": ["source", "minor", {"array": "labels"}],
    "stories": ["source", "state"],
    "passage_texts": ["source", "kind"],
    "taken_out": ["source", "kind"],
    "version_texts": ["source"],
}
_SEARCH = {"passage_texts": "passages_fts", "taken_out": "removals_fts"}


def metadata() -> dict[str, Any]:
    """All of it."""
    schema = Schema()
    try:
        denied = {name: {"allow": False} for name in schema.all_tables()}
    finally:
        schema.close()
    denied |= {name: {"allow": False} for name in _OF_SQLITE}
    views = {name: _view(name, table) for name, table in TABLES.items() if _is_view(table)}
    return {
        "title": "What the news changed after it was published",
        "description": "Times are UTC. Texts are their publishers', under copyright.",
        "databases": {
            DATABASE: {
                "description": "Versions of news articles, and what each of them changed.",
                "allow_sql": False,  # it would reach the tables
                "tables": {**denied, **views},
            }
        },
    }


def _is_view(table: Table) -> bool:
    return table.meaning.startswith("View:")


def _view(name: str, table: Table) -> dict[str, Any]:
    view: dict[str, Any] = {
        "description": _plain(table.meaning.removeprefix("View: ").capitalize()),
        "columns": {
            column: _plain("; ".join(filter(None, meaning)))
            for column, meaning in table.columns.items()
        },
        "size": 20,
    }
    if name in _FACETS:
        view["facets"] = _FACETS[name]
    if name in _NEWEST_FIRST:
        view["sort_desc"] = _NEWEST_FIRST[name]
    if name in _SEARCH:
        view |= {"fts_table": _SEARCH[name], "fts_pk": "id"}
    return view


def _plain(markdown: str) -> str:
    """Without the marks of docs/record.md."""
    return re.sub(r"[`\[\]]", "", markdown)


if __name__ == "__main__":
    print(json.dumps(metadata(), indent=1))
