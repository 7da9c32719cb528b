"""PostgreSQL behind the seam."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from typing import Any, overload

import psycopg
from psycopg import errors
from psycopg.abc import Buffer
from psycopg.adapt import Dumper, Loader
from psycopg.pq import ExecStatus, TransactionStatus
from psycopg.rows import RowMaker
from psycopg.types.string import StrDumper

from newsdiff_crawler.store.engine.database import LOCK_TIMEOUT, Database, Row, Values, insertion
from newsdiff_crawler.store.engine.errors import DatabaseError, TooLongError
from newsdiff_crawler.store.engine.server_locks import ServerLocks
from newsdiff_crawler.store.engine.word_index import WordIndex

# Of the one writer, a number that no other program on the server uses by chance.
WRITING = 0x6E657773
# All of it in one message to the server. What is read after the wait is what the others wrote,
# however the server's operator wants transactions to begin.
_BEGIN = f"""
    begin isolation level read committed; set local lock_timeout = '1s';
    select pg_advisory_xact_lock({WRITING}); set local lock_timeout = 0
""".encode()
_NAME = re.compile(r"%|(?<!:):([a-z_][a-z_0-9]*)")
_AT_ONCE = 1_000  # rows of a result that are made whether or not they are asked for
NOW = "cast(extract(epoch from clock_timestamp()) as double precision)"
_NO_TEXT = ("\0", "\ufffd")  # and what stands in its place
# Of the server itself or of the way to it, and not of one statement. Their SQLSTATE.
_FAILURES = {
    "53100": "the server's disk is full",
    "25006": "it is read-only",
    "42501": "its role lacks the right: {said}",
}

# Classes of SQLSTATE: no connection, no resources, shut down, a fault of the system or the server.
_ENDS = ("08", "53", "57P", "58", "XX")


class PostgresDatabase(Database):
    """``connection``: in autocommit mode; ``connect`` makes another one. Texts are sorted by their
    bytes, as `postgres_connection` has seen to."""

    def __init__(
        self,
        connection: psycopg.Connection[Any],
        connect: Callable[[], psycopg.Connection[Any]],
    ) -> None:
        super().__init__()
        connection.row_factory = _row_factory
        for kind, dumper in ((bool, _TruthDumper), (str, _TextDumper)):
            connection.adapters.register_dumper(kind, dumper)
        for name, loader in (("bool", _TruthLoader), ("numeric", _NumberLoader)):
            connection.adapters.register_loader(name, loader)
        self.connection = connection
        self._is_bounded = False
        self._idle: list[psycopg.Cursor[Any]] = []  # to make one takes a third of a statement
        self.search_index = WordIndex(self)
        self._locks = ServerLocks(connect, self.record_failed)
        self.shared_lock = self._locks.named

    def execute(self, sql: str, values: Values | None = None) -> _Rows:
        try:
            cursor = self._idle_cursor()
            cursor.execute(_named(sql), values or {})
        except psycopg.Error as error:
            raise self.failed(error) from error
        changed, result = cursor.rowcount, cursor.pgresult
        if result and result.ntuples > _AT_ONCE:
            return _Rows(iter(cursor), changed)
        rows = cursor.fetchall() if result and result.nfields else ()
        self._idle.append(cursor)
        return _Rows(iter(rows), changed)

    def _idle_cursor(self) -> psycopg.Cursor[Any]:
        try:
            return self._idle.pop()
        except IndexError:
            return self.connection.cursor()

    def executemany(self, sql: str, rows: Iterable[Values]) -> None:
        try:
            self.connection.cursor().executemany(_named(sql), rows)
        except psycopg.Error as error:
            raise self.failed(error) from error

    def run_script(self, sql: str) -> None:
        """Runs statements, one after the other."""
        try:
            self.connection.execute(sql)
        except psycopg.Error as error:
            raise self.failed(error) from error

    def insert_all(self, table: str, rows: Sequence[Values], *, known_too: bool = False) -> None:
        if rows:
            sql = _insertion_of_many(table, *rows[0])
            sql = f"{sql} on conflict do nothing" if known_too else sql
            self.execute(sql, {"rows": _as_json(rows)})

    def insert_all_returning_ids(self, table: str, rows: Sequence[Values]) -> list[int]:
        if not rows:
            return []
        sql = f"{_insertion_of_many(table, *rows[0])} returning id"
        return sorted(id_ for (id_,) in self.execute(sql, {"rows": _as_json(rows)}))

    def insert_returning_id(self, table: str, row: Values) -> int:
        ((id_,),) = self.execute(f"{insertion(table, row)} returning id", row)
        return int(id_)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """It holds a lock that all transactions take: what was read in it is so until it ends, as
        with SQLite, and no transaction is ever to be tried again."""
        if self._in_transaction:
            yield
            return
        self._locks.check()
        until = time.monotonic() + LOCK_TIMEOUT
        try:
            while not self._has_begun():
                if time.monotonic() > min(until, self.waits_until):
                    raise self.record_failed("others kept it from writing for too long")
            yield
            self._commit()
        except BaseException:
            self._roll_back()
            raise

    @contextmanager
    def one_statement(self) -> Iterator[None]:
        """Without the lock, and without a message to begin and to end it."""
        self._locks.check()
        yield

    @contextmanager
    def lasting(self) -> Iterator[None]:
        with self.transaction():
            self.execute("set local synchronous_commit = on")
            yield

    def _commit(self) -> None:
        try:
            done = self._say(b"commit")
        except psycopg.Error as error:
            raise self.failed(error) from error
        if done != b"COMMIT":  # all is taken back where a fault of a statement was passed by
            raise DatabaseError("nothing was written: a statement had failed")

    def _has_begun(self) -> bool:
        """Waits for other writers a little: a signal may say that there is no more time for it."""
        try:
            self._say(_BEGIN)
        except errors.LockNotAvailable:
            self.execute("rollback")
            return False
        except psycopg.Error as error:
            raise self.failed(error) from error
        return True

    def _say(self, sql: bytes) -> bytes | None:
        """What has no values and gives no rows, by the library beneath psycopg, in a fifth of the
        processor time: what was done. Raises psycopg.Error."""
        result = self.connection.pgconn.exec_(sql)
        if result.status not in (ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK):
            raise errors.error_from_result(result)
        return result.command_status

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        if self._in_transaction:
            yield
            return
        self.execute("begin transaction isolation level repeatable read")
        try:
            yield
            self.execute("commit")
        except BaseException:
            self._roll_back()
            raise

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Of the clock: the server tells nobody what a statement has taken of its processor. What
        is bounded are searches, whose hits are sorted."""
        timeout = max(1, round(seconds * 1000))  # 0: none
        with self._set("enable_sort", "on"), self._set("statement_timeout", str(timeout)):
            self._is_bounded = True
            try:
                yield
            finally:
                self._is_bounded = False

    def sorting(self) -> AbstractContextManager[None]:
        """Where a sort that it was told to avoid is in all plans, the server knows no good one."""
        return self._set("enable_sort", "on")

    @contextmanager
    def _set(self, name: str, value: str) -> Iterator[None]:
        self.execute(f"set {name} = {value}")
        try:
            yield
        finally:
            if self.connection.info.transaction_status != TransactionStatus.INERROR:
                self.execute(f"reset {name}")

    def server_time(self) -> float:
        ((now,),) = self.execute(f"select {NOW}")
        return float(now)

    def size(self) -> int:
        ((size,),) = self.execute("select pg_database_size(current_database())")
        return int(size)

    def close(self) -> None:
        self._locks.close()
        self.connection.close()

    def scrub(self) -> None:
        """With what the server noted of texts to plan queries by. It passes by what is not its
        role's to write anew, and says so to nobody."""
        sql = "select pg_has_role(datdba, 'usage') from pg_database where datname = "
        ((is_owner,),) = self.execute(f"{sql}current_database()")
        if not is_owner:
            raise DatabaseError("only the role that owns the database may write its tables anew")
        self.execute("vacuum (full, analyze)")
        self.execute("vacuum full pg_statistic")

    def tend(self) -> None:
        """The server does so by itself (autovacuum)."""

    def one_of(self, column: str, name: str) -> str:
        return f"{column} = any(:{name})"

    def list_table(self, name: str) -> str:
        return f"(select unnest(cast(:{name} as text[])) as value)"

    def list_value(self, values: Sequence[Any]) -> list[Any]:
        return list(values)

    def continue_ids(self, tables: Sequence[str]) -> None:
        for table in tables:
            sequence = f"pg_get_serial_sequence('{table}', 'id')"
            self.execute(f"select setval({sequence}, coalesce(max(id), 0) + 1, false) from {table}")  # noqa: S608

    def unclaimed_only(self) -> str:
        return "for update skip locked"

    def seconds_between(self, earlier: str, later: str) -> str:
        # A value is made a time once, as it stands in a `select`, and not for each row. `extract`
        # would make decimals, with which to put claims in order takes three times as long.
        end = f"(select cast({later} as timestamptz))"
        return f"date_part('epoch', {end} - cast({earlier} as timestamptz))"

    def failed(self, error: psycopg.Error) -> DatabaseError | TooLongError:
        """The server's error as ours, without its address and who asks."""
        if isinstance(error, errors.QueryCanceled) and self._is_bounded:
            return TooLongError("it took too long")
        known, said = _FAILURES.get(error.sqlstate or ""), error.diag.message_primary
        if known:
            return self.record_failed(known.format(said=said))
        if self.connection.closed or (error.sqlstate or "").startswith(_ENDS):
            return self.record_failed(said or "the connection to the server was lost")
        return DatabaseError(said or str(error))  # a fault of ours in one statement

    @property
    def _in_transaction(self) -> bool:
        status = self.connection.info.transaction_status
        return status not in (TransactionStatus.IDLE, TransactionStatus.UNKNOWN)  # closed

    def _roll_back(self) -> None:
        if not self.connection.closed and self._in_transaction:
            self.execute("rollback")


