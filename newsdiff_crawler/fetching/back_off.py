"""When to leave a host alone: it asks for it, or refuses, or does not answer at all."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from newsdiff_crawler.store.writing.hosts import BackOff, Hosts

logger = logging.getLogger(__name__)

# So many refusals, or failures to answer, with no good answer in between make a host rest.
IN_A_ROW = 5
# The first rest and the longest; each is twice as long as the one before, until a good answer.
AFTER_REFUSALS = (timedelta(minutes=30), timedelta(days=1))
AFTER_SILENCE = (timedelta(minutes=5), timedelta(hours=1))


class BackOffs:
    """How a source's hosts behave, in this crawl and at the end of the one before."""

    def __init__(self, record: Hosts, source: str, now: Callable[[], datetime]) -> None:
        self._record = record
        self._source = source
        self._now = now
        self._back_offs = {rest.host: rest for rest in record.back_offs(source)}
        # After a rest, one bad answer is enough for the next.
        self._strikes = Counter(dict.fromkeys(self._back_offs, IN_A_ROW - 1))
        for rest in filter(None, map(self.resting, self._back_offs)):
            logger.warning("%s: %s: %s", source, rest.host, rest)

    def resting(self, host: str) -> BackOff | None:
        """The rest that a host has at this moment."""
        rest = self._back_offs.get(host)
        return rest if rest and self._now() < rest.until else None

    def answered(self, host: str) -> None:
        """A good answer. One that was on its way when a rest began does not end it."""
        if self.resting(host):
            return
        self._strikes.pop(host, None)
        if self._back_offs.pop(host, None):
            self._record.answered(host)

    def refused(self, host: str, reason: str, retry_after: int | None = None) -> None:
        """A refusal, with the seconds that the server asked us to wait, if it did."""
        self._strike(host, reason, AFTER_REFUSALS, timedelta(seconds=retry_after or 0))

    def unanswered(self, host: str, reason: str) -> None:
        """No answer, or one that shows that the server is out of order."""
        self._strike(host, reason, AFTER_SILENCE, timedelta(0))

    def give_up(self, host: str, reason: str) -> None:
        """One fault that is enough to leave a host alone."""
        self._strikes[host] = IN_A_ROW
        self.unanswered(host, reason)

    def _strike(
        self, host: str, reason: str, waits: tuple[timedelta, timedelta], asked: timedelta
    ) -> None:
        self._strikes[host] += 1
        rest = self.resting(host)
        if rest:  # another answer that was on its way; it may ask for longer
            self._set(replace(rest, until=max(rest.until, self._now() + asked)))
            return
        number = self._back_offs[host].number if host in self._back_offs else 0
        if self._strikes[host] >= IN_A_ROW:
            first, longest = waits
            asked = max(asked, min(first * 2 ** min(number, 10), longest))
        if asked:
            rest = BackOff(host, self._now() + asked, reason, number + 1)
            self._set(rest)
            logger.warning("%s: %s: %s", self._source, host, rest)

    def _set(self, rest: BackOff) -> None:
        if rest != self._back_offs.get(rest.host):
            self._back_offs[rest.host] = rest
            self._record.rest(self._source, rest)
