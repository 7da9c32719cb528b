"""All sources that are known, to look one up: by words, country, language or domain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from newsdiff_crawler.crawling import shipped
from newsdiff_crawler.crawling.sources_loader import SourcesLoader
from newsdiff_crawler.items import is_written_in
from newsdiff_crawler.source import Source
from newsdiff_crawler.text import fold
from newsdiff_crawler.urls import site_of

Kind = Literal["named", "catalogue", "own"]
_KINDS: Sequence[Kind] = ("own", "named", "catalogue")


@dataclass(frozen=True)
class KnownSource:
    """``kind``: *named* can be crawled by its name, *catalogue* can be followed, *own* is said in
    the operator's sources.toml alone."""

    name: str
    title: str
    country: str
    language: str
    domains: tuple[str, ...]
    kind: Kind
    followed: bool = False
    feeds: tuple[str, ...] = ()

    def has(self, word: str) -> bool:
        """Whether a word is part of what it is called, however it is written."""
        return fold(word) in fold(f"{self.name} {self.title} {' '.join(self.domains)}")

    def is_in(self, language: str) -> bool:
        """Whether it is written in a language, in any of the ways to write it."""
        return is_written_in(self.language, language)


class Directory:
    """The sources of a project, by a loader that knows which are followed."""

    def __init__(self, loader: SourcesLoader) -> None:
        self._loader = loader
        self._followed = {*loader.followed}

    def find(
        self, words: Iterable[str], country: str = "", language: str = ""
    ) -> list[KnownSource]:
        """Those that have all the words, of which one may be an address; the followed and named
        ones first."""
        asked = [*map(_word, words)]
        found = [
            source
            for source in self.sources.values()
            if all(map(source.has, asked))
            and country.upper() in ("", source.country)
            and (not language or source.is_in(language))
        ]
        return sorted(found, key=_order)

    @cached_property
    def sources(self) -> Mapping[str, KnownSource]:
        """All, by name."""
        in_catalogue, named = shipped.catalogue().everything(), shipped.named().everything()
        with_tables = {
            **{name: self._of(name, table, "catalogue") for name, table in in_catalogue.items()},
            **{name: self._of(name, table, "named") for name, table in named.items()},
        }
        return {**with_tables, **{each.name: each for each in self._others(with_tables)}}

    def called(self, name: str) -> list[KnownSource]:
        """The source of a name, or else those of a title, however it is written."""
        known = self.sources.get(fold(name).strip())
        if known:
            return [known]
        return self._by_title.get(fold(name).strip(), [])

    @cached_property
    def _by_title(self) -> Mapping[str, list[KnownSource]]:
        titles: dict[str, list[KnownSource]] = {}
        for source in sorted(self.sources.values(), key=_order):
            titles.setdefault(fold(source.title), []).append(source)
        return titles

    def at(self, address: str) -> KnownSource | None:
        """The source that a feed or a page is of: whose feed it is, or else on whose domain."""
        host = site_of(address).removeprefix("www.")
        return self._by_feed.get(_bare(address)) or self._by_domain.get(host)

    @cached_property
    def _by_feed(self) -> Mapping[str, KnownSource]:
        last_first = sorted(self.sources.values(), key=_order, reverse=True)
        return {_bare(feed): source for source in last_first for feed in source.feeds}

    @cached_property
    def _by_domain(self) -> Mapping[str, KnownSource]:
        last_first = sorted(self.sources.values(), key=_order, reverse=True)
        return {domain: source for source in last_first for domain in source.domains}

    def _of(self, name: str, table: Mapping[str, Any], kind: Kind) -> KnownSource:
        return KnownSource(
            name,
            table["title"],
            table.get("country", ""),
            table.get("language", ""),
            tuple(table.get("domains", ())),
            kind,
            name in self._followed,
            (*table.get("feeds", ()), *table.get("sitemaps", ())),
        )

    def _others(self, known: Mapping[str, KnownSource]) -> Iterator[KnownSource]:
        """Those that have a spider of their own, or are the operator's alone."""
        for name in self._loader.list():
            spider = self._loader.load(name) if name not in known else None
            if spider and issubclass(spider, Source) and (spider.feeds or spider.sitemaps):
                kind: Kind = "own" if name in self._loader.stated else "named"
                yield KnownSource(
                    name,
                    spider.title,
                    spider.country,
                    spider.language,
                    tuple(spider.domains),
                    kind,
                    name in self._followed,
                    (*spider.feeds, *spider.sitemaps),
                )


def _word(text: str) -> str:
    """What is looked for; of an address its domain."""
    domain = site_of(text) if "://" in text else text
    return domain.strip().removeprefix("www.")


def _order(source: KnownSource) -> tuple[bool, int, str]:
    return not source.followed, _KINDS.index(source.kind), source.name


def _bare(address: str) -> str:
    return address.partition("://")[2].removeprefix("www.")
