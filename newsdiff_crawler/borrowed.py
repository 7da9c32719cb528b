"""Names of Scrapy, Twisted and the standard library that are not public and that we use all the
same, each with its reason. Nothing else does: whoever upgrades one of them looks here.
``tests/test_borrowed.py`` fails when a name goes.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import TextIO

from scrapy.core.downloader import Slot
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

# --- Scrapy's queues of requests, one for each host -----------------------------------------------
#
# ``engine.downloader.slots`` and ``per_slot_settings``: DOWNLOAD_SLOTS can say how slow a host is
# to be asked only before the crawl, and we learn it from robots.txt and from refusals.


def download_slot(crawler: Crawler, host: str) -> Slot | None:
    """The queue of requests to a host; None: nothing was asked of it yet."""
    return crawler.engine.downloader.slots.get(host)


def slowest_delay(crawler: Crawler) -> float:
    """The longest delay between two requests to any one host, in seconds; 0 before the first."""
    return max((slot.delay for slot in crawler.engine.downloader.slots.values()), default=0.0)


def set_download_delay(crawler: Crawler, host: str, delay: float) -> None:
    """Makes a host's queue exactly so slow: so many seconds from one request to the next."""
    settings = crawler.engine.downloader.per_slot_settings
    settings[host] = {**settings.get(host, {}), "delay": delay, "jitter": 0}
    slot = download_slot(crawler, host)
    if slot:
        slot.delay, slot.jitter = delay, 0


# --- The head of an answer ------------------------------------------------------------------------
#
# Twisted reads status and headers into memory however many there are, and neither it nor Scrapy
# has a setting for it. The parser's state says whether the head is over; ``_giveUp`` fails the
# request with a reason; the pool's factory makes the connections.


def bound_heads(handler: HTTP11DownloadHandler, most: int, error: type[Exception]) -> None:
    """Makes each connection of a handler fail with ``error`` where the head of an answer grows
    larger than ``most`` bytes."""

    class Protocol(_LenientHTTP11ClientProtocol):
        _head = 0

        def request(self, request: Request) -> Deferred[IResponse]:
            self._head = 0
            return super().request(request)

        def dataReceived(self, data: bytes) -> None:  # noqa: N802 - Twisted's name
            super().dataReceived(data)  # type: ignore[no-untyped-call]
            if self._parser is not None and self._parser.state in (STATUS, HEADER):
                self._head += len(data)
                if self._head > most and self.transport:
                    self._giveUp(Failure(error()))  # type: ignore[no-untyped-call]
                    self.transport.abortConnection()

    class Factory(_LenientHTTP11ClientFactory):
        def buildProtocol(self, addr: IAddress | None) -> Protocol:  # noqa: N802, ARG002
            return Protocol(self._quiescentCallback)  # type: ignore[no-untyped-call]

    handler._pool._factory = Factory


# --- The end of all connections -------------------------------------------------------------------
#
# ``_pool``: Scrapy's handler waits a second for its connections to end, with a timer that fails
# where it comes due in the moment in which they have, as after a vast page was read.


async def close_connections(handler: HTTP11DownloadHandler, seconds: float) -> None:
    """Ends a handler's idle connections, and waits no longer than so."""
    closed = handler._pool.closeCachedConnections()  # type: ignore[no-untyped-call]
    await asyncio.wait([closed.asFuture(asyncio.get_running_loop())], timeout=seconds)


# --- The files of a log ---------------------------------------------------------------------------
#
# ``FileHandler._open``: Scrapy makes its handlers itself, and has no setting for their class.


def open_log_files_by(opened: Callable[[str, str], TextIO]) -> None:
    """Makes every file of a log one that ``opened(path, mode)`` gives."""

    def open_file(handler: logging.FileHandler) -> TextIO:
        return opened(handler.baseFilename, handler.mode)

    logging.FileHandler._open = open_file  # type: ignore[assignment, method-assign]
