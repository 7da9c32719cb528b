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

Verdict = Literal["right", "was ahead", "is behind"]

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
    wrong and came back shows as a leap forward among them; a clock that is behind now shows as
    time that went by in steps, and lies ahead.
    """
    if now < BEGINNING:
        return "is behind"
    ahead_by = max((time - now for time in times), default=timedelta(0))
    if ahead_by <= TOLERANCE:
        return "right"
    leaps = [after - before for before, after in pairwise(times)]
    first_is_ahead = times[0] > now + TOLERANCE
    is_leap = max(leaps, default=timedelta(0)) >= ahead_by / 2
    return "was ahead" if is_leap or first_is_ahead else "is behind"
