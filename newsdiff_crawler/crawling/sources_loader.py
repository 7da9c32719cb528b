"""Which sources there are: those with a spider of their own, the named ones that ship as data, and
those of the data folder's ``sources.toml``, which are also the ones that are followed."""

from __future__ import annotations

import builtins
import sys
from collections.abc import Mapping

from scrapy import Spider
from scrapy.settings import BaseSettings
from scrapy.spiderloader import SpiderLoader, SpiderLoaderProtocol, get_spider_loader

from newsdiff_crawler.configuration import configured
from newsdiff_crawler.crawling import shipped
from newsdiff_crawler.crawling.source_table import SourceTable, checked, spider_of
from newsdiff_crawler.crawling.sources_file import FILE_NAME, read_sources
from newsdiff_crawler.store import Store

_SAID: set[str] = set()  # mistakes, by the loader before: a command makes several


class SourcesLoader(SpiderLoader):
    """Scrapy's spider loader, which makes the spider of a source that is data when it is asked for.
    A table with a mistake is said and left out, and harms no other source.

    All of Scrapy's commands that have to do with spiders begin here: our settings are checked.
    """

    def __init__(self, settings: BaseSettings) -> None:
        path = configured(settings).data / FILE_NAME
        super().__init__(settings)
        self._sources = read_sources(path, super().list())
        self._made: dict[str, type[Spider]] = {}
        self.left_out = self._sources.left_out
        self.mistakes = self._sources.mistakes
        self.is_unread = self._sources.is_unread
        for mistake in self.mistakes:
            if mistake not in _SAID:
                print(f"newsdiff_crawler: {mistake}", file=sys.stderr, flush=True)
        _SAID.clear()
        _SAID.update(self.mistakes)

    @property
    def followed(self) -> builtins.list[str]:
        """The names of the sources that the operator chose, in alphabetical order."""
        return sorted(self._sources.names)

    @property
    def stated(self) -> Mapping[str, SourceTable]:
        """What the operator's file itself says of sources, by name."""
        return self._sources.tables

    def list(self) -> builtins.list[str]:
        """The names of all that can be crawled."""
        return [*dict.fromkeys([*super().list(), *shipped.named(), *self.followed])]

    def load(self, spider_name: str) -> type[Spider]:
        """The spider of a name. Raises KeyError for one that there is not, and ValueError for one
        that ships with a mistake."""
        if spider_name in super().list():
            return super().load(spider_name)
        if spider_name not in shipped.named() and spider_name not in self._sources.names:
            raise KeyError(f"Spider not found: {spider_name}")
        if spider_name not in self._made:
            self._made[spider_name] = spider_of(spider_name, self._table(spider_name))
        return self._made[spider_name]

    def _table(self, name: str) -> SourceTable:
        own = self._sources.tables.get(name)
        return own or checked(name, shipped.stated(name))


def sources_loader(settings: BaseSettings) -> SourcesLoader:
    """The loader of a project that has this one."""
    loader = get_spider_loader(settings)
    assert isinstance(loader, SourcesLoader)
    return loader


def followed(loader: SpiderLoaderProtocol) -> list[str]:
    """The names of the sources that the operator chose."""
    return loader.followed if isinstance(loader, SourcesLoader) else []


def titles_of(loader: SpiderLoaderProtocol) -> dict[str, str]:
    """What people call the sources that have a spider of their own, and those that are followed."""
    own = SpiderLoader.list(loader) if isinstance(loader, SourcesLoader) else loader.list()
    spiders = {name: loader.load(name) for name in [*own, *followed(loader)]}
    return {name: getattr(spider, "title", "") or name for name, spider in spiders.items()}


def note_followed(
    store: Store,
    loader: SpiderLoaderProtocol,
    crawled: str | None = None,
    *,
    are_said: bool = True,
) -> None:
    """Writes down which sources are followed: what of others is overdue is nobody's fault. One that
    was left out for a mistake is still meant to be. ``crawled``: a source that is crawled now.
    ``are_said``: those that were given up; who did so just now knows."""
    if not isinstance(loader, SourcesLoader) or loader.is_unread:
        return
    meant = [*loader.followed, *loader.left_out]
    given_up = store.sources.follow(meant, [crawled] if crawled else [])
    if given_up and are_said:
        names = " ".join(given_up)
        print(
            f"newsdiff_crawler: no longer followed: {', '.join(given_up)}. What they are overdue "
            f"with is said no more; scrapy follow {names} takes them up again",
            file=sys.stderr,
            flush=True,
        )
