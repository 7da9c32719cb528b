"""What an operator chooses to follow, before it is written down: the tables for sources.toml."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from difflib import get_close_matches
from itertools import chain, count
from typing import Any

from newsdiff_crawler.crawling.directory import Directory
from newsdiff_crawler.text import fold
from newsdiff_crawler.urls import site_of

_OTHER = re.compile(r"[^a-z0-9]+")
_NUMBERS = re.compile(r"[\d.:]+")
# Before a country's domain these say nothing: news.co.example is called news.
_SECOND = frozenset(["ac", "co", "com", "edu", "gov", "net", "org"])


class Choice:
    """New sources, by name: what ``sources.toml`` is to say of each. ``followed_before``: what was
    chosen again. ``left_out``: names of tables with a mistake, which nobody else can have."""

    def __init__(self, directory: Directory, left_out: Collection[str] = ()) -> None:
        self.tables: dict[str, dict[str, Any]] = {}
        self.followed_before: list[str] = []
        self._directory = directory
        self._left_out = left_out
        self._by_site: dict[str, str] = {}

    def by_name(self, asked: str) -> bool:
        """Chooses the one source that is known by a name or a title. Whether there is one."""
        found = self._directory.called(asked)
        if len(found) != 1 or found[0].name in self._left_out:
            return False
        (known,) = found
        name = known.name
        if not known.followed:
            self.tables.setdefault(name, {})
        elif name not in self.followed_before:
            self.followed_before.append(name)
        return True

    def by_address(self, *addresses: str) -> bool:
        """Chooses the known source that a feed or a site is of. Whether there is one."""
        known = next(filter(None, map(self._directory.at, addresses)), None)
        return known is not None and self.by_name(known.name)

    def add(
        self,
        site: str,
        title: str,
        language: str,
        feeds: Sequence[str],
        sitemaps: Sequence[str],
    ) -> None:
        """Chooses a source that nobody knew, or further feeds of it."""
        host = site_of(site)
        if host not in self._by_site:
            self._by_site[host] = self._free_name(host)
        name = self._by_site[host]
        table = self.tables.setdefault(
            name,
            {"title": title or host, "language": language, "domains": [host], "feeds": []},
        )
        table["feeds"] += [feed for feed in feeds if feed not in table["feeds"]]
        if sitemaps:
            table["sitemaps"] = [*sitemaps]

    def why_not(self, name: str) -> str:
        """Why a name cannot be chosen, for people."""
        if name in self._left_out:
            return "its table in sources.toml has a mistake, as said above"
        called_so = [each.name for each in self._directory.called(name)]
        if len(called_so) > 1:
            return f"{len(called_so)} sources are called so: {', '.join(called_so)}"
        alike = get_close_matches(fold(name), self._directory.sources, 1)
        meant = f"is it {alike[0]}?" if alike else "scrapy find WORDS looks for it"
        return f"no source is called so; {meant}"

    def _free_name(self, host: str) -> str:
        """By its host; two papers may be called alike."""
        labels = host.split(".") if not _NUMBERS.fullmatch(host) else [host]
        end = -2 if len(labels) > 2 and labels[-2] in _SECOND else -1
        candidates = [labels[:end][-1] if labels[:end] else host, host]
        names = [_OTHER.sub("_", each).strip("_") or "site" for each in candidates]
        numbered = (f"{names[-1]}_{number}" for number in count(2))
        taken = (self._directory.sources, self._left_out, self.tables, ("all", "feed"))
        return next(
            name for name in chain(names, numbered) if not any(name in each for each in taken)
        )
