"""``scrapy schedule``: which sources get a job, and what it says when they cannot."""

from __future__ import annotations

import argparse
import json
import re
import socket
from base64 import b64decode
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from time import time
from unittest.mock import Mock
from urllib.parse import parse_qsl

import pytest
from scrapy.settings import Settings

from newsdiff_crawler.commands import schedule
from newsdiff_crawler.commands.schedule import sources_named
from newsdiff_crawler.demo.loopback import Answer, Connection, LoopbackServer, Request
from newsdiff_crawler.exit_status import ExitStatus
from newsdiff_crawler.store import RecordFailedError, Store
from newsdiff_crawler.store.engine.locks import Lock, LockedFile, Locks
from newsdiff_crawler.store.engine.sqlite import SQLiteDatabase
from newsdiff_crawler.terminal.options import seconds, web_address
from newsdiff_crawler.terminal.scrapyd import ScrapydError, kept_credentials, nodes_at
from newsdiff_crawler.times import from_iso, to_iso, utc_now
from tests.support.newsroom import CutOff, Newsroom, Reset, page, redirect
from tests.support.receivers import SECRET, Hook

PAST, FUTURE = "2020-01-01T00:00:00Z", to_iso(utc_now() + timedelta(hours=9))
SETTINGS = Settings()
SETTINGS.setmodule("newsdiff_crawler.settings")
SOURCES = ("bbc", "guardian", "npr", "rt")


class PostingConnection(Connection):
    def date_time_string(self, timestamp: float | None = None) -> str:
        """For the header `Date`, by a clock that may be wrong."""
        assert isinstance(self.server, FakeScrapyd)
        return super().date_time_string((timestamp or time()) + self.server.ahead)

    def do_POST(self) -> None:  # noqa: N802
        body = self.rfile.read(int(self.headers["Content-Length"]))
        assert isinstance(self.server, FakeScrapyd)
        self.server.queue(dict(parse_qsl(body.decode()))).send(self)


class FakeScrapyd(LoopbackServer):
    """Answers as Scrapyd 1.6 does; what is queued stays pending."""

    handler = PostingConnection

    def __init__(self, folder: Path) -> None:
        super().__init__(self._tell)
        self.lock = Locks(folder).scheduling()
        self.queued: list[dict[str, str]] = []
        self.running: list[str] = []
        self.ahead = 0.0  # seconds by which its clock is wrong
        self.spiders = [*SOURCES]
        self.unlocked: list[str] = []  # what was asked while the lock was not held

    def _tell(self, request: Request) -> Answer:
        self._look_at_lock(request.path)
        pending = [job["spider"] for job in self.queued]
        jobs = {"pending": pending, "running": self.running, "finished": ["rt"]}
        listed = {state: [{"spider": name} for name in names] for state, names in jobs.items()}
        return reply(status="ok", spiders=self.spiders, **listed)

    def queue(self, form: dict[str, str]) -> Answer:
        self._look_at_lock("/schedule.json")
        self.queued.append(form)
        return reply(status="ok", jobid="1")

    def _look_at_lock(self, path: str) -> None:
        if self.lock.acquire():
            self.unlocked.append(path)
            self.lock.release()


