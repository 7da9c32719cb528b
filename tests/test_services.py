"""One request to a service: whatever it answers, it costs a bounded time and says one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsdiff_crawler.demo.loopback import Answer, Connection, LoopbackServer, Request
from newsdiff_crawler.services import AGENT, UnreachedError, exchange
from tests.support.newsroom import Babble, CutOff, Drip, Flood, Newsroom, Reset, Silence

BODY = b"a stamp " * 40


class KeptOpen(Answer):
    """A whole answer, after which the server keeps the connection, whoever wants it closed."""

    def send(self, connection: Connection) -> None:
        super().send(connection)
        connection.wfile.flush()
        connection.server.closing.wait()


class Chunked(Answer):
    """An answer that does not say how long it is going to be."""

    def send(self, connection: Connection) -> None:
        connection.send_response(200)
        connection.send_header("Transfer-Encoding", "chunked")
        connection.end_headers()
        connection.wfile.write(b"%x\r\n%s\r\n0\r\n\r\n" % (len(self.body), self.body))


@pytest.fixture(autouse=True)
def without_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")


@pytest.mark.parametrize("answer", [Answer(BODY), Chunked(BODY), KeptOpen(BODY)])
def test_an_answer_is_read_whole(answer: Answer) -> None:
    with LoopbackServer(lambda _: answer) as server:
        reply = exchange(server.address, None, {})
    assert (reply.status, reply.body, reply.is_cut) == (200, BODY, False)


class Asked:
    """A route that keeps what it was asked."""

    def __init__(self, answer: Answer) -> None:
        self.requests: list[Request] = []
        self._answer = answer

    def __call__(self, request: Request) -> Answer:
        self.requests.append(request)
        return self._answer


def test_it_says_who_asks() -> None:
    asked = Asked(Answer())
    with LoopbackServer(asked) as server:
        exchange(server.address, None, {"Accept": "text/x"})
    (request,) = asked.requests
    assert (request.headers["user-agent"], request.headers["accept"]) == (AGENT, "text/x")


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Drip(), "timed out"),
        (Silence(), "timed out"),
        (CutOff(BODY), "its answer broke off"),
        (Reset(), "Connection reset by peer"),
        (Babble(), "got more than 100 headers"),
    ],
)
def test_what_is_no_answer_is_a_line(answer: Answer, said: str) -> None:
    with (
        LoopbackServer(lambda _: answer) as server,
        pytest.raises(UnreachedError, match=f"^{said}$"),
    ):
        exchange(server.address, None, {}, timeout=0.3)


@pytest.mark.parametrize("promised", [True, False])
def test_of_a_flood_no_more_is_read_than_wanted(promised: bool) -> None:
    with LoopbackServer(lambda _: Flood(promised=promised)) as server:
        reply = exchange(server.address, None, {}, largest=1_000)
    assert (len(reply.body), reply.is_cut) == (1_000, True)


def test_a_redirect_is_an_answer_and_leads_nowhere() -> None:
    asked = Asked(Answer(status=302, headers={"Location": "/elsewhere"}))
    with LoopbackServer(asked) as server:
        reply = exchange(f"{server.address}/here", None, {})
    assert (reply.status, reply.is_good) == (302, False)
    assert [request.path for request in asked.requests] == ["/here"]


def test_a_certificate_that_nobody_vouches_for_is_said_to_be_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("no_proxy")
    with Newsroom({}, untrusted=frozenset({"forged.example"})) as newsroom:
        for name, value in newsroom.environment(tmp_path).items():
            monkeypatch.setenv(name, value)
        with pytest.raises(UnreachedError, match=r"^its certificate is not trusted: "):
            exchange("https://forged.example/", None, {})


@pytest.mark.parametrize("key", ["hunter2\nhunter3", "hunter2 …"])
def test_a_header_that_cannot_be_sent_is_not_shown(key: str) -> None:
    with LoopbackServer(lambda _: Answer()) as server, pytest.raises(UnreachedError) as raised:
        exchange(server.address, None, {"Authorization": key})
    assert "hunter" not in str(raised.value)
    assert "cannot be asked for" in str(raised.value)
