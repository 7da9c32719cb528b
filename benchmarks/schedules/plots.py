"""The pictures of docs/schedule.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path

from benchmarks.schedules.replay import ReplayResult
from benchmarks.schedules.rules import START
from newsdiff_crawler.items import Outcome
from newsdiff_crawler.scheduling.schedule import ScheduleState, after_check

LIVES = {
    "never edited": (),
    "edited at 1 h": (1.0,),
    "edited at 1, 2, 4 and 20 h": (1.0, 2.0, 4.0, 20.0),
}
LONGEST_SHOWN = 14 * 24.0  # hours of age


def draw(curves: Mapping[str, Sequence[ReplayResult]], folder: Path) -> None:
    """Writes schedule-rules.svg and schedule-lives.svg."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams |= {"svg.fonttype": "none", "svg.hashsalt": "newsdiff", "font.size": 9}
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8, 3.4), layout="constrained")
    caught, delay = figure.subplots(1, 2)
    for name, results in curves.items():
        style = {"linewidth": 2.2, "color": "black"} if name == "this one" else {"linewidth": 1.2}
        checks = [result.checks for result in results]
        caught.plot(checks, [100 * result.lost for result in results], label=name, **style)
        delay.plot(checks, [result.median_delay for result in results], label=name, **style)
    for axes, title in ((caught, "versions lost, %"), (delay, "median delay, minutes")):
        axes.set(xscale="log", yscale="log", xlabel="checks per article", title=title)
        axes.set_xticks([8, 12, 24, 48, 72], ["8", "12", "24", "48", "72"], minor=False)
        axes.set_xticks([], minor=True)
        axes.grid(alpha=0.3)
    caught.set_yticks([0.2, 0.5, 1, 2, 5, 10, 20], ["0.2", "0.5", "1", "2", "5", "10", "20"])
    delay.set_yticks([5, 10, 20, 50, 100], ["5", "10", "20", "50", "100"])
    delay.legend()
    figure.savefig(folder / "schedule-rules.svg", metadata={"Date": None})

    figure = Figure(figsize=(8, 3), layout="constrained")
    axes = figure.subplots()
    for name, edits in LIVES.items():
        ages, waits = life(edits)
        axes.plot(ages, waits, marker=".", label=name)
    axes.set(
        xscale="log", yscale="log", xlabel="age at the check", title="wait until the next check"
    )
    ticks = {5 / 60: "5 min", 0.25: "15 min", 1: "1 h", 6: "6 h", 24: "1 day", 168: "1 week"}
    axes.set_yticks(list(ticks), list(ticks.values()))
    axes.set_xticks(list(ticks)[1:], list(ticks.values())[1:])
    axes.minorticks_off()
    axes.grid(alpha=0.3)
    axes.legend()
    figure.savefig(folder / "schedule-lives.svg", metadata={"Date": None})


def life(edits: Sequence[float]) -> tuple[list[float], list[float]]:
    """The ages in hours at which an article is checked (after the first check), and the waits
    that follow."""
    state, age, seen = ScheduleState(), 0.0, 0
    ages: list[float] = []
    waits: list[float] = []
    while age < LONGEST_SHOWN:
        happened = sum(edit <= age for edit in edits)
        outcome: Outcome = "changed" if happened > seen else "unchanged"
        state = after_check(outcome, state, START + timedelta(hours=age))
        seen = happened
        wait = state.wait / timedelta(hours=1)
        ages, waits = [*ages, age], [*waits, wait]
        age += wait
    return ages[1:], waits[1:]
