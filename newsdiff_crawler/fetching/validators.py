"""ETag and Last-Modified: when they are sent, and how it is found out that a server's lie.

A server that says "not modified" of a text that was hides every edit. So one check in ten asks
for the whole page; where that brings something new, the server is asked once more, with the
validators of what is no more. If it says "not modified" again, that is a lie, and the source is
from then on asked for whole pages only.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from scrapy.http import Request, Response

from newsdiff_crawler.crawling.responses import conditions, is_conditional, is_redirected
from newsdiff_crawler.store.writing.hosts import Hosts

logger = logging.getLogger(__name__)

NOT_MODIFIED_IN_A_ROW = 9  # and then a whole check


class ValidatorTrust:
    """Whether one source's validators tell it."""

    def __init__(self, record: Hosts, source: str, now: Callable[[], datetime]) -> None:
        self._record = record
        self._source = source
        self._now = now
        self.are_false = record.are_false(source)

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
        """Finds out the lie."""
        if response.status != 304 or self.are_false:
            return
        self.are_false = True
        if self._record.record_false_validators(self._source, response.url, self._now()):
            message = '%s: %s: "not modified", but it was: whole pages only from now on'
            logger.warning(message, self._source, response.url)

    def let_go(self, failure: object) -> None:
        """What could not be asked is not held against the source."""
