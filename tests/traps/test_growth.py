"""Reading takes time in proportion to what is read, whatever it is: traps against all readers.

`TRAPS=all python -m pytest tests/traps` tries each trap with each reader, which takes an hour.
Without it, each reader meets a part of them, another one than its neighbours, and the known ones.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.traps.growth import Reader, steepness
from tests.traps.inputs import ENDS, EVERY, KNOWN, UNITS, repeated
from tests.traps.readers import ANSWERS, DIFFS, PLACES, SAVED, TEXTS

MOST, FEWER = 32_000, 16_000  # characters; fewer for what takes longer by nature
IS_WHOLE = os.environ.get("TRAPS") == "all"
FAST = TEXTS | ANSWERS
SLOW = PLACES | DIFFS


def part(readers: Mapping[str, Reader], name: str, traps: Sequence[str], parts: int) -> list[str]:
    """Every so manieth trap, from another one on for each reader."""
    return [*traps[list(readers).index(name) % parts :: parts]]


def steep(read: Reader, traps: Sequence[str], most: int) -> list[str]:
    chosen = EVERY if IS_WHOLE else dict.fromkeys(traps)
    found = {trap: steepness(read, EVERY[trap], most) for trap in chosen}
    return [f"{trap}: {why}" for trap, why in found.items() if why]


@pytest.mark.parametrize("name", FAST)
def test_a_text_or_an_answer_is_read_in_proportion(name: str) -> None:
    assert steep(FAST[name], [*KNOWN, *part(FAST, name, [*EVERY], 9)], MOST) == []


@pytest.mark.parametrize("name", SLOW)
def test_a_page_or_a_change_is_read_in_proportion(name: str) -> None:
    assert steep(SLOW[name], [*KNOWN, *part(SLOW, name, [*EVERY], 48)], FEWER) == []


@pytest.mark.parametrize("name", SAVED)
def test_a_page_of_a_known_layout_is_read_in_proportion(name: str) -> None:
    assert steep(SAVED[name], part(SAVED, name, KNOWN, 5), FEWER) == []


@settings(max_examples=100)
@given(
    st.sampled_from(sorted(FAST)),
    st.sampled_from(["", *UNITS]),
    st.lists(st.sampled_from(UNITS), min_size=1, max_size=3).map("".join),
    st.sampled_from(ENDS),
)
def test_what_is_repeated_is_read_in_proportion(
    name: str, before: str, unit: str, after: str
) -> None:
    assert steepness(FAST[name], repeated(unit, before, after), MOST) == ""
