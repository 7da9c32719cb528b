"""Where the record is: a file in the data folder, or a database on a server, which the environment
names. With a server the folder has the archive, the locks and the operator's tables."""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path
from types import ModuleType

from newsdiff_crawler.store.engine.connection import DATABASE_NAME, open_database
from newsdiff_crawler.store.engine.database import Database
from newsdiff_crawler.store.engine.errors import StoreError
from newsdiff_crawler.store.engine.private import make_data_folder
from newsdiff_crawler.store.engine.readonly import open_readonly, waiting_steps_of

# In the environment only: an option's password would stand in every list of processes.
VARIABLE = "NEWSDIFF_DATABASE"
FILE = "file"


def server() -> str:
    """The address of the database (postgresql://...); empty: it is a file."""
    return os.environ.get(VARIABLE, "").strip()


def is_made(folder: Path) -> bool:
    """Whether there is a record; of a server, which is not asked, it is taken for granted."""
    return bool(server()) or (folder / DATABASE_NAME).exists()


def name_of(folder: Path, address: str = "") -> str:
    """What to call the record of a data folder, without a password. ``address``: of a database,
    or `FILE`; the one in use, if not given."""
    address = address or server() or FILE
    if address == FILE:
        return str(folder / DATABASE_NAME)
    return str(_postgres().without_password(address))


def open_record(folder: Path) -> Database:
    """The record of a data folder, made where missing, for writing. Raises StoreError."""
    return open_record_at(folder, server() or FILE)


def read_record(folder: Path) -> Database:
    """The record of a data folder, for reading. Raises StoreError."""
    return read_record_at(folder, server() or FILE)


def waiting_steps(folder: Path) -> list[str]:
    """The names of the steps that bring the schema of a record up to date, in order; none, where it
    is so. Raises StoreError."""
    if not server():
        return waiting_steps_of(folder / DATABASE_NAME)
    waiting: list[str] = _postgres().waiting_steps_of(server())
    return waiting


def open_record_at(folder: Path, address: str) -> Database:
    """As `open_record`, of a database, or the `FILE`."""
    if address == FILE:
        return open_database(folder)
    make_data_folder(folder)
    opened: Database = _postgres().open_postgres(address)
    return opened


def read_record_at(folder: Path, address: str) -> Database:
    """As `read_record`, of a database, or the `FILE`."""
    if address == FILE:
        return open_readonly(folder / DATABASE_NAME)
    opened: Database = _postgres().open_postgres_readonly(address)
    return opened


def _postgres() -> ModuleType:
    """Loaded where it is needed: who has a file need not have installed it."""
    try:
        return import_module("newsdiff_crawler.store.engine.postgres_connection")
    except ImportError as error:
        wanted = "a record on a server needs psycopg: pip install 'psycopg[binary]'"
        raise StoreError(wanted) from error
