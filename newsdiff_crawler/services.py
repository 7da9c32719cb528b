"""One request to a service, and what it answers: no redirect is followed, size and time are
bounded, and a failure is one line. By the standard library: certificates are verified, proxies and
SSL_CERT_FILE are taken from the environment."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from email.message import Message as Headers
from http.client import HTTPException, HTTPResponse
from ssl import SSLCertVerificationError
from urllib.error import URLError
from urllib.request import HTTPErrorProcessor, Request, build_opener

from newsdiff_crawler.times import seconds_to_wait, utc_now

TIMEOUT = 15  # seconds, for each answer
AGENT = "newsdiff_crawler"
LARGEST = 100_000  # bytes of an answer


class UnreachedError(Exception):
    """There was no answer; why, in words."""


@dataclass(frozen=True)
class Reply:
    """What a service answered. ``is_cut``: it said more than was read."""

    status: int
    headers: Headers
    body: bytes
    is_cut: bool

    @property
    def is_good(self) -> bool:
        """Whether it did what it was asked for."""
        return 200 <= self.status < 300

    @property
    def wait(self) -> timedelta | None:
        """What it asks for in ``Retry-After``."""
        seconds = seconds_to_wait(self.headers.get("Retry-After", ""), utc_now())
        return timedelta(seconds=seconds) if seconds else None


def exchange(
    url: str,
    body: bytes | None,
    headers: dict[str, str],
    timeout: float = TIMEOUT,
    largest: int = LARGEST,
) -> Reply:
    """Posts a body; without one it gets what is there. Raises UnreachedError."""
    said = {"User-Agent": AGENT, **headers}
    try:
        request = Request(url, body, said)  # noqa: S310 - http or https, as the settings check
        until = time.monotonic() + timeout
        with build_opener(_AsItIs).open(request, timeout=timeout) as answer:
            whole = b"".join(_parts(answer, largest, until))
    except (OSError, HTTPException, ValueError) as error:
        raise UnreachedError(_reason(error)) from None
    return Reply(answer.status, answer.headers, whole[:largest], len(whole) > largest)


class _AsItIs(HTTPErrorProcessor):
    """No status is an error, and none leads on: what is meant for one receiver goes to no other."""

    def http_response(self, request: Request, response: HTTPResponse) -> HTTPResponse:  # noqa: ARG002
        return response

    https_response = http_response


def _parts(answer: HTTPResponse, largest: int, until: float) -> Iterator[bytes]:
    """What comes, until it is more than wanted. Raises OSError where it ends too soon or comes too
    slowly."""
    promised = answer.length
    left = largest + 1 if promised is None else min(largest + 1, promised)
    while left > 0 and (part := answer.read1(left)):
        yield part
        left -= len(part)
        if time.monotonic() > until:
            raise TimeoutError("timed out")
    if left > 0 and promised is not None:
        raise ConnectionError("its answer broke off")


def _reason(error: Exception) -> str:
    cause = error.reason if isinstance(error, URLError) else error
    if isinstance(cause, TimeoutError):
        return "timed out"
    if isinstance(cause, SSLCertVerificationError):
        return f"its certificate is not trusted: {cause.verify_message}"
    if isinstance(cause, ValueError) and not isinstance(cause, OSError):  # may quote a key
        return "cannot be asked for: an address or a header is not what HTTP allows"
    said = getattr(cause, "strerror", None) or " ".join(str(cause).split())
    return said or type(cause).__name__
