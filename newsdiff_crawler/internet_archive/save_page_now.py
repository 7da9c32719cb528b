"""Save Page Now, the Internet Archive's way to be asked for a copy of a page. It takes a job at
once and says later what became of it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from newsdiff_crawler.services import UnreachedError, exchange
from newsdiff_crawler.telling.message import one_line
from newsdiff_crawler.telling.secrets import Secret

TIMEOUT = 60  # seconds: it may look at the page before it answers
RECENT = "15m"  # a copy of so recent is as good, where one is asked for again
# Of what is asked for in one minute it takes no more.
A_MINUTE, A_MINUTE_WITHOUT_KEYS = 6, 3
_JOB = re.compile(r"spn2-[0-9a-zA-Z]+")
_MOMENT = re.compile(r"\d{14}")
# What it says of itself and not of the page.
_BUSY = {"user-session-limit", "no-browsers-available", "celery", "capture-queue-full"}
# Pages that it will never copy.
_NEVER = {
    *("blocked", "blocked-url", "blocked-client-ip", "forbidden", "no-access", "unauthorized"),
    *("not-found", "gone", "method-not-allowed", "not-implemented", "too-many-daily-captures"),
    *("invalid-url-syntax", "invalid-host-resolution", "ftp-access-denied", "filesize-limit"),
    "network-authentication-required",
}


class ArchiveDownError(Exception):
    """The archive takes nothing at present; why, in one line. ``wait``: what it asks for."""

    def __init__(self, said: str, wait: timedelta | None = None) -> None:
        super().__init__(said)
        self.wait = wait


class NoCopyError(Exception):
    """There will be no copy; why, in one line. ``for_good``: to ask again is no use."""

    def __init__(self, said: str, *, for_good: bool) -> None:
        super().__init__(said)
        self.for_good = for_good


@dataclass(frozen=True)
class Keys:
    """Of an account at the Internet Archive."""

    access: Secret
    secret: Secret

    def headers(self) -> dict[str, str]:
        """What shows who asks."""
        return {"Authorization": f"LOW {self.access.value}:{self.secret.value}"}

    def hidden_in(self, text: str) -> str:
        """A text of the archive's without the keys."""
        return self.secret.hidden_in(self.access.hidden_in(text))


class SavePageNow:
    """At one address; without keys it takes half as much."""

    def __init__(self, address: str, keys: Keys | None) -> None:
        self._address, self._keys = address, keys

    @property
    def pace(self) -> timedelta:
        """From one request for a copy to the next."""
        return timedelta(minutes=1) / (A_MINUTE if self._keys else A_MINUTE_WITHOUT_KEYS)

    def ask(self, url: str) -> str:
        """Asks for a copy: the name of the job. Raises ArchiveDownError and NoCopyError."""
        form = {"url": url, "if_not_archived_within": RECENT, "skip_first_archive": "1"}
        said = self._said("save", urlencode(form).encode())
        job = _JOB.search(str(said.get("job_id") or said.get("page") or ""))
        if job is None:
            self._refuse(said)
            raise ArchiveDownError(f"{self._host} answers, but names no job")
        return job[0]

    def look(self, job: str) -> str:
        """The address of the copy that a job made; empty while it is at it. Raises ArchiveDownError
        and NoCopyError."""
        said = self._said(f"save/status/{quote(job, safe='')}", None)
        if said.get("status") == "pending":
            return ""
        moment, url = str(said.get("timestamp")), str(said.get("original_url"))
        if said.get("status") == "success" and _MOMENT.fullmatch(moment) and _is_web(url):
            return f"{self._address}/web/{moment}/{url}"
        self._refuse(said)
        raise NoCopyError("the archive does not say what became of it", for_good=False)

    def _said(self, path: str, form: bytes | None) -> dict[str, Any]:
        headers = {"Accept": "application/json", **(self._keys.headers() if self._keys else {})}
        try:
            reply = exchange(f"{self._address}/{path}", form, headers, TIMEOUT)
        except UnreachedError as error:
            raise ArchiveDownError(self._hidden(f"{self._host}: {error}")) from None
        said = _object(reply.body)
        if reply.status == 401:
            raise ArchiveDownError(f"{self._host} refused the keys")
        if reply.status == 429:
            raise ArchiveDownError(f"{self._host} wants fewer requests", reply.wait)
        if reply.status >= 500 and not said.get("status_ext"):
            raise ArchiveDownError(f"{self._host}: HTTP {reply.status}", reply.wait)
        return said

    def _refuse(self, said: dict[str, Any]) -> None:
        kind = str(said.get("status_ext") or "").removeprefix("error:")
        if not kind:
            return
        line = one_line(self._hidden(str(said.get("message") or kind)))
        if kind in _BUSY:
            raise ArchiveDownError(f"{self._host}: {line}")
        raise NoCopyError(line, for_good=kind in _NEVER)

    def _hidden(self, text: str) -> str:
        return self._keys.hidden_in(text) if self._keys else text

    @property
    def _host(self) -> str:
        return str(urlsplit(self._address).hostname)


def _object(body: bytes) -> dict[str, Any]:
    """What it says; a page for people, which those without keys get, as ``page``."""
    text = body.decode(errors="replace")
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return {"page": text}
    return said if isinstance(said, dict) else {}


def _is_web(url: str) -> bool:
    return url.startswith(("https://", "http://")) and url.isprintable() and " " not in url
