"""Answers that are dear to compute: some may be a little old, some never change."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

K = TypeVar("K")
T = TypeVar("T")


class Recent(Generic[K, T]):
    """Values that never change, by key; the ``most`` that were asked for last are kept."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[K, T] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: K, compute: Callable[[], T]) -> T:
        """The value of a key; computed where it is not kept, by two at once if both ask."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        value = compute()
        with self._lock:
            self._values[key] = value
            if len(self._values) > self._most:
                self._values.popitem(last=False)
        return value


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
