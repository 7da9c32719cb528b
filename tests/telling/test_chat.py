"""Apprise, with a service of its own that posts JSON: a real server on loopback."""

from __future__ import annotations

import json
import logging
from contextlib import ExitStack, suppress
from dataclasses import replace

import pytest
import requests

from newsdiff_crawler.demo.loopback import Answer, Connection, Request
from newsdiff_crawler.services import LARGEST
from newsdiff_crawler.telling.channel import NotSentError
from newsdiff_crawler.telling.chat import ChatChannel, bound_answers, discreet
from newsdiff_crawler.telling.message import Message
from newsdiff_crawler.telling.secrets import Secret
from tests.support.receivers import Hook
from tests.support.records import add_article, story
from tests.telling.conftest import Desk

# Apprise imports it on Pythons that still have it.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")
TOKEN = "path-token-7b"

MESSAGE = Message("n", "all", "2025-04-22T15:00:00Z", "Title", text="It rains.")


class Chat(Hook):
    """Takes anything."""

    def take(self, request: Request, body: bytes) -> Answer:
        answer = self.answers.pop(0) if self.answers else Answer(b"not json")
        self.taken.append((request.url, json.loads(body)))
        return answer


def test_a_change_is_told_in_plain_text_and_calls_nobody(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.says(
        '[watch.all]\nchannels = ["chat"]\n[channel.chat]\nkind = "apprise"\nurl = "CHAT_URL"\n'
    )
    before = story("Calm", "Nobody came.")
    add_article(desk.store, before, story("Call @everyone <!channel>", "Everybody came."))
    with Chat() as chat:
        monkeypatch.setenv("CHAT_URL", f"json://127.0.0.1:{chat.server_address[1]}/{TOKEN}")
        assert desk.round().lines == ()
    ((_, body),) = chat.taken
    assert body["title"] == "The Paper: Calm → Call @\u200beveryone <\u200b!channel>"
    assert "[-Nobody-]{+Everybody+} came." in body["message"]
    assert "What changed: https://site.example/" in body["message"]


@pytest.mark.parametrize(
    "headline", ["[The mayor](https://evil.example) speaks", "Read <https://evil.example|this>"]
)
def test_no_link_of_a_headline_hides_where_it_leads(headline: str) -> None:
    with Chat() as chat:
        url = f"json://127.0.0.1:{chat.server_address[1]}/"
        ChatChannel(Secret(url)).send(replace(MESSAGE, title=headline, text=headline))
    ((_, body),) = chat.taken
    assert "](" not in str(body)
    assert "<https" not in str(body)


def test_a_redirect_leads_nothing_elsewhere() -> None:
    with Chat() as elsewhere:
        there = Answer(status=307, headers={"Location": f"{elsewhere.address}/there"})
        with Chat(there) as chat, pytest.raises(NotSentError):
            ChatChannel(Secret(chat.address.replace("http", "json", 1))).send(MESSAGE)
    assert elsewhere.taken == []


class Vast(Answer):
    """A hundred megabytes, or what is written until the client hangs up."""

    written = 0

    def send(self, connection: Connection) -> None:
        self.send_head(connection, 1000 * LARGEST)
        with suppress(OSError):
            for _ in range(1000):
                connection.wfile.write(b"x" * LARGEST)
                vars(self)["written"] = self.written + LARGEST


def test_of_an_answer_no_more_than_the_beginning_is_read() -> None:
    answer = Vast()
    with Chat(answer) as chat:
        ChatChannel(Secret(chat.address.replace("http", "json", 1))).send(MESSAGE)
    # What the two ends of a connection keep in between is megabytes too.
    assert answer.written < 500 * LARGEST  # 50 MB


def test_the_bound_stays_for_who_still_sends_when_another_one_is_done() -> None:
    with Chat() as chat:
        ChatChannel(Secret(chat.address.replace("http", "json", 1))).send(MESSAGE)
    with Chat(Answer(b"x" * LARGEST + b"y")) as chat:
        answer = requests.post(chat.address, json={}, timeout=60, proxies={"http": ""})
    assert answer.content == b"x" * LARGEST


class Cut(Answer):
    """Promises more than it says."""

    def send(self, connection: Connection) -> None:
        self.send_head(connection, len(self.body) + 1)
        connection.wfile.write(self.body)
        connection.close_connection = True


@pytest.mark.parametrize(
    "answer",
    [
        Answer(b"no gzip", headers={"Content-Encoding": "gzip"}),
        Cut(b"cut"),
        Cut(b"no chunk", headers={"Transfer-Encoding": "chunked"}),
    ],
    ids=["encoding", "cut", "chunks"],
)
def test_an_answer_that_cannot_be_read_is_an_error_that_apprise_knows(answer: Answer) -> None:
    bound_answers()
    with Chat(answer) as chat, pytest.raises(requests.RequestException):
        requests.post(chat.address, json={}, timeout=60, proxies={"http": ""})


def test_a_message_that_was_given_up_lets_no_library_speak_of_the_next(
    caplog: pytest.LogCaptureFixture,
) -> None:
    given_up = ExitStack()
    given_up.enter_context(discreet())
    with discreet():
        given_up.close()
        logging.getLogger("urllib3").warning("a secret")
    logging.getLogger("urllib3").warning("no secret")
    assert caplog.messages == ["no secret"]


def test_no_log_and_no_line_has_a_part_of_the_address(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with Chat(Answer(status=403)) as chat:
        url = f"json://user:hunter2@127.0.0.1:{chat.server_address[1]}/{TOKEN}"
        channel = ChatChannel(Secret(url))
        with pytest.raises(NotSentError) as raised:
            channel.send(MESSAGE)
    everything = f"{caplog.text} {raised.value!r} {channel!r} {vars(channel)!r}"
    assert not [word for word in (TOKEN, "hunter2") if word in everything]
    assert "403" in str(raised.value)


@pytest.mark.parametrize("url", ["nosuch://hunter2", "hunter2", "slack://hunter2"])
def test_an_address_that_apprise_does_not_know_is_one_line(url: str) -> None:
    channel = ChatChannel(Secret(url))
    with pytest.raises(NotSentError) as raised:
        channel.send(MESSAGE)
    assert str(raised.value) == "Apprise does not know such an address"
