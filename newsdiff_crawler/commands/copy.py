"""``scrapy copy``: the record moved to a PostgreSQL server, or back into a file."""

from __future__ import annotations

import argparse
from contextlib import closing
from pathlib import Path

from rich.console import Console
from rich.progress import Progress, track

from newsdiff_crawler.exit_status import ExitStatus, give_up
from newsdiff_crawler.store import DatabaseError, StoreError
from newsdiff_crawler.store.engine.opening import (
    FILE,
    name_of,
    open_record_at,
    read_record_at,
    server,
)
from newsdiff_crawler.store.writing.transfer import TABLES, Transfer
from newsdiff_crawler.terminal.project_command import ProjectCommand


class Command(ProjectCommand):
    """Copies the record from one engine to the other, and compares both."""

    def syntax(self) -> str:
        return "--to server|file|postgresql://... [--from ...]"

    def short_desc(self) -> str:
        return "Copy the record to a PostgreSQL server, or back into a file"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        where = "'server' for NEWSDIFF_DATABASE, 'file' for the data folder, or postgresql://..."
        parser.add_argument("--to", default="", help=where)
        parser.add_argument(
            "--from", dest="origin", default="", help="the same; if not given, what is in use"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Ends with status 0 where both records say the same."""
        known = {"server": server()}
        origin = known.get(opts.origin, opts.origin) or server() or FILE
        to = known.get(opts.to, opts.to)
        if args or not to:
            give_up(f"expected {self.syntax()}", ExitStatus.NO_SENSE)
        if to == origin:
            give_up("--to is where the record is", ExitStatus.NO_SENSE)
        folder = self.configuration.data
        try:
            self._copy(folder, origin, to)
        except StoreError as error:
            give_up(error, ExitStatus.NO_RECORD)
        except DatabaseError as error:
            both = f"from {name_of(folder, origin)} to {name_of(folder, to)}"
            give_up(f"{both}: {error}; the same command goes on", ExitStatus.NO_RECORD)

    def _copy(self, folder: Path, origin: str, to: str) -> None:
        with (
            closing(read_record_at(folder, origin)) as original,
            original.snapshot(),
            closing(open_record_at(folder, to)) as copy,
        ):
            transfer = Transfer(original, copy)
            console = Console(stderr=True)
            with Progress(console=console, transient=True) as progress:
                task = progress.add_task("rows", total=transfer.size())
                for rows in transfer.run():
                    progress.advance(task, rows)
            compared = track(
                transfer.differences(), "comparing", len(TABLES), console=console, transient=True
            )
            different = [found for found in compared if found]
            articles, versions = copy.count("articles"), copy.count("versions")
        for each in different:
            print(f"{each.table}: {each.original:,} rows, and {each.copy:,} in the copy")
        if different:
            give_up("the copy is not the same; did a crawl write meanwhile?", ExitStatus.NOT_DONE)
        name = name_of(folder, to)
        print(f"{name} has all of it: {articles:,} articles, {versions:,} versions, the same hash")
        if to != FILE:
            print("To use it, set NEWSDIFF_DATABASE to this address for crawls, site and commands.")
