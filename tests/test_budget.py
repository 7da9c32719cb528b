"""A reading that takes too long is interrupted, whatever it is at, and costs others nothing."""

from __future__ import annotations

import re
import signal
from collections.abc import Callable
from contextlib import suppress

import pytest

from newsdiff_crawler.budget import Budget, CutShort, OverBudget

ENDLESS = re.compile(r"(?:a+)+$")


def for_ever() -> None:
    while True:
        pass


def search() -> None:
    """A pattern that would take years."""
    ENDLESS.search("a" * 60 + "b")


def swallow() -> None:
    """What a library may do that takes whatever goes wrong for its own fault."""
    while True:
        with suppress(Exception):
            for_ever()


@pytest.mark.parametrize("reading", [for_ever, search, swallow])
def test_a_reading_over_its_budget_is_interrupted(reading: Callable[[], None]) -> None:
    with pytest.raises(OverBudget, match=r"more than 0\.05 s of CPU time"):
        Budget(0.05).spend_on(reading)


def test_a_second_try_ends_what_swallows_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsdiff_crawler.budget.AGAIN", 0.01)
    tries = []

    def stubborn() -> None:
        try:
            for_ever()
        except BaseException:
            tries.append(1)
        for_ever()

    with pytest.raises(OverBudget):
        Budget(0.01).spend_on(stubborn)
    assert tries == [1]


def test_after_a_reading_no_timer_is_left() -> None:
    before = signal.getsignal(signal.SIGPROF)
    assert Budget(10).spend_on(lambda: "read") == "read"
    with pytest.raises(OverBudget):
        Budget(0.01).spend_on(for_ever)
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGPROF) == before


def test_when_the_crawl_is_to_end_the_reading_ends_soon_and_none_begins() -> None:
    budget = Budget(600)
    signal.signal(signal.SIGUSR1, lambda *_: budget.end())

    def asked_to_end() -> None:
        signal.raise_signal(signal.SIGUSR1)
        for_ever()

    with pytest.raises(CutShort):
        budget.spend_on(asked_to_end)
    with pytest.raises(CutShort):
        budget.spend_on(lambda: None)


def test_work_on_many_is_given_up_once_all_is_to_end() -> None:
    budget = Budget(10)
    work = budget.until_over(range(5))
    assert [next(work), next(work)] == [0, 1]
    budget.end()
    with pytest.raises(CutShort):
        next(work)
