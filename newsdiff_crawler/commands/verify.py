"""``scrapy verify``: whether record and archive are what they were."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import closing

from rich.console import Console
from rich.progress import track

from newsdiff_crawler.exit_status import ExitStatus, give_up
from newsdiff_crawler.store import DatabaseError, StoreError
from newsdiff_crawler.store.engine.database import Database
from newsdiff_crawler.terminal.project_command import ProjectCommand


class Command(ProjectCommand):
    """Says of every version, and of every file of the archive, what is missing or altered."""

    def short_desc(self) -> str:
        return "Check that record and archive are what they were"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--source", default="", help="only of this source")
        parser.add_argument("--since", default="", help="only what changed since, as 2026-11-22")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        from newsdiff_crawler.store.engine.readonly import open_readonly

        if args:
            give_up("verify takes no arguments", ExitStatus.NO_SENSE)
        faults = checked = 0
        try:
            with closing(open_readonly(self.database)) as db:
                for found in self._check(db, opts.source, opts.since):
                    checked += 1
                    faults += len(found)
                    for line in found:
                        print(_shown(line))
        except (StoreError, DatabaseError) as error:
            give_up(error, ExitStatus.NO_RECORD)
        if faults:
            give_up(f"{faults} faults in {checked} articles and files")
        print(f"{checked} articles and files of the archive are as they were written")

    def _check(self, db: Database, source: str, since: str) -> Iterator[list[str]]:
        """What is wrong with each article and each file, a line each."""
        from newsdiff_crawler.archive.archive import Archive
        from newsdiff_crawler.archive.verifying import faults_of_article, faults_of_file
        from newsdiff_crawler.store.reading.evidence import articles_with_versions, on_record

        archive, console = Archive(self.configuration.data), Console(stderr=True)
        articles = list(articles_with_versions(db, source, since))
        for line in on_record(db, source, since):
            print(_shown(line))
        for article in track(articles, "versions", console=console, transient=True):
            found = faults_of_article(db, archive, article)
            yield [f"{fault.where}: {fault.what}" for fault in found]
        for name in track(archive.files.names(source), "files", console=console, transient=True):
            yield [f"{fault.where}: {fault.what}" for fault in faults_of_file(archive, name)]


def _shown(line: str) -> str:
    return line.encode("utf-8", "backslashreplace").decode()
