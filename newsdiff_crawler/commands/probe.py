"""``scrapy probe``: whether a source can be read, before it matters."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice

from rich.console import Console
from rich.table import Table
from rich.text import Text
from scrapy import Spider

from newsdiff_crawler.budget import Budget
from newsdiff_crawler.crawling import shipped
from newsdiff_crawler.crawling.source_table import spider_of
from newsdiff_crawler.crawling.sources_loader import SourcesLoader, sources_loader
from newsdiff_crawler.diff.render.visible import visible
from newsdiff_crawler.exit_status import ExitStatus, give_up
from newsdiff_crawler.source import Source
from newsdiff_crawler.terminal.asking import ask
from newsdiff_crawler.terminal.options import seconds
from newsdiff_crawler.terminal.probing import LONGEST, FeedFound, Probe, probe
from newsdiff_crawler.terminal.project_command import ProjectCommand

FEW = 2  # feeds of which each is told


class Command(ProjectCommand):
    """Reads the feeds and three articles of a source, twice, and stores nothing."""

    requires_crawler_process = True

    def syntax(self) -> str:
        return "[options] <name> [...] | --all"

    def short_desc(self) -> str:
        return "Say whether a source can be read, and what would be stored"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--all", action="store_true", help="every source that is followed")
        parser.add_argument(
            "--pause", metavar="1m", type=_pause, default=60.0, help="between two readings; 0: none"
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings
        self.settings.set("LOG_ENABLED", False, priority="spider")
        super().process_options(args, opts)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Exit status 4 where nothing could be read of one, 5 where something is not well."""
        assert self.settings
        loader = sources_loader(self.settings)
        if bool(args) == opts.all:
            give_up("probe takes names of sources, or --all", ExitStatus.NO_SENSE)
        sources = [_source(loader, name) for name in args or loader.followed]
        budget = Budget(self.configuration.reading_seconds)
        talks = [
            partial(probe, source=source, pause=opts.pause, budget=budget) for source in sources
        ]
        probes = ask(self.crawler_process, talks)
        console = Console(highlight=False, soft_wrap=True)
        if len(probes) == 1 and not opts.all:
            for line in _lines(probes[0]):
                console.print(Text(visible(line)))
        else:
            console.print(_table(probes))
        statuses = {each.status for each in probes}
        worst = (ExitStatus.NOTHING_READ, ExitStatus.UNWELL)
        self.exitcode = next((each for each in worst if each in statuses), ExitStatus.DONE)


def _pause(text: str) -> float:
    return 0.0 if text == "0" else seconds(text)


def _source(loader: SourcesLoader, name: str) -> Source:
    """One that is named, followed or in the catalogue."""
    try:
        if name in loader.left_out:
            raise ValueError(f"the table of {name!r} in sources.toml has a mistake, as said above")
        spider = _spider(loader, name)
        if spider is None or not issubclass(spider, Source):
            raise ValueError(f"no source is called {name!r}; scrapy find WORDS looks for it")
        source = spider()
    except ValueError as error:
        give_up(error, ExitStatus.NO_SENSE)
    return source


def _spider(loader: SourcesLoader, name: str) -> type[Spider] | None:
    if name in loader.list():
        return loader.load(name)
    catalogue = shipped.catalogue()
    return spider_of(name, catalogue.table(name)) if name in catalogue else None


def _lines(found: Probe) -> Iterator[str]:
    """Ten at most."""
    yield f"{found.source}: {found.title}"
    more = f", of {len(found.feeds) + found.more_feeds}" if found.more_feeds else ""
    yield f"feeds: {found.answering} of {len(found.feeds)} read{more}; {found.listed} articles"
    told = (f"  {feed.url}: {_told(feed)}" for feed in found.feeds if _told(feed))
    yield from islice(told, FEW)
    left_out = [feed.left_out for feed in found.feeds if str(feed.left_out)]
    if left_out:
        yield f"left out: {sum(left_out[1:], left_out[0])}"
    for article in found.articles:
        if article.problem:
            yield f"  {article.url}: {article.problem}"
        else:
            date = "" if article.dated else ", no date"
            words = f"{article.words} word{'s' * (article.words != 1)} by {article.parser}{date}"
            yield f"  {article.title[:LONGEST]}: {words}"
    if found.alike is not None:
        same = "the same words" if found.alike == 100 else f"{found.alike:.1f} % alike"
        yield f"two readings: {same}"
    yield "; ".join(found.problems) or "well"


def _told(feed: FeedFound) -> str:
    return feed.problem or (f"moved for good, to {feed.moved_to}" if feed.moved_to else "")


def _table(probes: Sequence[Probe]) -> Table:
    table = Table("source", "feeds", "articles", "read", "alike", "")
    for each in probes:
        alike = "–" if each.alike is None else f"{each.alike:.1f} %"
        feeds = f"{each.answering} of {len(each.feeds)}"
        read = f"{len(each.stored)} of {len(each.articles)}"
        told = "; ".join(each.problems) or "well"
        told = f"{told}: {each.reason}" if each.reason else told
        table.add_row(each.source, feeds, str(each.listed), read, alike, Text(visible(told)))
    return table
