"""Answers that are dear to compute: some may be a little old, some never change."""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

K = TypeVar("K")
T = TypeVar("T")

logger = logging.getLogger(__name__)


class RecentCache(Generic[K, T]):
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


@dataclass(frozen=True)
class _Kept(Generic[T]):
    at: float  # seconds, by the cache's clock
    state: object
    value: T


class RefreshingCache(Generic[T]):
    """Values by key that are dear to compute, anew where one is older than ``lifetime`` seconds.

    Nobody waits for that but who asks for a key first: others get the old value, and the new one
    is computed in a thread of its own.
    """

    def __init__(self, lifetime: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._lifetime = lifetime
        self._clock = clock
        self._values: dict[str, _Kept[T]] = {}
        self._locks: dict[str, threading.Lock] = {}

    def get(self, key: str, compute: Callable[[], T], state: object = None) -> T:
        """The value of a key, old or new, but none that was computed when matters were in another
        ``state``. What ``compute`` raises, this raises for who waits for it; later the log tells
        of it, and the old value stays."""
        kept = self._fitting(key, state)
        if kept is None:
            with self._lock(key):
                kept = self._fitting(key, state) or self._compute(key, compute, state)
        elif self._clock() - kept.at >= self._lifetime and self._lock(key).acquire(blocking=False):
            name, given = f"renewing {key}", (key, compute, state)
            threading.Thread(target=self._renew, name=name, args=given, daemon=True).start()
        return kept.value

    def _fitting(self, key: str, state: object) -> _Kept[T] | None:
        kept = self._values.get(key)
        return kept if kept and kept.state == state else None

    def _lock(self, key: str) -> threading.Lock:
        return self._locks.setdefault(key, threading.Lock())

    def _renew(self, key: str, compute: Callable[[], T], state: object) -> None:
        try:
            self._compute(key, compute, state)
        except Exception:
            logger.exception("%s: the old value stays", key)
        finally:
            self._lock(key).release()

    def _compute(self, key: str, compute: Callable[[], T], state: object) -> _Kept[T]:
        made = self._values[key] = _Kept(self._clock(), state, compute())
        return made
