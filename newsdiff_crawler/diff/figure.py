"""A figure: what it says, and whether another one says the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, NamedTuple

from newsdiff_crawler.diff.units import POUND, are_of_two_systems

_CONVERTED = 0.01  # of a measure: what rounding does to it in another unit
_MONTHS = 12  # of a year, in which spans are measured
_NUMBER = re.compile(r"[\d.,\s]+")
FigureKind = Literal[
    "number", "ordinal", "money", "percent", "measure", "age", "score", "time", "date", "phone",
    "vague",
]  # fmt: skip
# What may give way to what: figures of one family.
_FAMILIES: dict[FigureKind, str] = {
    "number": "amount",
    "ordinal": "amount",
    "money": "amount",
    "percent": "amount",
    "measure": "amount",
    "age": "amount",
    "vague": "amount",
}


class Date(NamedTuple):
    """What is known of a date; 0 where nothing is."""

    year: int = 0
    month: int = 0
    day: int = 0
    weekday: int = 0  # from 1, Monday


Value = float | str | Date


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: `value` and `unit` as they are compared, `shown` as it is written.

    `value`: a number, in base units where `unit` measures; a `Date`; minutes of a time of day; the
    digits of a score or a telephone number; the word of a vague amount, or an age such as "20s".
    `step`: what the last digit is worth in base units. `loose`: a word that often means something
    else ("one", "most"). `counts`: how the word after it begins.
    """

    kind: FigureKind
    value: Value
    unit: str
    shown: str
    start: int
    end: int
    step: float = 0.0
    counts: str = ""
    loose: bool = False

    @property
    def family(self) -> str:
        """Figures of one family may give way to each other: a weekday never to a number."""
        return _FAMILIES.get(self.kind, self.kind)

    def same_as(self, other: Figure) -> bool:
        """Whether both say the same, in another style or unit, or one only says more of it."""
        if self.value == other.value and self.unit == other.unit and self.kind == other.kind:
            return True
        if isinstance(self.value, Date) and isinstance(other.value, Date):
            return all(a == b for a, b in zip(self.value, other.value, strict=True) if a and b)
        if {self.kind, other.kind} == {"time", "number"}:
            return digits_of(self.shown) == digits_of(other.shown)
        if not (isinstance(self.value, float) and isinstance(other.value, float)):
            return False
        return self.family == other.family and (
            _same_amount(self, other) or _same_weight(self, other) or _same_weight(other, self)
        )

    def narrows(self, other: Figure) -> bool:
        """Whether it says more precisely what the other one left open: 26 and "in his 20s", 3.4 km
        and 3 km."""
        if other.kind == "vague":
            return self.family == "amount" and self.kind != "vague"
        if other.kind == "age" and isinstance(other.value, str) and isinstance(self.value, float):
            years = self.value / _MONTHS if self.unit == "months" else self.value  # "34 jaar"
            return f"{int(years // 10) * 10}s" == other.value
        if self.kind == other.kind == "measure":
            return _has_more_digits(self, other)
        if not (isinstance(self.value, Date) and isinstance(other.value, Date)):
            return False
        known, left_open = (sum(map(bool, date)) for date in (self.value, other.value))
        return self.same_as(other) and known > left_open


def digits_of(text: str) -> list[str]:
    return re.findall(r"\d+", text)


def _has_more_digits(one: Figure, other: Figure) -> bool:
    """Whether a measure is another one of the same unit with more digits behind it."""
    assert isinstance(one.value, float)
    assert isinstance(other.value, float)
    of_one_unit = _NUMBER.sub("", one.shown) == _NUMBER.sub("", other.shown)
    is_near = abs(one.value - other.value) < other.step / 2
    return of_one_unit and 0 < one.step < other.step and is_near


def _same_weight(one: Figure, other: Figure) -> bool:
    """Whether pounds that were taken for money weigh what the other figure does."""
    if one.unit != "GBP" or "pound" not in one.shown.lower() or other.unit != "mass":
        return False
    assert isinstance(one.value, float)
    assert isinstance(other.value, float)
    return abs(one.value * POUND - other.value) <= _CONVERTED * other.value


def _same_amount(one: Figure, other: Figure) -> bool:
    assert isinstance(one.value, float)
    assert isinstance(other.value, float)
    if one.unit == other.unit:
        room = 1e-9 * abs(one.value)
        if are_of_two_systems(one.step, other.step, one.unit):
            room = max(_CONVERTED * abs(one.value), max(one.step, other.step) / 2)
        return abs(one.value - other.value) <= room
    bare = one if not one.unit else other if not other.unit else None
    if bare is None or one.value != other.value:
        return False
    dressed = other if bare is one else one
    return dressed.kind not in ("money", "percent") or abs(one.value) >= 1000
