"""What the roots know, and who vouches for them: whatever was altered since is named."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from newsdiff_crawler.configuration import Configuration
from newsdiff_crawler.store import Store
from newsdiff_crawler.store.engine.connection import DATABASE_NAME
from newsdiff_crawler.store.engine.readonly import open_readonly
from newsdiff_crawler.store.writing.chain import link, retire
from newsdiff_crawler.times import utc_now
from newsdiff_crawler.witness.files import LEAVES, OTS, STATEMENT, TSR, RootFiles
from newsdiff_crawler.witness.stamping import stamp
from newsdiff_crawler.witness.verifying import RootsCheck
from tests.support.clocks import Authority, Calendar
from tests.support.records import URL, add_article, add_version, story

OTHER = "https://news.example/world/2"
LATER = "2025-04-24T10:00:00Z"


@pytest.fixture
def authority(tmp_path: Path) -> Iterator[Authority]:
    with Authority(tmp_path / "tsa") as server:
        yield server


@pytest.fixture
def folder(tmp_path: Path, authority: Authority) -> Path:
    """Two articles and two roots: over three versions, and over one that came later."""
    data = tmp_path / "data"
    given = {"NEWSDIFF_DATA": data, "NEWSDIFF_TSA": authority.address}
    with Calendar() as calendar:
        given |= {"NEWSDIFF_TSA_ROOT": authority.root, "NEWSDIFF_CALENDARS": calendar.address}
        configuration = Configuration.from_settings(given)
        with closing(Store.open(data)) as store:
            add_article(store, story("Rain", "One."), story("Rain", "Two."))
            add_article(store, story("Snow", "A."), url=OTHER)
            stamp(configuration, utc_now(), on_demand=True)
            add_version(store, 1, 3, story("Rain", "Three."), "2025-04-23T10:00:00Z")
        assert stamp(configuration, utc_now(), on_demand=True).lines == []
    return data


def alter(folder: Path, sql: str) -> None:
    with closing(sqlite3.connect(folder / DATABASE_NAME)) as connection, connection:
        connection.executescript(sql)


def found(folder: Path, authority: Authority | None, source: str = "") -> list[str]:
    """Faults, a line each, and what is no fault in parentheses."""
    with closing(open_readonly(folder / DATABASE_NAME)) as db:
        check = RootsCheck(db, folder, authority.root if authority else None, source)
        findings = [*check.faults_of_list()]
        findings += [each for root in check.roots for each in check.faults_of(root)]
    lines = [f"{each.where}: {each.what}" for each in findings]
    pairs = zip(findings, lines, strict=True)
    return [line if each.is_fault else f"({line})" for each, line in pairs]


def when(folder: Path) -> str:
    with closing(sqlite3.connect(folder / DATABASE_NAME)) as connection:
        return str(connection.execute("select made_at from roots where id = 1").fetchone()[0])


def test_what_nobody_touched_is_fine(folder: Path, authority: Authority) -> None:
    assert found(folder, authority) == []


def test_a_missing_article_is_named(folder: Path, authority: Authority) -> None:
    tables = ("versions", "passages", "article_urls")
    alter(folder, "; ".join(f"delete from {table} where article_id = 2" for table in tables))
    alter(folder, "delete from articles where id = 2")
    knows = f"root 1 of {when(folder)} knows"
    assert found(folder, authority) == [f"{OTHER}: the article is missing; {knows} its version 1"]


def test_an_article_that_was_given_another_address_is_named(
    folder: Path, authority: Authority
) -> None:
    for table in ("articles", "article_urls"):
        alter(folder, f"update {table} set url = url || '/elsewhere' where url = '{OTHER}'")
    knows = f"root 1 of {when(folder)} knows"
    assert found(folder, authority) == [
        f"{OTHER}: nothing is known at this address; {knows} version 1 of it"
    ]


def test_a_missing_last_version_is_named(folder: Path, authority: Authority) -> None:
    alter(folder, "delete from versions where number = 3; update articles set version_count = 2")
    (line,) = found(folder, authority)
    assert line.startswith(f"{URL}: version 3 is missing, which root 2 of ")


def test_a_text_that_was_altered_with_its_chain_is_named(
    folder: Path, authority: Authority
) -> None:
    """Who may write to the record can compute all of it anew."""
    alter(folder, "update passages set text = 'Too.' where text = 'Two.'")
    with closing(Store.open(folder)) as store, store.db.transaction():
        link(store.db, 1, 2)
    lines = found(folder, authority)
    assert [line.split(" that ")[0] for line in lines] == [
        f"{URL}: version 2 is another one than the one",
        f"{URL}: version 3 is another one than the one",
    ]


def test_a_version_that_went_for_a_good_reason_is_no_fault(
    folder: Path, authority: Authority
) -> None:
    with closing(Store.open(folder)) as store, store.db.transaction():
        retire(store.db, 2, "erased", "2026-01-01T00:00:00Z")
        store.db.execute("delete from versions where article_id = 2")
    assert found(folder, authority) == [
        f"(root 1 of {when(folder)}: 1 of its versions are gone: erased)"
    ]


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("update roots set root = 'ff' where id = 1", "the record says something else than its"),
        ("update roots set made_at = '2025-01-01T00:00:00Z' where id = 2", "the record says some"),
        ("update roots set statement = 'ff' where id = 2", "its statement is another one"),
        ("update stamps set kind = 'x' where kind = 'rfc3161'", "is of no kind that there is"),
        ("update stamps set at = 'x' where kind = 'rfc3161'", "the record x"),
        ("update roots set made_at = 'x' where id = 2", "the record says something else than its"),
        ("update versions set version_hash = 'x' where number = 3", "version 3 is another one"),
        ("delete from roots where id = 1", "root 1: the record knows nothing of it"),
        ("delete from roots where id = 2", "version 3: it was in root 2, which is missing"),
        (
            "delete from roots where id = 2; update versions set root = null where root = 2",
            "root 2: the record knows nothing of it",
        ),
        (
            "update stamps set at = '2025-01-01T00:00:00Z' where kind = 'rfc3161' and root_id = 2",
            "its stamp by 127.0.0.1:",
        ),
    ],
)
def test_what_was_altered_of_the_roots_is_named(
    folder: Path, authority: Authority, sql: str, said: str
) -> None:
    alter(folder, sql)
    assert any(said in line for line in found(folder, authority))


@pytest.mark.parametrize("kind", [STATEMENT, LEAVES, TSR, OTS])
def test_each_altered_byte_of_the_files_is_named(
    folder: Path, authority: Authority, kind: str
) -> None:
    """But for what the leaves say beside the hashes, which is for people only."""
    path = RootFiles(folder).path(1, kind)
    data = path.read_bytes()
    places = [2, 40] if kind == LEAVES else range(0, len(data), 61)
    unnoticed = []
    for at in places:
        path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        if not found(folder, authority):
            unnoticed.append(at)
    assert unnoticed == []


@pytest.mark.parametrize("kind", [STATEMENT, LEAVES, TSR, OTS])
def test_a_file_that_is_gone_is_named(folder: Path, authority: Authority, kind: str) -> None:
    RootFiles(folder).path(2, kind).unlink()
    assert any(f"000002{kind} is missing" in line for line in found(folder, authority))


def test_a_stamp_that_the_record_forgot_is_named(folder: Path, authority: Authority) -> None:
    alter(folder, "delete from stamps where root_id = 1 and kind = 'rfc3161'")
    (line,) = found(folder, authority)
    assert "the record knows nothing of its stamp 000001.json.tsr" in line


def test_a_forged_stamp_is_named(folder: Path, authority: Authority, tmp_path: Path) -> None:
    """By an authority of the forger's own, with the right hash in it."""
    forger = Authority(tmp_path / "forger")
    forger.server_close()
    files = RootFiles(folder)
    path = files.path(2, TSR)
    path.write_bytes(forger.stamp(forger.query(files.read(2, STATEMENT))))
    another, line = found(folder, authority)
    assert another.endswith("is another file than it was")
    assert "its stamp by 127.0.0.1" in line
    assert "Error while verifying certificates" in line


