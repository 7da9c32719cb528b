"""``scrapy erase``: takes an article from record and archive for good."""

from __future__ import annotations

import argparse
from contextlib import closing

from rich.console import Console

from newsdiff_crawler.archive.erasing import go_on
from newsdiff_crawler.archive.files import FOLDER, Files
from newsdiff_crawler.exit_status import ExitStatus, give_up
from newsdiff_crawler.exporting.anew import export_anew, files_of
from newsdiff_crawler.exporting.elsewhere import elsewhere
from newsdiff_crawler.proof.removing import remove_bundles
from newsdiff_crawler.store import DatabaseError, Store, StoreError
from newsdiff_crawler.store.engine.connection import DATABASE_NAME
from newsdiff_crawler.store.reading.records import Records
from newsdiff_crawler.store.writing.takedown import UnknownArticleError
from newsdiff_crawler.terminal.project_command import ProjectCommand
from newsdiff_crawler.terminal.record_failure import give_up_record
from newsdiff_crawler.times import to_iso, utc_now
from newsdiff_crawler.urls import spellings


class Command(ProjectCommand):
    """Erases the article that a URL leads to, and goes on with what was interrupted before."""

    def syntax(self) -> str:
        return "--reason <reason> <url>"

    def short_desc(self) -> str:
        return "Erase an article for good"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--reason", required=True, help="why, kept in the record")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 1:
            give_up("expected the URL of one article", ExitStatus.NO_SENSE)
        if not opts.reason.strip():
            give_up("--reason: say why, which stays in the record", ExitStatus.NO_SENSE)
        self.need_record()
        try:
            with closing(Store.open(self.configuration.data)) as store:
                at = to_iso(utc_now())
                asked = store.erasures.begin(spellings(args[0]), at, opts.reason.strip())
                with Console(stderr=True).status("erasing; others wait to write"):
                    files = Files(self.configuration.data, machine=self.configuration.node)
                    others = go_on(store, files, at, asked, lambda: self._clear_others(store))
        except (StoreError, DatabaseError) as error:
            give_up_record(self.configuration.data, error, "; the same command goes on")
        except OSError as error:
            give_up(
                f"{error.filename or DATABASE_NAME}: {error.strerror}; the same command goes on"
            )
        except ImportError as error:  # of an export in Parquet
            give_up(f"an export cannot be made anew: {error}; the same command goes on")
        except UnknownArticleError:
            give_up(f"no article is known at {args[0]}")
        print(f"Erased: {args[0]}")
        for machine in others:
            print(f"Not yet in the archive of {machine}: give the same command there")

    def _clear_others(self, store: Store) -> None:
        """Exports and bundles in the data folder; what else there is in it is only named."""
        for path in remove_bundles(self.configuration.data, store.erasures.addresses()):
            print(f"Removed: {path}")
        data = self.configuration.data
        known = {data / FOLDER, *(data / f"{DATABASE_NAME}{end}" for end in ("", "-wal", "-shm"))}
        with Records.open(data) as records:
            for path in export_anew(data, records.exports):
                print(f"Exported anew: {path.parent}")
                known.update(files_of(path))
        for path, what in elsewhere(data, store.erasures.addresses(), known):
            print(f"Left as it is: {path} {what}")