@cache
def _named(sql: str) -> str:
    """A statement with psycopg's names for its values."""
    return _NAME.sub(lambda match: f"%({match[1]})s" if match[1] else "%%", sql)


@cache
def _insertion_of_many(table: str, *columns: str) -> str:
    """SQL that adds rows, all at once: each statement takes of the processor what ten rows do. The
    server makes values of the columns' types of JSON, in the order of the list."""
    named = ", ".join(f'"{column}"' for column in columns)
    rows = f"json_populate_recordset(cast(null as {table}), cast(:rows as json))"
    return f"insert into {table} ({named}) select {named} from {rows}"  # noqa: S608


def _as_json(rows: Sequence[Values]) -> str:
    """As the dumpers of single values have them."""
    plain = [{name: _plain(value) for name, value in row.items()} for row in rows]
    return json.dumps(plain, ensure_ascii=False)


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace(*_NO_TEXT)
    return int(value) if isinstance(value, bool) else value


class _Row(tuple[Any, ...]):
    """Columns by name or by place."""

    __slots__ = ()
    places: dict[str, int]

    @overload  # type: ignore[override]
    def __getitem__(self, key: int | str, /) -> Any: ...
    @overload
    def __getitem__(self, key: slice, /) -> tuple[Any, ...]: ...
    def __getitem__(self, key: int | str | slice, /) -> Any:
        return super().__getitem__(self.places[key] if isinstance(key, str) else key)

    def keys(self) -> Iterable[str]:
        return self.places


