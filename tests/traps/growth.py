"""How the work of a reader grows with the length of what it reads. Measured in CPU time, decided by
ratios: a slow or busy machine is slow at every length."""

from __future__ import annotations

import gc
from collections.abc import Callable
from time import process_time

FLOOR = 0.05  # seconds; below it nothing is judged
STEEPEST = 9.0  # times the work for four times the length: in proportion it is 4, in the square 16
STRIKES = 2  # lengths in a row at which it is steeper; one may be where a bound begins


def steepness(read: Callable[[str], object], make: Callable[[int], str], most: int) -> str:
    """Why the work grows faster than the text, up to ``most`` characters; ``""`` where it does not.

    From a small text on, each twice as long as the last. What is bounded, by a refusal or by a cap,
    passes: there are too few lengths at which it is steep.
    """
    costs: dict[int, float] = {}
    strikes: list[str] = []
    length = most // 64
    while length <= most and len(strikes) < STRIKES:
        text = make(length)
        costs[length] = cost(read, text)
        before = costs.get(length // 4)
        if before is not None and costs[length] > max(FLOOR, STEEPEST * before):
            again, least = cost(read, text), cost(read, make(length // 4))
            costs[length], costs[length // 4] = min(costs[length], again), max(before, least)
        before = costs.get(length // 4)
        if before is not None and costs[length] > max(FLOOR, STEEPEST * before):
            strikes.append(f"{before:.3f} s -> {costs[length]:.3f} s at {length:,}")
        else:
            strikes.clear()
        length *= 2
    return "; ".join(strikes) if len(strikes) == STRIKES else ""


def cost(read: Callable[[str], object], text: str) -> float:
    """Seconds of CPU of one reading. What it raises was read, too."""
    gc.disable()
    try:
        start = process_time()
        try:
            read(text)
        except Exception:  # noqa: BLE001, S110 - that it ends is all that is asked
            pass
        return process_time() - start
    finally:
        gc.enable()
