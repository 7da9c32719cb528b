"""When to leave a host alone: it asks for it, or refuses, or does not answer at all."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from newsdiff_crawler.store.writing.hosts import BackOff, Hosts

logger = logging.getLogger(__name__)

# So many refusals, or failures to answer, with no good answer in between begin a back-off.
IN_A_ROW = 5
# The first back-off and the longest; each is twice as long as the one before, until a good answer.
AFTER_REFUSALS = (timedelta(minutes=30), timedelta(days=1))
AFTER_SILENCE = (timedelta(minutes=5), timedelta(hours=1))


class BackOffs:
    """How a source's hosts behave, in this crawl and at the end of the one before."""

    def __init__(self, record: Hosts, source: str, now: Callable[[], datetime]) -> None:
        self._record = record
        self._source = source
        self._now = now
        self._by_host = {back_off.host: back_off for back_off in record.back_offs(source)}
        self.begun: set[str] = set()  # hosts, in this crawl
        # After a back-off, one bad answer is enough for the next.
        struck = (host for host, back_off in self._by_host.items() if back_off.number)
        self._strikes = Counter(dict.fromkeys(struck, IN_A_ROW - 1))
        for back_off in filter(None, map(self.at_present, self._by_host)):
            logger.warning("%s: %s: %s", source, back_off.host, back_off)

    def at_present(self, host: str) -> BackOff | None:
        """The back-off from a host at this moment; None: it may be asked."""
        back_off = self._by_host.get(host)
        return back_off if back_off and self._now() < back_off.until else None

    def answered(self, host: str) -> None:
        """A good answer. One that was on its way when a back-off began does not end it."""
        if self.at_present(host):
            return
        self._strikes.pop(host, None)
        if self._by_host.pop(host, None):
            self._record.answered(host)

    def refused(self, host: str, reason: str, retry_after: int | None = None) -> None:
        """A refusal, with the seconds that the server asked us to wait, if it did."""
        self._strike(host, reason, AFTER_REFUSALS, timedelta(seconds=retry_after or 0))

    def unanswered(self, host: str, reason: str) -> None:
        """No answer, or one that shows that the server is out of order."""
        self._strike(host, reason, AFTER_SILENCE, timedelta(0))

    def rest(self, host: str, until: datetime, reason: str) -> None:
        """Leaves alone a host that did nothing wrong."""
        self._set(BackOff(host, until, reason, 0))

    def give_up(self, host: str, reason: str) -> None:
        """One fault that is enough to leave a host alone."""
        self._strikes[host] = IN_A_ROW
        self.unanswered(host, reason)

    def _strike(
        self, host: str, reason: str, waits: tuple[timedelta, timedelta], asked_for: timedelta
    ) -> None:
        self._strikes[host] += 1
        present = self.at_present(host)
        if present:  # another answer that was on its way; it may ask for longer
            self._set(replace(present, until=max(present.until, self._now() + asked_for)))
            return
        number = self._by_host[host].number if host in self._by_host else 0
        wait = asked_for
        if self._strikes[host] >= IN_A_ROW:
            first, longest = waits
            wait = max(wait, min(first * 2 ** min(number, 10), longest))
        if wait:
            back_off = BackOff(host, self._now() + wait, reason, number + 1)
            self._set(back_off)
            self.begun.add(host)
            logger.warning("%s: %s: %s", self._source, host, back_off)

    def _set(self, back_off: BackOff) -> None:
        if back_off != self._by_host.get(back_off.host):
            self._by_host[back_off.host] = back_off
            self._record.back_off(self._source, back_off)
