"""The schema on PostgreSQL, step by step: the files of `postgres/`, in the order of their names."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from newsdiff_crawler.store.engine.postgres import PostgresDatabase
from newsdiff_crawler.store.schema.index_anew import index_anew

# What a step does besides, which SQL alone cannot.
_THEN = {"003_findable_words": index_anew}
_TABLE = "create table if not exists schema_steps (name text primary key, applied_at text not null)"


@cache
def known_steps() -> dict[str, str]:
    """The SQL of each step by its name, in order."""
    folder = files("newsdiff_crawler.store.schema") / "postgres"
    steps = sorted((file.name, file) for file in folder.iterdir() if file.name.endswith(".sql"))
    return {name.removesuffix(".sql"): file.read_text("utf-8") for name, file in steps}


def applied_steps(db: PostgresDatabase) -> set[str]:
    """The names of the steps that a record has; none, where it is not made yet."""
    sql = "select 1 from pg_tables where schemaname = current_schema() and tablename = :name"
    if db.execute(sql, {"name": "schema_steps"}).fetchone() is None:
        return set()
    return {row[0] for row in db.execute("select name from schema_steps")}


def apply_steps(db: PostgresDatabase, now: str) -> None:
    """Brings a record up to date; inside a transaction. Who finds it so needs no
    right to make tables."""
    applied = applied_steps(db)
    waiting = {name: sql for name, sql in known_steps().items() if name not in applied}
    if waiting:
        db.execute(_TABLE)
    for name, sql in waiting.items():
        db.run_script(sql)
        if name in _THEN:
            _THEN[name](db)
        db.insert("schema_steps", {"name": name, "applied_at": now})
