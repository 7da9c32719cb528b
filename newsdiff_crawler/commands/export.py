"""``scrapy export``: the record as files, for researchers and for sites that publish their data."""

from __future__ import annotations

import argparse
import gc
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from newsdiff_crawler.exit_status import ExitStatus, give_up
from newsdiff_crawler.store.reading.exports import ExportQuery
from newsdiff_crawler.store.reading.records import Records
from newsdiff_crawler.terminal.options import day
from newsdiff_crawler.terminal.record_command import RecordCommand

if TYPE_CHECKING:
    from newsdiff_crawler.exporting.export import Export, Told

# From one look for cycles of objects to the next. There are none in rows: at Python's own 700 a
# fourth of all time went into looking.
_ALLOCATIONS = 100_000


class Command(RecordCommand):
    """Writes a row for each version, with both texts of its change, and a manifest."""

    def short_desc(self) -> str:
        return "Write the record to files: JSON lines, CSV or Parquet"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--format",
            choices=("jsonl", "csv", "parquet"),
            default="jsonl",
            help="jsonl if not given",
        )
        parser.add_argument(
            "--output",
            "-o",
            metavar="FILE",
            type=Path,
            help="the file, or the folder with --by month; standard output if not given",
        )
        parser.add_argument("--source", default="", help="only this source, by its name")
        parser.add_argument("--from", dest="since", type=day, help="only from this day on")
        parser.add_argument("--to", dest="until", type=day, help="only to this day")
        parser.add_argument(
            "--by", choices=("month",), help="a file for each month, in a folder of its own"
        )
        parser.add_argument("--anonymous", action="store_true", help="without texts and names")

    def read(self, records: Records, args: list[str], opts: argparse.Namespace) -> None:
        self._check(args, opts)
        if opts.source and opts.source not in records.sources():
            give_up(f"no such source in the record: {opts.source}")
        # Not above: every scrapy command imports this module.
        from newsdiff_crawler.exporting.export import Export

        query = _query(opts)
        gc.freeze()
        gc.set_threshold(_ALLOCATIONS)
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            with _progress(records.exports.count(query)) as told:
                export = Export(records.exports, query, opts.format, opts.anonymous, told)
                _write(export, opts)
        except KeyboardInterrupt:
            self.exitcode = ExitStatus.INTERRUPTED
        except OSError as error:
            where = f"{opts.output}: " if opts.output else ""
            give_up(f"{where}{error.strerror or error}")

    def _check(self, args: list[str], opts: argparse.Namespace) -> None:
        if args:
            give_up("export takes no arguments, only options", ExitStatus.NO_SENSE)
        if opts.by and not opts.output:
            give_up("--by month needs a folder to write to: -o FOLDER", ExitStatus.NO_SENSE)
        if opts.since and opts.until and opts.until < opts.since:
            give_up("--to is before --from", ExitStatus.NO_SENSE)
        if opts.format == "parquet" and not find_spec("pyarrow"):
            give_up("Parquet needs pyarrow: pip install pyarrow", ExitStatus.NO_SENSE)


def _query(opts: argparse.Namespace) -> ExportQuery:
    after = opts.until + timedelta(days=1) if opts.until and opts.until < date.max else None
    since, until = (str(day) if day else "" for day in (opts.since, after))
    return ExportQuery(opts.source, since, until)


def _write(export: Export, opts: argparse.Namespace) -> None:
    if opts.by:
        export.to_folder(opts.output)
    elif opts.output:
        export.to_file(opts.output)
    else:
        export.to_stream(sys.stdout.buffer)


@contextmanager
def _progress(total: int) -> Iterator[Told]:
    """A bar on stderr, where somebody looks."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    console = Console(stderr=True)
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task("versions", total=total)
        yield lambda count: bar.advance(task, count)
