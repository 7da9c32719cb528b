"""``scrapy verify``: whether record and archive are what they were."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import track

from newsdiff_crawler.diff.render.visible import visible
from newsdiff_crawler.exit_status import ExitStatus, give_up
from newsdiff_crawler.store import DatabaseError, StoreError
from newsdiff_crawler.store.engine.database import Database
from newsdiff_crawler.terminal.project_command import ProjectCommand
from newsdiff_crawler.terminal.record_failure import give_up_record
from newsdiff_crawler.times import from_iso, to_iso

if TYPE_CHECKING:
    from newsdiff_crawler.archive.verifying import Finding


class Command(ProjectCommand):
    """Says of every version, and of every file of the archive, what is missing or altered."""

    def syntax(self) -> str:
        return "[options] [<bundle>]"

    def short_desc(self) -> str:
        return "Check that record and archive are what they were"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--source", default="", help="only of this source")
        parser.add_argument("--since", default="", help="only what changed since, as 2026-11-22")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if args:
            self._check_bundle(args, opts)
        else:
            self._check_record(opts)

    def _check_record(self, opts: argparse.Namespace) -> None:
        from newsdiff_crawler.store.engine.opening import read_record

        since = _moment(opts.since)
        faults = checked = 0
        try:
            with closing(read_record(self.configuration.data)) as db:
                for count, found in self._check(db, opts.source, since):
                    checked += count
                    for finding in found:
                        faults += finding.is_fault
                        print(visible(f"{finding.where}: {finding.what}"))
        except (StoreError, DatabaseError) as error:
            give_up_record(self.configuration.data, error)
        if faults:
            give_up(f"{faults} faults in {checked} articles, roots and files")
        print(f"{checked} articles, roots and files of the archive are as they were written")

    def _check_bundle(self, args: list[str], opts: argparse.Namespace) -> None:
        """What a proof proves, without a record."""
        from newsdiff_crawler.proof.checking import check
        from newsdiff_crawler.proof.container import BundleError

        if len(args) > 1 or opts.source or opts.since:
            give_up("expected one bundle, or none and options", ExitStatus.NO_SENSE)
        try:
            lines = check(Path(args[0]), self.configuration.tsa_root)
        except BundleError as error:
            give_up(f"{args[0]}: {error}")
        for line in lines:
            print(visible(line))
        print("This proof holds as far as it says.")

    def _check(self, db: Database, source: str, since: str) -> Iterator[tuple[int, list[Finding]]]:
        """What is wrong with each article, root and file; 0 where none of these was looked at."""
        from newsdiff_crawler.archive.archive import Archive
        from newsdiff_crawler.archive.verifying import (
            Finding,
            faults_of_article,
            faults_of_file,
            missing_articles,
            pages_elsewhere,
        )
        from newsdiff_crawler.store.reading.evidence import (
            article_now,
            articles_with_pages,
            on_record,
            pages_let_go,
            without_hashes,
        )
        from newsdiff_crawler.store.reading.records import Records
        from newsdiff_crawler.witness.verifying import RootsCheck

        if source and source not in Records(db).sources():
            give_up(f"no such source in the record: {source}")
        told, console = self.configuration, Console(stderr=True)
        archive = Archive(told.data, machine=told.node)
        # Elsewhere it would leave empty lines, which cron mails.
        shown = partial(track, console=console, transient=True, disable=not console.is_terminal)
        yield 0, [Finding(url, what, is_fault=False) for url, what in on_record(db, source, since)]
        yield 0, list(missing_articles(db))
        articles = articles_with_pages(db, source, since)
        for article in shown(articles, "versions"):
            with db.snapshot():  # crawls may write meanwhile
                now = article_now(db, article.id)
                yield 1, list(faults_of_article(db, archive, now)) if now else []
        elsewhere = pages_elsewhere(db, archive, source)
        for machine, count in sorted(elsewhere.items()):
            what = f"{count:,} are in the archive of {machine}, which is not here"
            yield 0, [Finding("pages", what, is_fault=False)] if count else []
        roots = RootsCheck(db, told.data, told.tsa_root, source, sorted(elsewhere))
        yield 0, list(roots.faults_of_list())
        for root in shown(roots.here, "roots"):
            yield 1, list(roots.faults_of(root))
        if unbound := without_hashes(db):
            what = f"{unbound} versions have none: of before there were any, or taken since"
            yield 0, [Finding("hashes", what, is_fault=False)]
        if gone := pages_let_go(db, source):
            what = f"{gone} were let go, says the record: of those nothing but a hash is there"
            yield 0, [Finding("pages", what, is_fault=False)]
        yield 0, [Finding("outside clocks", roots.summary(), is_fault=False)]
        for name in shown(archive.files.names(source), "files"):
            yield 1, list(faults_of_file(db, archive, name))


def _moment(text: str) -> str:
    """A time as the record has it, of a time or of a day; empty for none. Exits with one line for
    anything else: what is no time would be after all times."""
    try:
        return to_iso(from_iso(text if "T" in text else f"{text}T00:00:00Z")) if text else ""
    except ValueError:
        said = f"--since: expected a day, as 2026-11-22, or 2026-11-22T20:15:00Z, not {text!r}"
        give_up(said, ExitStatus.NO_SENSE)
