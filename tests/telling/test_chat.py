"""Apprise, with a service of its own that posts JSON: a real server on loopback."""

from __future__ import annotations

import json
import logging
from dataclasses import replace

import pytest
import requests
from requests import sessions
from requests.adapters import HTTPAdapter

from newsdiff_crawler.demo.loopback import Answer, Request
from newsdiff_crawler.services import LARGEST
from newsdiff_crawler.telling.channel import NotSentError
from newsdiff_crawler.telling.chat import ChatChannel, bounded_answers
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


def test_of_an_answer_no_more_than_the_beginning_is_read() -> None:
    with Chat(Answer(b"x" * (50 * LARGEST))) as chat, bounded_answers():
        answer = requests.post(chat.address, json={}, timeout=60, proxies={"http": ""})
    assert len(answer.content) == LARGEST
    with Chat(Answer(b"x" * (50 * LARGEST))) as chat:
        ChatChannel(Secret(chat.address.replace("http", "json", 1))).send(MESSAGE)
    assert vars(sessions)["HTTPAdapter"] is HTTPAdapter


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
