"""Who is told, as real servers on loopback: a receiver of webhooks and a mail server."""

from __future__ import annotations

import json
import re
import time
from asyncio import Server
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any
from urllib.parse import parse_qsl

import grapheme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from newsdiff_crawler.demo.loopback import Answer, Connection, LoopbackServer, Request
from newsdiff_crawler.telling.webhook import signature

KEY = b"0123456789abcdef0123456789abcdef"
SECRET = "whsec_" + b64encode(KEY).decode()
USER, PASSWORD = "newsdiff", "correct horse"


class _Posting(Connection):
    def do_POST(self) -> None:  # noqa: N802
        body = self.rfile.read(int(self.headers["Content-Length"]))
        assert isinstance(self.server, Hook)
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.take(Request("POST", self.path, headers), body).send(self)


class Hook(LoopbackServer):
    """Takes what is signed as the specification has it, and no older than five minutes; refuses
    everything else with 401. ``answers``: what is answered first, in place of 204. ``taker``:
    whether it takes a body; else it answers 500."""

    handler = _Posting

    def __init__(self, *answers: Answer) -> None:
        super().__init__(lambda _: Answer(status=404))
        self.answers = [*answers]
        self.asked = 0
        self.taker: Callable[[dict[str, Any]], bool] = lambda _: True
        self.taken: list[tuple[str, dict[str, Any]]] = []  # id and body

    def take(self, request: Request, body: bytes) -> Answer:
        self.asked += 1
        headers = request.headers
        name, sent_at = headers["webhook-id"], headers["webhook-timestamp"]
        is_signed = headers["webhook-signature"] == signature(KEY, name, sent_at, body)
        if not is_signed or abs(time.time() - int(sent_at)) > 300:
            return Answer(status=401)
        if not self.taker(json.loads(body)):
            return Answer(status=500)
        answer = self.answers.pop(0) if self.answers else Answer(status=204)
        if answer.status < 300:
            self.taken.append((name, json.loads(body)))
        return answer


class _PostingTo(Connection):
    def do_POST(self) -> None:  # noqa: N802
        body = self.rfile.read(int(self.headers["Content-Length"]))
        assert isinstance(self.server, Network)
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request("POST", self.path, headers)
        if "/media" in self.path:
            self.server.take_picture(request, body).send(self)
        else:
            self.server.take(request, dict(parse_qsl(body.decode()))).send(self)


class Network(LoopbackServer):
    """Takes posts as Mastodon does: with the token, of at most 500 characters as readers see them,
    links counted as 23, as replies to what is there; one with a known key only once. ``answers``:
    what is answered first."""

    handler = _PostingTo

    def __init__(self, *answers: Answer) -> None:
        super().__init__(lambda _: _reply(200, version="4.3.0", api_versions={"mastodon": 2}))
        self.answers = [*answers]
        self.posts: dict[str, dict[str, str]] = {}  # by id
        self.pictures: dict[str, str] = {}  # their texts, by id
        self._known: dict[str, str] = {}  # ids, by key

    def take(self, request: Request, form: dict[str, str]) -> Answer:
        if request.headers.get("authorization") != f"Bearer {PASSWORD}":
            return _reply(401, error="The access token is invalid")
        if self.answers:
            return self.answers.pop(0)
        if grapheme.length(re.sub(r"https?://\S+", "x" * 23, form["status"])) > 500:
            return _reply(422, error="Validation failed: Text character limit of 500 exceeded")
        if form.get("media_ids[]", "") not in {"", *self.pictures}:
            return _reply(422, error="Validation failed: no such picture")
        if form.get("in_reply_to_id", "") not in {"", *self.posts}:
            return _reply(404, error="Record not found")
        name = self._known.setdefault(request.headers["idempotency-key"], f"{len(self._known) + 1}")
        self.posts[name] = form
        return _reply(200, id=name)

    def take_picture(self, request: Request, body: bytes) -> Answer:
        """A PNG with a text of at most 1,500 characters."""
        if request.headers.get("authorization") != f"Bearer {PASSWORD}":
            return _reply(401, error="The access token is invalid")
        head = f"Content-Type: {request.headers['content-type']}\r\n\r\n".encode()
        form = message_from_bytes(head + body, policy=default)
        parts = {
            part.get_param("name", header="content-disposition"): part.get_payload(decode=True)
            for part in form.iter_parts()
        }
        text = bytes(parts["description"]).decode()
        if not bytes(parts["file"]).startswith(b"\x89PNG") or not 0 < grapheme.length(text) <= 1500:
            return _reply(422, error="Validation failed: a picture needs a text")
        name = str(len(self.pictures) + 100)
        self.pictures[name] = text
        return _reply(200, id=name, url="https://files.example/1.png")


def _reply(status: int, **said: Any) -> Answer:
    return Answer(json.dumps(said).encode(), status, {"Content-Type": "application/json"})


@dataclass
class Mails:
    """A mail server that took these. ``refusal``: what it answers to mail in place of taking it."""

    port: int = 0
    taken: list[EmailMessage] = field(default_factory=list)
    refusal: str = ""

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.refusal:
            return self.refusal
        assert isinstance(envelope.content, bytes)
        mail = message_from_bytes(envelope.content, policy=default)
        assert isinstance(mail, EmailMessage)
        self.taken.append(mail)
        return "250 OK"


class _Anywhere(Controller):
    """At a port that is free."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@contextmanager
def mail_server() -> Iterator[Mails]:
    """A mail server on loopback, that refuses a wrong password."""
    mails = Mails()

    def authenticate(*args: Any) -> AuthResult:
        login = args[-1]
        is_right = (login.login, login.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=is_right, handled=is_right)

    controller = _Anywhere(
        mails,
        hostname="127.0.0.1",
        port=0,
        authenticator=authenticate,
        auth_require_tls=False,
    )
    controller.start()
    assert controller.port
    mails.port = controller.port
    try:
        yield mails
    finally:
        controller.stop()
