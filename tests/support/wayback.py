"""The Wayback Machine on loopback: takes requests for copies as Save Page Now does."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from newsdiff_crawler.demo.loopback import Answer, Connection, LoopbackServer, Request

ACCESS, SECRET = "access-key-of-ours", "secret-key-of-ours"


class _Asking(Connection):
    def do_POST(self) -> None:  # noqa: N802
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        headers = {name.lower(): value for name, value in self.headers.items()}
        assert isinstance(self.server, SavePages)
        self.server.take(Request("POST", self.path, headers), form["url"][0]).send(self)


class SavePages(LoopbackServer):
    """Takes six requests a minute of those with keys, three of others, and answers 429 to more;
    each job is done when it is looked at the second time. ``now``: the clock that it goes by.
    ``answers``: what is answered first, to whatever is asked; ``outcomes``: what becomes of a page
    in place of a copy, by its address."""

    handler = _Asking

    def __init__(self, now: Callable[[], datetime], *answers: Answer) -> None:
        super().__init__(self._look)
        self.now = now
        self.answers = [*answers]
        self.outcomes: dict[str, dict[str, Any]] = {}
        self.asked: list[tuple[str, datetime]] = []
        self.refused = 0  # requests that came too soon
        self._looks: dict[str, int] = {}

    def take(self, request: Request, url: str) -> Answer:
        """A request for a copy."""
        keys = request.headers.get("authorization")
        if self.answers:
            return self.answers.pop(0)
        if keys not in (None, f"LOW {ACCESS}:{SECRET}"):
            return json_answer(401, message="You need to be logged in to use Save Page Now.")
        last_minute = [at for _, at in self.asked if self.now() - at < timedelta(minutes=1)]
        if len(last_minute) >= (6 if keys else 3):
            self.refused += 1
            return json_answer(429)
        self.asked.append((url, self.now()))
        job = f"spn2-{len(self.asked):040x}"
        if keys is None:
            page = f'<html><script>spn.watchJob("{job}", "/_static/");</script></html>'
            return Answer(page.encode(), headers={"Content-Type": "text/html"})
        return json_answer(200, url=url, job_id=job)

    def _look(self, request: Request) -> Answer:
        if self.answers:
            return self.answers.pop(0)
        job = urlsplit(request.url).path.removeprefix("/save/status/")
        url, at = self.asked[int(job.removeprefix("spn2-"), 16) - 1]
        self._looks[job] = self._looks.get(job, 0) + 1
        if self._looks[job] == 1:
            return json_answer(200, status="pending", job_id=job)
        outcome = self.outcomes.get(url)
        if outcome:
            return json_answer(200, status="error", job_id=job, **outcome)
        moment = at.strftime("%Y%m%d%H%M%S")
        return json_answer(200, status="success", timestamp=moment, original_url=url)


def json_answer(code: int, **said: Any) -> Answer:
    """As the archive answers programs."""
    return Answer(json.dumps(said).encode(), code, {"Content-Type": "application/json"})
