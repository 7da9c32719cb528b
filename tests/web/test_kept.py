"""Dear answers are computed once in a while, and never by two at once."""

from __future__ import annotations

import threading
from itertools import count

import pytest

from newsdiff_crawler.web.kept import Kept, Recent


class Clock:
    """A clock that stands still until it is set."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_value_is_computed_once_in_its_lifetime() -> None:
    clock, numbers = Clock(), count()
    kept = Kept[int](10, clock)
    assert [kept.get("a", numbers.__next__) for _ in range(2)] == [0, 0]
    clock.now = 10
    assert kept.get("a", numbers.__next__) == 1


def test_every_key_has_its_own() -> None:
    kept = Kept[str](10, Clock())
    assert (kept.get("a", lambda: "A"), kept.get("b", lambda: "B")) == ("A", "B")


def test_who_asks_while_another_computes_gets_the_old_value() -> None:
    clock = Clock()
    kept = Kept[str](10, clock)
    kept.get("a", lambda: "old")
    clock.now = 10
    begun, done = threading.Event(), threading.Event()

    def slowly() -> str:
        begun.set()
        done.wait()
        return "new"

    thread = threading.Thread(target=kept.get, args=("a", slowly))
    thread.start()
    begun.wait()
    assert kept.get("a", lambda: "never computed") == "old"
    done.set()
    thread.join()
    assert kept.get("a", lambda: "never computed") == "new"


def test_a_failure_is_not_kept() -> None:
    kept = Kept[int](10, Clock())
    with pytest.raises(ZeroDivisionError):
        kept.get("a", lambda: 1 // 0)
    assert kept.get("a", lambda: 1) == 1


def test_what_was_asked_for_last_is_kept() -> None:
    recent, numbers = Recent[str, int](2), count()
    assert [recent.get(key, numbers.__next__) for key in "abacab"] == [0, 1, 0, 2, 0, 3]
