"""The figures as tables, and the pages that are not right."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from statistics import fmean, median
from typing import TypeVar

from benchmarks.extraction.measure import PageResult, PairResult
from benchmarks.tables import table

# "title" and "text" -> page -> why it does not count; "low" -> page -> in what our reading errs
Exceptions = dict[str, dict[str, str]]
LOW = 0.90
LOW_NAMED = 0.93  # of a named source, without a reason
_COLUMNS = ("pages", "title", "precision", "recall", "F1", "exact")
_COUNTS = ("foreign", "false", "missed", "CPU", "ms")
LEGEND = """title: share right. exact: F1 of paragraphs equal but for quotes and dashes. foreign:
paragraphs of other stories. false: pages on which moved surroundings made a version, of those
read. missed: of the edits made. CPU: median, as a multiple of lxml's bare parse of the same page.
fundus is measured on pages of its own publishers only, whatever year they are of."""
T = TypeVar("T")
K = TypeVar("K", bound=Hashable)


def by_reader(results: Sequence[PageResult], exceptions: Exceptions) -> Iterator[str]:
    """One table for sources with parsers of their own, one for the rest."""
    for own, heading in ((True, "Sources with parsers of their own"), (False, "All other pages")):
        chosen = [result for result in results if result.own == own]
        if chosen:
            readers = _grouped(chosen, lambda result: result.reader)
            rows = ((reader, *_figures(mine, exceptions)) for reader, mine in readers.items())
            yield f"{heading}:\n\n{table(('reader', *_COLUMNS, *_COUNTS), rows)}\n"


def by_parser(results: Sequence[PageResult], exceptions: Exceptions) -> str:
    """Ours, by publisher and parser."""
    mine = [result for result in results if result.reader == "ours"]
    rows = _parser_rows(mine, exceptions)
    return f"Ours:\n\n{table(('publisher', 'parser', *_COLUMNS, *_COUNTS), rows)}\n"


def _parser_rows(
    results: Sequence[PageResult], exceptions: Exceptions
) -> Iterator[tuple[str, ...]]:
    own = [result for result in results if result.own]
    for publisher, all_of_it in sorted(_grouped(own, lambda result: result.publisher).items()):
        parsers = sorted(_grouped(all_of_it, lambda result: result.parser).items())
        yield publisher, f"{len(parsers)} in all", *_figures(all_of_it, exceptions)
        for parser, mine in parsers:
            yield "", parser, *_figures(mine, exceptions)
    others = [result for result in results if not result.own]
    for parser, mine in sorted(_grouped(others, lambda result: result.parser).items()):
        yield "(others)", parser, *_figures(mine, exceptions)


def _figures(results: Sequence[PageResult], exceptions: Exceptions) -> list[str]:
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
    numbers = [float(value) for value in values]
    return f"{fmean(numbers):.4f}" if numbers else "-"


def of_named(results: Sequence[PageResult], exceptions: Exceptions) -> str:
    """The named sources together: pages whose known text is right, as our reading has them."""
    chosen = [each for each in results if each.reader == "ours"]
    known = [each for each in chosen if each.page not in exceptions["text"]]
    low = [each.page for each in known if each.score.f1 < LOW_NAMED]
    unexplained = [page for page in low if page not in exceptions["low"]]
    read = [each for each in known if each.false_version is not None]
    return f"""Named sources: {len(chosen)} pages, of {len(known)} of which the known text is right.
median F1 of paragraphs: {median(each.score.f1 for each in known):.3f}
under {LOW_NAMED}: {len(low)}, without a reason: {", ".join(unexplained) or "none"}
false versions: {_share(sum(bool(each.false_version) for each in read), len(read))}
edits missed: {_share(sum(each.missed for each in known), sum(each.edits for each in known))}
"""


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({part / whole:.2%})"


def pairs_by_reader(pairs: Sequence[PairResult]) -> str:
    """How many pairs give the same words."""
    rows = (
        (reader, len(tried), sum(result.difference is None for result in tried))
        for reader, tried in _grouped(pairs, lambda result: result.reader).items()
    )
    heading = "Articles captured twice, that did not change:"
    return f"{heading}\n\n{table(('reader', 'pairs', 'the same words'), rows)}\n"


def pages_not_right(results: Iterable[PageResult], exceptions: Exceptions) -> Iterator[str]:
    """A line for each page of ours with something wrong: what it is."""
    for result in results:
        wrong = list(_wrong(result)) if result.reader == "ours" else []
        if wrong:
            why = exceptions["text"].get(result.page) or exceptions["title"].get(result.page)
            excuse = f" [exception: {why}]" if why else ""
            reason = exceptions["low"].get(result.page)
            excuse += f" [{reason}]" if reason else ""
            yield f"{result.page} ({result.parser}) {' '.join(wrong)}{excuse}"


def pairs_not_the_same(pairs: Iterable[PairResult]) -> Iterator[str]:
    """A line for each pair of ours that differs, and how."""
    for result in pairs:
        if result.reader == "ours" and result.difference is not None:
            pair = result.pair
            yield f"{pair.a} {pair.b} ({pair.pair_kind}): {result.difference}"


def _wrong(result: PageResult) -> Iterable[str]:
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


def _grouped(items: Iterable[T], key: Callable[[T], K]) -> dict[K, list[T]]:
    groups: dict[K, list[T]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return groups
