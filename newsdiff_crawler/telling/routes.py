"""Whom a new version is for: what the outbox asks inside of the transaction that stores it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from newsdiff_crawler.items import NewVersion
from newsdiff_crawler.store.writing.outbox import NO_ROUTES, Route
from newsdiff_crawler.telling.matching import ChangedStory, matching
from newsdiff_crawler.telling.watches import How, Watches, read_watches
from newsdiff_crawler.telling.websub import FEEDS, HUB
from newsdiff_crawler.times import from_iso, to_iso
from newsdiff_crawler.urls import spellings

# How long a change waits: one that is undone by then is told to nobody.
SETTLED = timedelta(minutes=10)
DAILY_AT = 6  # o'clock, UTC
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True)
class Routes:
    """The watches of a file, as the outbox asks them. ``hub``: whether one is told of what is new
    in the feeds, which show it at once."""

    watches: Watches
    hub: bool = False

    def __call__(self, version: NewVersion) -> Sequence[Route]:
        """Whom a version is for."""
        fetched = version.fetched
        told = [Route(FEEDS, HUB, fetched.fetched_at, text=fetched.source)] if self.hub else []
        story = ChangedStory(
            fetched.source,
            version.latest.url or fetched.url,
            version.labels,
            version.latest.blocks(),
            fetched.page.blocks(),
        )
        return [*told, *self._routes(story, from_iso(fetched.fetched_at))]

    def _routes(self, story: ChangedStory, at: datetime) -> Iterator[Route]:
        for name in matching(self.watches.watches, story):
            watch = self.watches.watches[name]
            only_at = spellings(watch.article) if watch.article else ()
            due = to_iso(due_at(watch.how, at))
            for channel in dict.fromkeys(watch.channels):
                yield Route(name, channel, due, only_at)


def routes_in(folder: Path, hub: str = "") -> Callable[[NewVersion], Sequence[Route]]:
    """Those of a data folder. ``hub``: of the feeds; empty: none."""
    watches = read_watches(folder)
    return Routes(watches, bool(hub)) if watches.watches or hub else NO_ROUTES


def due_at(how: How, at: datetime) -> datetime:
    """When a change that was fetched at a time may be told."""
    settled = at + SETTLED
    if how == "at once":
        return settled
    return began_at(how, settled) + (HOUR if how == "hourly" else DAY)


def began_at(how: How, at: datetime) -> datetime:
    """When the hour, or the day, began that a digest of a moment is for."""
    hour = at.replace(minute=0, second=0, microsecond=0)
    return hour - (HOUR * 0 if how == "hourly" else HOUR * ((hour.hour - DAILY_AT) % 24))
