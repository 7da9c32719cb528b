"""``scrapy reparse``: reads the archive with today's parsers, and says or does what comes of it."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import track
from scrapy.spiderloader import SpiderLoaderProtocol, get_spider_loader

from newsdiff_crawler.exit_status import ExitStatus, give_up
from newsdiff_crawler.source import Source
from newsdiff_crawler.store import DatabaseError, Store, StoreError
from newsdiff_crawler.terminal.options import day
from newsdiff_crawler.terminal.project_command import ProjectCommand
from newsdiff_crawler.terminal.record_failure import give_up_record
from newsdiff_crawler.times import to_iso, utc_now

if TYPE_CHECKING:
    from newsdiff_crawler.parsing import Parser
    from newsdiff_crawler.rereading.replay import Replayed
    from newsdiff_crawler.rereading.rereading import Rereading
    from newsdiff_crawler.store.engine.scratch import NewScratch


class Command(ProjectCommand):
    """Plays the pages of each article once more. Nothing is asked of anybody."""

    def short_desc(self) -> str:
        return "Read the archive with today's parsers"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--source", default="", help="only of this source")
        parser.add_argument("--since", type=day, help="only pages from this day on")
        how = parser.add_mutually_exclusive_group()
        how.add_argument(
            "--dry-run", action="store_true", help="only say so, as without any option"
        )
        how.add_argument("--apply", action="store_true", help="rewrite what is read otherwise")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if args:
            give_up("reparse takes no arguments, only options", ExitStatus.NO_SENSE)
        self.need_record()
        try:
            with closing(Store.open(self.configuration.data)) as store:
                self._reparse(store, opts)
        except (StoreError, DatabaseError) as error:
            give_up_record(self.configuration.data, error)

    def _reparse(self, store: Store, opts: argparse.Namespace) -> None:
        from newsdiff_crawler.store.engine.scratch import scratches
        from newsdiff_crawler.store.reading.kept_pages import articles_with_pages

        since = str(opts.since or "")
        articles = articles_with_pages(store.db, opts.source, since)
        done = _Done()
        with scratches() as new:
            reading = self._rereading(store, new)
            console = Console(stderr=True)
            for id_ in track(articles, "articles", console=console, transient=True):
                again = reading.replay(id_, since)
                if again is not None:
                    done.found(again)
                    if again.differs and opts.apply:
                        done.apply(reading, again)
        done.say(len(articles), opts.apply)
        if done.overtaken:
            self.exitcode = ExitStatus.NOT_DONE

    def _rereading(self, store: Store, new: NewScratch) -> Rereading:
        from newsdiff_crawler.archive.archive import Archive
        from newsdiff_crawler.budget import Budget
        from newsdiff_crawler.parsing import LengthBounds
        from newsdiff_crawler.rereading.reading import reader
        from newsdiff_crawler.rereading.rereading import Rereading

        assert self.settings
        sources, told = get_spider_loader(self.settings), self.configuration
        bounds = LengthBounds(
            told.headline_words, told.headline_bytes, told.text_words, told.text_bytes
        )
        archive = Archive(told.data, machine=told.node)
        budget = Budget(told.reading_seconds)
        return Rereading(
            store, new, lambda name: reader(archive, _parsers(sources, name), bounds, budget)
        )


class _Done:
    """What was found and done, and says so."""

    def __init__(self) -> None:
        self._found: Counter[str] = Counter()
        self._rewritten = 0
        self.overtaken = 0

    def found(self, again: Replayed) -> None:
        self._found.update(each.kind for each in again.findings)
        for line in _lines(again):
            print(line.encode("utf-8", "backslashreplace").decode())

    def apply(self, reading: Rereading, again: Replayed) -> None:
        from newsdiff_crawler.store.writing.rewriting import OvertakenError

        try:
            reading.apply(again, to_iso(utc_now()))
            self._rewritten += 1
        except OvertakenError:
            self.overtaken += 1
            print(f"{again.history.url}: a crawl was here meanwhile: reparse it again")

    def say(self, articles: int, is_applied: bool) -> None:
        for kind, (_, meaning) in _WORDS.items():
            if self._found[kind]:
                print(f"{self._found[kind]} {meaning}")
        done = f"{self._rewritten} rewritten" if is_applied else "none rewritten: --apply does that"
        print(f"{articles} articles with pages, {done}")


def _lines(again: Replayed) -> Iterator[str]:
    """What is other, a line each."""
    for each in again.findings:
        if each.kind != "same":
            which = f"version {each.number}" if each.number else "a page that made no version"
            said = f" ({each.said})" if each.said else ""
            yield f"{again.history.url}: {which}: {_WORDS[each.kind][0]}{said}"


# Of a version, and of many.
_WORDS = {
    "same": ("is read as it was", "versions are read as they were"),
    "differs": ("is read otherwise", "versions are read otherwise"),
    "equal": ("says what the one before says: it goes", "versions say what the one before says"),
    "refused": ("is no article: it goes", "versions are no article"),
    "found": ("is an article: it becomes a version", "pages that made no version are an article"),
    "unreadable": ("stays, for it cannot be read", "versions stay, for they cannot be read"),
}


def _parsers(sources: SpiderLoaderProtocol, name: str) -> Sequence[type[Parser]]:
    """Of a source, as it is today; none, where it is no longer there."""
    if name not in sources.list():
        return ()
    spider = sources.load(name)
    return spider.parsers if issubclass(spider, Source) else ()
