"""How many edits the schedule sees, beside other trackers' rules at equal numbers of checks.

Real times of edits (`../shared/revisions`) and bursts made from published tables are replayed
under the crawler's own schedule and under the rules of other trackers. An edit is *caught* if it
is seen before the next one replaces it; the delay is from the edit to the check. *Lost* are the
versions that nobody saw, as a multiple of what News Sniffer's rule loses with as many checks.
Figures are means over draws of the moments at which edits happened; nothing here is timed, and
every run gives the same. What they mean is in [docs/schedule.md](schedule.md).
"""

from __future__ import annotations

import argparse
import importlib.util
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from unittest.mock import patch

from benchmarks import machine, tables
from benchmarks.schedules import plots, traces
from benchmarks.schedules.replay import ReplayResult, fit, fit_price, mean, replay
from benchmarks.schedules.rules import Growing, Ours, Rule, Steps
from benchmarks.schedules.traces import TracedArticle
from newsdiff_crawler.scheduling.schedule import PRICE

BUDGETS = (8, 12, 24, 48, 72)  # checks per article
PEERS: dict[str, tuple[Callable[[float], Rule], float, float]] = {
    "News Sniffer's": (Growing, 1.005, 4.0),
    "growing from 15 min": (lambda growth: Growing(growth, first=0.25), 1.005, 4.0),
    "NewsDiffs'": (Steps, 0.05, 50.0),
}
OURS = "this one"
VARIED = {
    "edits open nothing again": ("scheduling.edit_rate.REOPENED", 0.0),
    "a lost version counts as 16 h": ("scheduling.price.LOSS", 16.0),
    "a lost version counts as 96 h": ("scheduling.price.LOSS", 96.0),
}
HINTED = 0.6
Draws = list[list[TracedArticle]]


@dataclass(frozen=True)
class RuleRow:
    """One line of a table."""

    name: str
    result: ReplayResult
    beside: ReplayResult  # News Sniffer's rule at as many checks

    def __str__(self) -> str:
        result = self.result
        cells = (f"{result.checks:.1f}", f"{result.caught:.4f}", self._lost())
        return tables.row(
            (self.name, *cells, f"{result.median_delay:.1f}", f"{result.mean_delay:.0f}")
        )

    def _lost(self) -> str:
        return f"{self.result.lost / self.beside.lost:.2f}" if self.beside.lost else "-"


COLUMNS = ("rule", "checks per article", "caught", "lost", "median delay, min", "mean")
HEAD = "\n".join(tables.head(COLUMNS))


def show(folder: Path, draws: int, every: int, plots_folder: Path | None) -> None:
    """Prints tables as they are made."""
    real = [traces.recorded(folder, seed)[::every] for seed in range(draws)]
    number, edits = len(real[0]), sum(len(article.edits) for article in real[0])
    print(f"Real edits: {number:,} articles, {edits:,} edits.\n\n{HEAD}", flush=True)
    curves: dict[str, list[ReplayResult]] = {}
    for checks in BUDGETS:
        for row in at_equal_checks(real, checks):
            curves.setdefault(row.name, []).append(row.result)
            print(row, flush=True)
    print(
        f"\nThe rules as those trackers run them, each with ours at as many checks:\n\n{HEAD}",
        flush=True,
    )
    for row in as_they_are(real):
        print(row, flush=True)
    print(f"\nWhat the parts of ours are worth:\n\n{HEAD}", flush=True)
    for row in variations(real):
        print(row, flush=True)
    for name, made in {
        "Bursts, made from published tables": traces.breaking,
        "The same with gaps whatever the age": traces.unaging,
    }.items():
        bursts = [made(folder, seed)[::every] for seed in range(draws)]
        print_bursts(name, bursts)
    print(f"\n{capacity(real[0])}")
    if plots_folder:
        plots.draw(curves, plots_folder)


def at_equal_checks(draws: Draws, checks: float) -> Iterator[RuleRow]:
    """All rules, at so many checks per article."""
    results = {}
    for name, (make, low, high) in PEERS.items():
        at = fit(make, draws[0], checks, low, high)
        results[name] = average(draws, partial(make, at))
    results[OURS] = ours(draws, checks)
    for name, result in results.items():
        yield RuleRow(name, result, results["News Sniffer's"])


