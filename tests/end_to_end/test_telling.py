"""Real crawls that tell, real servers that are told, and senders that are killed at any moment."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest

from newsdiff_crawler.demo.loopback import Answer, Connection, Request
from newsdiff_crawler.store import Store
from newsdiff_crawler.telling.routes import routes_in
from newsdiff_crawler.times import to_iso, utc_now
from tests.support.crawling import (
    LISTED,
    PROJECT,
    bbc_routes,
    bbc_story,
    bbc_url,
    crawl,
    query,
    started,
)
from tests.support.newsroom import Newsroom
from tests.support.receivers import SECRET, Hook
from tests.support.records import add_article, story

KILLS, COUNT = 50, 400
SEED = 5


def declare(folder: Path, hook: Hook) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "watches.toml").write_text(
        f'[watch.all]\nchannels = ["hook"]\n'
        f'[channel.hook]\nkind = "webhook"\nurl = "{hook.address}"\nsecret = "KEY"\n',
        "utf-8",
    )


def test_a_crawl_tells_what_changed_once_it_has_settled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next crawl sends it when it ends."""
    monkeypatch.setenv("KEY", SECRET)
    url = bbc_url("story1")
    texts = ("Two people were hurt in the storm.", "Five people were hurt in the storm.")
    pages = [bbc_story(url, "A storm at sea", [text, "The roads are closed."]) for text in texts]
    routes = bbc_routes({url: pages[0]})
    times = ("2026-03-01T09:00:00Z", "2026-03-01T12:00:00Z", "2026-03-01T12:10:00Z")
    with Hook() as hook, Beside(routes) as newsroom:
        declare(tmp_path / "data", hook)
        crawl(newsroom, tmp_path, "bbc", "-s", f"NEWSDIFF_NOW={times[0]}")
        routes[url] = pages[1]
        crawl(newsroom, tmp_path, "bbc", "-a", "recheck=1", "-s", f"NEWSDIFF_NOW={times[1]}")
        assert hook.taken == []
        ended = crawl(newsroom, tmp_path, "bbc", "-s", f"NEWSDIFF_NOW={times[2]}")
    ((_, body),) = hook.taken
    assert body["data"]["title"] == "BBC News: A storm at sea"
    assert SECRET not in ended.stderr
    assert query(tmp_path, "select state from messages") == [("sent",)]


@pytest.mark.parametrize("arguments", [["all"], ["all", "--every", "1s"]])
def test_crawls_of_all_sources_tell_too_and_a_service_while_it_runs(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KEY", SECRET)
    with TakenHook() as hook, Beside(lambda _: Answer(status=404)) as newsroom:
        declare(tmp_path / "data", hook)
        with closing(Store.open(tmp_path / "data")) as store:
            store.outbox.routes = routes_in(tmp_path / "data")
            texts = story("Sun", "It shines."), story("Rain", "It rains.")
            add_article(store, *texts, first_seen_at=to_iso(utc_now() - timedelta(hours=2)))
        with started(newsroom, tmp_path, *arguments, *LISTED) as process:
            assert hook.has_taken.wait(60)
            process.terminate()
    ((_, body),) = hook.taken
    assert body["data"]["title"] == "paper: Sun → Rain"


class TakenHook(Hook):
    """Says when it has taken something."""

    def __init__(self) -> None:
        super().__init__()
        self.has_taken = Event()

    def take(self, request: Request, body: bytes) -> Answer:
        answer = super().take(request, body)
        self.has_taken.set()
        return answer


def test_senders_that_are_killed_at_any_moment_lose_nothing_and_repeat_only_what_they_were_at(
    tmp_path: Path,
) -> None:
    """What is sent again has the same name, by which a receiver knows it."""
    with closing(Store.open(tmp_path)) as store, Deadly(tmp_path) as hook:
        declare(tmp_path, hook)
        store.outbox.routes = routes_in(tmp_path)
        for number in range(COUNT):
            texts = story(f"A{number}", "It rains."), story(f"B{number}", "It rains.")
            add_article(store, *texts, url=f"https://paper.example/{number}")
        send_until_nothing_waits(tmp_path)
        assert store.outbox.to_whom() == []
    told = dict(hook.taken)
    changes = [change for body in told.values() for change in body["data"]["changes"]]
    assert hook.kills == KILLS
    assert sum(body["data"]["total"] for body in told.values()) == COUNT
    assert len({change["article_id"] for change in changes}) == len(changes)
    assert len(hook.taken) - len(told) <= KILLS


class Deadly(Hook):
    """Kills who posts to it, fifty times: before it has taken what is posted, before it answers,
    or when it has answered."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.kills = 0
        self._pid = folder / "pid"
        self._chance = random.Random(SEED)

    def take(self, request: Request, body: bytes) -> Answer:
        moment = self._chance.choice(("early", "taken", "answered", "never"))
        if moment == "early" and self._kill():
            return Answer()
        answer = super().take(request, body)
        if moment == "taken":
            self._kill()
        return Last(self._kill) if moment == "answered" else answer

    def _kill(self) -> bool:
        if self.kills == KILLS:
            return False
        self.kills += 1
        os.kill(int(self._pid.read_text()), signal.SIGKILL)
        return True


class Last(Answer):
    """Kills who was answered."""

    def __init__(self, kill: Callable[[], bool]) -> None:
        super().__init__(status=204)
        object.__setattr__(self, "kill", kill)

    def send(self, connection: Connection) -> None:
        super().send(connection)
        connection.wfile.flush()
        vars(self)["kill"]()


class Beside(Newsroom):
    """Those who are told are no publishers: they are asked without its proxy."""

    def environment(self, folder: Path) -> dict[str, str]:
        return super().environment(folder) | {"no_proxy": "127.0.0.1"}


# Hours pass from one sender to the next: none waits for the time to try again.
SENDERS = """
import os, sys
from datetime import timedelta
from pathlib import Path
from newsdiff_crawler.telling.sending import send_due
from newsdiff_crawler.times import from_iso

folder, now = Path(sys.argv[1]), from_iso("2025-04-22T15:00:00Z")
for _ in range(1000):
    if not (pid := os.fork()):
        (folder / "pid").write_text(str(os.getpid()))
        os._exit(0 if send_due(folder, {}, "", now).sent else 9)
    if os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 9:
        break
    now += timedelta(hours=1)
"""


def send_until_nothing_waits(folder: Path) -> None:
    """One sender after the other, each a process of its own."""
    known = os.environ | {"KEY": SECRET, "no_proxy": "*", "PYTHONPATH": str(PROJECT)}
    subprocess.run([sys.executable, "-c", SENDERS, str(folder)], env=known, check=True)
