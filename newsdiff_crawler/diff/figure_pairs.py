"""Which figures gave way to which."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from newsdiff_crawler.diff.figure import Figure

_OF = 8  # characters between a part and its whole: " of the "


def pair_figures(gone: Sequence[Figure], come: Sequence[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """Which figure gave way to which: of one family, those first that count or measure the same.
    What both sides have, in whatever style, gave way to nothing."""
    left = [new for new in come if not any(new.same_as(old) for old in gone)]
    for old in gone:
        if part := _part_of_it(old, left, come):
            left.remove(part)
            yield old, part
        if any(old.same_as(new) or is_in_short(old, new) for new in come):
            continue
        likely = [new for new in left if _may_give_way(old, new)]
        if likely:
            new = max(likely, key=lambda each: _likeness(old, each))
            left.remove(new)
            yield old, new


def _part_of_it(old: Figure, left: Sequence[Figure], come: Sequence[Figure]) -> Figure | None:
    """The figure that an old one became a part of: 31,000 gave way to "900 of 31,000"."""
    whole = next((new for new in come if new.same_as(old)), None)
    if whole is None or old.kind != "number":
        return None
    return next((n for n in left if n.kind == "number" and 0 < whole.start - n.end <= _OF), None)


def _may_give_way(old: Figure, new: Figure) -> bool:
    """Whether one figure may take another's place: an age never that of a number of people."""
    if old.family != new.family:
        return False
    return (old.kind == "age") == (new.kind == "age") or new.narrows(old)


def _likeness(old: Figure, new: Figure) -> tuple[bool, bool, bool]:
    counts = bool(old.counts) and old.counts[:4] == new.counts[:4]
    return counts, old.unit == new.unit, old.kind == new.kind


def is_in_short(old: Figure, new: Figure) -> bool:
    """Whether one is the other in short: the 50s and the 1950s, 18.9 and 18.9 million."""
    if old.unit == new.unit and (
        new.shown.startswith(f"{old.shown} ") or old.shown.startswith(f"{new.shown} ")
    ):
        return True
    short, long = sorted((re.sub(r"\D", "", each.shown) for each in (old, new)), key=len)
    return len(short) == 2 and len(long) == 4 and long.endswith(short)
