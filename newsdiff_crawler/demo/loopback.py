"""A web server on loopback that plays any host for clients that use it as their proxy.

With ``http_proxy`` set to `LoopbackServer.address`, a crawl runs unmodified, with URLs that look
real, and no packet leaves the machine.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from http.server import BaseHTTPRequestHandler
from socket import SHUT_RDWR, socket
from socketserver import ThreadingTCPServer
from threading import Event, Thread
from typing import Any, TypeVar
from urllib.parse import urlsplit

Server = TypeVar("Server", bound="LoopbackServer")


@dataclass(frozen=True)
class Request:
    """What a client requested. ``headers`` has lower-case names."""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def host(self) -> str:
        return urlsplit(self.url).netloc

    @property
    def path(self) -> str:
        """The path without the query."""
        return urlsplit(self.url).path


@dataclass(frozen=True)
class Answer:
    """A response of the server. Subclasses override `send` to misbehave."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)

    def send(self, connection: Connection) -> None:
        """Write the whole answer to the client."""
        self.send_head(connection, len(self.body))
        if connection.command != "HEAD":
            connection.wfile.write(self.body)

    def send_head(self, connection: Connection, length: int | None) -> None:
        """Write status and headers, promising a body of so many bytes."""
        connection.send_response(self.status)
        for name, value in self.headers.items():
            connection.send_header(name, value)
        if length is not None and self.status != 304:
            connection.send_header("Content-Length", str(length))
        connection.end_headers()


Route = Callable[[Request], Answer]


def unless_unchanged(request: Request, answer: Answer) -> Answer:
    """The answer, or a 304 if the client has it: by its ETag, or else by its date (RFC 9110)."""
    headers = {name.lower(): value for name, value in answer.headers.items()}
    if answer.status != 200 or not _is_held(request.headers, headers):
        return answer
    validators = {"etag", "last-modified"} & headers.keys()
    return Answer(status=304, headers={name: headers[name] for name in validators})


def _is_held(request: Mapping[str, str], answer: Mapping[str, str]) -> bool:
    """Whether the client has the answer, by the headers of both, with lower-case names."""
    if "if-none-match" in request:
        held = [tag.strip().removeprefix("W/") for tag in request["if-none-match"].split(",")]
        return answer.get("etag", "").removeprefix("W/") in held
    if "if-modified-since" in request and "last-modified" in answer:
        since = parsedate_to_datetime(request["if-modified-since"])
        return parsedate_to_datetime(answer["last-modified"]) <= since
    return False


class Connection(BaseHTTPRequestHandler):
    """One client's connection, for as long as the client keeps it open."""

    server: LoopbackServer
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True
    origin = ""  # in a tunnel: "https://" and the host at its end

    def setup(self) -> None:
        super().setup()
        self.server.connections.add(self)
        if self.server.closing.is_set():
            self.hang_up()

    def finish(self) -> None:
        self.server.connections.discard(self)
        super().finish()

    def do_GET(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        origin = self.origin or f"http://{headers.get('host', '')}"
        url = self.path if "://" in self.path else origin + self.path
        self.server.serve(Request(self.command, url, headers), self)

    do_HEAD = do_GET  # noqa: N815

    def hang_up(self) -> None:
        """End the connection from another thread. The plain socket's method: TLS has no say."""
        with suppress(OSError):
            socket.shutdown(self.connection, SHUT_RDWR)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the crawl has a log of its own."""


class LoopbackServer(ThreadingTCPServer):
    """Answers every request by ``route``, in threads of its own, for the length of a ``with``."""

    daemon_threads = False  # so that closing waits for them, and leaves no open socket behind
    request_queue_size = 128
    handler: type[Connection] = Connection

    def __init__(self, route: Route) -> None:
        super().__init__(("127.0.0.1", 0), self.handler)
        self.route = route
        self.connections: set[Connection] = set()
        self.closing = Event()
        self._thread = Thread(target=self.serve_forever, args=(0.05,), name="newsroom")

    @property
    def address(self) -> str:
        """The URL to set as ``http_proxy``."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def serve(self, request: Request, connection: Connection) -> None:
        """Answer one request."""
        self.route(request).send(connection)

    def __enter__(self: Server) -> Server:
        self._thread.start()
        return self

    def __exit__(self, *reason: object) -> None:
        self.closing.set()
        self.shutdown()
        self._thread.join()
        for connection in list(self.connections):
            connection.hang_up()
        self.server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no error."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)
