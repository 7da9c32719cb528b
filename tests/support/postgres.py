"""A PostgreSQL server of the tests' own, on a socket in a temporary folder, and empty records on
it."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

import psycopg

from newsdiff_crawler.store.engine.postgres_connection import open_postgres

_QUICK = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off"
_USER = "newsdiff"


def programs() -> Path | None:
    """The folder of the newest server that is installed; Debian's stands on no PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_release)
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


def _release(program: Path) -> int:
    return int(program.parts[-3])


class Server:
    """A running server. Ends with the process of the tests. ``options``: of its own."""

    def __init__(self, options: str = _QUICK) -> None:
        self._options = options
        folder = programs()
        assert folder
        self._programs = folder
        self.folder = Path(tempfile.mkdtemp(prefix="postgres-"))
        # It refuses to run as root.
        self._user = "postgres" if os.getuid() == 0 else None
        if self._user:
            shutil.chown(self.folder, self._user)
        data = str(self.folder / "data")
        how = ["-U", _USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        self._run("initdb", "-D", data, *how)
        self._control = ["pg_ctl", "-D", data, "-l", str(self.folder / "log"), "-w"]
        self.start()
        atexit.register(self._remove)
        self._number = 0
        self._free: list[str] = []
        self.admin = psycopg.connect(self.url("postgres"), autocommit=True)
        self._make("empty")
        open_postgres(self.url("empty")).close()

    def url(self, database: str) -> str:
        return f"postgresql://{_USER}@/{database}?host={self.folder}"

    def start(self) -> None:
        options = f"-c listen_addresses='' -k {self.folder} {self._options} -c max_connections=300"
        self._run(*self._control, "-o", options, "start")

    def stop(self, how: str = "immediate") -> None:
        self._run(*self._control, "-m", how, "stop")

    def new_record(self) -> str:
        """The address of an empty record, to be given back."""
        if self._free:
            url = self._free.pop()
            _empty(url)
            return url
        self._number += 1
        name = f"record_{self._number}"
        self._make(name, "empty")
        return self.url(name)

    def give_back(self, url: str) -> None:
        self._free.append(url)

    @contextmanager
    def record(self) -> Iterator[str]:
        """The address of an empty record, for the block."""
        url = self.new_record()
        yield url
        self.give_back(url)

    def _make(self, name: str, template: str = "template0") -> None:
        self.admin.execute(f"create database {name} template {template}")

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [self._programs / program, *arguments],
            check=True,
            stdout=subprocess.DEVNULL,
            user=self._user,
            cwd=self.folder,
        )

    def _remove(self) -> None:
        self.admin.close()
        with suppress(subprocess.CalledProcessError):  # a test stopped it
            self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


@cache
def server() -> Server:
    """The one of this process."""
    return Server()


def _empty(url: str) -> None:
    """By deleting, table by table and without a look at what refers to what: to truncate tables of
    a few rows takes four times as long."""
    with psycopg.connect(url, autocommit=True) as connection:
        tables = _first_column(connection, _TABLES)
        asked = (f"select '{name}' where exists (select from {name})" for name in tables)
        used = _first_column(connection, " union all ".join(asked))
        emptied = (f"delete from {name}" for name in used)
        begun_anew = (
            f"alter sequence {name} restart" for name in _first_column(connection, _SEQUENCES)
        )
        steps = ["set session_replication_role = replica", *emptied, *begun_anew]
        connection.execute("; ".join(steps))


_TABLES = """select tablename from pg_tables
              where schemaname = 'public' and tablename <> 'schema_steps'"""
_SEQUENCES = "select sequencename from pg_sequences where last_value is not null"


def _first_column(connection: psycopg.Connection[Any], sql: str) -> list[str]:
    return [row[0] for row in connection.execute(sql)]
