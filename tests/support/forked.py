"""Commands of the project in processes of their own, forked from one that has imported them all:
half of what a small crawl takes is to import."""

from __future__ import annotations

import atexit
import multiprocessing
import os
import random
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from multiprocessing import reduction
from pathlib import Path
from threading import Thread
from typing import IO, Any

LONGEST = 120  # seconds
_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(["tests.support.preloaded"])


@atexit.register
def _end_what_is_left() -> None:
    """Of tests that failed before they ended it: multiprocessing would wait for it, for ever."""
    for process in multiprocessing.active_children():
        if isinstance(process, _context.Process):
            process.kill()


class Forked:
    """What ``subprocess.Popen(["python", "-m", "scrapy", *arguments], text=True)`` is, as far as
    tests ask for it. ``stdout`` and ``stderr``: a file, ``PIPE``, ``DEVNULL`` or ``STDOUT``."""

    def __init__(
        self,
        arguments: Sequence[str],
        *,
        cwd: Path,
        env: Mapping[str, str],
        stdout: int | IO[Any] = subprocess.DEVNULL,
        stderr: int | IO[Any] = subprocess.DEVNULL,
    ) -> None:
        self.stdout, out = _end(stdout)
        self.stderr, err = (None, out) if stderr == subprocess.STDOUT else _end(stderr)
        command = ([*arguments], str(cwd), dict(env), out, err)
        self._process = _context.Process(target=_execute, args=command)
        self._process.start()
        self.args, self.pid = command[0], self._process.pid
        for end in {out, err}:
            end.close()

    def __enter__(self) -> Forked:
        return self

    def __exit__(self, *_: object) -> None:
        for file in self._files():
            file.close()
        self.wait()

    @property
    def returncode(self) -> int | None:
        """Of a process that is over; negative: a signal ended it."""
        return self._process.exitcode

    def poll(self) -> int | None:
        return self.returncode

    def wait(self, timeout: float = LONGEST) -> int:
        """Raises TimeoutExpired."""
        self._process.join(timeout)
        if self.returncode is None:
            raise subprocess.TimeoutExpired(self.args, timeout)
        return self.returncode

    def communicate(self, timeout: float = LONGEST) -> tuple[str, str]:
        """What is left of what it says, to its end. Raises TimeoutExpired."""
        said: dict[IO[str] | None, str] = {}
        files = [file for file in self._files() if not file.closed]
        readers = [Thread(target=_read, args=(file, said), daemon=True) for file in files]
        for reader in readers:
            reader.start()
        self.wait(timeout)
        for reader in readers:
            reader.join()
        return said.get(self.stdout, ""), said.get(self.stderr, "")

    def send_signal(self, number: int) -> None:
        """Nothing where it is over."""
        if self.returncode is None:
            assert self.pid
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def _files(self) -> list[IO[str]]:
        return [file for file in (self.stdout, self.stderr) if file]


def scrapy_forked(
    arguments: Sequence[str], *, cwd: Path, env: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """What ``python -m scrapy`` with these arguments does in a folder and an environment, as
    ``subprocess.run`` would tell it."""
    pipe = subprocess.PIPE
    with Forked(arguments, cwd=cwd, env=env, stdout=pipe, stderr=pipe) as process:
        try:
            out, err = process.communicate()
        except subprocess.TimeoutExpired:
            process.kill()
            raise
    return subprocess.CompletedProcess(process.args, process.wait(), out, err)


def _read(file: IO[str], said: dict[IO[str] | None, str]) -> None:
    with file:
        said[file] = file.read()


class _End:
    """A file's descriptor, which a process that is started gets too."""

    def __init__(self, number: int) -> None:
        self.number = number

    def __reduce__(self) -> tuple[Any, ...]:
        return _received, (reduction.DupFd(self.number),)

    def close(self) -> None:
        os.close(self.number)


def _received(number: Any) -> _End:
    return _End(number.detach())


def _end(file: int | IO[Any]) -> tuple[IO[str] | None, _End]:
    """What to read from, and where the process is to write to."""
    if file == subprocess.PIPE:
        ours, theirs = os.pipe()
        return os.fdopen(ours, encoding="utf-8"), _End(theirs)
    if isinstance(file, int):
        return None, _End(os.open(os.devnull, os.O_WRONLY))
    return None, _End(os.dup(file.fileno()))


def _execute(arguments: list[str], cwd: str, env: dict[str, str], out: _End, err: _End) -> None:
    """The command, in the process that was forked."""
    from scrapy.cmdline import execute

    os.dup2(out.number, 1)
    os.dup2(err.number, 2)
    for end in {out.number, err.number}:
        os.close(end)
    os.environ.clear()
    os.environ.update(env)
    os.chdir(cwd)
    sys.path[:0] = [cwd, *filter(None, env.get("PYTHONPATH", "").split(os.pathsep))]
    random.seed()
    try:
        execute(["scrapy", *arguments])
    finally:
        sys.stdout.flush()
        atexit._run_exitfuncs()
