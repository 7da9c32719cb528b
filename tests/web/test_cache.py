"""Expensive values are computed once in a while, and never by two at once."""

from __future__ import annotations

import threading
import tracemalloc
from itertools import count

import pytest

from newsdiff_crawler.web.cache import LRUCache, RefreshingCache


class StoppedClock:
    """A clock that stands still until it is set."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def wait_for_threads() -> None:
    for thread in threading.enumerate():
        if thread.name.startswith("renewing"):
            thread.join()


def test_a_value_is_computed_once_in_its_lifetime() -> None:
    clock, numbers = StoppedClock(), count()
    cache = RefreshingCache[int](10, clock)
    assert [cache.get("a", numbers.__next__) for _ in range(2)] == [0, 0]


def test_every_key_has_its_own() -> None:
    cache = RefreshingCache[str](10, StoppedClock())
    assert (cache.get("a", lambda: "A"), cache.get("b", lambda: "B")) == ("A", "B")


def test_nobody_waits_for_a_value_that_was_there_before() -> None:
    clock = StoppedClock()
    cache = RefreshingCache[str](10, clock)
    cache.get("a", lambda: "old")
    clock.now = 10
    done = threading.Event()

    def slowly() -> str:
        done.wait()
        return "new"

    assert cache.get("a", slowly) == "old"
    assert cache.get("a", lambda: "never computed") == "old"
    done.set()
    wait_for_threads()
    assert cache.get("a", lambda: "never computed") == "new"


def test_the_second_caller_waits_for_the_value_that_the_first_computes() -> None:
    cache, begun, done = (
        RefreshingCache[str](10, StoppedClock()),
        threading.Event(),
        threading.Event(),
    )

    def slowly() -> str:
        begun.set()
        done.wait()
        return "once"

    first = threading.Thread(target=cache.get, args=("a", slowly))
    values: list[str] = []
    second = threading.Thread(target=lambda: values.append(cache.get("a", lambda: "twice")))
    first.start()
    begun.wait()
    second.start()
    done.set()
    first.join()
    second.join()
    assert values == ["once"]


def test_a_failure_leaves_the_old_value_and_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    clock = StoppedClock()
    cache = RefreshingCache[int](10, clock)
    cache.get("a", lambda: 1)
    clock.now = 10
    cache.get("a", lambda: 1 // 0)
    wait_for_threads()
    assert cache.get("a", lambda: 2) == 1
    assert "ZeroDivisionError" in caplog.text
    wait_for_threads()
    assert cache.get("a", lambda: 3) == 2


def test_a_failure_is_not_kept() -> None:
    cache = RefreshingCache[int](10, StoppedClock())
    with pytest.raises(ZeroDivisionError):
        cache.get("a", lambda: 1 // 0)
    assert cache.get("a", lambda: 1) == 1


def test_the_most_recently_used_values_are_kept() -> None:
    cache, numbers = LRUCache[str, int](1, lambda _: 199_000), count()
    computed = [cache.get(key, numbers.__next__) for key in "abcdaef"]
    assert computed == [0, 1, 2, 3, 0, 4, 5]
    assert [cache.get(key, numbers.__next__) for key in "adefb"] == [0, 3, 4, 5, 6]


def test_a_cache_is_as_large_as_it_may_be_however_many_values_come() -> None:
    cache = LRUCache[int, bytes](2, len)

    def fill(first: int) -> int:
        for key in range(first, first + 400):
            cache.get(key, lambda: bytes(100_000))
        return tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    try:
        once, twice = fill(0), fill(400)
    finally:
        tracemalloc.stop()
    assert once < 3_000_000
    assert twice < once + 100_000


def test_one_large_value_drives_out_no_others() -> None:
    cache, numbers = LRUCache[str, bytes](1, len), count()
    cache.get("small", lambda: b"1")
    cache.get("large", lambda: bytes(900_000))
    assert cache.get("small", lambda: b"2") == b"1"
    assert [cache.get("large", lambda: bytes([next(numbers)])) for _ in range(2)] == [b"\0"] * 2


def test_small_values_are_counted_with_what_is_around_them() -> None:
    cache = LRUCache[int, bytes](1, len)
    for key in range(2_000):
        cache.get(key, lambda: b"")
    assert cache.get(0, lambda: b"anew") == b"anew"


def test_a_value_of_another_state_is_computed_again() -> None:
    cache, numbers = RefreshingCache[int](10, StoppedClock()), count()
    values = [cache.get("a", numbers.__next__, state) for state in (None, 1, 1, 2)]
    assert values == [0, 1, 1, 2]
