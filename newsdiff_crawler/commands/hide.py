"""``scrapy hide``: takes an article down, from every page, feed and answer."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from contextlib import closing

from newsdiff_crawler.exit_status import ExitStatus, give_up
from newsdiff_crawler.store import DatabaseError, Store, StoreError
from newsdiff_crawler.store.engine.database import Database
from newsdiff_crawler.store.writing.takedown import (
    ErasedArticleError,
    UnknownArticleError,
    addresses_of,
    hide,
)
from newsdiff_crawler.terminal.own_address import article_shown_at
from newsdiff_crawler.terminal.project_command import ProjectCommand
from newsdiff_crawler.terminal.record_failure import give_up_record
from newsdiff_crawler.times import to_iso, utc_now
from newsdiff_crawler.urls import spellings


class Command(ProjectCommand):
    """Hides the article that a URL leads to, with a reason for the record."""

    def syntax(self) -> str:
        return "--reason <reason> <url>"

    def short_desc(self) -> str:
        return "Take an article down"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--reason", required=True, help="why, kept in the record")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if not opts.reason.strip():
            give_up("--reason: expected why, for the record", ExitStatus.NO_SENSE)
        now = to_iso(utc_now())
        is_new = change(self, args, lambda db, urls: hide(db, urls, now, opts.reason))
        print(f"Hidden: {args[0]}" if is_new else f"It was hidden before: {args[0]}")


def change(
    command: ProjectCommand, args: list[str], act: Callable[[Database, list[str]], bool]
) -> bool:
    """Does something to the article of a command's one URL, and whether that changed anything;
    exits with one line where there is no record, or no such article in it."""
    if len(args) != 1:
        give_up("expected the URL of one article", ExitStatus.NO_SENSE)
    try:
        with closing(Store.open_made(command.configuration.data)) as store:
            shown = article_shown_at(args[0], command.configuration)
            known = addresses_of(store.db, shown) if shown else []
            return act(store.db, [*spellings(args[0]), *known])
    except (StoreError, DatabaseError) as error:
        give_up_record(command.configuration.data, error)
    except ErasedArticleError:
        give_up(f"what was at {args[0]} is erased, which nothing undoes")
    except UnknownArticleError:
        give_up(f"no article is known at {args[0]}")
