"""Ctrl-C and SIGTERM end a crawl at every stage, within seconds, with one exit status; what it had
claimed is due for the next one. Nothing here waits for a moment to come: each stage says that it is
reached, or cannot be left."""

from __future__ import annotations

import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from filelock import FileLock, Timeout

from newsdiff_crawler.demo.loopback import Answer
from newsdiff_crawler.exit_status import ExitStatus
from newsdiff_crawler.store import Store
from newsdiff_crawler.store.engine.connection import DATABASE_NAME, OPENING_LOCK
from newsdiff_crawler.telling.routes import routes_in
from newsdiff_crawler.times import to_iso, utc_now
from tests.support.clocks import Authority
from tests.support.crawling import (
    LISTED,
    PROJECT,
    crawl,
    list_sources,
    query,
    started,
)
from tests.support.forked import Forked
from tests.support.newsroom import Held, Newsroom, feed, page
from tests.support.receivers import SECRET
from tests.support.records import add_article, story

SOON = 60  # seconds; what is ended here would go on for ever
BOTH = pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
# At work they have one handler: each stage is ended by one of them.
ONE, OTHER = signal.SIGINT, signal.SIGTERM
URL = "https://ash.example/a-story"
STORY = "<article><h1>Ferry gone</h1><p>" + "The ferry was taken off after sixty years. " * 20
ENDING = "it ends in good order"
CLAIMED = "select count(*) from articles where claimed_by is not null"


def routes(**other: Answer) -> dict[str, Answer]:
    """A paper with one story; ``robots``, ``rss`` and ``story`` may be others."""
    listed = feed(f'<rss version="2.0"><channel><item><link>{URL}</link></item></channel></rss>')
    return {
        "https://ash.example/robots.txt": other.get("robots", Answer(status=404)),
        "https://ash.example/rss": other.get("rss", listed),
        URL: other.get("story", page(STORY)),
    }


@contextmanager
def begun(newsroom: Newsroom, folder: Path, *arguments: str) -> Iterator[Forked]:
    """A crawl of the paper that is at work."""
    list_sources(folder, "ash")
    patient = (*(arguments or ("ash",)), "-s", "DOWNLOAD_TIMEOUT=600")
    process = started(newsroom, folder, *patient, stderr=subprocess.PIPE)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def ended_by(sent: signal.Signals, process: Forked) -> str:
    """What it said, once it has ended as it should."""
    process.send_signal(sent)
    said = process.communicate(timeout=SOON)[1]
    assert process.returncode == ExitStatus.INTERRUPTED, said
    assert "Traceback" not in said
    return said


def is_whole_after_another_crawl(newsroom: Newsroom, folder: Path) -> bool:
    """Whether the next crawl stores the story, and nothing stays claimed."""
    crawl(newsroom, folder, "ash")
    stored = query(folder, "select number from versions")
    return stored == [(1,)] and query(folder, CLAIMED) == [(0,)]


# --- Before there is anything to end --------------------------------------------------------------

STUBBORN = """
print("importing", flush=True)
while True:
    try:
        while True:
            pass
    except BaseException:
        pass
"""


