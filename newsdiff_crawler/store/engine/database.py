"""What the store asks of a database: the one seam between its SQL and an engine.

Statements are standard SQL that SQLite and PostgreSQL both know, with named parameters
(``:name``). Columns have no booleans: they hold 1 and 0, and SQL says ``cosmetic = 0``; a bool
among the values is 1 or 0 too. The few things that engines say in different words are methods.
"""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from math import inf
from typing import Any, ClassVar, NamedTuple, Protocol, overload

from newsdiff_crawler.items import Block
from newsdiff_crawler.store.engine.errors import RecordFailedError
from newsdiff_crawler.store.engine.locks import Lock
from newsdiff_crawler.store.reading.search_terms import Term
from newsdiff_crawler.times import clock_off

Values = Mapping[str, Any]

LARGEST_ID = 2**63 - 1
TENDING = 0.5  # seconds of CPU time
LOCK_TIMEOUT = 60.0  # seconds that one writer waits for another
# Seconds between a machine's clock and the server's. Who is ahead claims what is not due yet.
MOST_OFF = 120


class Row(Protocol):
    """A row of a result: columns by name or by place, and unpacked in order."""

    @overload
    def __getitem__(self, key: int | str, /) -> Any: ...
    @overload
    def __getitem__(self, key: slice, /) -> tuple[Any, ...]: ...
    def __iter__(self) -> Iterator[Any]: ...
    def __len__(self) -> int: ...
    def keys(self) -> Iterable[str]:
        """The names of the columns, in order."""
        ...


class Result(Protocol):
    """The rows of one statement, fetched as they are asked for. Fetching raises DatabaseError."""

    @property
    def rowcount(self) -> int:
        """How many rows an update, insert or delete changed."""
        ...

    def fetchone(self) -> Row | None: ...
    def fetchall(self) -> list[Row]: ...
    def tuples(self) -> list[tuple[Any, ...]]:
        """All of them without the names of their columns, which take a third of reading many."""
        ...

    def __iter__(self) -> Iterator[Row]: ...


class Entry(NamedTuple):
    """What is to be found. ``row``: the id of a passage, or of a removal of one."""

    row: int
    source: str
    kind: str
    text: str


class SearchIndex(ABC):
    """What makes passages findable: an index of all of them, and one of those that were taken out.
    It is written by the transaction that stores a version. What is added is added once."""

    def __init__(self, db: Database) -> None:
        self._db = db

    @abstractmethod
    def add(self, passages: Sequence[Entry]) -> None:
        """Makes stored passages findable."""

    @abstractmethod
    def forget(self, passage: int, source: str, kind: str, text: str) -> None:
        """Makes a passage that goes from the record unfindable."""

    @abstractmethod
    def forget_article(self, article_id: int) -> None:
        """Makes all that an article ever said unfindable. To be called before its versions,
        passages and removals go."""

    def add_removals(
        self,
        number: int,
        source: str,
        at: str,
        gone: Mapping[int, Block],
        replaced_by: Mapping[int, int | None],
    ) -> None:
        """Notes that version `number` of an article, of the time `at`, no longer has these
        passages, and makes that findable. ``replaced_by``: the passages in the place of some."""
        removals = [
            {"passage_id": id_, "number": number, "at": at, "replaced_by": replaced_by.get(id_)}
            for id_ in gone
        ]
        rows = self._db.insert_all_returning_ids("removals", removals)
        self.index_removals(
            [
                Entry(row, source, block.kind, block.text)
                for row, block in zip(rows, gone.values(), strict=True)
            ]
        )

    @abstractmethod
    def index_removals(self, removals: Sequence[Entry]) -> None:
        """Makes removals findable that the record has already."""

    @abstractmethod
    def forget_removal(self, removal: int, source: str, kind: str, text: str) -> None:
        """Takes back that a passage was taken out."""

    @abstractmethod
    def change_source(self, article_id: int, source: str) -> None:
        """Makes an article's passages and removals findable as those of another source. To be
        called before its versions are made that source's."""

    @abstractmethod
    def scrub(self) -> None:
        """Leaves no word in the indexes that only forgotten passages had."""

    @abstractmethod
    def tend(self) -> None:
        """Puts some of the pieces together in which the indexes were written."""

    @abstractmethod
    def hits(
        self,
        terms: Sequence[Term],
        source: str = "",
        headlines: bool = False,
        removed: bool = False,
        first: int = 0,
        after: int = LARGEST_ID,
        limit: int = -1,
    ) -> Iterator[int]:
        """Ids of passages with all the terms, or of removals of them (``removed``), the newest
        first, one by one as they are found: of one source, of headlines only, from the id
        ``first`` to before ``after``. ``limit`` -1: all."""


