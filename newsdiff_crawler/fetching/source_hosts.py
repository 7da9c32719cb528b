"""Only the source's hosts are asked for anything."""

from __future__ import annotations

from functools import cached_property

from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request

from newsdiff_crawler.fetching.middleware import SourceMiddleware
from newsdiff_crawler.urls import is_web_page


class SourceHostsOnly(SourceMiddleware):
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
        return self.run.source.hosts()
