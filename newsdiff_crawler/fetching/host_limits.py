"""How much a host is asked: a few requests at a time by all crawls together, none while it is
left alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from urllib.parse import urlsplit

from scrapy.crawler import Crawler
from scrapy.http import Request, Response

from newsdiff_crawler.borrowed import download_slot
from newsdiff_crawler.fetching.back_off import BackOffs
from newsdiff_crawler.fetching.errors import (
    BLOCKED_STATUSES,
    UNANSWERED,
    HostBackedOff,
    HostIsBusy,
    is_unreached,
    reason_of,
)
from newsdiff_crawler.fetching.headers import retry_after
from newsdiff_crawler.fetching.host_slots import HostSlots, HostSlotsBusy
from newsdiff_crawler.fetching.middleware import SourceMiddleware, host_of
from newsdiff_crawler.run import Run
from newsdiff_crawler.store.engine.locks import Lock
from newsdiff_crawler.times import to_iso


@dataclass
class Reached:
    """Who was reached in this crawl: requests that were ``answered``, those for which no host could
    be reached from here, and those to which a host was ``silent``."""

    answered: int = 0
    unreached: int = 0
    silent: int = 0


class HostLimits(SourceMiddleware):
    """The last middleware on a request's way out, the first on an answer's way in."""

    def __init__(self, crawler: Crawler, run: Run) -> None:
        super().__init__(crawler, run)
        self._at_a_time = crawler.settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN")
        self._slots: dict[str, HostSlots] = {}
        self._held: dict[Request, Lock] = {}
        self.reached = Reached()

    @cached_property
    def back_offs(self) -> BackOffs:
        """Of the source's hosts."""
        return BackOffs(self.run.store.hosts, self.run.source.name, self.run.now)

    def answered(self, response: Response) -> None:
        """Takes note of a good answer; what went wrong was seen when it came in."""
        if response.status < 500 and response.status not in BLOCKED_STATUSES:
            self.back_offs.answered(urlsplit(response.url).hostname or "")

    async def process_request(self, request: Request) -> None:
        """Waits for a slot. Raises HostBackedOff (also if that began meanwhile) and HostIsBusy."""
        host = host_of(request)
        self._refuse_backed_off(host)
        slot = await self._take(host)
        try:
            self._refuse_backed_off(host)
            self._count(host)
        except BaseException:
            self._slots[host].leave(slot, 0)
            raise
        self._held[request] = slot

    def process_response(self, request: Request, response: Response) -> Response:
        """Leaves the slot; takes note of a refusal, and of a server that is out of order."""
        self._leave(request)
        self.reached.answered += 1
        host, reason = host_of(request), f"HTTP {response.status}"
        if response.status in BLOCKED_STATUSES:
            self.back_offs.refused(host, reason, retry_after(response, self.run.now()))
            self._slow_down(host)
        elif response.status >= 500:
            self.back_offs.unanswered(host, reason)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Leaves the slot; takes note of a host that does not answer."""
        self._leave(request)
        if isinstance(exception, UNANSWERED):
            if is_unreached(exception, by_proxy="proxy" in request.meta):
                self.reached.unreached += 1
            else:
                self.reached.silent += 1
            self.back_offs.unanswered(host_of(request), reason_of(exception))

    def space_out(self, host: str, pause: float) -> None:
        """So many seconds between two requests to a host, by all crawls together."""
        self._slots_of(host).space_out(pause)

    def _slots_of(self, host: str) -> HostSlots:
        if host not in self._slots:
            self._slots[host] = HostSlots(self.run.store.locks, host, self._at_a_time)
        return self._slots[host]

    async def _take(self, host: str) -> Lock:
        try:
            return await self._slots_of(host).take()
        except HostSlotsBusy:
            raise HostIsBusy(host) from None

    def _leave(self, request: Request) -> None:
        slot = self._held.pop(request, None)
        if slot:
            slots, queue = (
                self._slots[host_of(request)],
                download_slot(self.crawler, host_of(request)),
            )
            # No shorter than what one crawl alone would take for as many requests.
            hold = slots.number * queue.delay * (1 - queue.jitter) if queue else 0
            slots.leave(slot, hold)

    def _refuse_backed_off(self, host: str) -> None:
        back_off = self.back_offs.at_present(host)
        if back_off:
            raise HostBackedOff(back_off)

    def _count(self, host: str) -> None:
        """Where requests of a day are bounded, of all crawls. Raises HostBackedOff."""
        most = self.run.configuration.host_requests_per_day
        if not most:
            return
        now = self.run.now()
        if self.run.store.hosts.asked(host, to_iso(now)[:10]) > most:
            tomorrow = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
            self.back_offs.rest(host, tomorrow, f"asked {most} times today, as often as it may be")
            self._refuse_backed_off(host)

    def _slow_down(self, host: str) -> None:
        queue = download_slot(self.crawler, host)
        if queue:
            longest = self.crawler.settings.getfloat("AUTOTHROTTLE_MAX_DELAY")
            queue.delay = max(queue.delay, min(queue.delay * 2, longest))
