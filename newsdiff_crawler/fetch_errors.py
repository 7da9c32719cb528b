"""Why a page could not be fetched, in words."""

from __future__ import annotations

from dataclasses import dataclass

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from twisted.python.failure import Failure

from newsdiff_crawler.items import Outcome

_REASONS: dict[type[Exception], str] = {
    CannotResolveHostError: "the host name is unknown",
    DownloadCancelledError: "the answer is larger than allowed",
    DownloadConnectionRefusedError: "connection refused",
    DownloadTimeoutError: "timed out",
    ResponseDataLossError: "the answer was cut off",
}


@dataclass(frozen=True)
class Problem:
    """How a look ends that brought no answer, and the reason in one line."""

    outcome: Outcome
    reason: str


def explain(failure: Failure) -> Problem:
    """What a failed fetch means for the check, from the failure that Scrapy reports."""
    error = failure.value
    for kind, reason in _REASONS.items():
        if isinstance(error, kind):
            return Problem("failed", reason)
    if isinstance(error, IgnoreRequest):
        return _ignored(str(error))
    return Problem("failed", f"{type(error).__name__}: {_one_line(error)}")


def _ignored(message: str) -> Problem:
    if "robots.txt" in message:
        return Problem("blocked", "robots.txt forbids it")
    return Problem("failed", message or "the request was not allowed")


def _one_line(error: BaseException | None) -> str:
    return " ".join(str(error).split())[:200]
