"""The machines of the played fleet: each is a Scrapyd with its crawls, in a folder of its own; the
sites; and the command that gives the jobs out."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.hardship.hour import free_port
from tests.hardship.papers import Papers
from tests.support.crawling import PROJECT, environment
from tests.support.newsroom import Newsroom

SETTINGS = "tests.hardship.fleet_settings"
AT_ONCE = 2  # crawls of a machine


@dataclass
class World:
    """What all machines share. ``more``: in the environment of each of them."""

    folder: Path
    newsroom: Newsroom
    papers: Papers
    more: Mapping[str, str] = field(default_factory=dict)

    @property
    def clock(self) -> Path:
        """The file that says what time it is."""
        return self.folder / "now"

    def environment(self, name: str) -> dict[str, str]:
        """Of a machine, which gets a folder, and is known by its name to the newsroom."""
        folder = self.folder / name
        self.papers.follow(folder / "data")
        return environment(self.newsroom, folder) | {
            "NEWSDIFF_CONTACT": f"{name}@fleet.example",
            "FLEET_NOW": str(self.clock),
            "SCRAPY_SETTINGS_MODULE": SETTINGS,
            "PYTHONPATH": str(PROJECT),
            "no_proxy": "127.0.0.1,127.0.0.2,127.0.0.3,127.0.0.4,127.0.0.5",
            **self.more,
        }

    def run(self, name: str, *arguments: str, **more: str) -> subprocess.Popen[bytes]:
        """A command of the project on a machine, which is the leader of its own group."""
        with (self.folder / f"{name}.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", *arguments],
                cwd=self.folder / name,
                env=self.environment(name) | more,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )


class Node:
    """A machine with a Scrapyd, at an address and with a password of its own. ``number``: from 1
    on. ``ahead``: by how many seconds its clock is wrong."""

    def __init__(self, world: World, number: int, ahead: float = 0) -> None:
        self.world, self.name, self.ahead = world, f"node{number}", ahead
        self.host, self.port = f"127.0.0.{number + 1}", free_port()
        self.password = f"secret-of-{self.name}"
        world.environment(self.name)
        (world.folder / self.name / "scrapyd.conf").write_text(
            f"[scrapyd]\nbind_address = {self.host}\nhttp_port = {self.port}\n"
            f"max_proc = {AT_ONCE}\npoll_interval = 0.3\n"
            f"username = newsdiff\npassword = {self.password}\njobs_to_keep = 1000\n"
            f"[settings]\nnewsdiff_crawler = {SETTINGS}\n",
            "utf-8",
        )

    def start(self) -> None:
        """Begins to take jobs."""
        more = {"FLEET_AHEAD": str(self.ahead)} if self.ahead else {}
        self.process = self.world.run(self.name, "scrapyd", **more)

    def signal(self, number: signal.Signals) -> None:
        """Sends a signal to all that runs there."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)

    def end(self) -> None:
        """Without a warning."""
        self.signal(signal.SIGKILL)
        self.process.wait()


@contextmanager
def command(world: World, name: str, *arguments: str, **more: str) -> Iterator[int]:
    """A command that goes on for the length of the block."""
    process = world.run(name, *arguments, **more)
    try:
        yield process.pid
        assert process.poll() is None, f"{name} ended: see {name}.log"
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@contextmanager
def scheduling(world: World, nodes: Sequence[Node]) -> Iterator[None]:
    """Gives jobs out, over and over."""
    asked = [f"--scrapyd=http://{node.host}:{node.port}/" for node in nodes]
    known = world.folder / "netrc"
    known.touch(0o600)
    lines = (f"machine {n.host} login newsdiff password {n.password}\n" for n in nodes)
    known.write_text("".join(lines), "utf-8")
    kept = {"NETRC": str(known)}
    with command(world, "schedule", "scrapy", "schedule", "--every=2s", *asked, **kept):
        yield
