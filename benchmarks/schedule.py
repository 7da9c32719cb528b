"""How many edits a schedule sees: `python benchmarks/schedule.py ../shared/revisions`.

Replays real times of edits (trace.jsonl.gz) and bursts made from published tables (tables/)
under the crawler's own schedule and under those of other trackers, at equal numbers of checks.
An edit is caught if it is seen before the next one replaces it; the delay is from the edit to
the check. Figures are means over draws of the moments at which edits happened. All of it takes
a quarter of an hour; `--draws 1 --every 8` a first impression in one. `--plots docs` draws the
pictures of docs/schedule.md, with matplotlib, which is not among the requirements.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from unittest.mock import patch

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))  # `python benchmarks/schedule.py` puts only its own folder there

from benchmarks.schedules import plots, traces  # noqa: E402
from benchmarks.schedules.replay import Result, fit, fit_price, mean, replay  # noqa: E402
from benchmarks.schedules.rules import Growing, Ours, Rule, Steps  # noqa: E402
from benchmarks.schedules.traces import Story  # noqa: E402
from newsdiff_crawler.scheduling.schedule import PRICE  # noqa: E402

BUDGETS = (8, 12, 24, 48, 72)  # looks per article
PEERS: dict[str, tuple[Callable[[float], Rule], float, float]] = {
    "News Sniffer's": (Growing, 1.005, 4.0),
    "growing from 15 min": (lambda growth: Growing(growth, first=0.25), 1.005, 4.0),
    "NewsDiffs'": (Steps, 0.05, 50.0),
}
OURS = "this one"
VARIED = {
    "edits open nothing again": ("edit_rate.REOPENED", 0.0),
    "a lost version counts as 16 h": ("price.LOSS", 16.0),
    "a lost version counts as 96 h": ("price.LOSS", 96.0),
}
HINTED = 0.6
Draws = list[list[Story]]


@dataclass(frozen=True)
class Row:
    """One line of a table."""

    name: str
    result: Result
    beside: Result  # News Sniffer's rule at as many checks

    def __str__(self) -> str:
        lost = self.result.lost / self.beside.lost
        return (
            f"| {self.result.looks:.1f} | {self.name} | {self.result.caught:.4f} | {lost:.2f} | "
            f"{self.result.median_delay:.1f} | {self.result.mean_delay:.0f} |"
        )


HEAD = """| looks | rule | caught | lost, against News Sniffer's | median delay, min | mean |
|---|---|---|---|---|---|"""


def main(folder: Path, draws: int, every: int, plots_folder: Path | None) -> None:
    """Prints tables as they are made."""
    real = [traces.recorded(folder, seed)[::every] for seed in range(draws)]
    stories, edits = len(real[0]), sum(len(story.edits) for story in real[0])
    print(f"Real edits: {stories} articles, {edits} edits\n\n{HEAD}", flush=True)
    curves: dict[str, list[Result]] = {}
    for looks in BUDGETS:
        for row in at_equal_looks(real, looks):
            curves.setdefault(row.name, []).append(row.result)
            print(row, flush=True)
    print(f"\nAs they are\n\n{HEAD}", flush=True)
    for row in as_they_are(real):
        print(row, flush=True)
    print(f"\nWhat the parts are worth\n\n{HEAD}", flush=True)
    for row in variations(real):
        print(row, flush=True)
    for name, made in {"Bursts": traces.breaking, "Without age": traces.unaging}.items():
        bursts = [made(folder, seed) for seed in range(draws)]
        print_bursts(name, bursts)
    print(f"\n{capacity(real[0])}")
    if plots_folder:
        plots.draw(curves, plots_folder)


def at_equal_looks(draws: Draws, looks: float) -> Iterator[Row]:
    """All rules, at so many checks per article."""
    results = {}
    for name, (make, low, high) in PEERS.items():
        at = fit(make, draws[0], looks, low, high)
        results[name] = average(draws, partial(make, at))
    results[OURS] = ours(draws, looks)
    for name, result in results.items():
        yield Row(name, result, results["News Sniffer's"])


def as_they_are(draws: Draws) -> Iterator[Row]:
    """Other trackers' rules as those run them, each followed by ours at as many checks."""
    as_is: dict[str, Callable[[], Rule]] = {
        "News Sniffer's, as it is": lambda: Growing(1.2),
        "NewsDiffs', as it is": lambda: Steps(1.0),
    }
    beside = average(draws, lambda: Growing(1.2))
    for name, make in as_is.items():
        peer = average(draws, make)
        yield Row(name, peer, beside)
        yield Row(OURS, ours(draws, peer.looks), beside)


