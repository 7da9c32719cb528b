"""A publisher on loopback for tests: plays any host, over HTTP and HTTPS, well or badly.

The client uses it as its proxy, for ``https`` by CONNECT, and gets a certificate for the host that
it requested. So the command that crawls the web crawls the newsroom:

    with Newsroom({"https://www.bbc.com/news/a": page("<h1>Rain</h1>")}) as newsroom:
        run("scrapy", "crawl", "bbc", env=os.environ | newsroom.environment(tmp_path))
    assert "https://www.bbc.com/news/a" in newsroom.urls()
"""

from __future__ import annotations

import os
import ssl
import struct
import time
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from socket import SO_LINGER, SOL_SOCKET
from threading import Event, Lock
from typing import Any

import trustme

from newsdiff_crawler.demo.loopback import Answer, Connection, LoopbackServer, Request

Handler = Callable[[Request], Answer]
Routes = Handler | Mapping[str, Answer | Handler]


def page(html: str, status: int = 200, **headers: str) -> Answer:
    """An HTML page in UTF-8. ``last_modified="..."`` becomes the header ``Last-Modified``."""
    return Answer(html.encode(), status, _headers("text/html; charset=utf-8", headers))


def feed(xml: str, **headers: str) -> Answer:
    """An RSS feed in UTF-8."""
    return Answer(xml.encode(), 200, _headers("application/rss+xml; charset=utf-8", headers))


def typed(body: bytes, content_type: str, **headers: str) -> Answer:
    """Any bytes as any type: also the wrong type, or the wrong charset."""
    return Answer(body, 200, _headers(content_type, headers))


def _headers(content_type: str, more: Mapping[str, str]) -> dict[str, str]:
    named = {name.replace("_", "-").title(): value for name, value in more.items()}
    return {"Content-Type": content_type, **named}


def redirect(url: str, status: int = 302) -> Answer:
    return Answer(status=status, headers={"Location": url})


@dataclass(frozen=True)
class Silence(Answer):
    """Never answers; holds the connection until the newsroom closes."""

    def send(self, connection: Connection) -> None:
        connection.server.closing.wait()


@dataclass(frozen=True)
class Reset(Answer):
    """Drops the connection with a TCP reset, without a word."""

    def send(self, connection: Connection) -> None:
        connection.connection.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))
        os.close(connection.connection.detach())
        connection.close_connection = True


