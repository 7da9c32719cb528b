"""Pages of sources: how much each publishes and changes, when, and whether its crawl is well."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from fastapi import APIRouter, HTTPException, Request, Response

from newsdiff_crawler.store.reading.records import Records
from newsdiff_crawler.store.reading.statistics import MANY_VERSIONS, Numbers
from newsdiff_crawler.times import utc_now
from newsdiff_crawler.web.access import ReadRecords, page
from newsdiff_crawler.web.plots import BarPlot, bar_plot

NUMBERS_LIFETIME = 600.0  # seconds

router = APIRouter(include_in_schema=False)


@router.get("/sources")
def sources(request: Request, opened: ReadRecords) -> Response:
    """All sources side by side."""
    now, takedowns = utc_now(), opened.takedowns()
    rows = [
        (numbers_of(request, name, takedowns), opened.health.condition(name, now))
        for name in opened.health.sources()
    ]
    return page(request, "sources.html", rows=rows)


@router.get("/sources/{source_name:path}")
def source(request: Request, opened: ReadRecords, source_name: str) -> Response:
    """One source: numbers, plots, health."""
    crawls = opened.health
    if source_name not in crawls.sources():
        raise HTTPException(404)
    numbers = numbers_of(request, source_name, opened.takedowns())
    return page(
        request,
        "source.html",
        name=source_name,
        numbers=numbers,
        plots=_plots(numbers),
        condition=crawls.condition(source_name, utc_now()),
        parsers=crawls.parsers(source_name),
        feeds=crawls.feeds(source_name),
    )


def numbers_of(request: Request, name: str, takedowns: Mapping[str, int]) -> Numbers:
    """A source in numbers; older ones than `NUMBERS_LIFETIME` are counted anew meanwhile, and at
    once where an article was taken down or came back."""
    state, takedown = request.app.state, takedowns.get(name)
    kept: Numbers = state.numbers.get(name, lambda: _count(state.pool.database, name), takedown)
    return kept


def _count(database: Path, name: str) -> Numbers:
    """By a connection of its own: seconds over a large record, while nobody waits."""
    with Records.open(database) as opened:
        return opened.statistics.numbers(name)


def _plots(numbers: Numbers) -> list[BarPlot]:
    hours = [f"{hour:02}" for hour in range(24)]
    versions = [*map(str, range(1, MANY_VERSIONS)), f"{MANY_VERSIONS}+"]
    return [
        bar_plot("Changes by the hour of the day (UTC)", numbers.by_hour, hours, every=3),
        bar_plot("Articles by how many versions they have", numbers.by_versions, versions),
    ]
