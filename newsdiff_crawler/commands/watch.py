"""``scrapy watch``: who is told what, and what would go out."""

from __future__ import annotations

import argparse
from contextlib import closing
from functools import cached_property

from rich.console import Console
from rich.table import Table
from rich.text import Text
from scrapy.spiderloader import SpiderLoaderProtocol, get_spider_loader

from newsdiff_crawler.crawling.sources_loader import titles_of
from newsdiff_crawler.diff.render.visible import visible
from newsdiff_crawler.exit_status import ExitStatus, complain, give_up
from newsdiff_crawler.store import DatabaseError, StoreError
from newsdiff_crawler.store.reading.records import Records
from newsdiff_crawler.telling.channel import NotSentError, channel_of
from newsdiff_crawler.telling.previewing import LOOKED_AT, previews, trial
from newsdiff_crawler.telling.secrets import SecretError, Secrets
from newsdiff_crawler.telling.sending import send
from newsdiff_crawler.telling.watches import FILE_NAME, Watch, Watches, read_watches
from newsdiff_crawler.terminal.options import at_least_one
from newsdiff_crawler.terminal.project_command import ProjectCommand
from newsdiff_crawler.terminal.record_failure import give_up_record
from newsdiff_crawler.times import utc_now


class Command(ProjectCommand):
    """Reads watches.toml, and says what is wrong with it."""

    def syntax(self) -> str:
        return "list | preview <name> | test <name>"

    def short_desc(self) -> str:
        return "Show who is told what; preview or test a watch"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--limit", type=at_least_one, default=3, help="preview so many changes (default 3)"
        )
        parser.add_argument("--send", action="store_true", help="test: send the message, too")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if args != ["list"] and (len(args) != 2 or args[0] not in ("preview", "test")):
            give_up(f"expected {self.syntax()}", ExitStatus.NO_SENSE)
        watches = self._watches()
        match args:
            case ["preview", name]:
                self._preview(name, _named(watches, name), opts.limit)
            case ["test", name]:
                self._test(name, _named(watches, name), watches, opts.send)
            case _:
                Console(highlight=False).print(_table(watches))
                self.exitcode = ExitStatus.NO_SENSE if watches.mistakes else ExitStatus.DONE

    def _preview(self, name: str, watch: Watch, most: int) -> None:
        """The latest changes that it is for, as they would go out."""
        titles = titles_of(self._loader)
        try:
            with Records.open(self.configuration.data) as records:
                site = self.configuration.site_url
                shown = [*previews(records, name, watch, most, titles, site)]
        except (StoreError, DatabaseError) as error:
            give_up_record(self.configuration.data, error)
        for message in shown:
            print(f"{message.title}\n{message.as_text()}")
        if not shown:
            print(f"Of the latest {LOOKED_AT:,} changes none is for {name}.")

    def _test(self, name: str, watch: Watch, watches: Watches, is_sent: bool) -> None:
        """Opens each of its channels, sends one message where that is wanted, and says what came
        of it."""
        secrets, message = Secrets(self.configuration.data), trial(name, utc_now())
        print(f"{message.title}\n{message.as_text()}")
        for channel in watch.channels:
            table = watches.channels.get(channel)
            try:
                if table is None:
                    raise NotSentError("its table has a mistake", is_down=True)
                with closing(channel_of(table, secrets)) as opened:
                    said = send(opened, message).remark if is_sent else ""
            except (NotSentError, SecretError) as error:
                complain(f"watch {name}: channel {channel}: {error}")
                self.exitcode = ExitStatus.NOT_DONE
            else:
                done = "sent" if is_sent else "ready; nothing was sent: --send does that"
                print(f"{channel}: {done}{f'; {said}' if said else ''}")

    @cached_property
    def _loader(self) -> SpiderLoaderProtocol:
        assert self.settings is not None
        return get_spider_loader(self.settings)

    def _watches(self) -> Watches:
        """Those of the data folder; what is wrong with others is said."""
        watches = read_watches(self.configuration.data, self._loader.list())
        if not watches:
            give_up(f"there is no watch in {self.configuration.data / FILE_NAME}")
        for mistake in watches.mistakes:
            complain(mistake)
        return watches


def _named(watches: Watches, name: str) -> Watch:
    if name not in watches.watches:
        known = ", ".join(watches.watches) or "none"
        give_up(f"no watch is called {name!r}; there are: {known}", ExitStatus.NO_SENSE)
    return watches.watches[name]


def _table(watches: Watches) -> Table:
    table = Table(title="Watches")
    for name in ("watch", "what", "how", "channels"):
        table.add_column(name, overflow="fold")
    for name, watch in watches.watches.items():
        cells = (name, conditions(watch), watch.how, ", ".join(watch.channels))
        table.add_row(*(Text(visible(cell)) for cell in cells))
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
