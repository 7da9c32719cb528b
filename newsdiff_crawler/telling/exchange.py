"""One request to a service, and what it answers: no redirect is followed, and a failure is one
line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from email.message import Message as Headers
from email.utils import parsedate_to_datetime
from http.client import HTTPException, HTTPResponse
from urllib.error import URLError
from urllib.request import HTTPErrorProcessor, Request, build_opener

TIMEOUT = 15  # seconds, for each answer
AGENT = "newsdiff_crawler"
MOST_READ = 100_000  # bytes of an answer
_LONGEST_WAIT = timedelta(days=1)


class UnreachedError(Exception):
    """There was no answer; why, in words."""


@dataclass(frozen=True)
class Reply:
    """What a service answered."""

    status: int
    headers: Headers
    body: bytes

    @property
    def wait(self) -> timedelta | None:
        """What it asks for in ``Retry-After``."""
        return wait_of(self.headers.get("Retry-After", ""))


def exchange(
    url: str, body: bytes | None, headers: dict[str, str], timeout: float = TIMEOUT
) -> Reply:
    """Posts a body; without one it gets what is there. Raises UnreachedError."""
    said = {"User-Agent": AGENT, **headers}
    try:
        request = Request(url, body, said)  # noqa: S310 - http or https, as the settings check
        with build_opener(_AsItIs).open(request, timeout=timeout) as answer:
            return Reply(answer.status, answer.headers, answer.read(MOST_READ))
    except (OSError, HTTPException, ValueError) as error:
        raise UnreachedError(_reason(error)) from None


class _AsItIs(HTTPErrorProcessor):
    """No status is an error, and none leads on: what is signed for one receiver goes to no
    other."""

    def http_response(self, request: Request, response: HTTPResponse) -> HTTPResponse:  # noqa: ARG002
        return response

    https_response = http_response


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
