"""The figures as tables."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from statistics import fmean, median
from typing import TypeVar

from rich.console import Console
from rich.table import Table

from benchmarks.extraction.corpus import Pair
from benchmarks.extraction.measure import Result

Pairs = list[tuple[Pair, str, str | None]]
Exceptions = dict[str, dict[str, str]]  # "title" and "text" -> page -> why it does not count
LOW = 0.90
_COLUMNS = ("pages", "title", "precision", "recall", "F1", "exact")
_COUNTS = ("foreign", "false", "missed", "CPU", "ms")
T = TypeVar("T")
K = TypeVar("K", bound=Hashable)


def show(results: list[Result], pairs: Pairs, exceptions: Exceptions, console: Console) -> None:
    """Prints everything."""
    for own, heading in ((True, "Sources with parsers of their own"), (False, "All other pages")):
        chosen = [result for result in results if result.own == own]
        if chosen:
            console.print(_by_reader(heading, chosen, exceptions))
    mine = [result for result in results if result.reader == "ours"]
    if mine:
        console.print(_by_parser(mine, exceptions))
        _print_pages(mine, exceptions, console)
    _print_pairs(pairs, console)
    console.print(
        "title: share right. exact: F1 of paragraphs equal but for quotes and dashes. foreign: "
        "paragraphs of other stories. false: pages on which moved surroundings made a version, of "
        "those read. missed: of the edits made. CPU: median, as a multiple of lxml's bare parse."
    )


def _by_reader(heading: str, results: list[Result], exceptions: Exceptions) -> Table:
    table = _table(heading, "reader")
    for reader, mine in _grouped(results, lambda result: result.reader).items():
        table.add_row(reader, *_figures(mine, exceptions))
    return table


def _by_parser(results: list[Result], exceptions: Exceptions) -> Table:
    table = _table("Ours, by publisher and parser", "publisher", "parser")
    own = [result for result in results if result.own]
    for publisher, all_of_it in sorted(_grouped(own, lambda result: result.publisher).items()):
        table.add_section()
        parsers = sorted(_grouped(all_of_it, lambda result: result.parser).items())
        table.add_row(publisher, f"{len(parsers)} in all", *_figures(all_of_it, exceptions))
        for parser, mine in parsers:
            table.add_row("", parser, *_figures(mine, exceptions))
    others = [result for result in results if not result.own]
    table.add_section()
    for parser, mine in sorted(_grouped(others, lambda result: result.parser).items()):
        table.add_row("(others)", parser, *_figures(mine, exceptions))
    return table


def _table(heading: str, *columns: str) -> Table:
    table = Table(title=heading, title_justify="left")
    for column in columns:
        table.add_column(column)
    for column in (*_COLUMNS, *_COUNTS):
        table.add_column(column, justify="right")
    return table


def _figures(results: list[Result], exceptions: Exceptions) -> list[str]:
    titled = [result for result in results if result.page not in exceptions["title"]]
    known = [result for result in results if result.page not in exceptions["text"]]
    scores = [result.score for result in known]
    read = [result for result in known if result.false_version is not None]
    return [
        str(len(results)),
        _mean(result.title_right for result in titled),
        _mean(score.precision for score in scores),
        _mean(score.recall for score in scores),
        _mean(score.f1 for score in scores),
        _mean(score.exact_f1 for score in scores),
        str(sum(len(result.foreign) for result in known)),
        f"{sum(bool(result.false_version) for result in read)}/{len(read)}",
        f"{sum(result.missed for result in known)}/{sum(result.edits for result in known)}",
        f"{median(result.cost for result in results):.1f} x",
        f"{median(result.milliseconds for result in results):.1f}",
    ]


def _mean(values: Iterable[float]) -> str:
    found = [float(value) for value in values]
    return f"{fmean(found):.4f}" if found else "-"


def _print_pages(mine: list[Result], exceptions: Exceptions, console: Console) -> None:
    """Each page of ours with something wrong, and what."""
    console.print("\nPages of ours that are not right:", style="bold")
    for result in mine:
        wrong = list(_wrong(result))
        if wrong:
            why = exceptions["text"].get(result.page) or exceptions["title"].get(result.page)
            console.print(f"{result.page} ({result.parser})", style="bold", end=" ", markup=False)
            console.print(*wrong, f"[exception: {why}]" if why else "", markup=False)


def _wrong(result: Result) -> Iterable[str]:
    if result.refused:
        yield f"not read: {result.refused};"
    elif not result.title_right:
        yield "title;"
    if result.score.f1 < LOW:
        score = result.score
        yield f"F1 {score.f1:.3f} (precision {score.precision:.2f}, recall {score.recall:.2f});"
    if result.foreign:
        yield f"foreign: {result.foreign[0][:90]!r};"
    if result.false_version:
        yield f"false version: {result.difference};"
    if result.missed:
        yield f"{result.missed} of {result.edits} edits missed;"


def _print_pairs(pairs: Pairs, console: Console) -> None:
    console.print("\nRecaptures of unchanged articles that give the same words:", style="bold")
    for reader, tried in _grouped(pairs, lambda row: row[1]).items():
        same = sum(why is None for _, _, why in tried)
        console.print(f"{reader}: {same} of {len(tried)} ({same / len(tried):.0%})")
    for pair, reader, why in pairs:
        if reader == "ours" and why is not None:
            console.print(f"{pair.a} {pair.b} ({pair.pair_kind}): {why}", markup=False)


def _grouped(items: Iterable[T], key: Callable[[T], K]) -> dict[K, list[T]]:
    groups: dict[K, list[T]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return groups
