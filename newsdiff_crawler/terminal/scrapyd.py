"""Scrapyd's JSON API, as much of it as scheduling needs."""

from __future__ import annotations

import json
import os
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email.message import Message as Headers
from netrc import NetrcParseError, netrc
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlencode, urlsplit

from newsdiff_crawler.services import Reply, UnreachedError, exchange
from newsdiff_crawler.store.engine.database import MOST_OFF
from newsdiff_crawler.times import clock_off, http_date

TIMEOUT = 60  # seconds; Scrapyd lists a new project's spiders before it answers
IS_THERE = 10  # seconds for what it knows by heart: one that stands still keeps the others waiting
LARGEST_ANSWER = 10_000_000  # bytes
LONGEST_PROBLEM = 500  # characters: a server may have written some of them
STRANGE = "answers, but not as Scrapyd does"

_Kind = TypeVar("_Kind")
Credentials = tuple[str, str]  # user and password
# The time that decides for all machines, in seconds since 1970; None: there is no such clock.
Clock = Callable[[], "float | None"]


class ScrapydError(Exception):
    """Scrapyd cannot do it; the message is one line for people."""


@dataclass(frozen=True)
class Scrapyd:
    """One project on one Scrapyd. ``url`` is http or https. Every method raises ScrapydError."""

    url: str
    project: str
    username: str = ""
    password: str = field(default="", repr=False)

    def spiders(self) -> set[str]:
        """The spiders that were deployed."""
        (spiders,), _ = self._call("listspiders.json", "spiders")
        return set(self._each(spiders, str))

    def at_work(self) -> tuple[list[str], datetime | None]:
        """The spider of each job that is pending or running, and what time it is there."""
        wanted = ("pending", "running")
        (pending, running), said = self._call("listjobs.json", *wanted, timeout=IS_THERE)
        jobs = [*self._each(pending, dict), *self._each(running, dict)]
        spiders = self._each([job.get("spider") for job in jobs], str)
        return spiders, http_date(said.get("Date", ""))

    def check_clock(self, its: datetime | None, right: float | None) -> None:
        """Where it is far from the right time, which is in seconds since 1970: the record refuses
        its crawls."""
        if its is None or right is None:
            return
        off = its.timestamp() - right
        if abs(off) > MOST_OFF:
            raise self._error(f"gets no jobs: its clock is {clock_off(off)} the record's server's")

    def queue(self, spider: str) -> None:
        """Adds a job for a spider."""
        self._call("schedule.json", "jobid", spider=spider)

    def _each(self, found: object, kind: type[_Kind]) -> list[_Kind]:
        """A list of that kind, as Scrapyd's are."""
        if not isinstance(found, list) or not all(isinstance(each, kind) for each in found):
            raise self._error(STRANGE)
        return found

    def _call(
        self, name: str, *wanted: str, spider: str | None = None, timeout: float = TIMEOUT
    ) -> tuple[list[Any], Headers]:
        """The ``wanted`` parts of an answer, and its headers; to a POST where a spider is given,
        else to a GET."""
        address = f"{self.url.rstrip('/')}/{name}"
        if spider is None:
            answer, said = self._answer(
                f"{address}?{urlencode({'project': self.project})}", None, timeout
            )
        else:
            form = urlencode({"project": self.project, "spider": spider})
            answer, said = self._answer(address, form.encode(), timeout)
        if answer.get("status") == "error":
            raise self._error(self._refusal(answer.get("message")))
        if not answer.keys() >= set(wanted):
            raise self._error(STRANGE)
        return [answer[part] for part in wanted], said

    def _answer(
        self, address: str, form: bytes | None, timeout: float
    ) -> tuple[dict[str, Any], Headers]:
        try:
            reply = exchange(address, form, self._credentials(), timeout, LARGEST_ANSWER)
        except UnreachedError as error:
            raise self._error(f"cannot be reached: {error}") from None
        if not reply.is_good:
            raise self._error(self._status(reply))
        try:
            answer = json.loads(reply.body)
        except (ValueError, RecursionError):
            raise self._error(STRANGE) from None
        return answer if isinstance(answer, dict) else {}, reply.headers

    def _credentials(self) -> dict[str, str]:
        if not self.username:
            return {}
        credentials = b64encode(f"{self.username}:{self.password}".encode()).decode()
        return {"Authorization": f"Basic {credentials}"}

    def _status(self, reply: Reply) -> str:
        if reply.status == 401 and self.username:
            return f"wrong password for {self.username}, or no such user"
        if reply.status == 401:
            return "wants a user name and a password"
        if "Location" in reply.headers:
            return f"redirects to {reply.headers['Location']}; please give that address"
        return f"{STRANGE} (HTTP {reply.status})"

    def _refusal(self, message: object) -> str:
        if not isinstance(message, str) or not message.strip():
            return STRANGE
        if message == f"project '{self.project}' not found":
            return f"the project {self.project} is not deployed there; please run scrapyd-deploy"
        return message.strip().splitlines()[-1]

    def _error(self, problem: str) -> ScrapydError:
        return ScrapydError(f"Scrapyd at {self.url}: {problem[:LONGEST_PROBLEM]}")


