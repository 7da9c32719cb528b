"""Pages of sources: how much each publishes and changes, when, and whether it is well."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import inf
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import AfterValidator, BaseModel, Field

from newsdiff_crawler.items import Publisher
from newsdiff_crawler.store.reading.publishers import SourceChoice
from newsdiff_crawler.store.reading.records import Records
from newsdiff_crawler.store.reading.source_boilerplate import MOST_TEXTS
from newsdiff_crawler.store.reading.statistics import MANY_VERSIONS, SourceStatistics
from newsdiff_crawler.store.writing.boilerplate import MOST_SEEN
from newsdiff_crawler.times import utc_now
from newsdiff_crawler.web.addresses import path_of
from newsdiff_crawler.web.dependencies import ReadRecords
from newsdiff_crawler.web.plots import BarPlot, bar_plot
from newsdiff_crawler.web.publishers import countries_of, languages_of
from newsdiff_crawler.web.rendering import page, source_title
from newsdiff_crawler.web.standing import standing

NUMBERS_LIFETIME = 600.0  # seconds

router = APIRouter(include_in_schema=False)

# What each order is called, and what the largest of comes first by it; what is not known is last.
_ORDERS: Mapping[str, tuple[str, Callable[[SourceStatistics], float]]] = {
    "articles": ("Most articles first", lambda numbers: numbers.articles),
    "changed": (
        "Most articles changed first",
        lambda numbers: _share(numbers.changed_articles, numbers.articles),
    ),
    "headlines": (
        "Most headlines changed first",
        lambda numbers: _share(numbers.changed_headlines, numbers.articles),
    ),
    "declared": (
        "Most changes declared first",
        lambda numbers: _share(numbers.declared, numbers.changes),
    ),
    "soonest": (
        "Soonest changed first",
        lambda numbers: -inf if numbers.first_change_after is None else -numbers.first_change_after,
    ),
}


def _check_order(order: str) -> str:
    if order and order not in _ORDERS:
        raise ValueError(f"none of {', '.join(_ORDERS)}")
    return order


class SourcesQuery(BaseModel):
    """Which sources are listed. All are optional; empty means no condition."""

    q: str = Field(default="", max_length=100)
    country: str = Field(default="", max_length=2)
    language: str = Field(default="", max_length=10)
    order: Annotated[str, AfterValidator(_check_order)] = ""


@router.get("/sources")
def sources(
    request: Request, records: ReadRecords, query: Annotated[SourcesQuery, Query()]
) -> Response:
    """Sources side by side: all, or those that are looked for."""
    now, takedowns, limits = utc_now(), records.takedowns(), request.app.state.limits
    publishers = records.publishers.all()
    choice = SourceChoice(query.country, query.language, query.q)
    known = records.health.of_all(now, limits)
    rows = [
        (numbers_of(request, health.source, takedowns), health)
        for health in known
        if choice.has(_publisher(request, publishers, health.source))
    ]
    if query.order:
        _, size = _ORDERS[query.order]
        rows.sort(key=lambda row: size(row[0]), reverse=True)
    return page(
        request,
        "sources.html",
        rows=rows,
        number=len(known),
        query=query,
        publishers=publishers,
        standing=standing(request, records),
        countries=countries_of(publishers),
        languages=languages_of(publishers),
        orders=[("", "By name"), *((order, name) for order, (name, _) in _ORDERS.items())],
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else -1.0


def _publisher(request: Request, known: Mapping[str, Publisher], name: str) -> Publisher:
    return known.get(name) or Publisher(name, source_title(request, name))


@router.get("/sources/{source_name:path}")
def source(request: Request, records: ReadRecords, source_name: str) -> Response:
    """One source: numbers, plots, health."""
    health = records.health
    if source_name not in health.sources():
        successor = health.renamed(source_name)
        if successor is None:
            raise HTTPException(404)
        return RedirectResponse(path_of(request, "source", source_name=successor), 301)
    numbers = numbers_of(request, source_name, records.takedowns())
    return page(
        request,
        "source.html",
        name=source_name,
        publisher=_publisher(request, records.publishers.all(), source_name),
        numbers=numbers,
        plots=_plots(numbers),
        health=health.of(source_name, utc_now(), request.app.state.limits),
        standing=standing(request, records),
        parsers=health.parsers(source_name),
        feeds=health.feeds(source_name),
        boilerplate=records.boilerplate.of(source_name),
        most_boilerplate=MOST_TEXTS,
        most_articles=MOST_SEEN,
    )


def numbers_of(request: Request, name: str, takedowns: Mapping[str, int]) -> SourceStatistics:
    """A source in numbers. If they are older than `NUMBERS_LIFETIME`, new ones are counted for the
    next request; at once if an article was taken down or is shown again."""
    state, takedown = request.app.state, takedowns.get(name)
    numbers: SourceStatistics = state.numbers.get(
        name, lambda: _count(state.pool.database, name), takedown
    )
    return numbers


def _count(database: Path, name: str) -> SourceStatistics:
    """With a connection of its own: in a large record it takes seconds."""
    with Records.open(database.parent) as records:
        return records.statistics.of(name)


def _plots(numbers: SourceStatistics) -> list[BarPlot]:
    hours = [f"{hour:02}" for hour in range(24)]
    versions = [*map(str, range(1, MANY_VERSIONS)), f"{MANY_VERSIONS}+"]
    return [
        bar_plot("Changes by the hour of the day (UTC)", numbers.by_hour, hours, every=3),
        bar_plot("Articles by how many versions they have", numbers.by_versions, versions),
    ]