def as_they_are(draws: Draws) -> Iterator[RuleRow]:
    """Other trackers' rules as those run them, each followed by ours at as many checks."""
    as_is: dict[str, Callable[[], Rule]] = {
        "News Sniffer's, as it is": lambda: Growing(1.2),
        "NewsDiffs', as it is": lambda: Steps(1.0),
    }
    beside = average(draws, lambda: Growing(1.2))
    for name, make in as_is.items():
        peer = average(draws, make)
        yield RuleRow(name, peer, beside)
        yield RuleRow(OURS, ours(draws, peer.checks), beside)


def variations(draws: Draws) -> Iterator[RuleRow]:
    """Ours at 24 checks with parts taken out; with hints at 12."""
    beside = sniffer(draws, 24)
    yield RuleRow(OURS, ours(draws, 24), beside)
    yield RuleRow("nothing learned", ours(draws, 24, partial(Ours, learning=False)), beside)
    for name, (constant, value) in VARIED.items():
        with patch(f"newsdiff_crawler.{constant}", value):
            yield RuleRow(name, ours(draws, 24), beside)
    yield from beside_a_wire(draws)
    hinted = ours(draws, 12, hinted_share=HINTED)
    yield RuleRow(f"feeds hint at {HINTED:.0%} of edits", hinted, sniffer(draws, 12))


def beside_a_wire(draws: Draws) -> Iterator[RuleRow]:
    """What learning is worth where the sections of a source differ."""
    wired = [traces.with_wire(articles, seed) for seed, articles in enumerate(draws)]
    beside = sniffer(wired, 24)
    yield RuleRow("a wire feed added", ours(wired, 24), beside)
    unlearned = ours(wired, 24, partial(Ours, learning=False))
    yield RuleRow("a wire feed added, nothing learned", unlearned, beside)


def print_bursts(name: str, draws: Draws) -> None:
    """Ours at as many checks as News Sniffer's own rule makes of a made trace."""
    edits = sum(len(article.edits) for article in draws[0])
    quartiles = ", ".join(f"{gap:.2f}" for gap in traces.intervals(draws[0]))
    print(f"\n{name}: {len(draws[0])} articles, {edits} edits, quartiles of gaps {quartiles} h.")
    print(f"\n{HEAD}")
    peer = average(draws, lambda: Growing(1.2))
    print(RuleRow("News Sniffer's, as it is", peer, peer), flush=True)
    print(RuleRow(OURS, ours(draws, peer.checks), peer), flush=True)


def capacity(articles: list[TracedArticle]) -> str:
    """How well a capacity is kept by nightly tuning."""
    wanted = (
        24 * len(articles) / (max(article.end for article in articles) - articles[0].first_seen)
    )
    rule = Ours(PRICE, per_hour=wanted)
    replay(articles, rule)
    days = [checks for _, checks in rule.days[7:-1]]
    made = sum(days) / (24 * len(days))
    most = max(days) / 24
    return (
        f"Capacity {wanted:.0f} an hour: after a week {made:.0f} made, {most:.0f} on the busiest "
        f"day."
    )


def sniffer(draws: Draws, checks: float) -> ReplayResult:
    """News Sniffer's rule, its growth such that it makes so many checks per article."""
    return average(draws, partial(Growing, fit(Growing, draws[0], checks, 1.005, 4.0)))


def ours(
    draws: Draws,
    checks: float,
    make: Callable[[float], Ours] = Ours,
    hinted_share: float = 0.0,
) -> ReplayResult:
    """Ours, its price such that it makes so many checks per article."""
    price = fit_price(draws[0], checks, make, hinted_share)
    return average(draws, partial(make, price), hinted_share)


def average(draws: Draws, make: Callable[[], Rule], hinted_share: float = 0.0) -> ReplayResult:
    """A rule's figures over all draws, begun anew for each."""
    return mean([replay(articles, make(), hinted_share) for articles in draws])


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "folder",
        type=Path,
        nargs="?",
        default=machine.REVISIONS,
        help="with trace.jsonl.gz and tables/; %(default)s",
    )
    parser.add_argument("--draws", type=int, default=3)
    parser.add_argument("--every", type=int, default=1, help="only each nth article")
    parser.add_argument(
        "--plots", type=Path, help="folder for the pictures of docs/schedule.md; needs matplotlib"
    )
    return parser.parse_args()


def main() -> None:
    given = arguments()
    machine.need_file(given.folder / "trace.jsonl.gz")
    if given.plots and not importlib.util.find_spec("matplotlib"):
        machine.not_run("--plots needs matplotlib, which is not installed")
    show(given.folder, given.draws, given.every, given.plots)


if __name__ == "__main__":
    main()
