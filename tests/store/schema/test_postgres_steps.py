"""A record on a server has the tables, columns, views and indexes that one in a file has."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from newsdiff_crawler.store import Store
from newsdiff_crawler.store.engine import postgres_connection
from newsdiff_crawler.store.engine.connection import DATABASE_NAME, open_database
from newsdiff_crawler.store.engine.postgres_connection import open_postgres, waiting_steps_of
from newsdiff_crawler.store.reading.search_terms import parse_query
from newsdiff_crawler.store.schema.postgres_steps import known_steps
from tests.support import postgres
from tests.support.records import add_article, story

pytestmark = pytest.mark.skipif(postgres.programs() is None, reason="no PostgreSQL here")

OF_SQLITE = ("_sqlite_migrations", "sqlite_", "passages_fts", "removals_fts")


@pytest.fixture
def in_a_file(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    open_database(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / DATABASE_NAME)) as connection:
        yield connection


@pytest.fixture
def on_a_server() -> Iterator[psycopg.Connection]:
    with postgres.server().record() as url, psycopg.connect(url) as connection:
        yield connection


def shared(names: Iterator[str]) -> set[str]:
    return {name for name in names if not name.startswith(OF_SQLITE)}


def test_tables_and_views_have_the_same_columns(
    in_a_file: sqlite3.Connection, on_a_server: psycopg.Connection
) -> None:
    sql = "select name from sqlite_master where type in ('table', 'view')"
    names = shared(name for (name,) in in_a_file.execute(sql).fetchall())
    columns = """select column_name from information_schema.columns
                  where table_schema = 'public' and table_name = %s order by ordinal_position"""
    for name in sorted(names):
        known = [row[1] for row in in_a_file.execute(f"pragma table_xinfo({name})")]
        assert [row[0] for row in on_a_server.execute(columns, [name])] == known, name


def test_they_have_the_same_indexes(
    in_a_file: sqlite3.Connection, on_a_server: psycopg.Connection
) -> None:
    sql = "select name from sqlite_master where type = 'index' and sql is not null"
    known = shared(name for (name,) in in_a_file.execute(sql).fetchall())
    there = "select indexname from pg_indexes where schemaname = 'public'"
    assert known - {"idx__sqlite_migrations_migration_set_name"} <= {
        name for (name,) in on_a_server.execute(there)
    }


def test_an_empty_database_gets_all_steps_and_a_made_one_none_again() -> None:
    with postgres.server().record() as url, closing(open_postgres(url)) as db:
        applied = db.query("select name, applied_at from schema_steps order by name")
        open_postgres(url).close()
        assert db.query("select name, applied_at from schema_steps order by name") == applied
    assert [row["name"] for row in applied] == list(known_steps())


def test_the_steps_that_a_record_lacks_are_named_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    with postgres.server().record() as url:
        open_postgres(url).close()
        assert waiting_steps_of(url) == []
        newer = {**known_steps(), "998_next": "", "999_last": ""}
        monkeypatch.setattr(postgres_connection, "known_steps", lambda: newer)
        assert waiting_steps_of(url) == ["998_next", "999_last"]


def test_the_step_that_folds_words_otherwise_makes_all_of_them_findable_again() -> None:
    with postgres.server().record() as url:
        with closing(Store(open_postgres(url), Path())) as store:
            add_article(store, story("A headline", "Η Αθήνα"), story("A headline", "Nothing"))
            store.db.execute("update passage_words set words = ''")
            store.db.execute("update removal_words set words = ''")
            store.db.execute("delete from schema_steps where name = '003_findable_words'")
        with closing(open_postgres(url)) as db:
            found = [*db.search_index.hits(parse_query("αθηνα"))]
            taken_out = [*db.search_index.hits(parse_query("αθηνα"), removed=True)]
            (removal,) = db.query("select id from removals")
    assert (found, taken_out) == ([2], [removal["id"]])
