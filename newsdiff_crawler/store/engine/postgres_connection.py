"""Opening a record on a PostgreSQL server."""

from __future__ import annotations

import os
import re
from contextlib import closing
from typing import Any

import psycopg
from psycopg import conninfo

from newsdiff_crawler.store.engine.database import clock_fault
from newsdiff_crawler.store.engine.errors import DatabaseError, StoreError
from newsdiff_crawler.store.engine.postgres import NOW, PostgresDatabase
from newsdiff_crawler.store.schema.postgres_steps import applied_steps, apply_steps, known_steps
from newsdiff_crawler.times import to_iso, utc_now

OLDEST = 15
CONNECT_TIMEOUT = 10  # seconds
_BY_BYTES = ("C", "POSIX", "C.UTF-8", "C.utf8")
# Who is at the other end, and gives no answer, is noticed within half a minute by both sides.
_ALIVE: dict[str, Any] = {
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
_SERVER_ALIVE = "-c tcp_keepalives_idle=15 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3"
# The queries are short, and compiling one takes longer than it does.
_SHORT = "-c jit=off"
# As with SQLite: a crash of the server's machine loses the last moments, which are checked again,
# and whoever writes does not keep all others waiting for the disk.
_LAST_MOMENTS = "-c synchronous_commit=off"
# Who stands still in the middle of a transaction holds up all others.
_NO_STANDSTILL = "-c idle_in_transaction_session_timeout=60s"
# A statement by itself waits for who writes the same row, and is not refused.
_WAITS = r"-c default_transaction_isolation=read\ committed"
WRITES = f"{_SERVER_ALIVE} {_SHORT} {_LAST_MOMENTS} {_NO_STANDSTILL} {_WAITS}"
# Lists are read in the order of an index, and no further than a page, as SQLite does it. The server
# cannot know how few rows that takes, and would read and sort all versions.
_IN_ORDER = "-c enable_sort=off -c enable_hashjoin=off -c enable_mergejoin=off"
# To start workers takes ten milliseconds, and of the processors that others are served with.
_ALONE = "-c max_parallel_workers_per_gather=0"
# A search for a phrase finds passages with its words, to be read: fewer by far where each of them
# is remembered, and not only the part of the table where it is.
_FINDS = "-c work_mem=16MB"
READS = (
    f"{_SERVER_ALIVE} {_SHORT} {_IN_ORDER} {_ALONE} {_FINDS} -c default_transaction_read_only=on"
)

# A pooler between may be told to leave out what we set: claims that never lapse, and a site that
# may write. By this one we see that all arrived.
_ARRIVED = "newsdiff.settings"


def open_postgres(url: str) -> PostgresDatabase:
    """Opens the record for writing, its schema made or brought up to date. Raises StoreError."""
    db = _connect(url, WRITES)
    try:
        with db.transaction():
            _refuse_newer(db)
            apply_steps(db, to_iso(utc_now()))
    except StoreError as error:
        db.close()
        raise _refusal(url, str(error)) from error
    except DatabaseError as error:
        db.close()
        raise _refusal(url, f"cannot be made ready: {error}") from error
    return db


def open_postgres_readonly(url: str) -> PostgresDatabase:
    """Opens the record for reading. Raises StoreError, also where it was made by an older or newer
    release."""
    db = _connect(url, READS)
    try:
        applied = applied_steps(db)
        if not applied:
            raise StoreError("is empty: no crawl has written to it yet")
        _refuse_newer(db)
        if known_steps().keys() - applied:
            waits = "waits for `scrapy migrate`, or for the next crawl"
            raise StoreError(f"{waits}: it was made by an older release")
    except (StoreError, DatabaseError) as error:
        db.close()
        raise _refusal(url, str(error)) from error
    return db


def waiting_steps_of(url: str) -> list[str]:
    """The names of the steps that a record's schema lacks, in order. Raises StoreError."""
    with closing(_connect(url, READS)) as db:
        applied = applied_steps(db)
    return [name for name in known_steps() if name not in applied]


def _connect(url: str, options: str) -> PostgresDatabase:
    if _parts(url) is None:
        problem = (
            "is no address of a database: expected postgresql://user@host/name, "
            "where a password has %40 for @, %2F for /, %25 for %"
        )
        raise StoreError(f"NEWSDIFF_DATABASE {problem}", f"The record {problem}.")
    try:
        connection = _connection(url, options)
    except psycopg.Error as error:
        said = f"{without_password(url)}: cannot be reached: {_said(error)}"
        raise StoreError(said, "The record cannot be reached.") from error
    try:
        _check_server(connection)
    except (StoreError, psycopg.Error) as error:
        connection.close()
        raise _refusal(url, str(error)) from error
    return PostgresDatabase(connection, lambda: _connection(url, options))


def _connection(url: str, options: str) -> psycopg.Connection[Any]:
    known = _parts(url) or {}
    return psycopg.connect(
        url,
        autocommit=True,
        connect_timeout=CONNECT_TIMEOUT,
        application_name=f"newsdiff_crawler {os.getpid()}",
        client_encoding="utf8",
        # A site goes on while the schema changes.
        prepare_threshold=None if options == READS else 5,
        # The operator's go before.
        options=f"-c {_ARRIVED}=kept {options} {known.get('options') or ''}".strip(),
        **_ALIVE,
    )


def _check_server(connection: psycopg.Connection[Any]) -> None:
    version = connection.info.server_version // 10_000
    if version < OLDEST:
        raise StoreError(f"is on PostgreSQL {version}: it takes {OLDEST} or newer")
    # ICU's locale has another name since PostgreSQL 17.
    sql = f"""select coalesce(to_jsonb(d)->>'datlocale', to_jsonb(d)->>'daticulocale', datcollate),
                    pg_encoding_to_char(encoding), {NOW},
                    current_setting('{_ARRIVED}', true)
               from pg_database d where datname = current_database()"""  # noqa: S608
    ((collation, encoding, now, arrived),) = connection.execute(sql).fetchall()
    if not arrived:
        raise StoreError("is behind a pooler that leaves out `options`: name the server itself")
    fault = clock_fault(now)
    if fault:
        raise StoreError(fault)
    if collation not in _BY_BYTES or encoding != "UTF8":
        raise StoreError(
            f"sorts its texts as {collation} in {encoding}; make it with: create database ... "
            "template template0 encoding 'UTF8' locale 'C.UTF-8'"
        )


def _refuse_newer(db: PostgresDatabase) -> None:
    unknown = sorted(applied_steps(db) - known_steps().keys())
    if unknown:
        raise StoreError(f"made by a newer newsdiff_crawler (it has {unknown[-1]}); please update")


def _said(error: psycopg.Error) -> str:
    """What libpq says of the last address of the server that it tried."""
    lines = str(error).strip().splitlines() or ["no reason was given"]
    failed = [line.rpartition(" failed: ")[2] for line in lines if " failed: " in line]
    return (failed or lines)[-1].strip()


def _parts(url: str) -> dict[str, Any] | None:
    """What an address of a record says, by libpq's names; None: it is none. That includes one whose
    password has a bare `@` or `/`, or no host behind it: libpq takes a part of the password for
    host, port or name, which are shown."""
    try:
        known = conninfo.conninfo_to_dict(url)
    except psycopg.Error:  # whose words quote a part of it, which may be a password
        return None
    host, port, name = (str(known.get(part) or "") for part in ("host", "port", "dbname"))
    return known if re.fullmatch("[0-9,]*", port) and "@" not in host + name else None


def without_password(url: str) -> str:
    """An address of a record, to be shown."""
    known = _parts(url)
    if known is None:
        return "NEWSDIFF_DATABASE"
    service = known.get("service")
    host, port = str(known.get("host") or ("" if service else "localhost")), known.get("port")
    host = f"[{host}]" if ":" in host else host
    shown = f"postgresql://{host}{f':{port}' if port else ''}/{known.get('dbname') or ''}"
    return f"{shown}?service={service}" if service else shown


def _refusal(url: str, problem: str) -> StoreError:
    return StoreError(f"{without_password(url)}: {problem}", f"The record {problem}.")
