"""Answers that are dear to compute and may be a little old."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Kept(Generic[T]):
    """Values by key, each computed at most once in ``lifetime`` seconds.

    Where one is too old, the first to ask computes it anew; those who ask meanwhile get the old.
    """

    def __init__(self, lifetime: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._lifetime = lifetime
        self._clock = clock
        self._values: dict[str, tuple[float, T]] = {}
        self._locks: dict[str, threading.Lock] = {}

    def get(self, key: str, compute: Callable[[], T]) -> T:
        """The value of a key, old or new. What ``compute`` raises, this raises."""
        lock = self._locks.setdefault(key, threading.Lock())
        kept = self._values.get(key)
        if kept and (self._clock() - kept[0] < self._lifetime or lock.locked()):
            return kept[1]
        with lock:
            kept = self._values.get(key)
            if not kept or self._clock() - kept[0] >= self._lifetime:
                kept = self._values[key] = (self._clock(), compute())
            return kept[1]
