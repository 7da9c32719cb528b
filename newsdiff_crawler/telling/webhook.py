"""Webhooks after the specification Standard Webhooks (standardwebhooks.com)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from datetime import timedelta
from urllib.parse import urlsplit

from newsdiff_crawler.services import UnreachedError, exchange
from newsdiff_crawler.telling.channel import Channel, NotSentError, Sent
from newsdiff_crawler.telling.channels_table import WebhookTable
from newsdiff_crawler.telling.message import Message
from newsdiff_crawler.telling.secrets import Secret, SecretError

PREFIX = "whsec_"
SHORTEST_KEY = 24  # bytes, as the specification has it
_OF_THE_MESSAGE = {400, 413, 415, 422}  # what the receiver refuses; another may go


class WebhookChannel(Channel):
    """One receiver."""

    def __init__(self, table: WebhookTable, secret: Secret) -> None:
        self._url, self._name, self._secret = table.url, table.secret, secret
        self._key()

    def send(self, message: Message) -> Sent:
        """The time that is signed is that of the attempt; the id is the message's."""
        body = json.dumps(message.as_data(), ensure_ascii=False).encode()
        sent_at = str(int(time.time()))
        name = f"msg_{message.name}"
        headers = {
            "Content-Type": "application/json",
            "webhook-id": name,
            "webhook-timestamp": sent_at,
            "webhook-signature": signature(self._key(), name, sent_at, body),
        }
        self._post(body, headers)
        return Sent()

    def _key(self) -> bytes:
        try:
            key = base64.b64decode(self._secret.value.removeprefix(PREFIX), validate=True)
        except ValueError:
            key = b""
        if len(key) < SHORTEST_KEY:
            expected = f"{PREFIX} and base64 of {SHORTEST_KEY} bytes or more"
            raise SecretError(f"the secret {self._name} is no key: expected {expected}")
        return key

    def _post(self, body: bytes, headers: dict[str, str]) -> None:
        try:
            reply = exchange(self._url, body, headers)
        except UnreachedError as error:
            raise self._not_sent(str(error)) from None
        if not reply.is_good:
            is_down = reply.status not in _OF_THE_MESSAGE
            raise self._not_sent(f"HTTP {reply.status}", is_down=is_down, wait=reply.wait)

    def _not_sent(
        self, said: str, *, is_down: bool = True, wait: timedelta | None = None
    ) -> NotSentError:
        """The rest of the address may be as good as a password."""
        host = urlsplit(self._url).hostname
        line = self._secret.hidden_in(f"{host}: {said}").replace(self._url, str(host))
        return NotSentError(line, is_down=is_down, wait=wait)


def signature(key: bytes, name: str, sent_at: str, body: bytes) -> str:
    """As the receiver makes it itself, to compare."""
    signed = b".".join([name.encode(), sent_at.encode(), body])
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
