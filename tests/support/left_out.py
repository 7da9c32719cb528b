"""What a run of the tests left out, and why: a line for each reason, whatever their number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from tests.support.corpus import NOT_OURS

# pytest's word for a test of each page of a corpus that is not there.
_NO_ROWS = "got empty parameter set"


def left_out(reasons: Iterable[str]) -> list[str]:
    """A line for each of the reasons for which tests were skipped."""
    whys = [reason.removeprefix("Skipped: ") for reason in reasons]
    counts = Counter(NOT_OURS if why.startswith(_NO_ROWS) else why for why in whys)
    return [
        f"Left out: {number} test{'s' * (number != 1)}: {why}" for why, number in counts.items()
    ]
