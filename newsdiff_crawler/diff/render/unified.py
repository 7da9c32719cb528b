"""A diff as a patch: the unified format, a block a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from newsdiff_crawler.diff.model import Diff, Side
from newsdiff_crawler.diff.render.visible import visible

CONTEXT = 3  # unchanged lines beside a change
_Line = tuple[str, str]  # " ", "-" or "+", and the text


def as_patch(diff: Diff, before: str = "before", after: str = "after") -> str:
    """The changes in unified format; `before` and `after` name the versions in its head.

    It applies to the older version written a block a line. Control characters are made visible,
    so that it may be printed. Empty if both versions read the same.
    """
    lines = list(_lines(diff))
    hunks = "".join(_hunk(lines, start, end) for start, end in _hunk_bounds(lines))
    return f"--- {visible(before)}\n+++ {visible(after)}\n{hunks}" if hunks else ""


def _lines(diff: Diff) -> Iterator[_Line]:
    for row in diff.rows:
        old, new = _text(row.before), _text(row.after)
        if old == new:
            yield from ((" ", line) for line in old)
        else:
            yield from (("-", line) for line in old)
            yield from (("+", line) for line in new)


def _text(sides: Sequence[Side]) -> list[str]:
    return [visible(line) for side in sides for line in side.block.text.split("\n")]


def _hunk_bounds(lines: Sequence[_Line]) -> Iterator[tuple[int, int]]:
    """From where to where each hunk goes: changes and their context, joined if they touch."""
    changed = [n for n, (mark, _) in enumerate(lines) if mark != " "]
    start = end = -1
    for n in changed:
        if start >= 0 and n - CONTEXT > end:
            yield start, end
            start = -1
        if start < 0:
            start = max(0, n - CONTEXT)
        end = min(len(lines), n + CONTEXT + 1)
    if start >= 0:
        yield start, end


def _hunk(lines: Sequence[_Line], start: int, end: int) -> str:
    body = lines[start:end]
    old = _range([mark for mark, _ in lines[:start]], [mark for mark, _ in body], "+")
    new = _range([mark for mark, _ in lines[:start]], [mark for mark, _ in body], "-")
    return f"@@ -{old} +{new} @@\n" + "".join(f"{mark}{text}\n" for mark, text in body)


def _range(above: Sequence[str], body: Sequence[str], other: str) -> str:
    """Where a hunk starts in one version and how many of its lines it covers."""
    first = sum(mark != other for mark in above) + 1
    length = sum(mark != other for mark in body)
    return f"{first if length else first - 1},{length}"
