"""The process of the helper: the same site, asked over a pipe, one request at a time."""

from __future__ import annotations

import asyncio
import errno
import logging
import os
import resource
import signal
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Any

LARGEST_ANSWER = 20  # MB
_ROOM = 8_000_000  # bytes that a process takes for next to nothing

_Scope = dict[str, Any]
_App = Callable[[_Scope, Any, Any], Awaitable[None]]


@dataclass
class HelperAnswer:
    """An answer of the site, whole."""

    status: int = 500
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: bytes = b""


@dataclass(frozen=True)
class HelperBounds:
    """``seconds``: of CPU time, for each request. ``memory``: MB, of which the program itself takes
    half."""

    seconds: float = 10
    memory: int = 400


def main(pipe: int) -> None:
    """Answers until the other end is closed, or until a request takes too much: that ends the
    process, which is the answer to it. ``pipe``: the number of an open file; what comes first is
    what the application is made with, and the bounds."""
    from newsdiff_crawler.web.app import create_app

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the site ends it
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    connection = Connection(pipe)
    site, bounds = connection.recv()
    app = create_app(**site, is_helper=True)
    loop = asyncio.new_event_loop()
    _bound_memory(bounds.memory)
    while True:
        try:
            scope = connection.recv()
        except EOFError:
            return
        signal.setitimer(signal.ITIMER_PROF, bounds.seconds)  # and the kernel ends the process
        connection.send(loop.run_until_complete(_answer(app, scope)))


async def _answer(app: _App, scope: _Scope) -> HelperAnswer:
    answer, parts, size = HelperAnswer(), [], 0

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        nonlocal size
        if message["type"] == "http.response.start":
            answer.status, answer.headers = message["status"], list(message["headers"])
        else:
            parts.append(message.get("body", b""))
            size += len(parts[-1])
            if size > LARGEST_ANSWER * 1_000_000:
                raise MemoryError

    try:
        await app({**scope, "asgi": {"version": "3.0"}, "state": {}}, receive, send)
    except Exception as error:  # it was answered, as an error
        if _is_out_of_memory(error):
            raise SystemExit(os.EX_UNAVAILABLE) from None
        logging.getLogger(__name__).exception("%s: a fault of ours", scope["path"])
    answer.body = b"".join(parts)
    return answer


def _is_out_of_memory(error: BaseException) -> bool:
    """Whether that is what it came from, by whatever name. What failed while the process has no
    room failed for that, too: libraries have names of their own for it."""
    came_from: BaseException | None = error
    seen: set[int] = set()  # an error may be its own cause
    while came_from and id(came_from) not in seen:
        seen.add(id(came_from))
        if isinstance(came_from, MemoryError) or "can't start new thread" in str(came_from):
            return True
        if isinstance(came_from, OSError) and came_from.errno == errno.ENOMEM:
            return True
        came_from = came_from.__cause__ or came_from.__context__
    try:
        bytearray(_ROOM)
    except MemoryError:
        return True
    return False


def _bound_memory(megabytes: int) -> None:
    """The kernel ends what asks for more."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    most = megabytes * 1_000_000
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))
