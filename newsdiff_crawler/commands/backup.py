"""``scrapy backup``: a copy of record, archive and settings, made while crawls write."""

from __future__ import annotations

import argparse
import signal
from pathlib import Path

from newsdiff_crawler.exit_status import ExitStatus, give_up
from newsdiff_crawler.store import DatabaseError
from newsdiff_crawler.store.engine.opening import server
from newsdiff_crawler.terminal.project_command import ProjectCommand


class Command(ProjectCommand):
    """Copies the data folder to a folder of another name, whole or not at all."""

    def syntax(self) -> str:
        return "[--earlier FOLDER] <folder>"

    def short_desc(self) -> str:
        return "Copy record and archive while crawls write"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--earlier",
            metavar="FOLDER",
            type=Path,
            help="a backup whose files take no room twice where they did not change",
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 1:
            give_up("expected the folder that is to be made", ExitStatus.NO_SENSE)
        if server():
            problem = "the record is on a server: back it up there with pg_dump (docs/fleet.md)"
            give_up(problem, ExitStatus.NO_SENSE)
        self.need_record()
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        place = Path(args[0]).absolute()
        try:
            size = self._copy(place, opts.earlier)
        except KeyboardInterrupt:
            self.exitcode = ExitStatus.INTERRUPTED
            return
        print(f"{place}: record and archive, {size / 1e6:,.1f} MB")

    def _copy(self, place: Path, earlier: Path | None) -> int:
        """How many bytes there are."""
        from rich.console import Console
        from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn

        from newsdiff_crawler.archive.backup import NoPlaceError, files_of, make_backup

        data, console = self.configuration.data, Console(stderr=True)
        columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
        total = sum(path.stat().st_size for path in files_of(data))
        try:
            with Progress(
                *columns, console=console, transient=True, disable=not console.is_terminal
            ) as bar:
                task = bar.add_task("archive", total=total)
                make_backup(data, place, earlier, lambda count: bar.advance(task, count))
        except NoPlaceError as error:
            give_up(error, ExitStatus.NO_SENSE)
        except DatabaseError as error:
            give_up(f"{place}: {error}: no backup was made")
        except OSError as error:
            give_up(f"{place}: {error.strerror or error}: no backup was made")
        return sum(path.stat().st_size for path in place.rglob("*") if path.is_file())
