"""Bars are as high as their values, and stay in the picture."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from newsdiff_crawler.web.plots import HEIGHT, WIDTH, Moment, bar_plot, timeline


def test_heights_are_in_proportion() -> None:
    bars = bar_plot("Title", [1, 2, 4], ["a", "b", "c"]).bars
    assert bars[2].height == 2 * bars[1].height == 4 * bars[0].height
    assert len({round(bar.y + bar.height, 1) for bar in bars}) == 1


def test_only_some_are_named_where_all_would_not_fit() -> None:
    bars = bar_plot("Title", [1] * 6, list("abcdef"), every=3).bars
    assert [bar.name for bar in bars if bar.is_named] == ["a", "d"]


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=24))
def test_every_bar_is_in_the_picture(values: list[int]) -> None:
    for bar in bar_plot("Title", values, [""] * len(values)).bars:
        assert bar.x >= 0
        assert bar.x + bar.width <= WIDTH + 0.1
        assert 0 <= bar.y <= bar.y + bar.height <= HEIGHT


def test_moments_stand_in_proportion_to_time() -> None:
    times = ("2025-04-22T14:00:00Z", "2025-04-22T15:00:00Z", "2025-04-22T18:00:00Z")
    line = timeline([Moment(at, "version", "", "#") for at in times], end=times[-1])
    first, second, last = (x for x, _ in line.points)
    assert round((last - first) / (second - first)) == 4
    assert 0 < first < last < 100


def test_a_timeline_goes_on_to_the_last_check() -> None:
    line = timeline(
        [Moment("2025-04-22T14:00:00Z", "version", "", "#")], end="2025-04-23T14:00:00Z"
    )
    assert (line.start, line.end) == ("2025-04-22T14:00:00Z", "2025-04-23T14:00:00Z")
    assert line.points[0][0] < 50


def test_a_single_moment_is_a_timeline_too() -> None:
    at = "2025-04-22T14:00:00Z"
    assert len(timeline([Moment(at, "version", "", "#")], end=at).points) == 1
