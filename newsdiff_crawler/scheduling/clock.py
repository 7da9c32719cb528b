"""Whether the machine's clock is to be believed. Pure: times come in, a verdict goes out.

A clock may be wrong by years: no battery, a mistyped year, a virtual machine that slept. What a
crawl then writes is due in years, or was never so long ago.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from itertools import pairwise
from typing import Literal

from newsdiff_crawler.scheduling.schedule import LONGEST_WAIT

Verdict = Literal["right", "was ahead", "was behind", "is behind", "unclear"]

TOLERANCE = timedelta(hours=1)  # less does no harm: the next check is so much later
# Beyond this nothing is due, of articles; of feeds and hosts, whose longest wait is a back-off.
LATEST_DUE = LONGEST_WAIT + TOLERANCE
LATEST_OTHER = timedelta(days=1) + TOLERANCE
UNWELL_FOR = LONGEST_WAIT  # checks may have been missed for as long
BEGINNING = datetime(2025, 1, 1, tzinfo=timezone.utc)  # nothing of ours ran before


def judge_clock(times: Sequence[datetime], now: datetime) -> Verdict:
    """Whether the clock was wrong in earlier crawls, or is wrong now.

    ``times``: when the last crawls began and ended, in the order in which they came about: those
    that lie ahead of now, after the last one that does not, if there is one. A clock that went
    wrong and came back shows as a leap forward among them. Where time went by in steps, and lies
    ahead, it is not clear which was wrong: the clock of all these crawls, or the present one. Nor
    is it where no crawl was before now.
    """
    if now < BEGINNING:
        return "is behind"
    ahead_by = max((time - now for time in times), default=timedelta(0))
    if ahead_by <= TOLERANCE:
        return "right"
    if times[0] > now + TOLERANCE:
        return "unclear"
    leap = max(after - before for before, after in pairwise(times))
    return "was ahead" if leap >= ahead_by / 2 else "unclear"


def was_behind(before: datetime, since: Sequence[datetime], now: datetime) -> bool:
    """Whether the clock was behind in the last crawls and is right now. ``before``: the start of
    the crawl that says the latest time so far; ``since``: when those began that came after it, in
    order. It was if they began before it, and now is far from the last of them: it leapt back and
    forth again. If not, it was ahead ``before``, and time has caught up with that crawl."""
    if not since or since[-1] >= before - TOLERANCE:
        return False
    return now - since[-1] >= (before - since[0]) / 2
