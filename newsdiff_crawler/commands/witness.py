"""``scrapy witness``: asks the Internet Archive for copies of what changed."""

from __future__ import annotations

import argparse
import time

from newsdiff_crawler.exit_status import ExitStatus, complain, give_up
from newsdiff_crawler.store import DatabaseError, StoreError
from newsdiff_crawler.telling.secrets import SecretError
from newsdiff_crawler.terminal.project_command import ProjectCommand
from newsdiff_crawler.terminal.record_failure import give_up_record
from newsdiff_crawler.times import utc_now


class Command(ProjectCommand):
    """One round, for cron."""

    def short_desc(self) -> str:
        return "Ask the Internet Archive for copies of what changed"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--minutes", type=float, default=4, help="go on for so long at most (default 4)"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        from newsdiff_crawler.internet_archive.save_page_now import SavePageNow
        from newsdiff_crawler.internet_archive.saving import Time, keys_in, save_due

        if args:
            give_up("witness takes no arguments, only options", ExitStatus.NO_SENSE)
        address, folder = self.configuration.wayback, self.configuration.data
        if not address:
            give_up("NEWSDIFF_WAYBACK is not set: no copies are asked for", ExitStatus.NO_SENSE)
        self.need_record()
        try:
            archive = SavePageNow(address, keys_in(folder))
            done = save_due(folder, archive, Time(utc_now, time.sleep), opts.minutes)
        except SecretError as error:
            give_up(error, ExitStatus.NO_SENSE)
        except (StoreError, DatabaseError) as error:
            give_up_record(self.configuration.data, error)
        for line in done.lines:
            complain(line)
        if done.is_elsewhere:
            print("Another process is asking.")
        else:
            print(f"{done.kept} kept; {done.refused} refused")
        self.exitcode = ExitStatus.NOT_DONE if done.lines else ExitStatus.DONE
