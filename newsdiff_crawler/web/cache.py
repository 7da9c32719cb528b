"""Caches for what is expensive to compute: values that never change, and values that may be old."""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from fastapi import Response

K = TypeVar("K")
T = TypeVar("T")

OF_ENTRY = 2_000  # bytes of a key, and of the objects around a value

logger = logging.getLogger(__name__)


class LRUCache(Generic[K, T]):
    """Values by key that never change. Holds the most recently used: ``size`` MB of them, by
    ``weigh``, the bytes of a value. One that would take a quarter of that is not held."""

    def __init__(self, size: float, weigh: Callable[[T], int]) -> None:
        self._most = int(size * 1_000_000)
        self._weigh = weigh
        self._bytes = 0
        self._values: OrderedDict[K, tuple[T, int]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: K, compute: Callable[[], T]) -> T:
        """The value of a key, computed if it is missing. Two threads that miss it both compute."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key][0]
        value = compute()
        self.keep(key, value)
        return value

    def keep(self, key: K, value: T) -> None:
        """Holds a value that was computed elsewhere."""
        weight = self._weigh(value) + OF_ENTRY
        if weight >= self._most // 4:
            return
        with self._lock:
            _, before = self._values.pop(key, (None, 0))
            self._values[key] = value, weight
            self._bytes += weight - before
            while self._bytes > self._most:
                _, (_, gone) = self._values.popitem(last=False)
                self._bytes -= gone


def size_of_text(text: str) -> int:
    """The most bytes that a text may take, without looking at its characters."""
    return len(text) * 4


def size_of_page(page: Response) -> int:
    """The bytes of an answer."""
    return len(page.body)


@dataclass(frozen=True)
class _Entry(Generic[T]):
    computed_at: float  # seconds, by the cache's clock
    state: object
    value: T


class RefreshingCache(Generic[T]):
    """Values by key that are computed again once they are older than ``lifetime`` seconds.

    Only the first caller of a key waits. Later ones get the old value, and the new one is computed
    in a thread of its own (stale-while-revalidate).
    """

    def __init__(self, lifetime: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._lifetime = lifetime
        self._clock = clock
        self._entries: dict[str, _Entry[T]] = {}
        self._locks: dict[str, threading.Lock] = {}

    def get(self, key: str, compute: Callable[[], T], state: object = None) -> T:
        """The value of a key, old or new, but never one that was computed for another ``state``.
        What ``compute`` raises, this raises for a caller that waits for it; otherwise it is
        logged, and the old value stays."""
        entry = self._current(key, state)
        if entry is None:
            with self._lock(key):
                entry = self._current(key, state) or self._compute(key, compute, state)
        elif self._is_old(entry) and self._lock(key).acquire(blocking=False):
            name, args = f"renewing {key}", (key, compute, state)
            threading.Thread(target=self._renew, name=name, args=args, daemon=True).start()
        return entry.value

    def _current(self, key: str, state: object) -> _Entry[T] | None:
        entry = self._entries.get(key)
        return entry if entry and entry.state == state else None

    def _is_old(self, entry: _Entry[T]) -> bool:
        return self._clock() - entry.computed_at >= self._lifetime

    def _lock(self, key: str) -> threading.Lock:
        return self._locks.setdefault(key, threading.Lock())

    def _renew(self, key: str, compute: Callable[[], T], state: object) -> None:
        try:
            self._compute(key, compute, state)
        except Exception:
            logger.exception("%s: the old value stays", key)
        finally:
            self._lock(key).release()

    def _compute(self, key: str, compute: Callable[[], T], state: object) -> _Entry[T]:
        entry = self._entries[key] = _Entry(self._clock(), state, compute())
        return entry