def test_it_ends_while_modules_are_imported_whatever_they_catch(tmp_path: Path) -> None:
    (tmp_path / "stubborn.py").write_text(STUBBORN)
    code = "import signal, newsdiff_crawler.commands as c; import stubborn"
    with subprocess.Popen(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": f"{PROJECT}:{tmp_path}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:
        assert process.stdout
        try:
            assert process.stdout.readline() == "importing\n"
            process.send_signal(signal.SIGINT)
            said = process.communicate(timeout=SOON)[1]
        finally:
            process.kill()
    assert (process.returncode, said) == (ExitStatus.INTERRUPTED, "newsdiff_crawler: interrupted\n")


def test_commands_are_interrupted_as_ever_when_they_have_been_imported() -> None:
    code = """if True:
        import os, signal
        signal.signal(signal.SIGINT, signal.default_int_handler)
        import newsdiff_crawler.commands
        try:
            os.kill(os.getpid(), signal.SIGINT)
        except KeyboardInterrupt:
            print("as ever")"""
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("as ever\n", "")


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Another process is at a transaction that does not end."""
    with closing(sqlite3.connect(folder / "data" / DATABASE_NAME)) as connection:
        connection.execute("begin immediate")
        yield


def is_opening(folder: Path) -> bool:
    """Whether somebody is opening the record now."""
    try:
        with FileLock(folder / "data" / OPENING_LOCK, timeout=0):
            return False
    except Timeout:
        return True


@BOTH
def test_it_ends_while_it_waits_to_open_the_record(tmp_path: Path, sent: signal.Signals) -> None:
    Store.open(tmp_path / "data").close()
    with Newsroom(routes()) as newsroom:
        with writing(tmp_path), begun(newsroom, tmp_path) as process:
            while not is_opening(tmp_path):
                assert process.poll() is None
            said = ended_by(sent, process)
        assert said == "newsdiff_crawler: interrupted\n"
        assert is_whole_after_another_crawl(newsroom, tmp_path)


@pytest.mark.parametrize("name", ["early", "all"])
def test_it_ends_where_the_signal_comes_before_the_crawl_has_begun(
    tmp_path: Path, name: str
) -> None:
    """The spider sends the signal itself."""
    list_sources(tmp_path, "ash", more="[early]\n")
    with Newsroom(routes(story=Held())) as newsroom:
        done = crawl(newsroom, tmp_path, name, "-s", "SPIDER_MODULES=tests.support.early_spiders")
    assert done.returncode == ExitStatus.INTERRUPTED
    (line,) = done.stderr.splitlines()
    assert ENDING in line


# --- At work --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("stage", "sent"), [("robots", ONE), ("rss", OTHER), ("story", ONE)])
def test_it_ends_while_it_waits_for_an_answer(
    tmp_path: Path, stage: str, sent: signal.Signals
) -> None:
    held = Held()
    with Newsroom(routes(**{stage: held})) as newsroom, begun(newsroom, tmp_path) as process:
        assert held.asked.wait(SOON)
        assert ENDING in ended_by(sent, process)
    assert query(tmp_path, CLAIMED) == [(0,)]
    with Newsroom(routes()) as newsroom:
        assert is_whole_after_another_crawl(newsroom, tmp_path)


def test_a_second_signal_ends_it_at_once(tmp_path: Path) -> None:
    held = Held()
    with Newsroom(routes(story=held)) as newsroom, begun(newsroom, tmp_path) as process:
        assert held.asked.wait(SOON)
        process.send_signal(signal.SIGTERM)
        assert process.stderr
        assert any(ENDING in line for line in process.stderr)
        assert ended_by(signal.SIGTERM, process) == "newsdiff_crawler: interrupted\n"
    with Newsroom(routes()) as newsroom:
        assert is_whole_after_another_crawl(newsroom, tmp_path)


def test_a_crawl_that_is_closed_twice_ends_once(tmp_path: Path) -> None:
    """As where what it waits for comes in the moment in which it is no longer waited for."""
    twice = ("twice", "-s", "SPIDER_MODULES=tests.support.early_spiders")
    with Newsroom(routes()) as newsroom:
        said = crawl(newsroom, tmp_path, *twice).stderr
    assert "Traceback" not in said
    assert said.count("twice: checked 1 article") == 1
    assert query(tmp_path, "select finished_at is not null from runs") == [(1,)]


@pytest.mark.parametrize(("arguments", "sent"), [(["ash"], ONE), (["all", *LISTED], OTHER)])
def test_it_ends_while_another_process_keeps_it_from_writing(
    tmp_path: Path, arguments: list[str], sent: signal.Signals
) -> None:
    held = Held(page(STORY).body)
    with Newsroom(routes(story=held)) as newsroom:
        with begun(newsroom, tmp_path, *arguments) as process:
            assert held.asked.wait(SOON)
            with writing(tmp_path):
                held.gate.set()
                said = ended_by(sent, process)
        assert said.count("cannot be written: ") <= 1
        assert is_whole_after_another_crawl(newsroom, tmp_path)


def test_it_ends_even_where_it_waits_for_what_nobody_knows_how_to_leave(tmp_path: Path) -> None:
    list_sources(tmp_path, "ash")
    with Newsroom(routes()) as newsroom:
        done = crawl(newsroom, tmp_path, "deaf", "-s", "SPIDER_MODULES=tests.support.early_spiders")
        assert done.returncode == ExitStatus.INTERRUPTED
        assert done.stderr == "newsdiff_crawler: interrupted\n"
        assert is_whole_after_another_crawl(newsroom, tmp_path)
    assert ("killed",) in query(tmp_path, "select reason from runs")


# --- At its end -----------------------------------------------------------------------------------


@contextmanager
def silent_service() -> Iterator[socket.socket]:
    """Takes what is said to it, and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(SOON)
        yield listening


def address_of(service: socket.socket) -> str:
    return f"http://127.0.0.1:{service.getsockname()[1]}/"


def declare_hook(folder: Path, address: str) -> None:
    (folder / "data" / "watches.toml").write_text(
        f'[watch.all]\nchannels = ["hook"]\n'
        f'[channel.hook]\nkind = "webhook"\nurl = "{address}"\nsecret = "KEY"\n'
    )
    with closing(Store.open(folder / "data")) as store:
        store.outbox.routes = routes_in(folder / "data")
        an_hour_ago = to_iso(utc_now() - timedelta(hours=1))
        texts = story("Sun", "It shines."), story("Rain", "It rains.")
        add_article(store, *texts, first_seen_at=an_hour_ago)


class BesideServices(Newsroom):
    """Services are no publishers: they are asked without its proxy."""

    def environment(self, folder: Path) -> dict[str, str]:
        return super().environment(folder) | {"no_proxy": "127.0.0.1"}


@BOTH
def test_it_ends_while_people_are_told_by_a_service_that_never_answers(
    tmp_path: Path, sent: signal.Signals, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was to be said waits for the next crawl."""
    monkeypatch.setenv("KEY", SECRET)
    list_sources(tmp_path, "ash")
    with silent_service() as silent, BesideServices(routes()) as newsroom:
        declare_hook(tmp_path, address_of(silent))
        said = ended_when_asked(silent, newsroom, tmp_path, sent)
    assert said.endswith("newsdiff_crawler: interrupted\n")
    assert query(tmp_path, "select reason from runs") == [("finished",)]
    assert query(tmp_path, "select state from messages") == [("waiting",)]


@pytest.mark.parametrize(("clock", "sent"), [("NEWSDIFF_TSA", ONE), ("NEWSDIFF_CALENDARS", OTHER)])
def test_it_ends_while_a_clock_is_asked_that_never_answers(
    tmp_path: Path, clock: str, sent: signal.Signals, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (
        Authority(tmp_path / "a") as authority,
        silent_service() as silent,
        BesideServices(routes()) as newsroom,
    ):
        monkeypatch.setenv("NEWSDIFF_TSA_ROOT", str(authority.root))
        monkeypatch.setenv(clock, address_of(silent))
        said = ended_when_asked(silent, newsroom, tmp_path, sent)
    assert said.endswith("newsdiff_crawler: interrupted\n")
    assert query(tmp_path, "select reason from runs") == [("finished",)]
    assert query(tmp_path, "select count(*) from stamps") == [(0,)]


def ended_when_asked(
    service: socket.socket, newsroom: Newsroom, folder: Path, sent: signal.Signals
) -> str:
    with begun(newsroom, folder) as process, service.accept()[0]:
        return ended_by(sent, process)