class Database(ABC):
    """An open record. All methods raise DatabaseError."""

    search_index: SearchIndex
    # A lock by its name among all who have the record open, wherever they run; None: they all are
    # on the machine that has the file.
    shared_lock: Callable[[str], Lock] | None = None
    # A join of tables that are to be walked in the order in which they are named.
    ordered_join: ClassVar[str] = "join"

    def __init__(self) -> None:
        # Told of each error that ends the use of the record, before it is raised.
        self.on_failure: Callable[[RecordFailedError], None] = lambda _: None
        # Until when it waits for other writers at most, in monotonic seconds.
        self.waits_until = inf

    def record_failed(self, reason: str) -> RecordFailedError:
        """The end of the record's use, told to who wants to know, and to be raised."""
        failure = RecordFailedError(reason)
        self.on_failure(failure)
        return failure

    # --- Statements -----------------------------------------------------------------------------

    @abstractmethod
    def execute(self, sql: str, values: Values | None = None) -> Result:
        """Runs a statement. Outside of a transaction it is one by itself, over when its rows have
        been fetched."""

    @abstractmethod
    def executemany(self, sql: str, rows: Iterable[Values]) -> None:
        """Runs a statement once for each of these values."""

    @abstractmethod
    def insert_returning_id(self, table: str, row: Values) -> int:
        """Adds a row to a table that numbers its rows. Its id."""

    @abstractmethod
    def transaction(self) -> AbstractContextManager[None]:
        """The only writer until the block ends; rolled back on any exception. Within another one
        it is part of that."""

    def one_statement(self) -> AbstractContextManager[None]:
        """A transaction of one statement whose condition says all that has to hold: others may
        write at the same time."""
        return self.transaction()

    def lasting(self) -> AbstractContextManager[None]:
        """A transaction that is on the disk when the block has ended, also where others are not
        yet: what was sent once is not sent again after a crash of the server."""
        return self.transaction()

    @abstractmethod
    def snapshot(self) -> AbstractContextManager[None]:
        """What is read in the block is of one moment, whatever others write meanwhile. Inside of
        a transaction or another snapshot it changes nothing."""

    def sorting(self) -> AbstractContextManager[None]:
        """What is read in the block is in the order of no index: it is found first, and sorted
        then."""
        return nullcontext()

    @abstractmethod
    def within(self, seconds: float) -> AbstractContextManager[None]:
        """What is read in the block may take so much CPU time. Then it raises TooLongError."""

    @abstractmethod
    def size(self) -> int:
        """What it takes of the disk, in bytes."""

    @abstractmethod
    def close(self) -> None:
        """Lets go of the database."""

    def server_time(self) -> float | None:
        """By the clock that decides for all machines, in seconds since 1970; None: the record is a
        file, and each machine goes by its own."""
        return None

    @abstractmethod
    def scrub(self) -> None:
        """Leaves nothing of what was deleted in any file of the database, for which all of it is
        written anew; others wait meanwhile."""

    @abstractmethod
    def tend(self) -> None:
        """A little of what keeps searches and queries fast. It takes no longer than `TENDING`, and
        what is left is for the next time."""

    # --- What engines say in different words ------------------------------------------------------

    @abstractmethod
    def one_of(self, column: str, name: str) -> str:
        """SQL: whether a column is in a list, which is the value ``name`` made by `list_value`."""

    @abstractmethod
    def list_table(self, name: str) -> str:
        """SQL: a list of texts, which is the value ``name`` made by `list_value`, as a table with a
        column ``value``."""

    @abstractmethod
    def list_value(self, values: Sequence[Any]) -> object:
        """A list of ids or texts as one value."""

    @abstractmethod
    def seconds_between(self, earlier: str, later: str) -> str:
        """SQL: seconds from one stored time to another, each an expression."""

    @abstractmethod
    def continue_ids(self, tables: Sequence[str]) -> None:
        """The next ids that tables give are new, whatever ids were put into them."""

    def unclaimed_only(self) -> str:
        """SQL, at the end of the query for what is to be claimed: rows that another writer is about
        to claim are passed by. Nothing, where there is one writer at a time."""
        return ""

    def use_index(self, _name: str) -> str:
        """SQL, after a table: it is to be walked along this index. Nothing, where an engine knows
        by itself."""
        return ""

    # --- The same for all -----------------------------------------------------------------------

    def query(self, sql: str, values: Values | None = None) -> list[dict[str, Any]]:
        """All rows of a statement, by the names of the columns."""
        return [dict(row) for row in self.execute(sql, values)]

    def insert(self, table: str, row: Values) -> None:
        """Adds a row."""
        self.execute(insertion(table, row), row)

    def insert_all(self, table: str, rows: Sequence[Values], *, known_too: bool = False) -> None:
        """Adds rows that have the same columns. ``known_too``: there may be rows with their keys,
        which stay as they are."""
        if rows:
            sql = insertion(table, rows[0])
            self.executemany(f"{sql} on conflict do nothing" if known_too else sql, rows)

    def insert_all_returning_ids(self, table: str, rows: Sequence[Values]) -> list[int]:
        """Adds rows that have the same columns to a table that numbers its rows. Their ids, which
        rise."""
        return [self.insert_returning_id(table, row) for row in rows]

    def update(self, table: str, id_: int, row: Values) -> None:
        """Sets columns of the row with an id."""
        assignments = ", ".join(f"{column} = :{column}" for column in row)
        sql = f"update {table} set {assignments} where id = :id"  # noqa: S608
        self.execute(sql, {**row, "id": id_})

    def get(self, table: str, id_: int) -> dict[str, Any]:
        """The row with an id. Raises LookupError where there is none."""
        sql = f"select * from {table} where id = :id"  # noqa: S608
        row = self.execute(sql, {"id": id_}).fetchone()
        if row is None:
            raise LookupError(f"no row {id_} in {table}")
        return dict(row)

    def count(self, table: str) -> int:
        """How many rows a table has."""
        (row,) = self.execute(f"select count(*) from {table}")  # noqa: S608
        return int(row[0])


def insertion(table: str, row: Values) -> str:
    """SQL that adds a row with these columns."""
    columns = ", ".join(f'"{column}"' for column in row)  # one is called offset
    values = ", ".join(f":{column}" for column in row)
    return f"insert into {table} ({columns}) values ({values})"  # noqa: S608


def clock_fault(server_time: float) -> str | None:
    """What is wrong with this machine's clock, beside the server's; None: nothing."""
    off = time.time() - server_time
    return f"this machine's clock is {clock_off(off)} the server's" if abs(off) > MOST_OFF else None
