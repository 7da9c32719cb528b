"""Who the sources are: their titles on every page, and lists by country and language."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from newsdiff_crawler.items import Publisher
from newsdiff_crawler.places import country_name, language_name
from newsdiff_crawler.store import DatabaseError, StoreError
from newsdiff_crawler.store.reading.changes import ChangeFilter
from newsdiff_crawler.store.reading.publishers import SourceChoice
from newsdiff_crawler.store.reading.records import Records
from newsdiff_crawler.text import fold

LIFETIME = 60.0  # seconds


class Titles:
    """What people call the sources: as the record has it, else as was ``given``, else by name; and
    the languages they write in."""

    def __init__(
        self,
        database: Path,
        given: Mapping[str, str],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database, self._given, self._clock = database, given, clock
        self._known: Mapping[str, Publisher] = {}
        self._read_at: float | None = None

    def of(self, name: str) -> str:
        """Of one source."""
        publisher = self._publisher(name)
        return (publisher and publisher.title) or self._given.get(name) or name

    def language_of(self, name: str) -> str:
        """The language of a source; empty where it is not known, as HTML has it."""
        publisher = self._publisher(name)
        return publisher.language if publisher else ""

    def _publisher(self, name: str) -> Publisher | None:
        now = self._clock()
        if self._read_at is None or now - self._read_at > LIFETIME:
            self._read_at, self._known = now, self._read()
        return self._known.get(name)

    def _read(self) -> Mapping[str, Publisher]:
        """What was known before, where the record cannot be read."""
        try:
            with Records.open(self._database.parent) as records:
                return records.publishers.all()
        except (StoreError, DatabaseError):
            return self._known


def only_of(change_filter: ChangeFilter, records: Records, choice: SourceChoice) -> ChangeFilter:
    """The filter, with the sources of a country or a language alone."""
    if not choice:
        return change_filter
    chosen = tuple(name for name, each in records.publishers.all().items() if choice.has(each))
    return replace(change_filter, sources=chosen)


def countries_of(publishers: Mapping[str, Publisher]) -> list[tuple[str, str]]:
    """What a form offers; nothing where no country is known."""
    codes = {each.country for each in publishers.values()}
    return _offered("All countries", {code: country_name(code) for code in codes})


def languages_of(publishers: Mapping[str, Publisher]) -> list[tuple[str, str]]:
    """What a form offers; nothing where no language is known."""
    codes = {each.language for each in publishers.values()}
    return _offered("All languages", {code: language_name(code) for code in codes})


def _offered(all_of_them: str, names: Mapping[str, str]) -> list[tuple[str, str]]:
    known = sorted((item for item in names.items() if item[0]), key=lambda item: fold(item[1]))
    return [("", all_of_them), *known] if known else []
