"""Webhooks after the specification Standard Webhooks (standardwebhooks.com)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import time
from datetime import datetime, timedelta, timezone
from email.message import Message as Headers
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from newsdiff_crawler.telling.channel import TIMEOUT, Channel, NotSentError, Sent
from newsdiff_crawler.telling.channels_table import WebhookTable
from newsdiff_crawler.telling.message import Message
from newsdiff_crawler.telling.secrets import Secret, SecretError

PREFIX = "whsec_"
_READ = 10_000  # bytes of an answer, which says nothing that we need
_OF_THE_MESSAGE = {400, 413, 415, 422}  # what the receiver refuses; another may go
_LONGEST_WAIT = timedelta(days=1)


class WebhookChannel(Channel):
    """One receiver."""

    def __init__(self, table: WebhookTable, secret: Secret) -> None:
        self._url, self._name, self._secret = table.url, table.secret, secret

    def send(self, message: Message) -> Sent:
        """The time that is signed is that of the attempt; the id is the message's."""
        body = json.dumps(message.as_data(), ensure_ascii=False).encode()
        sent_at = str(int(time.time()))
        name = f"msg_{message.name}"
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "newsdiff_crawler",
            "webhook-id": name,
            "webhook-timestamp": sent_at,
            "webhook-signature": signature(self._key(), name, sent_at, body),
        }
        self._post(Request(self._url, body, headers))  # noqa: S310 - http or https
        return Sent()

    def _key(self) -> bytes:
        try:
            return base64.b64decode(self._secret.value.removeprefix(PREFIX), validate=True)
        except binascii.Error:
            raise SecretError(
                f"the secret {self._name} is no key: {PREFIX} and base64 is expected"
            ) from None

    def _post(self, request: Request) -> None:
        try:
            with build_opener(_NoRedirect).open(request, timeout=TIMEOUT) as response:
                response.read(_READ)
        except HTTPError as error:
            with error:
                raise self._refused(error.code, error.headers) from None
        except (OSError, HTTPException, ValueError) as error:
            raise self._not_sent(_reason(error)) from None

    def _refused(self, status: int, headers: Headers) -> NotSentError:
        wait = wait_of(headers.get("Retry-After", ""))
        return self._not_sent(f"HTTP {status}", is_down=status not in _OF_THE_MESSAGE, wait=wait)

    def _not_sent(
        self, said: str, *, is_down: bool = True, wait: timedelta | None = None
    ) -> NotSentError:
        """The rest of the address may be as good as a password."""
        host = urlsplit(self._url).hostname
        line = self._secret.hidden_in(f"{host}: {said}").replace(self._url, str(host))
        return NotSentError(line, is_down=is_down, wait=wait)


class _NoRedirect(HTTPRedirectHandler):
    """What is signed for one receiver goes to no other."""

    def redirect_request(self, *_: Any) -> None:
        return None


def signature(key: bytes, name: str, sent_at: str, body: bytes) -> str:
    """As the receiver makes it itself, to compare."""
    signed = b".".join([name.encode(), sent_at.encode(), body])
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def wait_of(header: str) -> timedelta | None:
    """What a header ``Retry-After`` asks for, no more than a day; None: nothing that makes
    sense."""
    try:
        if header.strip().isdecimal():
            wait = timedelta(seconds=min(int(header), 86_400))
        else:
            wait = parsedate_to_datetime(header) - datetime.now(timezone.utc)
    except (ValueError, TypeError, OverflowError):
        return None
    return min(wait, _LONGEST_WAIT) if wait > timedelta() else None


def _reason(error: Exception) -> str:
    cause = error.reason if isinstance(error, URLError) else error
    return getattr(cause, "strerror", None) or str(cause) or type(cause).__name__
