"""A record on a PostgreSQL server: what it refuses, and what several machines may do to it."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import time as time_module
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path
from time import time
from typing import Any
from unittest.mock import Mock, patch
from urllib.parse import quote

import psycopg
import pytest

from newsdiff_crawler import settings
from newsdiff_crawler.fetching.host_slots import HostSlots
from newsdiff_crawler.items import Check
from newsdiff_crawler.scheduling.schedule import ScheduleState
from newsdiff_crawler.store import DatabaseError, RecordFailedError, Store, StoreError, TooLongError
from newsdiff_crawler.store.engine import postgres_connection, server_locks, word_index
from newsdiff_crawler.store.engine.locks import Lock, Locks
from newsdiff_crawler.store.engine.opening import VARIABLE
from newsdiff_crawler.store.engine.postgres import WRITING, PostgresDatabase
from newsdiff_crawler.store.engine.postgres_connection import (
    open_postgres,
    open_postgres_readonly,
    without_password,
)
from newsdiff_crawler.store.reading.search_terms import parse_query
from newsdiff_crawler.store.writing.hints import hint
from newsdiff_crawler.times import from_iso, to_iso
from tests.support import postgres
from tests.support.records import add_article, story

NOW = from_iso("2026-03-01T08:00:00Z")
URLS = [f"https://news.example/{number}" for number in range(300)]

pytestmark = pytest.mark.skipif(postgres.programs() is None, reason="no PostgreSQL here")


@pytest.fixture
def url() -> Iterator[str]:
    with postgres.server().record() as address:
        yield address


@pytest.fixture
def db(url: str) -> Iterator[PostgresDatabase]:
    with closing(open_postgres(url)) as opened:
        yield opened


@pytest.fixture
def other(url: str) -> Iterator[PostgresDatabase]:
    """The same record, opened by somebody else."""
    with closing(open_postgres(url)) as opened:
        yield opened


@pytest.fixture
def pooled(url: str, tmp_path: Path) -> Iterator[str]:
    """The address of the same record by way of a PgBouncer that pools transactions, and was told
    to be content with what it does not pass on."""
    program = shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        pytest.skip("no PgBouncer here")
    folder = postgres.server().folder / "pooler"
    folder.mkdir()
    settings = {
        "unix_socket_dir": folder,
        "listen_port": 5432,
        "auth_type": "any",
        "pool_mode": "transaction",
        "ignore_startup_parameters": "extra_float_digits,options",
    }
    lines = "\n".join(f"{name} = {value}" for name, value in settings.items())
    database = f"[databases]\n* = host={folder.parent} user=newsdiff\n"
    (folder / "ini").write_text(f"{database}[pgbouncer]\n{lines}\n", "utf-8")
    user = "postgres" if os.getuid() == 0 else None
    if user:
        shutil.chown(folder, user)
    pooler = subprocess.Popen(
        [program, "-q", str(folder / "ini")], user=user, stderr=subprocess.PIPE, text=True
    )
    try:
        while not (folder / ".s.PGSQL.5432").exists():
            assert pooler.poll() is None, pooler.communicate()[1]
        yield url.replace(str(folder.parent), str(folder))
    finally:
        pooler.terminate()
        pooler.communicate()
        shutil.rmtree(folder)


def track(db: PostgresDatabase, source: str = "paper") -> Store:
    store = Store(db, Path())
    store.queue.track(source, URLS, NOW)
    return store


def cut_off(url: str, db: PostgresDatabase) -> None:
    """As a restart of the server or a failing network would."""
    with psycopg.connect(url, autocommit=True) as admin:
        pid = db.connection.info.backend_pid
        admin.execute("select pg_terminate_backend(%s)", [pid])


def lock(db: PostgresDatabase, name: str) -> Lock:
    return Locks(Path(), db.shared_lock).run(name)


# --- Opening ------------------------------------------------------------------------------------


def test_a_new_record_is_made_and_opened_again(url: str) -> None:
    with closing(open_postgres(url)) as db:
        track(db)
    with closing(open_postgres_readonly(url)) as db:
        assert db.count("articles") == len(URLS)


def test_who_reads_cannot_write(url: str) -> None:
    with (
        closing(open_postgres_readonly(url)) as db,
        pytest.raises(DatabaseError, match="read-only"),
    ):
        db.insert("alarms", {"name": "x", "said": "x", "since": "x"})


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("postgresql://me:secret@127.0.0.1:1/n", "cannot be reached: Connection refused"),
        ("postgresql://me:secret@127.0.0.1:x/n", "NEWSDIFF_DATABASE is no address of a database"),
        ("host=127.0.0.1 port=1 secret=ever", "NEWSDIFF_DATABASE is no address of a database"),
        ("postgresql://me:sec%ret@h/n", "NEWSDIFF_DATABASE is no address of a database"),
        ("postgresql://me:1/secret@h/n", "has %40 for @, %2F for /, %25 for %"),
        ("postgresql://me:a@secret@h/n", "has %40 for @, %2F for /, %25 for %"),
        ("postgresql://me:a?b@secret@h/n", "has %40 for @, %2F for /, %25 for %"),
        ("postgresql://me:secret", "NEWSDIFF_DATABASE is no address of a database"),
        ("postgresql://secret/ret@127.0.0.1:1/n", "NEWSDIFF_DATABASE is no address of a database"),
        ("{server}/nowhere", 'database "nowhere" does not exist'),
        ("{server}/postgres", "is empty: no crawl has written to it yet"),
    ],
)  # fmt: skip
def test_what_cannot_be_opened_is_one_line_without_its_password(
    address: str, problem: str, url: str
) -> None:
    folder = postgres.server().folder
    there = f"postgresql://newsdiff@/{address.rpartition('/')[2]}?host={folder}"
    asked = there if address.startswith("{server}") else address
    with pytest.raises(StoreError) as refusal:
        open_postgres_readonly(asked)
    assert problem in str(refusal.value)
    assert "secret" not in f"{refusal.value}{refusal.value.public}"
    assert "\n" not in str(refusal.value)


def test_a_server_that_is_too_old_is_refused(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres_connection, "OLDEST", 99)
    with pytest.raises(StoreError, match=r"is on PostgreSQL \d+: it takes 99 or newer"):
        open_postgres(url)


def test_a_database_that_sorts_by_a_language_is_refused(url: str) -> None:
    admin = postgres.server().admin
    admin.execute(
        "create database german template template0 encoding 'UTF8' locale_provider icu "
        "icu_locale 'de-DE' locale 'C.UTF-8'"
    )
    with pytest.raises(StoreError, match=r"locale 'C\.UTF-8'"):
        open_postgres(postgres.server().url("german"))


AN_HOUR_AHEAD = "this machine's clock is 60 minutes ahead of the server's"


def test_a_clock_that_is_off_is_refused(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would claim what is not due yet."""
    ahead = time() + 3600
    monkeypatch.setattr("time.time", lambda: ahead)
    with pytest.raises(StoreError, match=AN_HOUR_AHEAD):
        open_postgres(url)