def variations(draws: Draws) -> Iterator[Row]:
    """Ours at 24 looks with parts taken out; with hints at 12."""
    beside = sniffer(draws, 24)
    yield Row(OURS, ours(draws, 24), beside)
    yield Row("nothing learned", ours(draws, 24, partial(Ours, learning=False)), beside)
    for name, (constant, value) in VARIED.items():
        with patch(f"newsdiff_crawler.{constant}", value):
            yield Row(name, ours(draws, 24), beside)
    yield from beside_a_wire(draws)
    told = ours(draws, 12, hinted_share=HINTED)
    yield Row(f"feeds tell of {HINTED:.0%} of edits", told, sniffer(draws, 12))


def beside_a_wire(draws: Draws) -> Iterator[Row]:
    """What learning is worth where the sections of a source differ."""
    wired = [traces.with_wire(stories, seed) for seed, stories in enumerate(draws)]
    beside = sniffer(wired, 24)
    yield Row("a wire feed added", ours(wired, 24), beside)
    unlearned = ours(wired, 24, partial(Ours, learning=False))
    yield Row("a wire feed added, nothing learned", unlearned, beside)


def print_bursts(name: str, draws: Draws) -> None:
    """Ours at as many checks as News Sniffer's own rule makes of a made trace."""
    edits = sum(len(story.edits) for story in draws[0])
    quartiles = ", ".join(f"{gap:.2f}" for gap in traces.intervals(draws[0]))
    print(f"\n{name}: {len(draws[0])} articles, {edits} edits, {quartiles} h apart\n\n{HEAD}")
    peer = average(draws, lambda: Growing(1.2))
    print(Row("News Sniffer's, as it is", peer, peer), flush=True)
    print(Row(OURS, ours(draws, peer.looks), peer), flush=True)


def capacity(stories: list[Story]) -> str:
    """How well a capacity is kept by nightly tuning."""
    wanted = 24 * len(stories) / (max(story.end for story in stories) - stories[0].first_seen)
    rule = Ours(PRICE, per_hour=wanted)
    replay(stories, rule)
    days = [looks for _, looks in rule.days[7:-1]]
    made = sum(days) / (24 * len(days))
    most = max(days) / 24
    return f"Capacity {wanted:.0f} an hour: after a week {made:.0f} made, {most:.0f} on one day"


def sniffer(draws: Draws, looks: float) -> Result:
    """News Sniffer's rule, its growth such that it makes so many checks per article."""
    return average(draws, partial(Growing, fit(Growing, draws[0], looks, 1.005, 4.0)))


def ours(
    draws: Draws,
    looks: float,
    make: Callable[[float], Ours] = Ours,
    hinted_share: float = 0.0,
) -> Result:
    """Ours, its price such that it makes so many checks per article."""
    price = fit_price(draws[0], looks, make, hinted_share)
    return average(draws, partial(make, price), hinted_share)


def average(draws: Draws, make: Callable[[], Rule], hinted_share: float = 0.0) -> Result:
    """A rule's figures over all draws, begun anew for each."""
    return mean([replay(stories, make(), hinted_share) for stories in draws])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, help="with trace.jsonl.gz and tables/")
    parser.add_argument("--draws", type=int, default=3)
    parser.add_argument("--every", type=int, default=1, help="only each nth article")
    parser.add_argument("--plots", type=Path, help="folder for the pictures")
    given = parser.parse_args()
    main(given.folder, given.draws, given.every, given.plots)
