"""``scrapy migrate``: brings the record up to date after an upgrade."""

from __future__ import annotations

import argparse
from contextlib import closing

from newsdiff_crawler.exit_status import ExitStatus, give_up
from newsdiff_crawler.store import DatabaseError, Store, StoreError
from newsdiff_crawler.store.engine.opening import name_of, read_record
from newsdiff_crawler.terminal.project_command import ProjectCommand


class Command(ProjectCommand):
    """Does at once what the next crawl would begin with, so that the site need not wait for it."""

    def short_desc(self) -> str:
        return "Bring the record up to date after an upgrade"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:  # noqa: ARG002
        if args:
            give_up("migrate takes no arguments", ExitStatus.NO_SENSE)
        try:
            with (
                closing(Store.open_made(self.configuration.data)),
                closing(read_record(self.configuration.data)),
            ):
                print(f"{name_of(self.configuration.data)} is up to date")
        except (StoreError, DatabaseError) as error:
            give_up(error, ExitStatus.NO_RECORD)
        except OSError as error:
            give_up(f"{self.database}: {error.strerror}", ExitStatus.NO_RECORD)