def test_a_stamp_on_another_root_is_named(folder: Path, authority: Authority) -> None:
    files = RootFiles(folder)
    for kind in (TSR, OTS):
        files.path(2, kind).write_bytes(files.path(1, kind).read_bytes())
    lines = found(folder, authority)
    assert [line.endswith("it stamped something else") for line in lines] == [False, True] * 2


def test_without_certificates_a_stamp_is_said_not_to_be_checked(
    folder: Path,
) -> None:
    lines = found(folder, None)
    assert len(lines) == 2
    assert all("it was not checked" in line and line.startswith("(") for line in lines)


def test_only_what_a_source_lost_is_named_for_it(folder: Path, authority: Authority) -> None:
    alter(folder, "delete from versions where number = 3")
    assert found(folder, authority, "other") == []


def test_what_a_crash_left_is_no_fault_and_is_written_over(
    folder: Path, authority: Authority
) -> None:
    files = RootFiles(folder)
    files.write(3, STATEMENT, b"half")
    assert found(folder, authority) == []
    with closing(Store.open(folder)) as store:
        add_version(store, 1, 4, story("Rain", "Four."), "2025-04-23T11:00:00Z")
    stamp(Configuration.from_settings({"NEWSDIFF_DATA": folder}), utc_now(), on_demand=True)
    assert found(folder, authority) == []


def test_two_records_that_become_one_keep_what_their_roots_know(
    folder: Path, authority: Authority
) -> None:
    later = "https://news.example/world/3"
    with closing(Store.open(folder)) as store:
        article = add_article(
            store, story("Rain", "Three."), story("Rain", "Four."), url=later, first_seen_at=LATER
        )
        stamp(Configuration.from_settings({"NEWSDIFF_DATA": folder}), utc_now(), on_demand=True)
        assert store.identities.settle(1, later, LATER) == 1
        assert store.identities.current(article) == 1
    merged = [line for line in found(folder, authority) if "merged" in line]
    assert len(merged) == 1
    assert merged[0].startswith("(root 3 of ")
    assert "2 of its versions are gone: merged with another record of the story" in merged[0]
    assert found(folder, authority) == merged


def test_what_was_never_the_story_keeps_its_hash(folder: Path, authority: Authority) -> None:
    with closing(Store.open(folder)) as store:
        store.taking_back.unread(2, "a placeholder", LATER)
    assert found(folder, authority) == [
        f"(root 1 of {when(folder)}: 1 of its versions are gone: was never the story)"
    ]
