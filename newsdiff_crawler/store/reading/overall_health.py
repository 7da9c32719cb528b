"""Whether all of it is well: the record, the crawls, and so many of the sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from newsdiff_crawler.store.reading.source_health import Health, NodeFacts, SourceHealth
from newsdiff_crawler.store.trouble import Limits
from newsdiff_crawler.times import to_iso


@dataclass(frozen=True)
class OverallHealth:
    """``problems``: what is wrong with the whole, a line each; none: all is well."""

    problems: Sequence[str]
    sources: Sequence[SourceHealth]
    last_crawl_at: str | None
    nodes: Sequence[NodeFacts] = ()


def overall(health: Health, now: datetime, limits: Limits, unwritten: str | None) -> OverallHealth:
    """How everything does. ``unwritten``: why crawls cannot write to the record."""
    sources = health.of_all(now, limits)
    last = health.last_crawl_at()
    problems = _unwritten(unwritten)
    if last and is_old(last, now, limits):
        problems.append(f"no crawl has run since {last}")
    unwell = [source.source for source in sources if source.unwell]
    if len(unwell) * 100 > len(sources) * limits.unwell_percent:
        problems.append(f"{len(unwell)} of {len(sources)} sources unwell: {', '.join(unwell)}")
    return OverallHealth(problems, sources, last, health.nodes())


def unreadable(reason: str, unwritten: str | None) -> OverallHealth:
    """How everything does where the record cannot even be read."""
    return OverallHealth([*_unwritten(unwritten), f"the record cannot be read: {reason}"], [], None)


def _unwritten(reason: str | None) -> list[str]:
    return [f"the record cannot be written: {reason}"] if reason else []


def is_old(last_crawl_at: str, now: datetime, limits: Limits) -> bool:
    """Whether the last crawl is so long ago that none seems to run."""
    return last_crawl_at < to_iso(now - limits.late)
