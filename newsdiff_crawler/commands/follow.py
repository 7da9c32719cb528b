"""``scrapy follow``: makes sources the operator's, which ``scrapy crawl all`` checks."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from newsdiff_crawler.adding.opml import LARGEST, BrokenLine, ListedFeed, NoOPMLError, read_opml
from newsdiff_crawler.budget import Budget
from newsdiff_crawler.crawling.choosing import Choice
from newsdiff_crawler.crawling.directory import Directory
from newsdiff_crawler.crawling.sources_file import FILE_NAME
from newsdiff_crawler.crawling.sources_loader import sources_loader
from newsdiff_crawler.crawling.sources_text import (
    CannotEditError,
    read_text,
    with_tables,
    write_text,
)
from newsdiff_crawler.diff.render.visible import visible
from newsdiff_crawler.exit_status import ExitStatus, give_up
from newsdiff_crawler.store.engine.locks import Locks
from newsdiff_crawler.terminal.asking import ask
from newsdiff_crawler.terminal.following import NoFeed, find_feeds, note
from newsdiff_crawler.terminal.project_command import ProjectCommand
from newsdiff_crawler.urls import normal

MOST_NAMED = 5  # on the last line


class Command(ProjectCommand):
    """Puts sources into the data folder's sources.toml: by name, by the address of a site or a
    feed, or those of an OPML file."""

    requires_crawler_process = True

    def syntax(self) -> str:
        return "<name or url> [...] | --opml <file>"

    def short_desc(self) -> str:
        return "Follow sources: crawl all checks them from now on"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--opml", metavar="FILE", help="all feeds that it lists")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings
        self.settings.set("LOG_ENABLED", False, priority="spider")
        super().process_options(args, opts)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Exit status 1 where one could not be followed; the others are."""
        assert self.settings
        if bool(args) == bool(opts.opml):
            give_up("follow takes names or addresses, or --opml FILE", ExitStatus.NO_SENSE)
        with Locks(self.configuration.data).listing().wait():
            loader = sources_loader(self.settings)
            choice = Choice(Directory(loader), loader.left_out)
            problems = _listed(choice, opts.opml) if opts.opml else self._asked_for(choice, args)
            for problem in problems:
                print(f"newsdiff_crawler: {visible(problem)}", file=sys.stderr)
            self._write(choice)
        self.exitcode = ExitStatus.NOT_DONE if problems else ExitStatus.DONE

    def _asked_for(self, choice: Choice, asked: Sequence[str]) -> list[str]:
        """Chooses by names and addresses; what is wrong with some."""
        problems = [_by_name(choice, each) for each in asked if not _is_address(each)]
        addresses = [each for each in asked if _is_address(each)]
        if addresses:
            problems += self._by_address(choice, addresses)
        return [problem for problem in problems if problem]

    def _by_address(self, choice: Choice, addresses: Sequence[str]) -> list[str]:
        unknown = [each for each in addresses if not choice.by_address(_address(each))]
        if not unknown:
            return []
        budget = Budget(self.configuration.reading_seconds)
        found = ask(
            self.crawler_process,
            [partial(find_feeds, url=_address(each), budget=budget) for each in unknown],
        )
        problems = []
        for address, feeds in zip(unknown, found, strict=True):
            if isinstance(feeds, NoFeed):
                problems.append(f"{address}: {feeds.reason}")
            elif not choice.by_address(feeds.site):
                choice.add(feeds.site, feeds.title, feeds.language, feeds.feeds, feeds.sitemaps)
        return problems

    def _write(self, choice: Choice) -> None:
        path = self.configuration.data / FILE_NAME
        if choice.tables:
            try:
                write_text(path, with_tables(read_text(path), choice.tables))
            except CannotEditError as error:
                give_up(f"{path}: {error}")
            assert self.settings
            note(self.settings, self.configuration.data, choice.tables)
        _tell("followed from now on", [*choice.tables])
        _tell("followed before", choice.followed_before)


def _tell(what: str, names: Sequence[str]) -> None:
    if names:
        more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
        print(f"{what}: {', '.join(names[:MOST_NAMED])}{more}")


def _is_address(text: str) -> bool:
    return "://" in text or "." in text or "/" in text


def _address(text: str) -> str:
    try:
        return normal(text if "://" in text else f"https://{text}")
    except ValueError as error:
        give_up(f"expected a name or an address, not {text!r}: {error}", ExitStatus.NO_SENSE)


def _by_name(choice: Choice, name: str) -> str:
    """What is wrong with it; empty where nothing is."""
    if choice.by_name(name):
        return ""
    return f"{name!r} cannot be followed: {choice.why_not(name)}"


def _listed(choice: Choice, file: str) -> list[str]:
    """Chooses all that an OPML file lists; what is wrong, a line each."""
    try:
        with Path(file).open("rb") as opened:
            body = opened.read(LARGEST + 1)
        listed = [*read_opml(body)]
    except OSError as error:
        give_up(f"{file}: {error.strerror}")
    except NoOPMLError as error:
        give_up(f"{file}: {error}")
    told = ((each.line, _chosen(choice, each)) for each in listed)
    return [f"{file}, line {line}: {problem}" for line, problem in told if problem]


def _chosen(choice: Choice, listed: ListedFeed | BrokenLine) -> str:
    """Chooses what a line lists; what is wrong with it, or empty."""
    if isinstance(listed, BrokenLine):
        return listed.reason
    if choice.by_address(*filter(None, [listed.feed, listed.site])):
        return ""
    if not listed.feed:
        return f"no feed: scrapy follow {listed.site} looks for one"
    choice.add(listed.site or listed.feed, listed.title, "", [listed.feed], [])
    return ""
