"""ETag and Last-Modified: when they are sent, and how a server is found out whose are false.

A server that says "not modified" of a text that was hides every edit. So one check in ten asks
for the whole page; where that brings something new, the server is asked once more, with the
validators of what is no more. If it says "not modified" again, its validators are false, and the
source is from then on asked for whole pages only.
"""

from __future__ import annotations

import logging
from functools import cached_property

from scrapy.http import Request, Response

from newsdiff_crawler.fetching.middleware import SourceMiddleware

logger = logging.getLogger(__name__)

NOT_MODIFIED_IN_A_ROW = 9  # and then a check of the whole page
_CONDITIONS = ("If-None-Match", "If-Modified-Since")


class Validators(SourceMiddleware):
    """Those of one source's servers."""

    def process_request(self, request: Request) -> None:
        """Takes the conditions off requests that need the whole page: where a redirect leads,
        since they are for another URL, and of sources whose validators are false."""
        if request.meta.get("redirect_urls") or self.are_false:
            make_unconditional(request)

    @cached_property
    def are_false(self) -> bool:
        """Whether a server of the source said "not modified" of what was."""
        return self.run.store.hosts.has_false_validators(self.run.source.name)

    def conditions(
        self, etag: str | None, last_modified: str | None, not_modified: int
    ) -> dict[str, str]:
        """The headers of the next request, after so many 304s in a row."""
        whole = self.are_false or not_modified >= NOT_MODIFIED_IN_A_ROW
        return {} if whole else conditions(etag, last_modified)

    def is_untested(self, response: Response, etag: str | None, last_modified: str | None) -> bool:
        """Whether there were validators to send, and they were not sent."""
        held = bool(etag or last_modified) and not self.are_false
        return held and not is_conditional(response.request) and not is_redirected(response)

    def test(self, url: str, etag: str | None, last_modified: str | None) -> Request:
        """Asks with the validators of what is known to be no more."""
        headers = conditions(etag, last_modified)
        return Request(url, self.judge, errback=self.let_go, headers=headers)

    def judge(self, response: Response) -> None:
        """Finds out false ones."""
        if response.status != 304 or self.are_false:
            return
        self.are_false = True
        source = self.run.source.name
        hosts, now = self.run.store.hosts, self.run.now()
        if hosts.record_false_validators(source, response.url, now):
            message = '%s: %s: "not modified", but it was: whole pages only from now on'
            logger.warning(message, source, response.url)

    def let_go(self, failure: object) -> None:
        """What could not be asked is not held against the source."""


def conditions(etag: str | None, last_modified: str | None) -> dict[str, str]:
    """The headers that let a server answer "not modified"."""
    held = zip(_CONDITIONS, (etag, last_modified), strict=True)
    return {name: value for name, value in held if value}


def make_unconditional(request: Request) -> None:
    """Takes those headers off."""
    for name in _CONDITIONS:
        request.headers.pop(name, None)


def is_conditional(request: Request | None) -> bool:
    """Whether a request may be answered by 304."""
    return request is not None and any(name in request.headers for name in _CONDITIONS)


def is_redirected(response: Response) -> bool:
    """Whether the answer comes from another URL than the one first asked for."""
    return response.request is not None and "redirect_urls" in response.request.meta