def reply(**values: object) -> Answer:
    return Answer(json.dumps(values).encode())


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment's proxies lead to no server of these tests, whose signals and passwords stay
    their own."""
    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.setenv("NETRC", "/nowhere")
    monkeypatch.setattr(schedule, "at_signals", lambda _: None)


@pytest.fixture
def scrapyd(tmp_path: Path) -> Iterator[FakeScrapyd]:
    with FakeScrapyd(tmp_path) as opened:
        yield opened


def settings(folder: Path) -> Settings:
    changed = SETTINGS.copy()
    changed["NEWSDIFF_DATA"] = str(folder)
    return changed


def run(folder: Path, url: str, *arguments: str) -> int:
    """Runs the command and returns its exit status."""
    made = schedule.Command()
    made.settings = settings(folder)
    parser = argparse.ArgumentParser()
    made.add_options(parser)
    options, names = parser.parse_known_args(["--scrapyd", url, *arguments])
    made.run(names, options)
    return made.exitcode


def track(folder: Path, **due: str) -> None:
    """An article of each source, due at that time."""
    store = Store.open(folder)
    for source, when in due.items():
        store.queue.track(source, [f"https://{source}.example/1"], from_iso(when))
    store.close()


def declare(folder: Path, **due: str) -> None:
    """A feed of each source, due at that time."""
    store = Store.open(folder)
    for source, when in due.items():
        store.feeds.declare(source, [f"https://{source}.example/rss"], from_iso(when))
    store.close()


def said(text: str) -> str:
    """A report without the time that it begins with."""
    return re.sub(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ ", "", text)


def test_what_waits_to_be_told_is_sent(
    tmp_path: Path, scrapyd: FakeScrapyd, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KEY", SECRET)
    with Hook() as hook:
        (tmp_path / "watches.toml").write_text(
            '[alarms]\nchannels = ["hook"]\n'
            f'[channel.hook]\nkind = "webhook"\nurl = "{hook.address}"\nsecret = "KEY"\n'
        )
        with closing(Store.open(tmp_path)) as store, store.db.transaction():
            store.outbox.tell("alarms", ["hook"], "The disk is full.", to_iso(utc_now()))
        run(tmp_path, scrapyd.address)
    assert [body["data"]["text"] for _, body in hook.taken] == ["The disk is full."]


def test_a_source_gets_a_job_if_it_has_something_due_and_no_job_yet(
    tmp_path: Path, scrapyd: FakeScrapyd, capsys: pytest.CaptureFixture[str]
) -> None:
    track(tmp_path, bbc=PAST, guardian=FUTURE, npr=PAST)
    scrapyd.running = ["npr"]
    assert run(tmp_path, scrapyd.address, *SOURCES) == 0
    # RT has no article yet: its feeds are to be checked. Its last job has finished.
    project = {"project": "newsdiff_crawler"}
    assert scrapyd.queued == [project | {"spider": "bbc"}, project | {"spider": "rt"}]
    expected = f"queued bbc, rt; at work: npr; 1 not due, the first of them guardian at {FUTURE}\n"
    assert said(capsys.readouterr().out) == expected


def test_a_source_of_which_just_a_feed_is_due_gets_a_job(
    tmp_path: Path, scrapyd: FakeScrapyd, capsys: pytest.CaptureFixture[str]
) -> None:
    track(tmp_path, bbc=FUTURE, guardian=FUTURE)
    declare(tmp_path, bbc=PAST, guardian=FUTURE)
    assert run(tmp_path, scrapyd.address, "bbc", "guardian") == 0
    assert [job["spider"] for job in scrapyd.queued] == ["bbc"]


def test_a_source_whose_times_a_wrong_clock_wrote_gets_a_job(
    tmp_path: Path, scrapyd: FakeScrapyd
) -> None:
    track(tmp_path, bbc=FUTURE, guardian="2036-03-01T08:00:00Z")
    assert run(tmp_path, scrapyd.address, "bbc", "guardian") == 0
    assert [job["spider"] for job in scrapyd.queued] == ["guardian"]


def test_what_a_killed_crawl_was_at_is_due_at_once(
    tmp_path: Path, scrapyd: FakeScrapyd, capsys: pytest.CaptureFixture[str]
) -> None:
    declare(tmp_path, bbc=PAST)
    store, now = Store.open(tmp_path), utc_now()
    crawl = store.runs.start("bbc", to_iso(now))
    store.feeds.claim("bbc", crawl, now, now + timedelta(hours=1))
    run(tmp_path, scrapyd.address, "bbc")
    assert scrapyd.queued == []
    store.runs._held[crawl].release()  # as the end of its process does
    run(tmp_path, scrapyd.address, "bbc")
    assert [job["spider"] for job in scrapyd.queued] == ["bbc"]
    store.close()


def test_a_second_call_queues_nothing(
    tmp_path: Path, scrapyd: FakeScrapyd, capsys: pytest.CaptureFixture[str]
) -> None:
    run(tmp_path, scrapyd.address, "bbc", "rt")
    capsys.readouterr()
    assert run(tmp_path, scrapyd.address, "bbc", "rt") == 0
    assert [job["spider"] for job in scrapyd.queued] == ["bbc", "rt"]
    assert said(capsys.readouterr().out) == "nothing queued; at work: bbc, rt\n"


def test_one_call_at_a_time_asks_and_queues(tmp_path: Path, scrapyd: FakeScrapyd) -> None:
    run(tmp_path, scrapyd.address, "bbc")
    assert len(scrapyd.queued) == 1
    assert scrapyd.unlocked == []


def test_what_another_call_queued_before_and_is_done_by_now_is_not_queued_again(
    tmp_path: Path, scrapyd: FakeScrapyd, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It waited for that one: what is due is asked once it may queue."""
    track(tmp_path, bbc=PAST)

    @contextmanager
    def crawled_meanwhile(_: Lock) -> Iterator[None]:
        later = {"at": to_iso(utc_now() + timedelta(hours=1))}
        with closing(Store.open(tmp_path)) as store:
            store.db.execute("update articles set next_check_at = :at", later)
        yield

    monkeypatch.setattr(LockedFile, "wait", crawled_meanwhile)
    run(tmp_path, scrapyd.address, "bbc")
    assert scrapyd.queued == []


