"""The helper: a process that answers what takes long, and may use so much time and memory and no
more. It is started when first asked, and anew after it died of what it was asked."""

from __future__ import annotations

import asyncio
import logging
import socket
import subprocess
import sys
import time
import weakref
from collections.abc import Mapping
from multiprocessing.connection import Connection
from typing import Any

from anyio import to_thread

from newsdiff_crawler.web.helper_process import HelperAnswer, HelperBounds

MOST_WAITING = 16  # requests; more are told to come again
REMEMBERED, MOST_REMEMBERED = 600.0, 1000  # seconds for which a request is too much, and how many
LONGEST = 60  # seconds of the clock, on a machine that does much else

USUAL_BOUNDS = HelperBounds()

_SCOPE = ("type", "http_version", "scheme", "path", "query_string", "headers", "server", "client")

_PROGRAM = """
import sys
pipe, *sys.path = sys.argv[1:]
from newsdiff_crawler.web.helper_process import main
main(int(pipe))
"""
_Process = subprocess.Popen[bytes]

logger = logging.getLogger(__name__)


class Helper:
    """Answers one request after the other. ``site``: what the application is made with."""

    def __init__(self, site: Mapping[str, Any], bounds: HelperBounds = USUAL_BOUNDS) -> None:
        self._site = site
        self._bounds = bounds
        self._turn = asyncio.Semaphore(1)
        self._asked = 0
        self._too_much: dict[tuple[str, bytes], float] = {}  # when each was found to be
        self._running: list[tuple[_Process, Connection]] = []  # one, or none
        weakref.finalize(self, _end, self._running)

    @property
    def is_busy(self) -> bool:
        """Whether so many requests wait that another one would wait too long."""
        return self._asked >= MOST_WAITING

    async def answer(self, scope: Mapping[str, Any]) -> HelperAnswer | None:
        """The answer to a request; None where it took too much time or memory, or did so
        minutes ago: a few readers of one large page would keep all others from theirs."""
        asked = scope["path"], scope["query_string"]
        if time.monotonic() - self._too_much.get(asked, -REMEMBERED) < REMEMBERED:
            return None
        request = {name: scope.get(name) for name in _SCOPE}
        # A mounted application has another root path than the site.
        root_path = scope.get("app_root_path", scope.get("root_path", ""))
        request |= {"method": "GET", "root_path": root_path}
        self._asked += 1
        try:
            async with self._turn:
                answer = await to_thread.run_sync(self._ask, request)
        finally:
            self._asked -= 1
        if answer is None:
            self._too_much = dict([*self._too_much.items()][1 - MOST_REMEMBERED :])
            self._too_much[asked] = time.monotonic()
        return answer

    def _ask(self, request: dict[str, Any]) -> HelperAnswer | None:
        process, connection = self._started()
        try:
            connection.send(request)
            if connection.poll(LONGEST):
                answer: HelperAnswer = connection.recv()
                return answer
        except (EOFError, OSError):
            pass
        _end(self._running)
        logger.warning("%s took too much time or memory (%s)", request["path"], process.returncode)
        return None

    def _started(self) -> tuple[_Process, Connection]:
        if self._running and self._running[0][0].poll() is not None:
            _end(self._running)
        if not self._running:
            ours, its = socket.socketpair()
            with its:
                program = [sys.executable, "-c", _PROGRAM, str(its.fileno()), *sys.path]
                process = subprocess.Popen(program, pass_fds=[its.fileno()])  # noqa: S603 - ours
            connection = Connection(ours.detach())
            connection.send((dict(self._site), self._bounds))
            self._running.append((process, connection))
        return self._running[0]


def _end(running: list[tuple[_Process, Connection]]) -> None:
    while running:
        process, connection = running.pop()
        connection.close()
        process.kill()
        process.wait()