def kept_credentials() -> dict[str, Credentials]:
    """The user and password of each host in ~/.netrc, or in the file that NETRC names, as with curl
    and scrapyd-deploy. Raises ScrapydError, which quotes nothing of the file."""
    path = Path(os.environ.get("NETRC") or "~/.netrc").expanduser()
    try:
        known = netrc(path).hosts
    except FileNotFoundError:
        return {}
    except NetrcParseError as error:
        # Its words quote the file, and what is out of place there may be a password.
        place = f"line {error.lineno} is wrong" if error.lineno else "others may read it"
        raise ScrapydError(f"{path}: {place}") from None
    except (OSError, ValueError) as error:
        raise ScrapydError(f"{path} cannot be read: {type(error).__name__}") from None
    return {host: (user, password) for host, (user, _, password) in known.items() if password}


def nodes_at(
    urls: Iterable[str], project: str, usual: Credentials, kept: Mapping[str, Credentials]
) -> list[Scrapyd]:
    """A Scrapyd at each address, with the user and password that are kept for its host, or else
    the usual ones. One that is named twice, as ``http://node1:6800`` and ``http://NODE1:6800/``, is
    one: its jobs would be half of what is counted."""
    places = {_place(url): url for url in urls}.values()
    return [Scrapyd(url, project, *kept.get(urlsplit(url).hostname or "", usual)) for url in places]


def _place(url: str) -> tuple[str, str | None, int | None, str]:
    parts = urlsplit(url)
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    return parts.scheme, parts.hostname, parts.port or usual, parts.path.rstrip("/")


class Nodes:
    """Several Scrapyd that work on one record; a job goes to the one that has the fewest. One that
    does not answer, or whose clock is wrong, is passed by. ``away``: why each of those was."""

    def __init__(self, nodes: Sequence[Scrapyd], clock: Clock) -> None:
        self._jobs: dict[Scrapyd, list[str]] = {}
        self._of_others: set[str] = set()  # at work on those that are passed by
        self._spiders: dict[Scrapyd, set[str]] = {}
        self.away: list[ScrapydError] = []
        for node in nodes:
            with self._passing_by(node):
                self._jobs[node], its_time = node.at_work()
                node.check_clock(its_time, clock())

    @property
    def at_work(self) -> set[str]:
        """The spiders with a job that is pending or running, anywhere."""
        return self._of_others.union(*self._jobs.values())

    def queue(self, spider: str) -> bool:
        """Adds a job for a spider, whether or not that was heard of: who breaks off may have taken
        it, and no other is asked. False where no node that answers knows it."""
        for node in sorted(self._jobs, key=lambda node: len(self._jobs[node])):
            with self._passing_by(node):
                if node not in self._spiders:
                    self._spiders[node] = node.spiders()
            if spider in self._spiders.get(node, ()):
                with self._passing_by(node):
                    node.queue(spider)
                    self._jobs[node].append(spider)
                return True
        return False

    @property
    def all_are_away(self) -> bool:
        """Whether none answers."""
        return not self._jobs

    @contextmanager
    def _passing_by(self, node: Scrapyd) -> Iterator[None]:
        try:
            yield
        except ScrapydError as error:
            self.away.append(error)
            self._of_others.update(self._jobs.pop(node, ()))
