"""Scrapy's HTTP client, with a bound on what a server may send before the body.

Bodies are bounded by DOWNLOAD_MAXSIZE; headers, by nothing: a server that sends them without
end would fill the memory until the timeout.
"""

from __future__ import annotations

from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
)
from scrapy.crawler import Crawler
from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IAddress
from twisted.python.failure import Failure
from twisted.web._newclient import HEADER, STATUS, Request
from twisted.web.iweb import IResponse

from newsdiff_crawler.fetching.errors import HeadTooLargeError

MAX_HEAD = 256 * 1024  # bytes, as in browsers; most servers send under 8 kB


class BoundedProtocol(_LenientHTTP11ClientProtocol):
    """One connection. Ends it where the head of an answer grows too large."""

    _head = 0

    def request(self, request: Request) -> Deferred[IResponse]:
        self._head = 0
        return super().request(request)

    def dataReceived(self, data: bytes) -> None:  # noqa: N802 - Twisted's name
        super().dataReceived(data)  # type: ignore[no-untyped-call]
        if self._parser is not None and self._parser.state in (STATUS, HEADER):
            self._head += len(data)
            if self._head > MAX_HEAD and self.transport:
                self._giveUp(Failure(HeadTooLargeError()))  # type: ignore[no-untyped-call]
                self.transport.abortConnection()


class BoundedFactory(_LenientHTTP11ClientFactory):
    """Makes the connections of the pool."""

    def buildProtocol(self, addr: IAddress | None) -> BoundedProtocol:  # noqa: N802, ARG002
        return BoundedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]


class BoundedHandler(HTTP11DownloadHandler):
    """The handler for http and https."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = BoundedFactory
