"""Scrapy's HTTP client, with a bound on what a server may send before the body, and for as long
as what comes can be stored.

Bodies are bounded by DOWNLOAD_MAXSIZE; headers, by nothing: a server that sends them without
end would fill the memory until the timeout.
"""

from __future__ import annotations

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Request, Response

from newsdiff_crawler.borrowed import bound_heads, close_connections
from newsdiff_crawler.fetching.errors import HeadTooLargeError, NotSentError
from newsdiff_crawler.run import Run

PATIENCE = 1.0  # seconds, for connections to end
MAX_HEAD = 256 * 1024  # bytes, as in browsers; most servers send under 8 kB


class BoundedHandler(HTTP11DownloadHandler):
    """The handler for http and https."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._run = Run.of(crawler)
        bound_heads(self, MAX_HEAD, HeadTooLargeError)

    async def download_request(self, request: Request) -> Response:
        """The answer. Raises NotSentError once the record cannot be written: whatever is still in
        Scrapy's queues would be asked in vain."""
        if self._run and self._run.failure:
            raise NotSentError("the record cannot be written")
        return await super().download_request(request)

    async def close(self) -> None:
        """Ends what is open."""
        await close_connections(self, PATIENCE)
