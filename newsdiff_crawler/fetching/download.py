"""Scrapy's HTTP client, with a bound on what a server may send before the body.

Bodies are bounded by DOWNLOAD_MAXSIZE; headers, by nothing: a server that sends them without
end would fill the memory until the timeout.
"""

from __future__ import annotations

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler

from newsdiff_crawler.borrowed import bound_heads
from newsdiff_crawler.fetching.errors import HeadTooLargeError

MAX_HEAD = 256 * 1024  # bytes, as in browsers; most servers send under 8 kB


class BoundedHandler(HTTP11DownloadHandler):
    """The handler for http and https."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        bound_heads(self, MAX_HEAD, HeadTooLargeError)
