"""How far the record can be relied on just now, for the pages that say so."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Request

from newsdiff_crawler.store.engine import write_failure
from newsdiff_crawler.store.reading.overall_health import is_old
from newsdiff_crawler.store.reading.records import Records
from newsdiff_crawler.times import utc_now


@dataclass(frozen=True)
class Standing:
    """``is_old``: no crawl seems to run any more. ``unwritten``: why crawls cannot write to the
    record."""

    last_crawl_at: str | None
    is_old: bool
    unwritten: str | None


def standing(request: Request, records: Records) -> Standing:
    """Of the record that the site shows."""
    last = records.health.last_crawl_at()
    limits = request.app.state.limits
    old = last is not None and is_old(last, utc_now(), limits)
    return Standing(last, old, unwritten(request))


def unwritten(request: Request) -> str | None:
    """Why crawls cannot write to the record; None: nothing is known against it."""
    return write_failure.why_not_written(request.app.state.pool.database.parent)
