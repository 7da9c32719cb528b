"""``scrapy watch``: who is told what, and what would go out."""

from __future__ import annotations

import argparse

from rich.console import Console
from rich.table import Table
from scrapy.spiderloader import get_spider_loader

from newsdiff_crawler.exit_status import ExitStatus, give_up
from newsdiff_crawler.telling.notifying import complain
from newsdiff_crawler.telling.watches import FILE_NAME, Watch, Watches, read_watches
from newsdiff_crawler.terminal.project_command import ProjectCommand


class Command(ProjectCommand):
    """Reads watches.toml, and says what is wrong with it."""

    def syntax(self) -> str:
        return "list | preview <name> | test <name>"

    def short_desc(self) -> str:
        return "Show who is told what; preview or test a watch"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:  # noqa: ARG002
        watches = self._watches()
        match args:
            case ["list"]:
                Console(highlight=False).print(_table(watches))
            case _:
                give_up(f"expected {self.syntax()}", ExitStatus.NO_SENSE)

    def _watches(self) -> Watches:
        """Those of the data folder; what is wrong with others is said."""
        assert self.settings is not None
        loader = get_spider_loader(self.settings)
        watches = read_watches(self.configuration.data, loader.list())
        if not watches:
            give_up(f"there is no watch in {self.configuration.data / FILE_NAME}")
        for mistake in watches.mistakes:
            complain(mistake)
        self.exitcode = ExitStatus.NO_SENSE if watches.mistakes else ExitStatus.DONE
        return watches


def _table(watches: Watches) -> Table:
    table = Table(title="Watches")
    for name in ("watch", "what", "how", "channels"):
        table.add_column(name, overflow="fold")
    for name, watch in watches.watches.items():
        table.add_row(name, conditions(watch), watch.how, ", ".join(watch.channels))
    if watches.alarms:
        table.add_row("alarms", "the crawler itself", "at once", ", ".join(watches.alarms))
    return table


def conditions(watch: Watch) -> str:
    """What a watch is for, in words."""
    parts = [
        ", ".join(watch.sources) or "all sources",
        ", ".join(watch.labels),
        f"{' or '.join(watch.words)} in {', '.join(watch.words_in)}" if watch.words else None,
        ", ".join(watch.sections),
        watch.article,
    ]
    return "; ".join(filter(None, parts))
