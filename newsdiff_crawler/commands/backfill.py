"""``scrapy backfill``: what the Internet Archive captured of articles and we did not see."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from scrapy.spiderloader import get_spider_loader

from newsdiff_crawler.budget import Budget
from newsdiff_crawler.exit_status import ExitStatus, complain, give_up
from newsdiff_crawler.parsing.length import LengthBounds
from newsdiff_crawler.source import Source
from newsdiff_crawler.store import DatabaseError, Store, StoreError
from newsdiff_crawler.store.reading.records import ArticleFacts, Records
from newsdiff_crawler.terminal.project_command import ProjectCommand
from newsdiff_crawler.terminal.record_failure import give_up_record
from newsdiff_crawler.times import utc_now
from newsdiff_crawler.urls import spellings

if TYPE_CHECKING:
    from newsdiff_crawler.internet_archive.backfill import Reading
    from newsdiff_crawler.internet_archive.captures import Captures

_PORTION = 200


class Command(ProjectCommand):
    """One article, or all of a source."""

    def syntax(self) -> str:
        return "<url> | --source SOURCE"

    def short_desc(self) -> str:
        return "Read what the Internet Archive captured and we did not see"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--source", default="", help="all articles of this source")
        parser.add_argument(
            "--since", default="", metavar="DAY", help="captures from this day on, as 2026-11-01"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        from newsdiff_crawler.internet_archive.captures import Captures
        from newsdiff_crawler.internet_archive.save_page_now import ArchiveDownError

        if len(args) + bool(opts.source) != 1:
            give_up(f"expected {self.syntax()}", ExitStatus.NO_SENSE)
        since = _day(opts.since)
        self.need_record()
        total = 0
        try:
            with closing(Store.open(self.configuration.data)) as store, Captures() as captures:
                for article in _articles(Records(store.db), args, opts.source):
                    total += self._backfill(store, captures, article, since)
        except ArchiveDownError as error:
            complain(error)
            self.exitcode = ExitStatus.NOT_DONE
        except (StoreError, DatabaseError) as error:
            give_up_record(self.configuration.data, error)
        print(f"{total} versions of before their articles were known")

    def _backfill(self, store: Store, captures: Captures, article: ArticleFacts, since: str) -> int:
        """Of one article: how many versions."""
        from newsdiff_crawler.internet_archive.backfill import backfill
        from newsdiff_crawler.internet_archive.between import Between

        first = Records(store.db).version(article.id, 1)
        if first is None:
            return 0
        spans = [("", first.fetched_at), *Between(store, article).spans()]
        found = captures.of(article.url, since, spans)
        done = backfill(store, article, found, self._reading(article.source), utc_now())
        left_out = ", ".join(f"{count} {reason}" for reason, count in done.left_out.items())
        if done.versions or done.missed or left_out:
            said = f"{done.versions} versions" + f"; {done.missed} in between" * bool(done.missed)
            said += f"; left out: {left_out}" if left_out else ""
            print(f"{article.url}: {said}", flush=True)
        return done.versions

    @cache  # noqa: B019 - as long as the command runs
    def _reading(self, name: str) -> Reading:
        from newsdiff_crawler.internet_archive.backfill import Reading

        assert self.settings is not None
        loader, said = get_spider_loader(self.settings), self.configuration
        source = loader.load(name) if name in loader.list() else None
        if source is None or not issubclass(source, Source):
            give_up(f"{name} is no source that is followed: its pages cannot be read")
        bounds = LengthBounds(
            said.headline_words, said.headline_bytes, said.text_words, said.text_bytes
        )
        return Reading(source.parsers, Budget(said.reading_seconds), bounds)


def _articles(records: Records, urls: list[str], source: str) -> Iterator[ArticleFacts]:
    """The article at an address, or all that a source has by now: each gets another id."""
    if urls:
        article = records.article(records.find(spellings(urls[0])) or 0)
        if article is None:
            give_up(f"no article of the record has the address {urls[0]}")
        yield article
        return
    ids = [each.id for each in _all(records, source)]
    if not ids:
        give_up(f"the record has no article of {source!r}")
    for each in ids:
        article = records.article(each)  # which another crawl may have merged meanwhile
        if article:
            yield article


def _all(records: Records, source: str) -> Iterator[ArticleFacts]:
    after = 0
    while portion := records.articles(source, after, _PORTION):
        yield from portion
        after = portion[-1].id


def _day(text: str) -> str:
    """As it is asked for; empty for none. Exits with one line for what is none."""
    try:
        return str(date.fromisoformat(text)) if text else ""
    except ValueError:
        problem = f"--since: expected a day as 2026-11-01, not {text!r}"
        give_up(problem, ExitStatus.NO_SENSE)
