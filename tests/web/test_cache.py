"""Dear answers are computed once in a while, and never by two at once."""

from __future__ import annotations

import threading
from itertools import count

import pytest

from newsdiff_crawler.web.cache import RecentCache, RefreshingCache


class Clock:
    """A clock that stands still until it is set."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def wait_for_threads() -> None:
    for thread in threading.enumerate():
        if thread.name.startswith("renewing"):
            thread.join()


def test_a_value_is_computed_once_in_its_lifetime() -> None:
    clock, numbers = Clock(), count()
    kept = RefreshingCache[int](10, clock)
    assert [kept.get("a", numbers.__next__) for _ in range(2)] == [0, 0]


def test_every_key_has_its_own() -> None:
    kept = RefreshingCache[str](10, Clock())
    assert (kept.get("a", lambda: "A"), kept.get("b", lambda: "B")) == ("A", "B")


def test_nobody_waits_for_a_value_that_was_there_before() -> None:
    clock = Clock()
    kept = RefreshingCache[str](10, clock)
    kept.get("a", lambda: "old")
    clock.now = 10
    done = threading.Event()

    def slowly() -> str:
        done.wait()
        return "new"

    assert kept.get("a", slowly) == "old"
    assert kept.get("a", lambda: "never computed") == "old"
    done.set()
    wait_for_threads()
    assert kept.get("a", lambda: "never computed") == "new"


def test_who_asks_first_waits_for_who_computes_already() -> None:
    kept, begun, done = RefreshingCache[str](10, Clock()), threading.Event(), threading.Event()

    def slowly() -> str:
        begun.set()
        done.wait()
        return "once"

    first = threading.Thread(target=kept.get, args=("a", slowly))
    found: list[str] = []
    second = threading.Thread(target=lambda: found.append(kept.get("a", lambda: "twice")))
    first.start()
    begun.wait()
    second.start()
    done.set()
    first.join()
    second.join()
    assert found == ["once"]


def test_a_failure_leaves_the_old_value_and_is_told(caplog: pytest.LogCaptureFixture) -> None:
    clock = Clock()
    kept = RefreshingCache[int](10, clock)
    kept.get("a", lambda: 1)
    clock.now = 10
    kept.get("a", lambda: 1 // 0)
    wait_for_threads()
    assert kept.get("a", lambda: 2) == 1
    assert "ZeroDivisionError" in caplog.text
    wait_for_threads()
    assert kept.get("a", lambda: 3) == 2


def test_a_failure_is_not_kept() -> None:
    kept = RefreshingCache[int](10, Clock())
    with pytest.raises(ZeroDivisionError):
        kept.get("a", lambda: 1 // 0)
    assert kept.get("a", lambda: 1) == 1


def test_what_was_asked_for_last_is_kept() -> None:
    recent, numbers = RecentCache[str, int](2), count()
    assert [recent.get(key, numbers.__next__) for key in "abacab"] == [0, 1, 0, 2, 0, 3]


def test_a_value_of_another_state_is_not_given_to_anybody() -> None:
    kept, numbers = RefreshingCache[int](10, Clock()), count()
    asked = [kept.get("a", numbers.__next__, state) for state in (None, 1, 1, 2)]
    assert asked == [0, 1, 1, 2]
