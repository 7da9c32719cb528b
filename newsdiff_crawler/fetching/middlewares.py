"""What every request passes on its way out, and every answer on its way in."""

from __future__ import annotations

from functools import cached_property, lru_cache
from ipaddress import ip_address
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

from filelock import FileLock
from scrapy.core.downloader import Slot
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError, IgnoreRequest
from scrapy.http import Request, Response
from scrapy.resolver import dnscache
from scrapy.utils.defer import maybe_deferred_to_future
from scrapy.utils.httpobj import urlparse_cached
from twisted.internet.error import DNSLookupError

from newsdiff_crawler.crawling.responses import BLOCKED_STATUSES, make_unconditional
from newsdiff_crawler.crawling.spider import NewsSpider
from newsdiff_crawler.fetching.back_off import BackOffs
from newsdiff_crawler.fetching.errors import UNANSWERED, HostBackedOff, HostIsBusy, reason_of
from newsdiff_crawler.fetching.headers import retry_after
from newsdiff_crawler.fetching.host_slots import HOST_SLOTS, HostSlots, HostSlotsBusy
from newsdiff_crawler.urls import is_web_page


class Middleware:
    """What all of them share: the crawl and its spider."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Middleware:
        """Scrapy's way to make a middleware."""
        return cls(crawler)

    @property
    def spider(self) -> NewsSpider:
        assert isinstance(self.crawler.spider, NewsSpider)
        return self.crawler.spider

    def slot(self, host: str) -> Slot | None:
        """Scrapy's queue of requests to a host."""
        assert self.crawler.engine
        return self.crawler.engine.downloader.slots.get(host)


class SourceHostsOnly(Middleware):
    """Refuses requests that leave the source's hosts, redirects included.

    Scrapy's own offsite middleware drops them without a word; here the request fails, so that
    the check of the article that led there is recorded.
    """

    def process_request(self, request: Request) -> None:
        """Raises IgnoreRequest for a URL on no host of the source."""
        if not is_web_page(request.url, self._hosts):
            raise IgnoreRequest(f"led away from the source, to {request.url}")

    @cached_property
    def _hosts(self) -> set[str]:
        return self.spider.hosts()


class WholePageRequests(Middleware):
    """Takes the conditions off requests that need the whole page: where a redirect leads, since
    they are for another URL, and of sources whose validators lie."""

    def process_request(self, request: Request) -> None:
        if request.meta.get("redirect_urls") or self.spider.validators.are_false:
            make_unconditional(request)


class PrivateAddressGuard(Middleware):
    """Refuses hosts inside the operator's own network, whatever name leads there.

    Scrapy keeps each answer of the name service, so the address seen here is the one connected
    to. Behind a proxy, which asks the name service itself, only the host's name can be judged.
    """

    async def process_request(self, request: Request) -> None:
        """Raises IgnoreRequest for a private address that the source does not name itself."""
        host = _host(request)
        if _is_private(host) or host == "localhost":
            named = {urlsplit(feed).netloc for feed in self.spider.all_feeds()}
            if urlsplit(request.url).netloc not in named:
                raise IgnoreRequest(f"led to a private address, {host}")
        elif not request.meta.get("proxy"):
            known = dnscache.get(host)
            address = known if isinstance(known, str) else await self._resolve(host)
            if _is_private(address):
                raise IgnoreRequest(f"{host} has a private address, {address}")

    async def _resolve(self, host: str) -> str:
        from twisted.internet import reactor  # here: importing it installs one

        try:
            return await maybe_deferred_to_future(cast("Any", reactor).resolve(host))
        except DNSLookupError as error:
            raise CannotResolveHostError(host) from error


class HostLimits(Middleware):
    """Lets two requests at a time through to a host, and none while it is left alone."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._folder = Path(crawler.settings["NEWSDIFF_DATA"]) / "locks"
        self._host_slots: dict[str, HostSlots] = {}
        self._held: dict[Request, FileLock] = {}

    @property
    def back_offs(self) -> BackOffs:
        return self.spider.back_offs

    async def process_request(self, request: Request) -> None:
        """Waits for a slot. Raises HostBackedOff (also if that began meanwhile) and HostIsBusy."""
        host = _host(request)
        self._refuse_resting(host)
        host_slot = await self._take(host)
        try:
            self._refuse_resting(host)
        except HostBackedOff:
            self._host_slots[host].leave(host_slot, 0)
            raise
        self._held[request] = host_slot

    def process_response(self, request: Request, response: Response) -> Response:
        """Leaves the host slot; takes note of a refusal, and of a server that is out of order."""
        self._leave(request)
        host, reason = _host(request), f"HTTP {response.status}"
        if response.status in BLOCKED_STATUSES:
            self.back_offs.refused(host, reason, retry_after(response, self.spider.now()))
            self._slow_down(host)
        elif response.status >= 500:
            self.back_offs.unanswered(host, reason)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Leaves the host slot; takes note of a host that does not answer."""
        self._leave(request)
        if isinstance(exception, UNANSWERED):
            self.back_offs.unanswered(_host(request), reason_of(exception))

    async def _take(self, host: str) -> FileLock:
        if host not in self._host_slots:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._host_slots[host] = HostSlots(self._folder, host)
        try:
            return await self._host_slots[host].take()
        except HostSlotsBusy:
            raise HostIsBusy(host) from None

    def _leave(self, request: Request) -> None:
        host_slot = self._held.pop(request, None)
        if host_slot:
            slot = self.slot(_host(request))
            # No shorter than what one crawl alone would take for as many requests.
            hold = HOST_SLOTS * slot.delay * (1 - slot.jitter) if slot else 0
            self._host_slots[_host(request)].leave(host_slot, hold)

    def _refuse_resting(self, host: str) -> None:
        rest = self.back_offs.resting(host)
        if rest:
            raise HostBackedOff(rest)

    def _slow_down(self, host: str) -> None:
        slot = self.slot(host)
        if slot:
            longest = self.crawler.settings.getfloat("AUTOTHROTTLE_MAX_DELAY")
            slot.delay = max(slot.delay, min(slot.delay * 2, longest))


def _host(request: Request) -> str:
    return urlparse_cached(request).hostname or ""


@lru_cache
def _is_private(host: str) -> bool:
    """Whether this is an IP address that does not belong to the public internet."""
    try:
        address = ip_address(host)
    except ValueError:
        return False
    return not address.is_global or address.is_multicast