def test_who_lost_its_turn_queues_nothing_more(
    tmp_path: Path,
    scrapyd: FakeScrapyd,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """It stood still for longer than its lease, and another one queues by now."""
    lost = RecordFailedError("the server took back its locks")
    checked = Mock(side_effect=[None, lost])
    monkeypatch.setattr(LockedFile, "check", checked)
    assert run(tmp_path, scrapyd.address, "bbc", "rt") == ExitStatus.NO_RECORD
    assert [job["spider"] for job in scrapyd.queued] == ["bbc"]
    assert capsys.readouterr().err == f"newsdiff_crawler: {lost}\n"


def test_without_names_it_is_every_source_that_is_followed(tmp_path: Path) -> None:
    assert sources_named([], settings(tmp_path)) == ["bbc"]
    (tmp_path / "sources.toml").write_text("[orf]\n[guardian]", "utf-8")
    assert sources_named([], settings(tmp_path)) == ["guardian", "orf"]


def test_names_are_checked_and_counted_once() -> None:
    assert sources_named(["rt", "bbc", "rt"], SETTINGS) == ["rt", "bbc"]
    with pytest.raises(SystemExit, match="no such source: bcb, feed"):
        sources_named(["bbc", "bcb", "feed"], SETTINGS)


def test_a_source_that_scrapyd_does_not_know_is_named_and_the_others_are_queued(
    tmp_path: Path, scrapyd: FakeScrapyd, capsys: pytest.CaptureFixture[str]
) -> None:
    scrapyd.spiders.remove("bbc")
    assert run(tmp_path, scrapyd.address, *SOURCES) == 1
    assert [job["spider"] for job in scrapyd.queued] == ["guardian", "npr", "rt"]
    problem = "does not know bbc; please run scrapyd-deploy again"
    line = f"newsdiff_crawler: Scrapyd at {scrapyd.address}: {problem}\n"
    assert capsys.readouterr().err == line


class Enough(Exception):  # noqa: N818 - not an error
    """The test has seen what it wanted."""


def test_every_so_often_until_it_is_ended(
    tmp_path: Path, scrapyd: FakeScrapyd, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []

    def sleep(duration: float) -> None:
        pauses.append(duration)
        scrapyd.queued.clear()  # the job is done
        if len(pauses) == 3:
            raise Enough

    monkeypatch.setattr(schedule, "sleep", sleep)
    with pytest.raises(Enough):
        run(tmp_path, scrapyd.address, "bbc", "--every", "5m")
    assert pauses == [300, 300, 300]


STRANGE = "answers, but not as Scrapyd does"
FAULTS: dict[str, tuple[Answer, str]] = {
    "no such page": (Answer(status=404), f"{STRANGE} (HTTP 404)"),
    "a web page": (page("<h1>Hello</h1>"), STRANGE),
    "nothing": (Answer(), STRANGE),
    "another API": (reply(jobs=[]), STRANGE),
    "jobs that are none": (reply(pending=5, running=[]), STRANGE),
    "jobs of nothing": (reply(pending=None, running=None), STRANGE),
    "jobs without a spider": (reply(pending=[{}], running=[]), STRANGE),
    "jobs of no name": (reply(pending=[{"spider": ["bbc"]}], running=[]), STRANGE),
    "words for jobs": (reply(pending=["bbc"], running=[]), STRANGE),
    "spiders of no name": (reply(pending=[], running=[], spiders=[["bbc"]]), STRANGE),
    "no spiders": (reply(pending=[], running=[], spiders=None), STRANGE),
    "a failure without a word": (reply(status="error", message=" \n"), STRANGE),
    "a failure without a message": (reply(status="error"), STRANGE),
    "what would clear a screen": (reply(status="error", message="a\x1b[2Jb"), "a\ufffd[2Jb"),
    "a failure without an end": (reply(status="error", message="x" * 10_000), "x" * 500),
    "another JSON": (Answer(b"[]"), STRANGE),
    "jobs of another kind": (reply(pending=[{"id": 1}], running=[]), STRANGE),
    "no list of jobs": (reply(pending=None, running=[]), STRANGE),
    "elsewhere": (
        redirect("https://scrapyd.example/"),
        "redirects to https://scrapyd.example/; please give that address",
    ),
    "locked": (Answer(status=401), "wants a user name and a password"),
    "reset": (Reset(), "cannot be reached: Connection reset by peer"),
    "an answer cut off": (CutOff(b"{} {}"), "cannot be reached: its answer broke off"),
    "its own failure": (
        reply(status="error", message="RunnerError: Traceback\n  File\nImportError: no rain\n"),
        "ImportError: no rain",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_one_clear_line(
    tmp_path: Path, fault: str, capsys: pytest.CaptureFixture[str]
) -> None:
    answer, problem = FAULTS[fault]
    with Newsroom(lambda _: answer) as server:
        assert run(tmp_path, server.address, "bbc") == 1
    line = f"newsdiff_crawler: Scrapyd at {server.address}: {problem}\n"
    assert capsys.readouterr() == ("", line)


def test_one_that_answers_as_no_scrapyd_does_is_passed_by(
    tmp_path: Path, other: FakeScrapyd, capsys: pytest.CaptureFixture[str]
) -> None:
    track(tmp_path, bbc=PAST)
    with Newsroom(lambda _: reply(pending=[{"spider": {}}], running=[])) as strange:
        assert run(tmp_path, strange.address, "--scrapyd", other.address, "bbc") == 0
    assert [job["spider"] for job in other.queued] == ["bbc"]
    assert STRANGE in capsys.readouterr().err


def test_a_scrapyd_that_is_down_is_one_clear_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}"
        assert run(tmp_path, url, "bbc") == 1
    line = f"newsdiff_crawler: Scrapyd at {url}: cannot be reached: Connection refused\n"
    assert capsys.readouterr() == ("", line)


def test_a_record_that_cannot_be_used_is_one_clear_line(
    tmp_path: Path, scrapyd: FakeScrapyd, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "newsdiff.db").write_text("no database" * 100)
    assert run(tmp_path, scrapyd.address, "bbc") == ExitStatus.NO_RECORD
    (line,) = capsys.readouterr().err.splitlines()
    assert line == f"newsdiff_crawler: {tmp_path / 'newsdiff.db'}: is not an SQLite database"


def test_the_password_goes_to_scrapyd_alone(tmp_path: Path) -> None:
    with Newsroom(lambda _: redirect("http://elsewhere.example/")) as server:
        run(tmp_path, server.address, "bbc", "--username", "ann", "--password", "söt:1")
        (record,) = server.log
    assert record.request.headers["authorization"] == "Basic YW5uOnPDtnQ6MQ=="


def test_each_scrapyd_has_the_user_and_password_that_are_kept_for_its_host(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "netrc"
    kept.write_text("machine node1 login one password secret1\n")
    monkeypatch.setenv("NETRC", str(kept))
    urls = ["http://node1:6800/", "http://node2:6800/"]
    nodes = nodes_at(urls, "newsdiff_crawler", ("all", "secret"), kept_credentials())
    assert [(node.username, node.password) for node in nodes] == [
        ("one", "secret1"),
        ("all", "secret"),
    ]
    assert "secret" not in repr(nodes)


@pytest.mark.parametrize("text", ["mashine node1 password secret", "machine node1 login a secret"])
def test_a_file_of_passwords_that_makes_no_sense_is_not_quoted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    kept = tmp_path / "netrc"
    kept.write_text(text)
    monkeypatch.setenv("NETRC", str(kept))
    with pytest.raises(ScrapydError) as refusal:
        kept_credentials()
    assert str(refusal.value) == f"{kept}: line 1 is wrong"


def asked_as(folder: Path, *arguments: str) -> list[str]:
    """The credentials with which a Scrapyd was asked."""
    with Newsroom(lambda _: FAULTS["nothing"][0]) as server:
        run(folder, server.address, "bbc", *arguments)
        said = [record.request.headers.get("authorization", "") for record in server.log]
    return [b64decode(each.removeprefix("Basic ")).decode() for each in said]


def test_options_go_before_what_is_kept_and_that_before_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "netrc"
    kept.write_text("machine 127.0.0.1 login kept password secret1\n")
    monkeypatch.setenv("SCRAPYD_USERNAME", "usual")
    monkeypatch.setenv("SCRAPYD_PASSWORD", "secret2")
    assert asked_as(tmp_path) == ["usual:secret2"]
    monkeypatch.setenv("NETRC", str(kept))
    assert asked_as(tmp_path) == ["kept:secret1"]
    assert asked_as(tmp_path, "--username", "told", "--password", "x") == ["told:x"]
    assert asked_as(tmp_path, "--password", "x") == ["usual:x"]


def test_a_broken_file_of_passwords_is_one_line_and_the_jobs_are_given_out(
    tmp_path: Path,
    scrapyd: FakeScrapyd,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    kept = tmp_path / "netrc"
    kept.write_text("mashine node1 password secret")
    monkeypatch.setenv("NETRC", str(kept))
    assert run(tmp_path, scrapyd.address, "bbc") == 0
    assert [job["spider"] for job in scrapyd.queued] == ["bbc"]
    assert capsys.readouterr().err == f"newsdiff_crawler: {kept}: line 1 is wrong\n"
    assert run(tmp_path, scrapyd.address, "bbc", "--username", "ann", "--password", "x") == 0
    assert capsys.readouterr().err == ""


def test_certificates_are_verified(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    url = "https://scrapyd.example/"
    busy = reply(status="ok", pending=[{"spider": "bbc"}], running=[])
    with Newsroom({f"{url}listjobs.json?project=newsdiff_crawler": busy}) as server:
        trusting = server.environment(tmp_path)
        for name, value in trusting.items():
            monkeypatch.setenv(name, value)
        assert run(tmp_path, url, "bbc") == 0
        monkeypatch.delenv("SSL_CERT_FILE")
        assert run(tmp_path, url, "bbc") == 1
    (line,) = capsys.readouterr().err.splitlines()
    problem = "its certificate is not trusted: unable to get local issuer certificate"
    assert line == f"newsdiff_crawler: Scrapyd at {url}: cannot be reached: {problem}"


def refused(convert: Callable[[str], object], text: str) -> str:
    with pytest.raises(argparse.ArgumentTypeError) as raised:
        convert(text)
    return str(raised.value)


def test_times_and_addresses_are_checked() -> None:
    assert [seconds(text) for text in ("90s", "5m", "1h")] == [90, 300, 3600]
    for wrong in ("", "5", "m", "0m", "-5m", "5 m", "1d", "999999h"):
        assert refused(seconds, wrong) == f"expected a time like 90s, 5m or 1h, not {wrong!r}"
    for right in ("http://localhost:6800", "https://news.example/scrapyd/"):
        assert web_address(right) == right
    for wrong in ("localhost:6800", "file:///etc/passwd", "http://", "http://["):
        assert wrong in refused(web_address, wrong)
    for wrong in ("http://a@b/", "http://a:secret@b/", "secret@b", "http://a:secret@b:99999"):
        assert "secret" not in refused(web_address, wrong)


@pytest.fixture
def other(tmp_path: Path) -> Iterator[FakeScrapyd]:
    """A second one, on another machine, say."""
    with FakeScrapyd(tmp_path) as opened:
        yield opened


def test_the_least_busy_of_several_gets_a_job_and_none_gets_it_twice(
    tmp_path: Path, scrapyd: FakeScrapyd, other: FakeScrapyd, capsys: pytest.CaptureFixture[str]
) -> None:
    scrapyd.running = ["rt", "npr"]
    track(tmp_path, bbc=PAST, guardian=PAST, npr=PAST, rt=FUTURE)
    both = ("--scrapyd", other.address)
    assert run(tmp_path, scrapyd.address, *both, "bbc", "guardian", "npr") == 0
    assert [job["spider"] for job in other.queued] == ["bbc", "guardian"]
    assert scrapyd.queued == []
    assert run(tmp_path, scrapyd.address, *both, "bbc", "guardian", "npr") == 0
    assert len(other.queued) == 2
    assert "at work: bbc, guardian, npr" in capsys.readouterr().out
    assert scrapyd.unlocked == other.unlocked == []


def test_one_that_is_named_twice_gets_no_more_than_its_share(
    tmp_path: Path, scrapyd: FakeScrapyd, other: FakeScrapyd
) -> None:
    track(tmp_path, bbc=PAST, guardian=PAST, npr=PAST, rt=PAST)
    again = scrapyd.address.replace("http", "HTTP").rstrip("/") + "/"
    named = ("--scrapyd", other.address, "--scrapyd", again, "--scrapyd", scrapyd.address)
    assert run(tmp_path, scrapyd.address.rstrip("/"), *named, *SOURCES) == 0
    assert (len(scrapyd.queued), len(other.queued)) == (2, 2)


def test_one_that_is_away_is_named_and_the_others_get_the_jobs(
    tmp_path: Path, other: FakeScrapyd, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        away = f"http://127.0.0.1:{free.getsockname()[1]}/"
    track(tmp_path, bbc=PAST)
    assert run(tmp_path, away, "--scrapyd", other.address, "bbc") == 0
    assert [job["spider"] for job in other.queued] == ["bbc"]
    (line,) = capsys.readouterr().err.splitlines()
    assert line == f"newsdiff_crawler: Scrapyd at {away}: cannot be reached: Connection refused"


@pytest.mark.parametrize(
    ("ahead", "how"), [(3600, "60 minutes ahead of"), (-200, "3 minutes behind")]
)
def test_one_whose_clock_the_record_would_refuse_is_named_and_gets_no_job(
    tmp_path: Path,
    scrapyd: FakeScrapyd,
    other: FakeScrapyd,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    ahead: float,
    how: str,
) -> None:
    monkeypatch.setattr(SQLiteDatabase, "server_time", lambda _: time())
    scrapyd.ahead, other.running = ahead, ["rt"]
    assert run(tmp_path, scrapyd.address, "--scrapyd", other.address, "bbc") == 0
    assert (scrapyd.queued, [job["spider"] for job in other.queued]) == ([], ["bbc"])
    problem = f"gets no jobs: its clock is {how} the record's server's"
    (line,) = capsys.readouterr().err.splitlines()
    assert line == f"newsdiff_crawler: Scrapyd at {scrapyd.address}: {problem}"


def test_what_runs_where_the_clock_is_wrong_is_at_work_all_the_same(
    tmp_path: Path, scrapyd: FakeScrapyd, other: FakeScrapyd, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SQLiteDatabase, "server_time", lambda _: time())
    scrapyd.ahead, scrapyd.running = 3600, ["bbc"]
    assert run(tmp_path, scrapyd.address, "--scrapyd", other.address, "bbc") == 0
    assert other.queued == []


def test_a_time_that_is_none_says_nothing_of_a_clock(
    tmp_path: Path, scrapyd: FakeScrapyd, monkeypatch: pytest.MonkeyPatch
) -> None:
    never = "Tue, 1 Jan 99999999999 00:00:00 GMT"
    monkeypatch.setattr(PostingConnection, "date_time_string", lambda *_: never)
    monkeypatch.setattr(SQLiteDatabase, "server_time", lambda _: time())
    assert run(tmp_path, scrapyd.address, "bbc") == 0
    assert [job["spider"] for job in scrapyd.queued] == ["bbc"]


def test_a_clock_that_is_a_little_off_or_of_no_account_gets_jobs(
    tmp_path: Path, scrapyd: FakeScrapyd, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A record in a file goes by the clock of each machine."""
    scrapyd.ahead = 3600
    assert run(tmp_path, scrapyd.address, "bbc") == 0
    monkeypatch.setattr(SQLiteDatabase, "server_time", lambda _: time())
    scrapyd.ahead = 60
    assert run(tmp_path, scrapyd.address, "rt") == 0
    assert [job["spider"] for job in scrapyd.queued] == ["bbc", "rt"]


def test_what_is_known_on_one_of_them_only_goes_there(
    tmp_path: Path, scrapyd: FakeScrapyd, other: FakeScrapyd
) -> None:
    other.spiders = ["npr"]
    scrapyd.running = ["rt"]
    track(tmp_path, bbc=PAST)
    assert run(tmp_path, scrapyd.address, "--scrapyd", other.address, "bbc") == 0
    assert [job["spider"] for job in scrapyd.queued] == ["bbc"]


def test_a_job_that_may_have_been_taken_is_given_to_no_other(
    tmp_path: Path, other: FakeScrapyd, monkeypatch: pytest.MonkeyPatch
) -> None:
    with FakeScrapyd(tmp_path) as breaking:
        monkeypatch.setattr(breaking, "queue", lambda _: CutOff(b"{}"))
        other.running = ["rt"]
        track(tmp_path, bbc=PAST)
        assert run(tmp_path, breaking.address, "--scrapyd", other.address, "bbc") == 1
    assert other.queued == []
