"""A peer that answers from its own process."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from benchmarks.peers import environments
from benchmarks.peers.environments import Absent

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class PageText:
    """What a peer read on a page, a paragraph to a line. ``error`` says why there is none;
    ``seconds`` are of processor time."""

    title: str
    text: str
    error: str
    seconds: float


class Peer:
    """Asks the worker of one peer."""

    def __init__(self, name: str, process: subprocess.Popen[str], errors: IO[str]) -> None:
        self._name, self._process, self._errors = name, process, errors
        self._answer()

    def read(self, html: str, url: str, runs: int) -> PageText:
        """A page; ``runs``: how often, to take the time of the fastest."""
        return PageText(**self._ask({"read": html, "url": url, "runs": runs}))

    def check(self, urls: Sequence[str], warm: int) -> tuple[dict[str, int], float]:
        """How often each outcome came, and seconds without the first ``warm``."""
        answer = self._ask({"check": urls, "warm": warm})
        return answer["outcomes"], answer["seconds"]

    def _ask(self, question: dict[str, object]) -> Any:
        assert self._process.stdin
        print(json.dumps(question), file=self._process.stdin, flush=True)
        return self._answer()

    def _answer(self) -> Any:
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            raise Absent(f"{self._name} ended: {self._last_error()}")
        return json.loads(line)

    def _last_error(self) -> str:
        self._errors.seek(0)
        lines = self._errors.read().splitlines()
        return lines[-1] if lines else "no reason given"


@contextmanager
def start(name: str, folder: Path | None = None) -> Iterator[Peer]:
    """The peer, at work in a folder, to the end of the block. Raises Absent."""
    program = FOLDER / "programs" / f"{name.replace('-', '_')}.py"
    command = [str(environments.python_of(name)), "-I", str(FOLDER / "worker.py"), str(program)]
    pipe = subprocess.PIPE
    with (
        TemporaryFile("w+") as errors,
        subprocess.Popen(
            command, cwd=folder, stdin=pipe, stdout=pipe, stderr=errors, text=True
        ) as process,
    ):
        try:
            yield Peer(name, process, errors)
        finally:
            process.kill()


def enter(stack: ExitStack, name: str, folder: Path | None = None) -> Peer | str:
    """The peer, until the stack is closed; or why it cannot be asked."""
    try:
        return stack.enter_context(start(name, folder))
    except Absent as reason:
        return str(reason)
