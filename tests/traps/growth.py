"""How the work of a reader grows with the length of what it reads: measured in CPU time, decided by
ratios. A slow or busy machine is slow at every length."""

from __future__ import annotations

import gc
from collections.abc import Callable
from time import process_time

from newsdiff_crawler.budget import Budget, OverBudget

FLOOR = 0.1  # seconds; what takes less is not judged
STEEPEST = 9.0  # times the work for four times the length: in proportion it is 4, in the square 16
TRIES = 3  # what was steep once may have been the machine
FOR_EVER = 10.0  # seconds, after which a reading is given up

Reader = Callable[[str], object]
Make = Callable[[int], str]  # a text of so many characters, about


def steepness(read: Reader, make: Make, most: int) -> str:
    """Why the work grows faster than the text; ``""`` where it does not.

    It is steep only where it is so up to ``most`` characters and on to four times as many: what a
    refusal or a cap bounds takes little for the longer text.
    """
    return _steep(read, make, most) and _steep(read, make, 4 * most)


def _steep(read: Reader, make: Make, most: int) -> str:
    text, quarter = make(most), make(most // 4)
    least, long = 0.0, FOR_EVER
    for _ in range(TRIES):
        long = min(long, _cost(read, text))
        if long <= FLOOR:
            return ""
        least = max(least, _cost(read, quarter))
        if long < FOR_EVER and long <= STEEPEST * least:
            return ""
    return f"{least:.3f} s for {len(quarter):,} characters, {long:.3f} s for {len(text):,}"


def _cost(read: Reader, text: str) -> float:
    """Seconds of CPU of one reading; FOR_EVER for one that does not end. One that ends with an
    error, as a refusal does, has ended."""
    gc.disable()
    start = process_time()
    try:
        Budget(FOR_EVER).spend_on(lambda: read(text))
    except OverBudget:
        return FOR_EVER
    except Exception:
        pass
    finally:
        gc.enable()
    return process_time() - start
