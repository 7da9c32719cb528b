"""Asking a clock on the web: one request, answered within bounds or not at all."""

from __future__ import annotations

from urllib.parse import urlsplit

from newsdiff_crawler.services import UnreachedError, exchange

_TIMEOUT = 10  # seconds
_LONGEST_LINE = 500  # characters: a server may have written some of them


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
    headers = {"Accept": accept} | ({"Content-Type": kind} if kind else {})
    try:
        reply = exchange(url, data, headers, _TIMEOUT)
    except UnreachedError as error:
        raise ClockError(f"{host_of(url)}: {error}") from None
    if not reply.is_good:
        raise ClockError(f"{host_of(url)}: HTTP {reply.status}", is_unknown=reply.status == 404)
    if reply.is_cut:
        raise ClockError(f"{host_of(url)}: its answer is too large")
    return reply.body