@cache
def _row_class(*names: bytes) -> type[_Row]:
    places = {name.decode(): place for place, name in enumerate(names)}
    return type("_Row", (_Row,), {"__slots__": (), "places": places})


def _row_factory(cursor: psycopg.Cursor[Any]) -> RowMaker[_Row]:
    # Not `description`, whose columns know more than their names, and are made each time.
    result = cursor.pgresult
    names = [result.fname(place) or b"" for place in range(result.nfields)] if result else ()
    return _row_class(*names)


class _Rows:
    """The rows of one statement, which are all here."""

    __slots__ = ("_rows", "rowcount")

    def __init__(self, rows: Iterator[Row], rowcount: int) -> None:
        self._rows = rows
        self.rowcount = rowcount

    def fetchone(self) -> Row | None:
        return next(self._rows, None)

    def fetchall(self) -> list[Row]:
        return list(self._rows)

    def tuples(self) -> list[tuple[Any, ...]]:
        rows: list[Any] = self.fetchall()
        return rows

    def __iter__(self) -> Iterator[Row]:
        return self._rows


class _TruthDumper(Dumper):
    oid = psycopg.adapters.types["int8"].oid

    def dump(self, obj: bool) -> Buffer:
        return b"1" if obj else b"0"


class _TextDumper(StrDumper):
    """As a text: of a value that stands alone in a statement, the server could not tell. It knows
    no character 0, which nothing that is stored has, but what somebody looks for may."""

    def dump(self, obj: str) -> Buffer | None:
        return super().dump(obj.replace(*_NO_TEXT))


class _TruthLoader(Loader):
    def load(self, data: Buffer) -> int:
        return 1 if bytes(data) == b"t" else 0


class _NumberLoader(Loader):
    """A sum of whole numbers is one."""

    def load(self, data: Buffer) -> int | float:
        text = bytes(data).decode()
        return int(text) if text.lstrip("-").isdigit() else float(text)
