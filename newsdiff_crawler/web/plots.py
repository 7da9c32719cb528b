"""Plots, drawn as SVG on the server: no script, colours from the page's stylesheet.

Horizontal lengths are percent of the width, so that marks and letters have the same size on every
screen. Vertical lengths are pixels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from newsdiff_crawler.times import from_iso

WIDTH, HEIGHT = 100, 150
_TOP, _BOTTOM = 18, 22  # room for the number above the tallest bar and the names below
_MARGIN = 1.5  # left and right of a timeline


@dataclass(frozen=True)
class Bar:
    """One bar with its place. Its name is below and its value above, both centred at ``middle``."""

    name: str
    value: int
    x: float
    y: float
    width: float
    height: float
    middle: float
    is_named: bool


@dataclass(frozen=True)
class BarPlot:
    """Bars side by side. ``base``: the lower end of all bars."""

    title: str
    bars: list[Bar]
    height: int = HEIGHT
    base: int = HEIGHT - _BOTTOM


@dataclass(frozen=True)
class Moment:
    """A mark on a timeline. ``kind``: version, minor or event."""

    at: str
    kind: str
    text: str
    href: str


@dataclass(frozen=True)
class Timeline:
    """Moments in proportion to time, each with its horizontal place. ``start``, ``end``: times."""

    points: list[tuple[float, Moment]]
    start: str
    end: str


def timeline(moments: Sequence[Moment], end: str) -> Timeline:
    """From the first moment to ``end``, or to the last moment if that is later."""
    start = min(moment.at for moment in moments)
    end = max(end, *(moment.at for moment in moments))
    first, length = from_iso(start), (from_iso(end) - from_iso(start)).total_seconds() or 1.0
    room = WIDTH - 2 * _MARGIN
    points = [
        (round(_MARGIN + room * (from_iso(moment.at) - first).total_seconds() / length, 2), moment)
        for moment in moments
    ]
    return Timeline(points, start, end)


def bar_plot(title: str, values: Sequence[int], names: Sequence[str], every: int = 1) -> BarPlot:
    """Bars of these values from left to right. Each ``every``-th has its name below."""
    step = WIDTH / max(len(values), 1)
    scale = (HEIGHT - _TOP - _BOTTOM) / max(*values, 1)
    bars = [
        Bar(
            name=name,
            value=value,
            x=round(step * index + step * 0.1, 2),
            y=round(HEIGHT - _BOTTOM - value * scale, 1),
            width=round(step * 0.8, 2),
            height=round(value * scale, 1),
            middle=round(step * (index + 0.5), 2),
            is_named=index % every == 0,
        )
        for index, (value, name) in enumerate(zip(values, names, strict=True))
    ]
    return BarPlot(title, bars)
