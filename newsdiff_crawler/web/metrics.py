"""What Prometheus scrapes: how the record and each source do, in numbers."""

from __future__ import annotations

from anyio import to_thread
from fastapi import APIRouter, Request, Response
from prometheus_client import CollectorRegistry, Gauge, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from newsdiff_crawler.store import DatabaseError, StoreError
from newsdiff_crawler.store.reading.overall_health import OverallHealth
from newsdiff_crawler.store.reading.records import Records
from newsdiff_crawler.store.reading.statistics import SourceStatistics
from newsdiff_crawler.times import from_iso, utc_now
from newsdiff_crawler.web.health import look
from newsdiff_crawler.web.sources import numbers_of
from newsdiff_crawler.web.standing import unwritten

router = APIRouter(include_in_schema=False)

GAUGES = {
    "newsdiff_up": "1: the record can be read",
    "newsdiff_record_writable": "0: the last crawl could not write to the record",
    "newsdiff_problems": "How many things are wrong with the whole, as /health lists them",
    "newsdiff_last_crawl_timestamp_seconds": "When the last crawl of any source ended or began",
}
BY_SOURCE = {
    "newsdiff_source_unwell": "1: the source is unwell, as /health says",
    "newsdiff_source_last_crawl_timestamp_seconds": "When its last crawl ended",
    "newsdiff_source_due": "Articles that are due now",
    "newsdiff_source_articles": "Articles in the record",
    "newsdiff_source_versions": "Versions in the record",
    "newsdiff_source_changes": "Changes that count",
}
BY_NODE = {
    "newsdiff_node_seen_timestamp_seconds": "When a crawl on the machine last gave a sign of life",
    "newsdiff_node_runs": "Crawls that run there now",
}


@router.get("/metrics")
async def metrics(request: Request) -> Response:
    """In Prometheus' text format. Answers 200 in any case: `newsdiff_up` says whether there was
    anything to read."""
    found = await look(request)
    try:
        numbers, due = await _counted(request)
        is_up = True
    except (StoreError, DatabaseError):
        numbers, due, is_up = {}, {}, False
    page = _Page()
    page.set("newsdiff_up", is_up)
    page.set("newsdiff_record_writable", unwritten(request) is None)
    page.set("newsdiff_problems", len(found.problems))
    page.set_time("newsdiff_last_crawl_timestamp_seconds", found.last_crawl_at)
    _add_sources(page, found, numbers, due)
    for node in found.nodes:
        page.set_time("newsdiff_node_seen_timestamp_seconds", node.seen_at, node.node)
        page.set("newsdiff_node_runs", len(node.running), node.node)
    return Response(page.written(), media_type=CONTENT_TYPE_LATEST)


async def _counted(request: Request) -> tuple[dict[str, SourceStatistics], dict[str, int]]:
    """Counting may take a while: other requests are answered meanwhile."""
    async with request.app.state.pool.lend() as records:
        return await to_thread.run_sync(_count, request, records)


def _count(
    request: Request, records: Records
) -> tuple[dict[str, SourceStatistics], dict[str, int]]:
    takedowns = records.takedowns()
    names = records.health.sources()
    numbers = {name: numbers_of(request, name, takedowns) for name in names}
    return numbers, {counts.source: counts.now for counts in records.forecast.due(utc_now())}


def _add_sources(
    page: _Page, found: OverallHealth, numbers: dict[str, SourceStatistics], due: dict[str, int]
) -> None:
    for source in found.sources:
        name, last = source.source, source.last_run
        page.set("newsdiff_source_unwell", source.unwell is not None, name)
        page.set_time(
            "newsdiff_source_last_crawl_timestamp_seconds", last.finished_at if last else None, name
        )
        page.set("newsdiff_source_due", due.get(name, 0), name)
        if name in numbers:
            page.set("newsdiff_source_articles", numbers[name].articles, name)
            page.set("newsdiff_source_versions", numbers[name].versions, name)
            page.set("newsdiff_source_changes", numbers[name].changes, name)


class _Page:
    """The gauges of one answer."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._gauges = {
            name: Gauge(name, means, labels, registry=self._registry)
            for labels, group in (((), GAUGES), (("source",), BY_SOURCE), (("node",), BY_NODE))
            for name, means in group.items()
        }

    def set(self, name: str, value: float, *labels: str) -> None:
        gauge = self._gauges[name]
        (gauge.labels(*labels) if labels else gauge).set(value)

    def set_time(self, name: str, moment: str | None, *labels: str) -> None:
        """As seconds; what there is no time for is left at 0, or out."""
        if moment:
            self.set(name, from_iso(moment).timestamp(), *labels)

    def written(self) -> bytes:
        return generate_latest(self._registry)
