"""Which sources have something due."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from newsdiff_crawler.store import Store
from newsdiff_crawler.times import to_iso


def next_due(store: Store, sources: Iterable[str], now: datetime) -> dict[str, str]:
    """When each source next has something due. One of which nothing is tracked yet, or any more,
    always has: the discovery of articles. So has one whose clock was wrong, for its times are.
    What a killed crawl was at is due at once."""
    store.runs.end_killed_runs(to_iso(now))
    return {
        source: "" if store.clock.is_in_doubt(source, now) else store.queue.next_due(source) or ""
        for source in sources
    }


def due_sources(store: Store, sources: Iterable[str], now: datetime) -> list[str]:
    """Those that have something due, the longest overdue first."""
    due = next_due(store, sources, now)
    return sorted((name for name in due if due[name] <= to_iso(now)), key=lambda name: due[name])