def test_a_clock_that_is_set_wrong_ends_a_crawl(
    db: PostgresDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before it claims anything more."""
    runs = Store(db, Path()).runs
    run = runs.start("paper", to_iso(NOW))
    ahead = time() + 3600
    with monkeypatch.context() as patched:
        patched.setattr("time.time", lambda: ahead)
        with pytest.raises(RecordFailedError, match=AN_HOUR_AHEAD):
            runs.is_alive(run, to_iso(NOW + timedelta(hours=1)))
    runs.is_alive(run, to_iso(NOW + timedelta(hours=1)))


def test_the_servers_clock_is_the_records(db: PostgresDatabase) -> None:
    assert abs(db.server_time() - time()) < 60


def test_a_record_of_a_newer_release_is_refused(db: PostgresDatabase, url: str) -> None:
    db.insert("schema_steps", {"name": "999_later", "applied_at": ""})
    with pytest.raises(StoreError, match="made by a newer newsdiff_crawler"):
        open_postgres(url)
    db.execute("delete from schema_steps where name = '999_later'")


def test_who_may_not_make_tables_is_told_so(url: str) -> None:
    admin = postgres.server().admin
    admin.execute("create role reader login")
    asked = url.replace("newsdiff@", "reader@")
    with psycopg.connect(url, autocommit=True) as owner:
        owner.execute("drop table schema_steps")
    with pytest.raises(StoreError, match="its role lacks the right"):
        open_postgres(asked)
    with psycopg.connect(url, autocommit=True) as owner:
        owner.execute("drop schema public cascade; create schema public")
        owner.execute("grant usage on schema public to public")  # as a new database has it
    open_postgres(url).close()


@pytest.mark.parametrize(("asked", "is_on"), [("", "off"), ("-c synchronous_commit=on", "on")])
def test_who_writes_waits_for_no_disk_unless_the_address_says_so(
    url: str, asked: str, is_on: str
) -> None:
    """As with SQLite: the server's crash loses the last moments."""
    with closing(open_postgres(f"{url}&options={quote(asked)}")) as db:
        assert [row[0] for row in db.execute("show synchronous_commit")] == [is_on]


def test_who_crawls_needs_no_right_to_make_tables(url: str, tmp_path: Path) -> None:
    with psycopg.connect(url, autocommit=True) as owner:
        owner.execute("create role crawler login")
        rights = "select, insert, update, delete on all tables in schema public"
        owner.execute(f"grant {rights} to crawler")
    with patch.dict(os.environ, {VARIABLE: url.replace("newsdiff@", "crawler@")}):
        store = Store.open(tmp_path)
    run = store.runs.start("paper", to_iso(NOW))
    store.queue.track("paper", URLS[:1], NOW)
    assert len(store.queue.claim("paper", run, NOW, 5, timedelta(minutes=30))) == 1
    store.runs.finish(run, to_iso(NOW), "finished", {})
    store.close()


def test_a_password_is_never_shown() -> None:
    shown = without_password("postgresql://me:secret@db.example:5433/news?sslmode=require")
    assert shown == "postgresql://db.example:5433/news"
    assert without_password("postgresql://me:x@[::1]:5433/news") == "postgresql://[::1]:5433/news"
    assert without_password("postgresql://?service=news") == "postgresql:///?service=news"
    assert without_password("postgresql://me:1/secret@db.example/news") == "NEWSDIFF_DATABASE"


def test_an_erased_text_is_in_no_file_of_the_server(url: str) -> None:
    """Neither in what it notes of texts to plan queries by, which each role may look at."""
    server = postgres.server()
    server.admin.execute("create role keeper login")
    with psycopg.connect(url, autocommit=True) as admin:
        ((name,),) = admin.execute("select current_database()").fetchall()
        admin.execute(f"alter database {name} owner to keeper")
        tables = admin.execute("select tablename from pg_tables where schemaname = 'public'")
        for (table,) in tables.fetchall():
            admin.execute(f"alter table {table} owner to keeper")
    with closing(open_postgres(url.replace("newsdiff@", "keeper@"))) as db:
        store = Store(db, Path())
        add_article(store, story("Waterwheels", "A waterwheel stands still."), url=URLS[0])
        add_article(store, story("Rain", "It rains."), url=URLS[1])
        db.run_script("analyze")
        assert _files_with(url, b"aterwheel")
        store.erasures.begin([URLS[0]], to_iso(NOW), "asked for")
        db.scrub()
        assert _files_with(url, b"aterwheel") == []
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute("reassign owned by keeper to newsdiff")


def _files_with(url: str, word: bytes) -> list[str]:
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute("checkpoint")
        sql = "select oid from pg_database where datname = current_database()"
        ((database,),) = admin.execute(sql).fetchall()
    files = (postgres.server().folder / "data" / "base" / str(database)).iterdir()
    return [file.name for file in files if word in file.read_bytes()]


def test_who_may_not_write_the_tables_anew_is_told_so(url: str) -> None:
    """The server passes them by, and what was erased would stay in its files."""
    with psycopg.connect(url, autocommit=True) as owner:
        owner.execute("create role eraser login")
        owner.execute("grant select, delete on all tables in schema public to eraser")
    with (
        closing(open_postgres(url.replace("newsdiff@", "eraser@"))) as db,
        pytest.raises(DatabaseError, match="only the role that owns the database"),
    ):
        db.scrub()


# --- Failing ------------------------------------------------------------------------------------


def test_a_connection_that_is_lost_in_a_transaction_leaves_nothing_half_written(
    db: PostgresDatabase, url: str
) -> None:
    told: list[RecordFailedError] = []
    db.on_failure = told.append

    def lose_it() -> None:
        with db.transaction():
            db.insert("alarms", {"name": "x", "said": "x", "since": "x"})
            cut_off(url, db)
            db.insert("alarms", {"name": "y", "said": "y", "since": "y"})

    with pytest.raises(RecordFailedError):
        lose_it()
    assert told
    with closing(open_postgres(url)) as again:
        assert again.count("alarms") == 0


def test_a_connection_that_is_lost_at_the_end_of_a_transaction_is_told(
    db: PostgresDatabase, url: str
) -> None:
    def lose_it() -> None:
        with db.transaction():
            db.insert("alarms", {"name": "x", "said": "x", "since": "x"})
            cut_off(url, db)

    with pytest.raises(RecordFailedError):
        lose_it()
    with closing(open_postgres(url)) as again:
        assert again.count("alarms") == 0


def test_a_connection_that_was_lost_before_a_transaction_is_told(
    db: PostgresDatabase, url: str
) -> None:
    cut_off(url, db)
    with pytest.raises(RecordFailedError), db.transaction():
        pytest.fail("it began")
    with pytest.raises(RecordFailedError), db.transaction():
        pytest.fail("it began on a closed connection")
    for _ in range(3):
        with pytest.raises(RecordFailedError):
            db.count("articles")


def test_what_only_the_end_of_a_transaction_finds_wrong_is_a_fault_of_a_statement(
    db: PostgresDatabase,
) -> None:
    db.run_script("create table odd (n int unique deferrable initially deferred)")

    def store_twice() -> None:
        with db.transaction():
            db.insert("odd", {"n": 1})
            db.insert("odd", {"n": 1})

    with pytest.raises(DatabaseError, match="duplicate key") as fault:
        store_twice()
    assert not isinstance(fault.value, RecordFailedError)
    assert db.count("odd") == 0
    db.run_script("drop table odd")


def test_a_full_disk_of_the_server_leaves_nothing_half_written(db: PostgresDatabase) -> None:
    """The server says it, by its own code; here it is made to."""
    told: list[RecordFailedError] = []
    db.on_failure = told.append

    def fill_it() -> None:
        with db.transaction():
            db.insert("alarms", {"name": "x", "said": "x", "since": "x"})
            db.run_script("do $$ begin raise sqlstate '53100'; end $$")

    with pytest.raises(RecordFailedError, match="the server's disk is full"):
        fill_it()
    assert len(told) == 1
    assert db.count("alarms") == 0


def test_a_wrong_password_is_one_line_without_it(url: str) -> None:
    server = postgres.server()
    server.admin.execute("create role guest login password 'right'")
    rules = server.folder / "data" / "pg_hba.conf"
    before = rules.read_text("utf-8")
    rules.write_text(f"local all guest scram-sha-256\n{before}", "utf-8")
    server.admin.execute("select pg_reload_conf()")
    try:
        with pytest.raises(StoreError) as refusal:
            open_postgres(url.replace("newsdiff@", "guest:wrong-secret@"))
    finally:
        rules.write_text(before, "utf-8")
        server.admin.execute("select pg_reload_conf()")
        server.admin.execute("drop role guest")
    assert 'password authentication failed for user "guest"' in str(refusal.value)
    assert "wrong-secret" not in f"{refusal.value!r}{refusal.value.public}"
    assert "\n" not in str(refusal.value)


def test_a_fault_in_one_statement_is_no_end_of_the_record(db: PostgresDatabase) -> None:
    with pytest.raises(DatabaseError) as fault, db.transaction():
        db.insert("alarms", {"name": None, "said": "x", "since": "x"})
    assert not isinstance(fault.value, RecordFailedError)
    assert db.count("alarms") == 0


def test_a_fault_that_was_passed_by_is_told_at_the_end(db: PostgresDatabase) -> None:
    """The server has taken back by then what came before it."""

    def pass_it_by() -> None:
        with db.transaction():
            db.insert("alarms", {"name": "x", "said": "x", "since": "x"})
            with suppress(DatabaseError):
                db.insert("alarms", {"name": None, "said": "x", "since": "x"})

    with pytest.raises(DatabaseError, match="nothing was written"):
        pass_it_by()
    assert db.count("alarms") == 0


def test_what_takes_too_long_is_ended(db: PostgresDatabase) -> None:
    with db.within(0.01), pytest.raises(TooLongError):
        db.execute("select pg_sleep(60)")
    assert db.count("alarms") == 0


def test_lists_are_read_in_order(db: PostgresDatabase, url: str) -> None:
    db.run_script(
        """insert into articles (id, source, url, first_seen_at)
               select n, 'paper', n, '' from generate_series(1, 20000) n;
           insert into versions (article_id, number, fetched_at, source)
               select n, 1, n, 'paper' from generate_series(1, 20000) n;
           analyze"""
    )
    _tend(db)
    listed = """explain select v.number from versions v join articles a on a.id = v.article_id
                 where v.source = 'paper' order by v.fetched_at desc, v.article_id desc,
                       v.number desc limit 30"""
    with closing(open_postgres_readonly(url)) as reader:
        assert "Sort" not in str(reader.execute(listed).fetchall())


def test_a_statement_that_the_server_ends_is_no_search_that_took_too_long(
    url: str,
) -> None:
    """An operator may bound all of a role's: a page is not to be told to shorten what it asked."""
    with closing(open_postgres_readonly(f"{url}&options=-c%20statement_timeout%3D10")) as db:
        with pytest.raises(DatabaseError, match="statement timeout"):
            db.execute("select pg_sleep(60)")
        with pytest.raises(TooLongError), db.within(0.01):
            db.execute("select pg_sleep(60)")


@pytest.mark.parametrize("narrowed", [{"source": "elm"}, {"headlines": True}])
def test_a_search_of_one_source_or_of_headlines_reads_no_others(
    db: PostgresDatabase, url: str, monkeypatch: pytest.MonkeyPatch, narrowed: dict[str, Any]
) -> None:
    """Passages were read from the newest backwards until enough were of the source."""
    db.run_script(
        """insert into passages (id, kind, text)
               select n, 'paragraph', 'x' from generate_series(1, 20000) n;
           insert into passage_words (id, source, is_headline, words)
               select n, case when n <= 20 then 'elm' else 'oak' end, cast(n <= 20 as integer),
                      case when n % 2 = 0 then cast('bridge' as tsvector) else '' end
                 from generate_series(1, 20000) n;
           analyze"""
    )
    _tend(db)
    with closing(open_postgres_readonly(url)) as reader, reader.within(9):
        execute, plans = reader.execute, []

        def execute_and_explain(sql: str, values: Any = None) -> Any:
            plans.append(str(execute(f"explain {sql}", values).fetchall()))
            return execute(sql, values)

        with monkeypatch.context() as patched:
            patched.setattr(reader, "execute", execute_and_explain)
            found = [*reader.search_index.hits(parse_query("bridge"), **narrowed)]
    assert found == [*range(20, 0, -2)]
    assert all(
        column in plan.partition("Index Cond")[2]
        for plan in plans[1:]  # the first asks which is the newest
        for column in (f"ARRAY[{next(iter(narrowed)).replace('headlines', 'is_headline')}]", "8192")
    )


@pytest.mark.parametrize("table", ["passage_words", "removal_words"])
def test_the_indexes_know_the_blocks_in_which_a_search_looks(
    db: PostgresDatabase, table: str
) -> None:
    ((definition,),) = db.execute(
        "select indexdef from pg_indexes where tablename = :table and indexdef like '%gin%'",
        {"table": table},
    )
    for block in (word_index._BLOCK, word_index._LARGE_BLOCK):
        assert f"(id / {block})" in definition


def test_what_is_sorted_after_it_was_found_may_be_and_the_rest_not(url: str) -> None:
    with closing(open_postgres_readonly(url)) as reader:

        def may_sort() -> list[str]:
            return [row[0] for row in reader.execute("show enable_sort")]

        with reader.sorting():
            assert may_sort() == ["on"]
            with reader.within(9):
                assert may_sort() == ["on"]
        assert may_sort() == ["off"]
        with pytest.raises(DatabaseError), reader.sorting():
            reader.execute("select nothing")
        assert may_sort() == ["off"]


# --- Several machines ---------------------------------------------------------------------------


def test_no_article_is_claimed_twice(db: PostgresDatabase, url: str) -> None:
    track(db)

    def claim_all(run: int) -> list[int]:
        claimed: list[int] = []
        with closing(open_postgres(url)) as own:
            queue = Store(own, Path()).queue
            while some := queue.claim("paper", run, NOW, 7, timedelta(minutes=10)):
                claimed += [claim.article_id for claim in some]
        return claimed

    with ThreadPoolExecutor(8) as pool:
        claimed = [id_ for ids in pool.map(claim_all, range(8)) for id_ in ids]
    assert len(claimed) == len(set(claimed)) == len(URLS)


def test_a_feed_that_another_writer_is_about_to_claim_is_passed_by(
    db: PostgresDatabase, other: PostgresDatabase
) -> None:
    """Two that wait for each other's feeds would wait for ever, and the server would end one."""
    feeds = Store(db, Path()).feeds
    feeds.declare("paper", ["https://news.example/rss", "https://news.example/atom"], NOW)
    db.execute("set lock_timeout = '5s'")  # instead of for ever
    with other.transaction():
        other.execute("update feeds set claimed_by = 7 where url like '%rss'")
        claimed = feeds.claim("paper", 1, NOW, NOW + timedelta(minutes=10))
    assert [feed.url for feed in claimed] == ["https://news.example/atom"]


def test_a_check_that_found_nothing_new_waits_for_no_other_writer(
    db: PostgresDatabase, other: PostgresDatabase
) -> None:
    """But for one that has something to say of a feed's hint."""
    store = Store(db, Path())
    track(db)
    db.execute("update articles set hinted_by = 7 where id = 2")
    state = ScheduleState(next_check_at=NOW + timedelta(hours=1), first_seen_at=NOW)
    checks = [Check("paper", url, id_, "unchanged", to_iso(NOW)) for id_, url in enumerate(URLS, 1)]
    db.waits_until = 0.0
    with other.transaction():
        store.record_check(checks[0], state)
        with pytest.raises(RecordFailedError, match="others kept it from writing"):
            store.record_check(checks[1], state)
    checked = db.query("select id from articles where last_checked_at = :at", {"at": to_iso(NOW)})
    assert checked == [{"id": 1}]


def test_a_hint_goes_by_what_a_check_that_takes_no_turns_has_left(
    db: PostgresDatabase, other: PostgresDatabase
) -> None:
    """It made the lease of a claim that was over the next check, of an article that was not to be
    checked any more."""
    track(db)
    db.execute("update articles set claimed_by = 1, next_check_at = '2026-03-01T09:00:00Z'")

    def hint_at_it() -> None:
        with other.transaction():
            hint(other, 7, False, URLS[0], NOW)

    with ThreadPoolExecutor(1) as pool:
        with db.connection.transaction():
            db.execute("update articles set claimed_by = null, next_check_at = null where id = 1")
            hinting = pool.submit(hint_at_it)
            while not db.query("select 1 from pg_locks where not granted"):
                assert not hinting.done()
        hinting.result()
    left = db.query("select next_check_at, hinted_by from articles where id = 1")
    assert left == [{"next_check_at": None, "hinted_by": 7}]


def test_a_merge_goes_by_what_a_check_that_takes_no_turns_has_left(
    db: PostgresDatabase, other: PostgresDatabase
) -> None:
    """It left a live article that was never due again."""
    text, lease = story("Rain", "It rains all day in the hills."), "2026-03-01T09:00:00Z"
    ids = [add_article(Store(db, Path()), text, url=url) for url in URLS[:2]]
    db.execute("update articles set claimed_by = 1, next_check_at = :lease", {"lease": lease})

    def merge() -> int:
        return Store(other, Path()).identities.settle(ids[1], URLS[0], to_iso(NOW))

    with ThreadPoolExecutor(1) as pool:
        with db.connection.transaction():
            db.execute(
                """update articles set state = 'retired', claimed_by = null, next_check_at = null
                    where id = :id""",
                {"id": ids[0]},
            )
            merging = pool.submit(merge)
            while not db.query("select 1 from pg_locks where not granted"):
                assert not merging.done()
        assert merging.result() == ids[0]
    assert db.query("select next_check_at from articles") == [{"next_check_at": lease}]


def test_what_must_last_waits_for_the_disk(db: PostgresDatabase) -> None:
    def waits() -> str:
        ((said,),) = db.execute("show synchronous_commit")
        return str(said)

    with db.lasting():
        assert waits() == "on"
    with db.transaction():
        assert waits() == "off"


@pytest.mark.parametrize("usual", ["read committed", "serializable"])
def test_a_transaction_waits_for_the_one_before(db: PostgresDatabase, url: str, usual: str) -> None:
    """As with SQLite: what was read in it holds until it ends. ``usual``: how the server begins
    transactions that do not say it."""
    db.execute("insert into tunings (day, price) values ('2026-03-01', 0)")

    asked = quote(f"-c default_transaction_isolation={usual}".replace(" c", "\\ c"))

    def add() -> None:
        with closing(open_postgres(f"{url}&options={asked}")) as own:
            for _ in range(20):
                with own.transaction():
                    ((price,),) = own.execute("select price from tunings").fetchall()
                    own.execute("update tunings set price = :price", {"price": price + 1})

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(add) for _ in range(4)]:
            done.result()
    assert db.query("select price from tunings") == [{"price": 80}]


