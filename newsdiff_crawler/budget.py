"""What one reading may cost: CPU time, after which it is interrupted, whatever it is at.

A timer of the process's CPU time (``ITIMER_PROF``) raises in the main thread, in which all reading
is done: between two steps of Python and inside of the search for a pattern. What a library does in
one piece is bounded by what it is given: see `parsing.page` and `parsing.feed_markup`. Only what
is pure may be interrupted: nothing that writes is in here.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterable, Iterator
from types import FrameType
from typing import TypeVar

T = TypeVar("T")

AGAIN = 1.0  # seconds until the next try, where something on the way swallowed the first
TO_THE_END = 0.5  # seconds that are left for a reading when the crawl is to end


class OverBudget(BaseException):
    """A reading took more CPU time than one may. The message is the reason, for people."""


class CutShort(BaseException):
    """A reading, or other work, was given up since the crawl is to end."""


class Budget:
    """Of the readings of a crawl, one at a time. ``seconds``: of CPU time, for each."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._is_spent_on = False  # a reading, now
        self.is_over = False  # the crawl is to end

    def spend_on(self, reading: Callable[[], T]) -> T:
        """What a reading comes to. Raises OverBudget, and CutShort when the crawl is to end."""
        if self.is_over:
            raise CutShort
        before = signal.signal(signal.SIGPROF, self._interrupt)
        self._is_spent_on = True
        try:
            try:
                signal.setitimer(signal.ITIMER_PROF, self._seconds, AGAIN)
                return reading()
            finally:
                self._stop()
        finally:
            self._stop()  # also where it was interrupted while it stopped
            signal.signal(signal.SIGPROF, before)

    def until_over(self, each: Iterable[T]) -> Iterator[T]:
        """One by one, what much work is to be done with. Raises CutShort once the crawl is to
        end."""
        for one in each:
            if self.is_over:
                raise CutShort
            yield one

    def end(self) -> None:
        """From a signal's handler: no more readings, and the one that is going on ends soon."""
        self.is_over = True
        if self._is_spent_on:
            signal.setitimer(signal.ITIMER_PROF, min(TO_THE_END, self._seconds), AGAIN)

    def _stop(self) -> None:
        signal.setitimer(signal.ITIMER_PROF, 0)
        self._is_spent_on = False

    def _interrupt(self, _signal: int, _frame: FrameType | None) -> None:
        if self.is_over:
            raise CutShort
        raise OverBudget(f"reading it took more than {self._seconds:g} s of CPU time")
