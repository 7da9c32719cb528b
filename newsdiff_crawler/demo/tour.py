"""The demo from beginning to end: publish, crawl, show; then judge."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from io import TextIOWrapper
from pathlib import Path
from threading import Event

from filelock import FileLock, Timeout
from rich.console import Console

from newsdiff_crawler.demo.catches import Catch, catches
from newsdiff_crawler.demo.crawling import Crawler, DemoError
from newsdiff_crawler.demo.loopback import LoopbackServer
from newsdiff_crawler.demo.newsroom import ROUNDS, DemoNewsroom
from newsdiff_crawler.demo.notices import WATCH, notices
from newsdiff_crawler.demo.papers import PAPERS
from newsdiff_crawler.demo.screen import Screen
from newsdiff_crawler.demo.site import open_site, unserved
from newsdiff_crawler.demo.verdict import Verdict, judge
from newsdiff_crawler.store.engine.connection import DATABASE_NAME
from newsdiff_crawler.store.reading.records import Records
from newsdiff_crawler.times import to_iso, utc_now


def demo(folder: Path, port: int, once: bool) -> bool:
    """Plays the demo in a data folder of its own, which is emptied. True if all went by the script.

    The site stays open until Ctrl-C, unless ``once``. Raises DemoError if it cannot go on.
    """
    database = folder / DATABASE_NAME
    with open_site(database, 0 if once else port) as address, fresh_record(folder):
        screen = Screen(_console(), "" if once else address)
        tour = Tour(folder, screen)
        verdict = tour.play()
        paths = ["/", *(catch.path for catch in tour.caught)]
        verdict.problems += [f"not on the site: {path}" for path in unserved(address, paths)]
        screen.verdict(verdict)
        if not once:
            screen.farewell()
            with suppress(KeyboardInterrupt):
                Event().wait()
    return not verdict.problems


def _console() -> Console:
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal that knows no "✎" shows "?"
    return Console(highlight=False)


@contextmanager
def fresh_record(folder: Path) -> Iterator[None]:
    """Creates or empties the demo's data folder, and locks other demos out of it.

    Raises DemoError if another demo is using it, or if it cannot be written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / "demo.lock", timeout=0).acquire()
        for file in [*folder.glob(f"{DATABASE_NAME}*"), *folder.glob("logs/*.log")]:
            file.unlink()
    except Timeout:
        raise DemoError(f"another demo is using {folder}") from None
    except OSError as error:
        raise DemoError(f"{folder}: cannot be written to: {error}") from error
    with lock:
        yield


class Tour:
    """Plays all rounds. The last one takes place now."""

    def __init__(self, folder: Path, screen: Screen) -> None:
        self.folder = folder
        self.screen = screen
        self.newsroom = DemoNewsroom(utc_now().replace(second=0) - ROUNDS[-1])
        self.caught: list[Catch] = []

    def play(self) -> Verdict:
        """All rounds, then the verdict."""
        self.screen.opening()
        moments = [self.newsroom.moment(round) for round in range(1, len(ROUNDS) + 1)]
        with LoopbackServer(self.newsroom) as server:
            crawler = Crawler(self.folder, server.address)
            crawler.follow(PAPERS)
            for round, now in enumerate(moments, 1):
                self.screen.round(now, moments[round - 2] if round > 1 else None)
                self._play_round(crawler, round, now)
            crawler.hand_over(PAPERS)
        self.screen.table(moments, self.caught)
        with Records.open(self.folder) as records:
            self.screen.notices(WATCH, notices(records, self.screen.address))
            return judge(records, self.newsroom, self.caught)

    def _play_round(self, crawler: Crawler, round: int, now: datetime) -> None:
        self.newsroom.round = round
        with self.screen.crawling():
            refused = crawler.crawl(PAPERS, now)
        with Records.open(self.folder) as records:
            caught = list(catches(records, round, to_iso(now), refused))
        for catch in caught:
            self.screen.catch(catch)
        self.caught += caught
