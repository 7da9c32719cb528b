"""``scrapy stamp``: a Merkle root over what is new, stamped by outside clocks."""

from __future__ import annotations

import argparse

from newsdiff_crawler.exit_status import ExitStatus, complain, give_up
from newsdiff_crawler.store import DatabaseError, StoreError
from newsdiff_crawler.terminal.project_command import ProjectCommand
from newsdiff_crawler.terminal.record_failure import give_up_record
from newsdiff_crawler.times import utc_now


class Command(ProjectCommand):
    """Makes a root of whatever no root knows yet, and has stamped what is not."""

    def short_desc(self) -> str:
        return "Have outside clocks stamp what is new, now"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:  # noqa: ARG002
        from newsdiff_crawler.witness.stamping import stamp

        if args:
            give_up("stamp takes no arguments", ExitStatus.NO_SENSE)
        self.need_record()
        try:
            done = stamp(self.configuration, self.configuration.now or utc_now(), on_demand=True)
        except (StoreError, DatabaseError) as error:
            give_up_record(self.configuration.data, error)
        except OSError as error:
            give_up(f"{error.filename or 'archive'}: {error.strerror or error}")
        if done.is_elsewhere:
            give_up("another process is at it")
        for root in done.made:
            print(f"root {root.id} over {root.size} versions: {root.root}")
        for each in done.stamps:
            when = f", {each.at}" if each.at else ""
            print(f"root {each.root_id} was stamped by {each.authority}{when} {each.said}".rstrip())
        if not (done.made or done.stamps or done.lines):
            print("nothing is new, and nothing waits for a stamp")
        for line in done.lines:
            complain(line)
        self.exitcode = ExitStatus.NOT_DONE if done.lines else ExitStatus.DONE