@dataclass(frozen=True)
class CutOff(Answer):
    """Promises the whole body, sends half of it, hangs up."""

    def send(self, connection: Connection) -> None:
        self.send_head(connection, len(self.body))
        connection.wfile.write(self.body[: len(self.body) // 2])
        connection.close_connection = True


@dataclass(frozen=True)
class Flood(Answer):
    """More bytes than a news page has. ``promised``: with a Content-Length, or without."""

    size: int = 50_000_000
    promised: bool = True

    def send(self, connection: Connection) -> None:
        connection.close_connection = True
        self.send_head(connection, self.size if self.promised else None)
        chunk = b"<p>So it went on and on and on, line upon line.</p>\n" * 1_000
        for start in range(0, self.size, len(chunk)):
            connection.wfile.write(chunk[: self.size - start])


@dataclass(frozen=True)
class Drip(Answer):
    """Sends a byte now and then, and never ends."""

    def send(self, connection: Connection) -> None:
        connection.close_connection = True
        self.send_head(connection, 1_000_000)
        while not connection.server.closing.wait(0.05):
            connection.wfile.write(b" ")
            connection.wfile.flush()


@dataclass(frozen=True)
class Babble(Answer):
    """Headers without end: 300 MB."""

    def send(self, connection: Connection) -> None:
        connection.close_connection = True
        connection.send_response(200)
        connection.flush_headers()
        for _ in range(300_000):
            connection.wfile.write(b"X-Rain: " + b"rain " * 200 + b"\r\n")


@dataclass(frozen=True)
class Held(Answer):
    """Answers once the test sets the gate, so that the test decides what happens first. ``asked``
    is set when the request comes."""

    gate: Event = field(default_factory=Event)
    asked: Event = field(default_factory=Event)

    def send(self, connection: Connection) -> None:
        self.asked.set()
        while not self.gate.wait(0.02) and not connection.server.closing.is_set():
            pass
        super().send(connection)


@dataclass(frozen=True)
class Slow(Answer):
    """Answers after so many seconds."""

    seconds: float = 0.1

    def send(self, connection: Connection) -> None:
        connection.server.closing.wait(self.seconds)
        super().send(connection)


@dataclass
class LoggedRequest:
    """A request as the newsroom saw it. Times are monotonic seconds."""

    request: Request
    started: float
    at_once: int  # requests that this host was answering at that moment, this one included
    finished: float | None = None  # all but the last bytes sent; None: not answered yet


class TunnelConnection(Connection):
    """A connection that may become a tunnel to any host's HTTPS."""

    def do_CONNECT(self) -> None:  # noqa: N802
        host, _, port = self.path.rpartition(":")
        self.send_response(200, "Connection established")
        self.end_headers()
        self.wfile.flush()
        self.close_connection = False
        self.origin = f"https://{host}" if port == "443" else f"https://{self.path}"
        assert isinstance(self.server, Newsroom)
        self._secure(_tls(host, trusted=host not in self.server.untrusted))

    def _secure(self, tls: ssl.SSLContext) -> None:
        self.rfile.close()
        self.wfile.close()
        self.connection = tls.wrap_socket(self.request, server_side=True)
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb")

    def finish(self) -> None:
        try:
            super().finish()
        finally:
            self.connection.close()


class Newsroom(LoopbackServer):
    """Plays the publishers of ``routes``: answers by full URL, or one function for all of them.

    ``routes`` may be changed at any time. An error inside a route is raised again at the end.
    ``untrusted`` are hosts whose certificate no client trusts.
    """

    handler = TunnelConnection

    def __init__(self, routes: Routes, untrusted: Collection[str] = ()) -> None:
        super().__init__(self._answer)
        self.routes = routes
        self.untrusted = untrusted
        self.log: list[LoggedRequest] = []
        self._open: Counter[str] = Counter()  # requests that wait for an answer, of each host
        self._lock = Lock()
        self._errors: list[Exception] = []

    def environment(self, folder: Path) -> dict[str, str]:
        """What a crawl needs in its environment to see this newsroom and nothing else.

        Writes the certificate of its authority into the folder.
        """
        certificate = folder / "newsroom-ca.pem"
        _authority().cert_pem.write_to_path(str(certificate))
        proxies = {"http_proxy": self.address, "https_proxy": self.address, "no_proxy": ""}
        return {**proxies, "SSL_CERT_FILE": str(certificate)}

    def urls(self) -> list[str]:
        """The requested URLs, in order."""
        return [record.request.url for record in self.log]

    def serve(self, request: Request, connection: Connection) -> None:
        record = self._begin(request)
        try:
            super().serve(request, connection)
        finally:
            # Before the client can know that it has the whole answer, and ask for the next page.
            with self._lock:
                record.finished = time.monotonic()
                self._open[request.host] -= 1

    def _begin(self, request: Request) -> LoggedRequest:
        with self._lock:
            self._open[request.host] += 1
            record = LoggedRequest(request, time.monotonic(), self._open[request.host])
            self.log.append(record)
        return record

    def _answer(self, request: Request) -> Answer:
        try:
            route = self.routes if callable(self.routes) else self.routes.get(request.url)
            answer = route(request) if callable(route) else route
        except Exception as error:
            self._errors.append(error)
            raise
        return answer or page("<h1>Not here</h1>", 404)

    def __exit__(self, *reason: Any) -> None:
        super().__exit__(*reason)
        if self._errors:
            raise self._errors[0]


@cache
def _authority() -> trustme.CA:
    return trustme.CA()


@cache
def _tls(host: str, trusted: bool) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority = _authority() if trusted else trustme.CA()
    authority.issue_cert(host).configure_cert(context)
    return context
