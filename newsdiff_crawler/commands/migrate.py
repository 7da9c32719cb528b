"""``scrapy migrate``: brings the record up to date after an upgrade."""

from __future__ import annotations

import argparse
from contextlib import closing

from newsdiff_crawler.exit_status import ExitStatus, give_up
from newsdiff_crawler.store import DatabaseError, Store, StoreError
from newsdiff_crawler.store.engine.opening import name_of, read_record, waiting_steps
from newsdiff_crawler.terminal.project_command import ProjectCommand
from newsdiff_crawler.terminal.record_failure import give_up_record


class Command(ProjectCommand):
    """Does at once what the next crawl would begin with, so that the site need not wait for it."""

    def short_desc(self) -> str:
        return "Bring the record up to date after an upgrade"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:  # noqa: ARG002
        if args:
            give_up("migrate takes no arguments", ExitStatus.NO_SENSE)
        data = self.configuration.data
        try:
            self.need_record()
            waiting = waiting_steps(data)
            if waiting:
                begun = "These steps begin; they take minutes of a large record:"
                print(begun, *waiting, sep="\n  ", flush=True)
            with closing(Store.open_made(data)), closing(read_record(data)):
                already = "" if waiting else ": there was nothing to do"
                print(f"{name_of(data)} is up to date{already}")
        except (StoreError, DatabaseError) as error:
            give_up_record(self.configuration.data, error)
        except OSError as error:
            give_up(f"{self.database}: {error.strerror}", ExitStatus.NO_RECORD)
