"""Roots over what is new, stamped by clocks outside, on loopback."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from newsdiff_crawler.configuration import Configuration
from newsdiff_crawler.demo.loopback import Answer, Connection
from newsdiff_crawler.store import Store
from newsdiff_crawler.times import utc_now
from newsdiff_crawler.witness import calendars
from newsdiff_crawler.witness.files import OTS, STATEMENT, TSR, RootFiles, Statement
from newsdiff_crawler.witness.merkle import root_of
from newsdiff_crawler.witness.stamping import Stamped, stamp
from tests.support.clocks import BLOCK, Authority, Calendar, promised, written
from tests.support.records import URL, add_article, add_version, story

NOW = utc_now()


@pytest.fixture
def authority(tmp_path: Path) -> Iterator[Authority]:
    with Authority(tmp_path / "tsa") as server:
        yield server


@pytest.fixture
def calendar() -> Iterator[Calendar]:
    with Calendar() as server:
        yield server


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """With two versions."""
    data = tmp_path / "data"
    with closing(Store.open(data)) as store:
        add_article(store, story("Rain", "One."), story("Rain", "Two."))
    return data


def again(folder: Path, number: int = 3) -> None:
    with closing(Store.open(folder)) as store:
        add_version(store, 1, number, story("Rain", f"{number}."), "2025-04-23T10:00:00Z")


def stamped(
    folder: Path,
    authority: Authority | None = None,
    now: datetime = NOW,
    on_demand: bool = False,
    **more: Any,
) -> Stamped:
    given = {"NEWSDIFF_DATA": folder, **more}
    if authority:
        given |= {"NEWSDIFF_TSA": authority.address, "NEWSDIFF_TSA_ROOT": authority.root}
    return stamp(Configuration.from_settings(given), now, on_demand)


def test_a_root_is_over_all_versions_and_names_them(folder: Path) -> None:
    (root,) = stamped(folder).made
    files = RootFiles(folder)
    leaves = list(files.leaves(1))
    assert [(leaf.source, leaf.url, leaf.number) for leaf in leaves] == [
        ("paper", URL, 1),
        ("paper", URL, 2),
    ]
    assert root_of([bytes.fromhex(leaf.version_hash) for leaf in leaves]).hex() == root.root
    assert Statement.parse(files.read(1, STATEMENT)).root == root.root


def test_there_is_one_root_a_day_and_one_of_what_is_new_on_demand(folder: Path) -> None:
    assert len(stamped(folder).made) == 1
    again(folder)
    assert stamped(folder).made == []
    assert [root.size for root in stamped(folder, on_demand=True).made] == [1]
    assert stamped(folder, on_demand=True).made == []
    again(folder, 4)
    assert [root.size for root in stamped(folder, now=NOW + timedelta(days=1)).made] == [1]


def test_each_statement_names_the_one_before(folder: Path) -> None:
    first, *_ = stamped(folder).made
    again(folder)
    stamped(folder, on_demand=True)
    assert Statement.parse(RootFiles(folder).read(2, STATEMENT)).previous == first.statement


def test_an_authority_stamps_and_openssl_says_so_too(folder: Path, authority: Authority) -> None:
    done = stamped(folder, authority)
    assert (len(done.stamps), done.lines) == (1, [])
    path = RootFiles(folder).path(1, STATEMENT)
    command = f"openssl ts -verify -data {path} -in {path}.tsr -CAfile {authority.root}"
    checked = subprocess.run(command.split(), capture_output=True, text=True)
    assert "Verification: OK" in checked.stdout
    assert stamped(folder, authority).stamps == []
    assert len(authority.asked) == 1


def lies(authority: Authority) -> Answer:
    return Answer(authority.stamp(authority.query(b"something else")))


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (lambda _: Answer(status=503), "HTTP 503"),
        (lambda _: Answer(status=302, headers={"Location": "/elsewhere"}), "HTTP 302"),
        (lambda _: Answer(b"<html>Welcome</html>"), "no stamp that is good"),
        (lambda _: Answer(b""), "no stamp that is good"),
        (lambda _: Answer(b"x" * 200_000), "its answer is too large"),
        (lambda good: Answer(good.body + b"x"), "no stamp that is good"),
        (lambda good: Answer(good.body[:-9] + b"x" + good.body[-8:]), "no stamp that is good"),
    ],
)
def test_what_is_no_good_stamp_is_one_line_and_the_root_waits(
    folder: Path, authority: Authority, answer: Any, said: str
) -> None:
    authority.instead = answer
    done = stamped(folder, authority)
    assert len(done.made) == 1
    (line,) = done.lines
    assert line.startswith(f"root 1 is not stamped yet: {authority.address[7:]}: ")
    assert said in line
    assert "\n" not in line
    authority.instead = lambda good: good
    assert [each.root_id for each in stamped(folder, authority).stamps] == [1]


def test_a_root_whose_statement_is_lost_keeps_none_before_it_from_being_stamped(
    folder: Path, authority: Authority
) -> None:
    stamped(folder)
    again(folder)
    stamped(folder, on_demand=True)
    RootFiles(folder).path(2, STATEMENT).unlink()
    done = stamped(folder, authority)
    assert [each.root_id for each in done.stamps] == [1]
    assert done.lines == ["root 2: 000002.json is missing"]


def test_a_stamp_on_something_else_is_refused(folder: Path, authority: Authority) -> None:
    authority.instead = lambda _: lies(authority)
    (line,) = stamped(folder, authority).lines
    assert "it stamped something else" in line
    assert not RootFiles(folder).path(1, TSR).exists()


def test_an_old_answer_to_the_same_question_is_refused(folder: Path, authority: Authority) -> None:
    stamped(folder)
    statement = RootFiles(folder).read(1, STATEMENT)
    authority.instead = lambda _: Answer(authority.stamp(authority.query(statement)))
    (line,) = stamped(folder, authority).lines
    assert "Nonce" in line


def test_a_stamp_of_before_its_root_was_made_is_refused(folder: Path, authority: Authority) -> None:
    (line,) = stamped(folder, authority, now=NOW + timedelta(hours=1)).lines
    assert "is before what it stamped was made" in line


def test_an_authority_that_nobody_stated_is_refused(
    folder: Path, authority: Authority, tmp_path: Path
) -> None:
    other = Authority(tmp_path / "other")
    other.server_close()
    given: dict[str, Any] = {"NEWSDIFF_TSA": authority.address, "NEWSDIFF_TSA_ROOT": other.root}
    (line,) = stamped(folder, **given).lines
    assert "no stamp that is good: Error while verifying certificates" in line


def test_without_certificates_nobody_is_asked(folder: Path, authority: Authority) -> None:
    (line,) = stamped(folder, NEWSDIFF_TSA=authority.address).lines
    assert "NEWSDIFF_TSA_ROOT names no certificates to check stamps by" in line
    assert authority.asked == []


def test_an_authority_that_is_down_is_one_line(folder: Path, authority: Authority) -> None:
    down: dict[str, Any] = {"NEWSDIFF_TSA": "http://127.0.0.1:9/"}
    assert stamped(folder, NEWSDIFF_TSA_ROOT=authority.root, **down).lines == [
        "root 1 is not stamped yet: 127.0.0.1:9: Connection refused"
    ]


def test_a_calendar_promises_and_keeps_its_promise(folder: Path, calendar: Calendar) -> None:
    given: dict[str, Any] = {"NEWSDIFF_CALENDARS": calendar.address}
    (promise,) = stamped(folder, **given).stamps
    assert (promise.said, promise.promised) == (f"pending at {calendar.address}", True)
    assert stamped(folder, on_demand=True, **given).stamps == []
    calendar.is_done = True
    (kept,) = stamped(folder, on_demand=True, **given).stamps
    assert (kept.said, kept.promised) == (f"Bitcoin block {BLOCK}", False)


def test_one_calendar_is_enough(folder: Path, calendar: Calendar) -> None:
    done = stamped(folder, NEWSDIFF_CALENDARS=f"http://127.0.0.1:9, {calendar.address}")
    assert len(done.stamps) == 1
    assert done.lines == ["root 1: 127.0.0.1:9: Connection refused"]


@pytest.mark.parametrize("body", [b"", b"\xf0", b"\0" * 40, b"<html>", b"\x08" * 300])
def test_what_a_calendar_makes_up_is_one_line(
    folder: Path, calendar: Calendar, body: bytes
) -> None:
    calendar.instead = lambda _: Answer(body)
    (line,) = stamped(folder, NEWSDIFF_CALENDARS=calendar.address).lines
    assert line.startswith("root 1 is not stamped yet: 127.0.0.1:")
    assert not RootFiles(folder).path(1, OTS).exists()


def test_of_two_at_once_one_does_nothing(folder: Path) -> None:
    with closing(Store.open(folder)) as store:
        lock = store.locks.stamping()
        assert lock.acquire()
        try:
            assert stamped(folder).is_elsewhere
        finally:
            lock.release()
    assert len(stamped(folder).made) == 1


def test_what_a_server_wrote_into_a_line_is_harmless(folder: Path, authority: Authority) -> None:
    class Nonsense(Answer):
        def send(self, connection: Connection) -> None:
            connection.wfile.write(b"\x1b[31mHTTP\r\n\r\n")
            connection.close_connection = True

    authority.instead = lambda _: Nonsense()
    (line,) = stamped(folder, authority).lines
    assert line.isprintable()


def test_certificates_that_are_not_there_are_one_line(folder: Path, authority: Authority) -> None:
    given: dict[str, Any] = {"NEWSDIFF_TSA_ROOT": "/nowhere/ca.pem"}
    done = stamped(folder, NEWSDIFF_TSA=authority.address, **given)
    assert len(done.made) == 1
    assert done.lines == ["root 1 is not stamped yet: /nowhere/ca.pem: No such file or directory"]


def test_a_promise_is_asked_for_where_it_is_known_and_nowhere_else(calendar: Calendar) -> None:
    pool = "https://alice.btc.calendar.opentimestamps.org"
    stamps = [
        written(promised(b"data", uri))
        for uri in (pool, "https://evil.example", "http://127.0.0.1:9", f"{calendar.address}/")
    ]
    both = calendars.merged(stamps, b"data")
    assert calendars.to_ask(both, b"data", [calendar.address]) == [f"{calendar.address}/", pool]
