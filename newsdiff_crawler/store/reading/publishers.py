"""Who the sources are, for readers."""

from __future__ import annotations

import json
from dataclasses import dataclass

from newsdiff_crawler.items import Publisher, is_written_in
from newsdiff_crawler.store.engine.database import Database
from newsdiff_crawler.text import fold


@dataclass(frozen=True)
class SourceChoice:
    """Which sources: all conditions together, empty means none. ``words``: parts of a name, a
    title or an address."""

    country: str = ""
    language: str = ""
    words: str = ""

    def __bool__(self) -> bool:
        return bool(self.country or self.language or self.words.split())

    def has(self, publisher: Publisher) -> bool:
        """Whether a source is one of them."""
        called = fold(f"{publisher.name} {publisher.title} {publisher.home}")
        return (
            self.country in ("", publisher.country)
            and (not self.language or is_written_in(publisher.language, self.language))
            and all(word in called for word in fold(self.words).split())
        )


class Publishers:
    """What the record knows of who the sources are."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def all(self) -> dict[str, Publisher]:
        """Those that were described, by name."""
        return {each.name: each for each in self._read("where title is not null")}

    def followed(self) -> list[Publisher]:
        """Those of them that are followed, in the order of their titles."""
        found = self._read("where title is not null and followed = 1")
        return sorted(found, key=lambda each: each.title.casefold())

    def _read(self, where: str) -> list[Publisher]:
        rows = self._db.execute(
            f"select source, title, country, language, feeds, home from sources {where}"  # noqa: S608
        )
        return [
            Publisher(name, title, country, language, tuple(json.loads(feeds)), home)
            for name, title, country, language, feeds, home in rows
        ]
