"""Other trackers and libraries at the same publisher, one article after the other."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from benchmarks.crawls.publisher import HOST, Remote
from benchmarks.peers import Absent, make, start

SHARE = 8  # one article in so many: they are slow, and each costs as much as the next


@dataclass(frozen=True)
class PeerCase:
    """A peer's checks of all articles, after a first round of them where it keeps what it reads.

    The publisher is in the state that `Remote.set` describes; ``outcome`` is what the peer
    must say of each."""

    name: str
    peer: str
    outcome: str
    edition: int = 0
    restless: bool = False

    @property
    def keeps(self) -> bool:
        return self.outcome != "read"


CASES = (
    PeerCase("diffengine's way, equal text", "diffengine", "unchanged", restless=True),
    PeerCase("diffengine's way, new version", "diffengine", "changed", edition=1),
    PeerCase("NewsDiffs' way, equal text", "newsdiffs", "unchanged", restless=True),
    PeerCase("NewsDiffs' way, new version", "newsdiffs", "changed", edition=1),
    PeerCase("newspaper4k, reads and keeps nothing", "newspaper4k", "read"),
    PeerCase("news-please, reads and keeps nothing", "news-please", "read"),
    PeerCase("fundus, reads and keeps nothing", "fundus", "read"),
)


class PeerCrawls:
    """Runs them, each on what its peer kept of a first round. ``absent`` says of cases, by
    name, why they could not be run."""

    def __init__(self, publisher: Remote, folder: Path, install: bool) -> None:
        self._publisher, self._folder = publisher, folder
        self.absent: dict[str, str] = {}
        urls = publisher.site.urls()[::SHARE]
        self._urls = [url.replace(HOST, "127.0.0.1") for url in urls]
        for name in sorted({case.peer for case in CASES}) if install else ():
            make(name)

    def milliseconds(self) -> dict[str, float]:
        """For each article, by the names of the cases that can be run."""
        took = {case.name: self._attempt(case) for case in CASES}
        return {name: figure for name, figure in took.items() if figure is not None}

    def _attempt(self, case: PeerCase) -> float | None:
        try:
            return self._run(case)
        except Absent as why:
            self.absent[case.name] = str(why)
            return None

    def _run(self, case: PeerCase) -> float:
        folder = self._folder / "now"
        shutil.rmtree(folder, ignore_errors=True)
        if case.keeps:
            shutil.copytree(self._first(case), folder)
        else:
            folder.mkdir(parents=True)
        self._publisher.set(case.edition, case.restless)
        return self._check(case.peer, folder, case.outcome)

    def _first(self, case: PeerCase) -> Path:
        folder = self._folder / case.peer
        if not (folder / "kept").exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            self._publisher.set()
            self._check(case.peer, folder, "new")
            (folder / "kept").touch()
        return folder

    def _check(self, peer: str, folder: Path, expected: str) -> float:
        """The first quarter of articles is left out."""
        warm = len(self._urls) // 4
        with start(peer, folder) as worker:
            outcomes, seconds = worker.check(self._urls, warm)
        if outcomes != {expected: len(self._urls)}:
            raise RuntimeError(f"{peer} said {outcomes}, not {expected}")
        return seconds * 1000 / (len(self._urls) - warm)
