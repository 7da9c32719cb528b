"""A run without a crawl around it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from scrapy.settings import Settings

from newsdiff_crawler.run import Run
from newsdiff_crawler.source import Source
from newsdiff_crawler.store import Store
from newsdiff_crawler.times import from_iso

NOW = from_iso("2026-03-01T08:00:00Z")


class Paper(Source):
    """A source for tests that need any."""

    name = "paper"
    title = "The Paper"
    domains = ("news.example",)


def _none(_: object) -> None:
    """The extensions of a run without a crawl."""


class LoneRun(Run):
    """Of a source over a record, at a fixed moment."""

    def __init__(self, store: Store, source: Source | None = None, now: datetime = NOW) -> None:
        crawler: Any = SimpleNamespace(settings=Settings(), stats=None, get_extension=_none)
        super().__init__(crawler, source or Paper())
        self.store = store
        self.id = 1
        self.counted: Counter[str] = Counter()
        self.moment = now
        # Others are asked for while a test runs.
        self.configuration = self.configuration.model_copy(
            update={"lease": timedelta(0), "archive": False}
        )

    def now(self) -> datetime:
        return self.moment

    def counts(self, names: Iterable[str]) -> dict[str, int]:
        return {name: self.counted[name] for name in names}

    def count(self, name: str, number: int = 1) -> None:
        self.counted[name] += number
