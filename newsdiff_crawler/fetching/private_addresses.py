"""No request goes to a host inside the operator's own network, whatever name leads there."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, lru_cache
from ipaddress import ip_address
from typing import Any, ClassVar, cast
from urllib.parse import urlsplit

from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError, IgnoreRequest
from scrapy.http import Request
from scrapy.resolver import CachingThreadedResolver
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

from newsdiff_crawler.fetching.middleware import host_of
from newsdiff_crawler.run import Run


class GuardedResolver(CachingThreadedResolver):
    """Scrapy's name service (``TWISTED_DNS_RESOLVER``), which knows no private address but those
    of hosts that were allowed. It answers on each connection, so a name that leads elsewhere the
    second time is of no use, whether answers are kept (``DNSCACHE_ENABLED``) or not."""

    allowed: ClassVar[set[str]] = set()

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:  # noqa: N802
        return super().getHostByName(name, timeout).addCallback(self._judge, name)

    def _judge(self, address: str, name: str) -> str:
        return address if name in self.allowed else checked(address, name)


class PrivateAddressError(DNSLookupError):
    """A name leads into the operator's own network. The message says which, and where to."""

    def __str__(self) -> str:
        return str(self.args[0])


class PrivateAddressGuard:
    """Refuses requests to private addresses, with a reason that the check records.

    Behind a proxy, which asks the name service itself, only the host's name can be judged.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._run = Run.of(crawler)
        self._public: set[str] = set()  # hosts that were asked before

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> PrivateAddressGuard:
        """Scrapy's way to make a middleware."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Raises IgnoreRequest for a private address that nobody asked for."""
        host, proxy = host_of(request), request.meta.get("proxy")
        if proxy:
            GuardedResolver.allowed.add(urlsplit(proxy).hostname or "")
        is_inside = is_private(host) or host == "localhost"
        if (is_inside or self._run is None) and self._is_asked_for(request, host):
            GuardedResolver.allowed.add(host)
        elif is_inside:
            raise IgnoreRequest(f"led to a private address, {host}")
        elif host not in self._public and not proxy:
            await self._refuse_private(host)
            self._public.add(host)

    def _is_asked_for(self, request: Request, host: str) -> bool:
        """Whether a source names this very address among its feeds; of another spider, whether
        it asked for the host itself and was not led there."""
        if self._run is None:
            return host in GuardedResolver.allowed or "redirect_urls" not in request.meta
        return urlsplit(request.url).netloc in self._named

    @cached_property
    def _named(self) -> set[str]:
        assert self._run
        return {urlsplit(feed).netloc for feed in self._run.source.all_feeds()}

    async def _refuse_private(self, host: str) -> None:
        """Judges whatever name service answers: an operator may have set another one."""
        try:
            checked(await self._resolve(host), host)
        except PrivateAddressError as error:
            raise IgnoreRequest(str(error)) from error
        except DNSLookupError as error:
            raise CannotResolveHostError(host) from error

    async def _resolve(self, host: str) -> str:
        from twisted.internet import reactor  # here: importing it installs one

        return await maybe_deferred_to_future(cast("Any", reactor).resolve(host))


def checked(address: str, name: str) -> str:
    """The address that a name leads to. Raises PrivateAddressError for a private one."""
    if is_private(address):
        raise PrivateAddressError(f"{name} has a private address, {address}")
    return address


@lru_cache
def is_private(host: str) -> bool:
    """Whether this is an IP address that does not belong to the public internet."""
    try:
        address = ip_address(host)
    except ValueError:
        return False
    return not address.is_global or address.is_multicast
