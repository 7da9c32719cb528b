"""Who says half a request, or takes half an answer, is let go: on a real server, over sockets."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from queue import Queue
from typing import ClassVar

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from newsdiff_crawler.web.prompt_requests import PromptRequests

PATIENCE = 60  # seconds of these tests' clients; the server has far less
LARGE = "x" * 30_000_000  # more than the sockets' buffers hold


class Impatient(PromptRequests):
    request_seconds = 0.3
    answer_seconds = 0.3
    lost: ClassVar[Queue[int]] = Queue()  # ports of clients

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        assert self.client
        self.lost.put(self.client[1])


class Kind(PromptRequests):
    request_seconds = 0.1
    answer_seconds = PATIENCE


async def answer(request: Request) -> PlainTextResponse:
    return PlainTextResponse(LARGE if request.url.path == "/large" else "whole")


@contextmanager
def served(protocol: type[PromptRequests]) -> Iterator[int]:
    """The port of a site."""
    app = Starlette(routes=[Route("/{path:path}", answer, methods=["GET", "POST"])])
    with socket.create_server(("127.0.0.1", 0)) as listening:
        config = uvicorn.Config(app, http=protocol, ws="none", log_level="critical")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        yield int(listening.getsockname()[1])
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with served(Impatient) as found:
        yield found


@pytest.fixture(scope="module")
def kind_port() -> Iterator[int]:
    """Of a site that waits for who is slow to take an answer."""
    with served(Kind) as found:
        yield found


def connect(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)


def heard(connection: socket.socket) -> bytes:
    """All that comes until the server closes. Raises TimeoutError if it does not."""
    parts = []
    try:
        while part := connection.recv(1_000_000):
            parts.append(part)
    except ConnectionResetError:
        pass
    return b"".join(parts)


def is_closed_after_a_drop(connection: socket.socket) -> bool:
    try:
        connection.sendall(b"x")
        return connection.recv(1000) == b""
    except TimeoutError:
        return False
    except (BrokenPipeError, ConnectionResetError):
        return True


@pytest.mark.parametrize(
    "half",
    [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: a\r\nX-Slow: yes\r\n"],
    ids=["nothing", "half a line", "half of the headers"],
)
def test_half_a_request_is_closed_unanswered(port: int, half: bytes) -> None:
    with connect(port) as connection:
        connection.sendall(half)
        assert heard(connection) == b""


def test_a_request_whose_body_does_not_come_is_answered_and_closed(port: int) -> None:
    with connect(port) as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\nhalf")
        assert heard(connection).endswith(b"whole")


@pytest.mark.parametrize(
    "begun",
    [b"GET / HTTP/1.1\r\nX: ", b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000000\r\n\r\n"],
    ids=["header", "body"],
)
def test_a_drop_now_and_then_buys_no_time(port: int, begun: bytes) -> None:
    with connect(port) as connection:
        connection.sendall(begun)
        connection.settimeout(0.02)
        assert any(is_closed_after_a_drop(connection) for _ in range(PATIENCE * 50))


def test_hundreds_of_them_do_not_shut_others_out_for_long(port: int) -> None:
    with ExitStack() as stack:
        halves = [stack.enter_context(connect(port)) for _ in range(300)]
        for half in halves:
            half.sendall(b"GET / HTTP/1.1\r\n")
        other = stack.enter_context(connect(port))
        other.sendall(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        assert heard(other).endswith(b"whole")
        assert [heard(half) for half in halves] == [b""] * 300


def test_a_client_that_does_not_read_is_let_go(port: int) -> None:
    with connect(port) as connection:
        connection.sendall(b"GET /large HTTP/1.1\r\nHost: a\r\n\r\n")
        while Impatient.lost.get(timeout=PATIENCE) != connection.getsockname()[1]:
            pass
        assert len(heard(connection)) < len(LARGE)


def test_a_client_that_reads_gets_all_of_a_large_answer(kind_port: int) -> None:
    with connect(kind_port) as connection:
        connection.sendall(b"GET /large HTTP/1.1\r\nHost: a\r\n\r\n")
        assert len(heard(connection)) > len(LARGE)


class Transport:
    """One whose client takes so many bytes of its answer from one look to the next."""

    def __init__(self, *taken: int) -> None:
        self.left, self.taken = 1_000_000, [*taken]
        self.is_aborted = False

    def get_write_buffer_size(self) -> int:
        return self.left

    def close(self) -> None:
        """What is left is still sent."""

    def abort(self) -> None:
        self.is_aborted = True

    def call_later(self, _: float, call: Callable[[int], None], left: int) -> None:
        if self.taken and not self.is_aborted:
            self.left -= self.taken.pop(0)
            call(left)


@pytest.mark.parametrize(
    ("taken", "is_aborted"),
    [((200_000,) * 4, False), ((200_000, 200_000, 50_000), True), ((0,), True)],
    ids=["steadily", "less and less", "nothing"],
)
def test_who_takes_a_large_answer_slowly_may_go_on(
    taken: tuple[int, ...], is_aborted: bool
) -> None:
    transport = Transport(*taken)
    protocol = object.__new__(PromptRequests)
    protocol.transport = protocol.loop = transport  # type: ignore[assignment]
    protocol._close()
    assert transport.is_aborted is is_aborted


def test_several_requests_on_one_connection_are_answered(kind_port: int) -> None:
    request = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
    with connect(kind_port) as connection:
        connection.sendall(request + request + request)
        assert heard(connection).count(b"whole") == 3
