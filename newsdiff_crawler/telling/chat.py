"""Slack, Discord, Telegram, Matrix, ntfy and whatever else Apprise knows."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import Lock
from typing import Any

from newsdiff_crawler.services import LARGEST
from newsdiff_crawler.telling.channel import Channel, NotSentError, Sent
from newsdiff_crawler.telling.message import Message
from newsdiff_crawler.telling.secrets import Secret

INSTALL = "Apprise is not installed: pip install 'newsdiff_crawler[notify]'"
# Libraries that log addresses, which are secrets here.
_TALKATIVE = ("apprise", "urllib3", "requests", "httpx", "httpcore")
# Who sends at this moment, in a thread of its own.
_SENDERS: set[object] = set()
_LOCK = Lock()
# What chats take for a call of people, in text that is somebody else's.
_CALLS = re.compile(r"@(?=\w)|<(?=[!@#])")
# What they take for a link that says it leads elsewhere.
_LINKS = re.compile(r"\](?=\()|<(?=\w+:)")


class ChatChannel(Channel):
    """One address of Apprise's, which holds its own keys."""

    def __init__(self, url: Secret) -> None:
        try:
            import apprise
        except ImportError:
            raise NotSentError(INSTALL, is_down=True) from None
        bound_answers()
        self._apprise, self._url = apprise, url

    def send(self, message: Message) -> Sent:
        """As plain text, with signs around the words that changed: each service has its own ideas
        of markup, and none may be told what to do by what a newspaper wrote."""
        captured = self._apprise.LogCapture(level=logging.WARNING, fmt="%(message)s")  # type: ignore[no-untyped-call]
        with discreet(), captured as log:
            # What is meant for one server goes to no other.
            service = self._apprise.Apprise(asset=self._apprise.AppriseAsset(http_redirects=False))
            if not service.add(self._url.value):
                raise NotSentError("Apprise does not know such an address", is_down=True)
            for plugin in service:  # what is longer than a service takes goes out in parts
                plugin.overflow_mode = self._apprise.OverflowMode.SPLIT
            sent = service.notify(
                title=calls_nobody(leads_nowhere(message.title)),
                body=calls_nobody(leads_nowhere(message.as_text())),
                body_format=self._apprise.NotifyFormat.TEXT,
                interpret_escapes=False,
            )
            said = log.getvalue()
        if not sent:
            raise NotSentError(self._url.hidden_in(said) or "the service refused", is_down=True)
        return Sent()


def calls_nobody(text: str) -> str:
    """A text that no network takes for a call of people."""
    return _CALLS.sub(lambda match: f"{match[0]}\u200b", text)


def leads_nowhere(text: str) -> str:
    """A text that no chat takes for a link with words of its own: [safe](https://evil.example)."""
    return _LINKS.sub(lambda match: f"{match[0]}\u200b", text)


@cache
def bound_answers() -> None:
    """Of what a server answers, requests keeps the beginning from now on: by itself it reads
    whatever comes, and Apprise, which asks by it, lets nobody say how much. For the whole process,
    and never put back: a message that took too long is still being sent while others are."""
    from requests import adapters, sessions

    class Bounded(adapters.HTTPAdapter):
        def build_response(self, *args: Any, **given: Any) -> Any:
            answer = super().build_response(*args, **given)
            answer.raw = _Beginning(answer.raw)
            return answer

    sessions.HTTPAdapter = Bounded  # type: ignore[attr-defined]


class _Beginning:
    """An answer of urllib3's that ends after LARGEST bytes. Requests reads it, and says what went
    wrong."""

    def __init__(self, whole: Any) -> None:
        self._whole = whole

    def __getattr__(self, name: str) -> Any:
        return getattr(self._whole, name)

    def stream(self, size: int | None, decode_content: bool) -> Iterator[bytes]:
        """Parts of at most so many bytes; None: as large as may be."""
        left = LARGEST
        for part in self._whole.stream(min(size or LARGEST, LARGEST), decode_content):
            yield part[:left]
            left -= len(part)
            if left <= 0:
                self._whole.close()
                return


@contextmanager
def discreet() -> Iterator[None]:
    """What the libraries log stays with us, until the last one of those who send is done."""
    sender = object()
    with _LOCK:
        _SENDERS.add(sender)
        _hear_libraries()
    try:
        yield
    finally:
        with _LOCK:
            _SENDERS.remove(sender)
            _hear_libraries()


def _hear_libraries() -> None:
    for name in _TALKATIVE:
        logging.getLogger(name).propagate = not _SENDERS
