"""Links of feeds that lie on other hosts: each is asked once whether it leads to the source, as
those of FeedBurner, t.co and the like do. Nothing but where it leads is used."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import urljoin

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from newsdiff_crawler.fetching.errors import NotSentError
from newsdiff_crawler.fetching.headers import header
from newsdiff_crawler.fetching.host_limits import HostLimits
from newsdiff_crawler.fetching.source_hosts import MAY_LEAVE_SOURCE
from newsdiff_crawler.run import Run
from newsdiff_crawler.urls import clean, host_of

logger = logging.getLogger(__name__)

MOST_ASKED = 20  # links, by one crawl
TRIES = 3  # links of a host, to see whether it leads anywhere
MOST_HOPS = 5
_REDIRECTS = (301, 302, 303, 307, 308)
_META = {
    MAY_LEAVE_SOURCE: True,
    "dont_redirect": True,
    "dont_retry": True,
    "download_maxsize": 1_000_000,  # bytes; a page of stories is not read
}


@dataclass
class _Host:
    """What a host's links came to. ``open``: asked and not answered yet; ``waiting``: asked if one
    of these leads somewhere."""

    asked: int
    led: int
    open: int = 0
    waiting: deque[str] = field(default_factory=deque)

    def is_plain(self) -> bool:
        """Whether its links are known to lead nowhere."""
        return not self.led and self.asked >= TRIES and not self.open


class OutsideLinks:
    """Of a run. ``learned`` is told of each link that was asked."""

    def __init__(self, run: Run, learned: Callable[[str], None]) -> None:
        self._run = run
        self._learned = learned
        self._known = run.store.feeds.outside_links
        self._hosts: dict[str, _Host] = {}
        self._seen: set[str] = set()
        self._left = MOST_ASKED

    def may_lead(self, urls: Iterable[str]) -> bool:
        """Whether one of these unknown links may yet turn out to lead to the source."""
        return any(not self._host(url).is_plain() for url in urls)

    def choose(self, urls: Sequence[str]) -> list[str]:
        """Those of the unknown links that are to be asked now."""
        return [url for url in urls if url not in self._seen and self._is_chosen(url)]

    def new_hosts(self, urls: Iterable[str]) -> list[str]:
        """The hosts of these links that were never asked anything."""
        hosts = dict.fromkeys(host_of(url) for url in urls if not self._host(url).asked)
        return list(hosts)

    def requests(self, urls: Iterable[str]) -> Iterator[Request]:
        """Asks where links lead."""
        return (self._request(url, link=url, hops=1) for url in urls)

    def _is_chosen(self, url: str) -> bool:
        host = self._host(url)
        if not (host.led or host.asked < TRIES):
            if host.open:
                host.waiting.append(url)
            return False
        if not self._left:
            return False
        self._left -= 1
        self._seen.add(url)
        host.asked += 1
        host.open += 1
        return True

    def _request(self, url: str, link: str, hops: int) -> Request:
        return Request(
            url,
            self._answered,
            errback=self._failed,
            meta=dict(_META),
            cb_kwargs={"link": link, "hops": hops},
        )

    def _answered(self, response: Response, link: str, hops: int) -> Iterator[Request]:
        HostLimits.of(self._run.crawler).answered(response)
        target = location_of(response)
        if target and not self._run.source.is_own_page(target) and hops < MOST_HOPS:
            yield self._request(target, link, hops + 1)
        else:
            yield from self._ends(link, target or response.url)

    def _failed(self, failure: Failure) -> Iterator[Request]:
        """A link that could not be asked leads nowhere; one that was not asked may be, later."""
        request: Request = failure.request  # type: ignore[attr-defined]
        link = request.cb_kwargs["link"]
        if isinstance(failure.value, NotSentError):
            self._host(link).open -= 1
        else:
            yield from self._ends(link, request.url)

    def _ends(self, link: str, url: str) -> Iterator[Request]:
        """Takes note of where a link led in the end, and asks others of its host if it did."""
        host, name = self._host(link), host_of(link)
        leads_to = url if host_of(url) != name else None
        now = self._run.now()
        self._known.record(self._run.source.name, link, name, leads_to, now)
        host.open -= 1
        host.led += leads_to is not None
        logger.debug("%s: %s leads to %s", self._run.source.name, link, leads_to or "itself")
        self._learned(link)
        waiting = list(host.waiting)
        host.waiting.clear()
        yield from self.requests(self.choose(waiting))

    def _host(self, url: str) -> _Host:
        name = host_of(url)
        if name not in self._hosts:
            answers = self._known.answers(self._run.source.name, name)
            self._hosts[name] = _Host(answers.asked, answers.led)
        return self._hosts[name]


def location_of(response: Response) -> str | None:
    """The address that an answer leads to, clean; None where it leads to none that is usable, or
    to itself."""
    stated = header(response, "Location")
    if response.status not in _REDIRECTS or not stated:
        return None
    try:
        target = clean(urljoin(response.url, _as_text(stated)))
    except ValueError:
        return None
    return None if target == response.url else target


def _as_text(stated: str) -> str:
    """Headers come as Latin-1, and are written as UTF-8 where they are not ASCII."""
    return stated.encode("latin-1").decode("utf-8", "replace")
