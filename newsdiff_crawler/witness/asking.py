"""Asking a clock on the web: one request, answered within bounds or not at all."""

from __future__ import annotations

import time
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

TIMEOUT = 10.0  # seconds
_LONGEST_LINE = 500  # characters: a server may have written some of them
_LARGEST = 100_000  # bytes of an answer; those of real services have 10,000 at most


class ClockError(Exception):
    """An outside clock gave no stamp that is good; the message is one line that names it.
    ``is_unknown``: it knows nothing of what it was asked for."""

    def __init__(self, line: str, *, is_unknown: bool = False) -> None:
        shown = "".join(sign if sign.isprintable() else "\ufffd" for sign in line[:_LONGEST_LINE])
        super().__init__(shown)
        self.is_unknown = is_unknown


def host_of(url: str) -> str:
    """Of a service, for people: without a password."""
    return urlsplit(url).netloc.rpartition("@")[2]


def ask(url: str, accept: str, data: bytes | None = None, kind: str = "") -> bytes:
    """What is answered, to a POST where there is data. Raises ClockError."""
    host = host_of(url)
    headers = {"Accept": accept, "User-Agent": "newsdiff_crawler"}
    request = Request(url, data, headers | ({"Content-Type": kind} if kind else {}))  # noqa: S310
    until = time.monotonic() + TIMEOUT
    answer = b""
    try:
        with build_opener(_NoRedirect).open(request, timeout=TIMEOUT) as response:
            while part := response.read1(_LARGEST):
                answer += part
                if len(answer) > _LARGEST:
                    raise ClockError(f"{host}: its answer is too large")
                if time.monotonic() > until:
                    raise ClockError(f"{host}: timed out")
    except HTTPError as error:
        with error:
            raise ClockError(f"{host}: HTTP {error.code}", is_unknown=error.code == 404) from None
    except (OSError, HTTPException, ValueError) as error:
        raise ClockError(f"{host}: {_reason(error)}") from None
    return answer


def _reason(error: Exception) -> str:
    cause = error.reason if isinstance(error, URLError) else error
    if isinstance(cause, TimeoutError):
        return "timed out"
    return " ".join(str(cause).split()) or type(cause).__name__


class _NoRedirect(HTTPRedirectHandler):
    """A clock answers itself."""

    def redirect_request(self, *_: object) -> None:
        return None
