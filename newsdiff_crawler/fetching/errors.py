"""Why a page could not be fetched, in words."""

from __future__ import annotations

from dataclasses import dataclass

from OpenSSL.SSL import Error as TLSError
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from service_identity import VerificationError
from twisted.internet.error import ConnectError, ConnectionLost
from twisted.python.failure import Failure

from newsdiff_crawler.items import Outcome
from newsdiff_crawler.store.writing.hosts import BackOff


class HeadTooLargeError(Exception):
    """The status and headers of an answer do not come to an end."""


BLOCKED_STATUSES = (401, 403, 429, 451, 503)
ABSENT_STATUSES = (404, 410)
# The host itself is at fault, not the page that was asked for.
UNANSWERED = (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ConnectError,  # no route
)
# Of these, what was asked was never reached: by name, by route, or through our own proxy.
_UNREACHED = (CannotResolveHostError, ConnectError)
_UNREACHED_BY_PROXY = (DownloadConnectionRefusedError, DownloadTimeoutError)
_REASONS: dict[type[Exception], str] = {
    CannotResolveHostError: "the host name is unknown",
    ConnectError: "there is no way to the host",
    ConnectionLost: "the connection was dropped",
    DownloadCancelledError: "the answer is larger than allowed",
    DownloadConnectionRefusedError: "connection refused",
    DownloadTimeoutError: "timed out",
    HeadTooLargeError: "the head of the answer is larger than allowed",
    ResponseDataLossError: "the answer was cut off",
    VerificationError: "the certificate is for another host",
}
# What Scrapy says when it gives a request up, and what that means.
_IGNORED = {
    "max redirections reached": "redirected too often",
    "exceeded DOWNLOAD_MAXSIZE": "the answer is larger than allowed",
}


class NotSentError(IgnoreRequest):
    """The request was not sent, for a reason that will pass."""


class HostIsBusy(NotSentError):  # noqa: N818 - no error
    """Other crawls are asking the host as much as it may be asked."""


class HostBackedOff(NotSentError):  # noqa: N818 - no error
    """The host is left alone for now."""

    def __init__(self, back_off: BackOff) -> None:
        super().__init__(str(back_off))
        self.back_off = back_off


class NoRobotsError(IgnoreRequest):
    """A host's robots.txt cannot be read; the message says why."""


class Forbidden(IgnoreRequest):
    """robots.txt forbids the request."""


@dataclass(frozen=True)
class Problem:
    """How a check ends that brought no answer, and the reason in one line."""

    outcome: Outcome
    reason: str


def explain(failure: Failure) -> Problem:
    """What a failed fetch means for the check, from the failure that Scrapy reports."""
    error = failure.value
    if isinstance(error, Forbidden):
        return Problem("blocked", "robots.txt forbids it")
    return Problem("failed", reason_of(error))


def reason_of(error: BaseException | None) -> str:
    """The reason of a failed fetch, in one line."""
    if isinstance(error, DownloadFailedError):
        # Twisted's error holds what went wrong, the first cause first.
        causes = getattr(error.__cause__, "reasons", [])
        return reason_of(causes[0].value) if causes else _one_line(error)
    if isinstance(error, IgnoreRequest):
        return _ignored(str(error))
    if isinstance(error, TLSError) and "certificate verify failed" in str(error):
        return "the certificate is not trusted"
    for kind, reason in _REASONS.items():
        if isinstance(error, kind):
            return reason
    return f"{type(error).__name__}: {_one_line(error)}"


def is_unreached(error: BaseException, by_proxy: bool) -> bool:
    """Whether a fetch failed on our side, so that it says nothing of the host."""
    kinds = (*_UNREACHED, *_UNREACHED_BY_PROXY) if by_proxy else _UNREACHED
    return isinstance(error, kinds)


def _ignored(message: str) -> str:
    known = (reason for sign, reason in _IGNORED.items() if sign in message)
    return next(known, message or "the request was not allowed")


def _one_line(error: BaseException | None) -> str:
    return " ".join(str(error).split())[:200]