def test_a_lock_is_held_by_one(db: PostgresDatabase, other: PostgresDatabase) -> None:
    ours, again = lock(db, "x"), lock(db, "x")
    theirs = lock(other, "x")
    assert (ours.acquire(), again.acquire(), theirs.acquire()) == (True, False, False)
    ours.release()
    assert (theirs.acquire(), ours.acquire(), again.is_held) == (True, False, False)


def test_a_lock_is_free_when_its_holder_is_gone(
    db: PostgresDatabase, other: PostgresDatabase
) -> None:
    assert lock(other, "x").acquire()
    other.close()
    with lock(db, "x").wait():
        pass


def test_a_lock_that_is_given_back_after_its_record_was_closed_is_free_already(
    db: PostgresDatabase, other: PostgresDatabase
) -> None:
    """A host's slot is kept for a moment longer than the request."""
    slot = lock(other, "x")
    assert slot.acquire()
    other.close()
    slot.release()
    assert lock(db, "x").acquire()


def test_who_gives_no_sign_of_life_loses_its_locks_and_is_told(
    db: PostgresDatabase, other: PostgresDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine that stands still."""
    monkeypatch.setattr(server_locks, "LEASE", 1)
    assert lock(other, "x").acquire()
    with lock(db, "x").wait(), pytest.raises(RecordFailedError, match="took back its locks"):
        lock(other, "y").acquire()


def test_who_stood_still_while_writing_is_ended_and_the_others_go_on(
    db: PostgresDatabase, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = postgres_connection.WRITES.replace("60s", "1s")
    monkeypatch.setattr(postgres_connection, "WRITES", quick)
    with closing(open_postgres(url)) as still:
        still.execute("begin")
        still.insert("alarms", {"name": "x", "said": "x", "since": "x"})
        still.execute(f"select pg_advisory_xact_lock({WRITING})")
        with db.transaction():
            assert db.count("alarms") == 0
        with pytest.raises(RecordFailedError):
            still.execute("commit")


def test_who_stood_still_before_it_heard_the_answer_asks_again(
    other: PostgresDatabase, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer is as old as the question: what stood still in between may have lost its locks."""
    now = [0.0]
    connected = server_locks.ServerLocks._connected

    def stand_still(locks: server_locks.ServerLocks) -> Any:
        now[0] += 75
        return connected(locks)

    with monkeypatch.context() as patched:
        patched.setattr(time_module, "monotonic", lambda: now[0])
        patched.setattr(server_locks.ServerLocks, "_connected", stand_still)
        held = lock(other, "x")
        assert held.acquire()
    monkeypatch.setattr(time_module, "monotonic", lambda: now[0])
    with psycopg.connect(url, autocommit=True) as admin:
        of_locks = "select pid from pg_locks where locktype = 'advisory'"
        admin.execute(f"select pg_terminate_backend(pid) from ({of_locks}) as holders")
    with pytest.raises(RecordFailedError, match="took back its locks"):
        held.check()


def test_a_request_is_over_before_its_slot_can_be_given_to_others() -> None:
    """Also where its machine was cut off from the server as it began."""
    assert server_locks.SIGN_OF_LIFE < server_locks.CERTAIN
    assert server_locks.CERTAIN + settings.DOWNLOAD_TIMEOUT < server_locks.LEASE


def test_a_lock_of_who_was_cut_off_is_its_own_until_the_lease_ends() -> None:
    """Though the server notices sooner that nobody is at the other end of other connections."""
    connection = Mock()
    connection.execute.return_value.fetchall.return_value = [(True,)]
    with closing(server_locks.ServerLocks(lambda: connection, RecordFailedError)) as locks:
        assert locks.named("x").acquire()
    said = [call.args[0] for call in connection.execute.call_args_list]
    assert "set idle_session_timeout = '60s'" in said
    assert "set tcp_keepalives_idle = 60" in said


def test_who_lost_its_locks_writes_no_more(
    other: PostgresDatabase, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert lock(other, "x").acquire()
    with psycopg.connect(url, autocommit=True) as admin:
        of_locks = "select pid from pg_locks where locktype = 'advisory'"
        admin.execute(f"select pg_terminate_backend(pid) from ({of_locks}) as holders")
    monkeypatch.setattr(server_locks, "CERTAIN", 0)  # as if it had passed
    with pytest.raises(RecordFailedError, match="took back its locks"), other.transaction():
        pytest.fail("it wrote")


def test_who_lost_its_locks_asks_for_nothing_with_a_slot_that_it_kept(
    other: PostgresDatabase, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It stood still for longer than its lease, and another machine has the slot by now."""

    async def play() -> None:
        slots = HostSlots(Locks(Path(), other.shared_lock), "www.news.example")
        slots.leave(await slots.take(), hold=60)
        monkeypatch.setattr(server_locks, "CERTAIN", 0)  # as if it had passed
        with psycopg.connect(url, autocommit=True) as admin:
            of_locks = "select pid from pg_locks where locktype = 'advisory'"
            admin.execute(f"select pg_terminate_backend(pid) from ({of_locks}) as holders")
        with pytest.raises(RecordFailedError, match="took back its locks"):
            await slots.take()

    asyncio.run(play())


def test_an_interruption_while_it_waits_leaves_nothing_behind(
    db: PostgresDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted() -> bool:
        db.execute("begin")
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(db, "_has_begun", interrupted)
        with pytest.raises(KeyboardInterrupt), db.transaction():
            pass
    with db.transaction():
        db.insert("alarms", {"name": "x", "said": "x", "since": "x"})
    assert db.count("alarms") == 1


def _tend(db: PostgresDatabase) -> None:
    """As the server does by itself (autovacuum), which that of the tests leaves."""
    db.execute("select gin_clean_pending_list('words_of_passages')")


def test_a_pooler_that_drops_what_we_set_is_refused(pooled: str) -> None:
    for opened in (open_postgres, open_postgres_readonly):
        with pytest.raises(StoreError, match="behind a pooler that leaves out `options`"):
            opened(pooled)
