"""Scrapyd's JSON API, as much of it as scheduling needs.

By the standard library: a handful of small requests every few minutes needs no further package.
Certificates are verified; proxies and SSL_CERT_FILE are taken from the environment.
"""

from __future__ import annotations

import json
from base64 import b64encode
from dataclasses import dataclass, field
from http.client import HTTPException
from ssl import SSLCertVerificationError
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

TIMEOUT = 60  # seconds; Scrapyd lists a new project's spiders before it answers
LARGEST_ANSWER = 10_000_000  # bytes
STRANGE = "answers, but not as Scrapyd does"


class ScrapydError(Exception):
    """Scrapyd cannot do it; the message is one line for people."""


class _NoRedirect(HTTPRedirectHandler):
    """A redirect would drop the password or show it to another server."""

    def redirect_request(self, *_: Any) -> None:
        return None


@dataclass(frozen=True)
class Scrapyd:
    """One project on one Scrapyd. ``url`` is http or https. Every method raises ScrapydError."""

    url: str
    project: str
    username: str = ""
    password: str = field(default="", repr=False)

    def spiders(self) -> set[str]:
        """The spiders that were deployed."""
        (spiders,) = self._call("listspiders.json", "spiders")
        return set(spiders)

    def at_work(self) -> set[str]:
        """The spiders with a job that is pending or running."""
        pending, running = self._call("listjobs.json", "pending", "running")
        return {job["spider"] for job in [*pending, *running]}

    def queue(self, spider: str) -> None:
        """Adds a job for a spider."""
        self._call("schedule.json", "jobid", spider=spider)

    def _call(self, name: str, *wanted: str, spider: str | None = None) -> list[Any]:
        """The ``wanted`` parts of an answer; to a POST where a spider is given, else to a GET."""
        address = f"{self.url.rstrip('/')}/{name}"
        if spider is None:
            request = Request(f"{address}?{urlencode({'project': self.project})}")  # noqa: S310
        else:
            form = urlencode({"project": self.project, "spider": spider})
            request = Request(address, form.encode())  # noqa: S310 - http or https
        answer = self._answer(request)
        if answer.get("status") == "error":
            raise self._error(self._refusal(str(answer.get("message"))))
        if not answer.keys() >= set(wanted):
            raise self._error(STRANGE)
        return [answer[part] for part in wanted]

    def _answer(self, request: Request) -> dict[str, Any]:
        if self.username:
            credentials = b64encode(f"{self.username}:{self.password}".encode()).decode()
            request.add_header("Authorization", f"Basic {credentials}")
        try:
            with build_opener(_NoRedirect).open(request, timeout=TIMEOUT) as response:
                answer = json.loads(response.read(LARGEST_ANSWER))
        except HTTPError as error:
            with error:
                raise self._error(self._status(error)) from error
        except (OSError, HTTPException) as error:
            raise self._error(_reason(error)) from error
        except ValueError as error:
            raise self._error(STRANGE) from error
        return answer if isinstance(answer, dict) else {}

    def _status(self, error: HTTPError) -> str:
        if error.code == 401 and self.username:
            return f"wrong password for {self.username}, or no such user"
        if error.code == 401:
            return "wants a user name and a password"
        if "Location" in error.headers:
            return f"redirects to {error.headers['Location']}; please give that address"
        return f"{STRANGE} (HTTP {error.code})"

    def _refusal(self, message: str) -> str:
        if message == f"project '{self.project}' not found":
            return f"the project {self.project} is not deployed there; please run scrapyd-deploy"
        return message.strip().splitlines()[-1]

    def _error(self, problem: str) -> ScrapydError:
        return ScrapydError(f"Scrapyd at {self.url}: {problem}")


def _reason(error: Exception) -> str:
    cause = error.reason if isinstance(error, URLError) else error
    if isinstance(cause, SSLCertVerificationError):
        return f"its certificate is not trusted: {cause.verify_message}"
    reason = getattr(cause, "strerror", None) or str(cause) or type(cause).__name__
    return f"cannot be reached: {reason}"
