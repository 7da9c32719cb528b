"""Only the source's hosts are asked for anything."""

from __future__ import annotations

import re
from functools import cached_property

from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request

from newsdiff_crawler.fetching.middleware import SourceMiddleware
from newsdiff_crawler.urls import host_of, is_web_page

_USER = re.compile("//[^/?#]*@")

# In a request's meta: it may ask another host, for which only we decide. Redirects of robots.txt,
# and links of feeds that may lead to the source.
MAY_LEAVE_SOURCE = "may_leave_source"


class SourceHostsOnly(SourceMiddleware):
    """Refuses requests that leave the source's hosts, redirects included, but for those that our
    own code lets go.

    Scrapy's own offsite middleware drops them without a word; here the request fails, so that
    the check of the article that led there is recorded.
    """

    def process_request(self, request: Request) -> None:
        """Raises IgnoreRequest for a URL on no host of the source, and for one with a user or a
        password, which the HTTP client takes for a part of the host's name."""
        hosts = [host_of(request.url)] if MAY_LEAVE_SOURCE in request.meta else self._hosts
        bare = _USER.sub("//", request.url, count=1)
        if not is_web_page(request.url, hosts):
            raise IgnoreRequest(f"led away from the source, to {bare}")
        if bare != request.url:
            raise IgnoreRequest(f"led to an address with a user or a password in it, at {bare}")

    @cached_property
    def _hosts(self) -> set[str]:
        return self.run.source.hosts()
