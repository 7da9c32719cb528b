"""The name service of a benchmark's crawls: Scrapy's own, which has an answer to every name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from scrapy.resolver import CachingThreadedResolver, dnscache
from twisted.internet.address import IPv4Address
from twisted.internet.defer import Deferred

PUBLIC = "8.8.8.8"  # the address that is judged; nothing is sent there


class Names(CachingThreadedResolver):
    """Every name has a public address, and is connected to on this machine."""

    def install_on_reactor(self) -> None:
        reactor = cast("Any", self.reactor)
        reactor.installNameResolver(_Here())  # asked on connecting
        reactor.resolver = self  # asked for an address

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:  # noqa: N802
        dnscache[name] = PUBLIC
        return super().getHostByName(name, timeout)


class _Here:
    def resolveHostName(  # noqa: N802
        self,
        resolutionReceiver: Any,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        **_: Any,
    ) -> Any:
        resolutionReceiver.resolutionBegan(None)
        resolutionReceiver.addressResolved(IPv4Address("TCP", "127.0.0.1", portNumber))
        resolutionReceiver.resolutionComplete()
        return hostName
