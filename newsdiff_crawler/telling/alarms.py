"""What operators are told of the crawler itself."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path

from newsdiff_crawler.store.engine.database import Database
from newsdiff_crawler.store.reading.forecast import Forecast
from newsdiff_crawler.store.reading.source_health import Health
from newsdiff_crawler.times import to_iso

LATE = timedelta(hours=1)
# A disk is nearly full where less than this is free: a twentieth of it, within these bounds.
LEAST_FREE, MOST_FREE = 200_000_000, 5_000_000_000  # bytes


def problems(db: Database, folder: Path, now: datetime) -> dict[str, str]:
    """What is wrong, in words, by what it is about."""
    health = Health(db)
    found = {
        f"source {source}": f"{source} is unwell: {unwell}"
        for source, unwell in health.found_unwell().items()
    }
    stopped = _stopped(health, Forecast(db), now)
    if stopped:
        found["crawler"] = stopped
    usage = shutil.disk_usage(folder)
    full = disk_trouble(usage.total, usage.free)
    if full:
        found["disk"] = full
    return found


def _stopped(health: Health, forecast: Forecast, now: datetime) -> str | None:
    """Where nothing is due of what is followed, no crawl needs to run."""
    limit, last = to_iso(now - LATE), health.last_crawl_at()
    if last is None or last > limit:
        return None
    not_followed = health.not_followed()
    counted = (each for each in forecast.due(now) if each.source not in not_followed)
    due = (at for each in counted for at in (each.first, each.feed) if at)
    return f"no crawl has run since {last}" if min(due, default=limit) < limit else None


def disk_trouble(total: int, free: int) -> str | None:
    """Whether a disk is nearly full, in words."""
    if free >= max(LEAST_FREE, min(total // 20, MOST_FREE)):
        return None
    return f"the disk of the record is nearly full: {free // 1_000_000:,} MB are free"
