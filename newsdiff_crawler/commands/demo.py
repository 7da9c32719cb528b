"""``scrapy demo``: two days in an invented newsroom, and every edit caught."""

from __future__ import annotations

import argparse
import os

from newsdiff_crawler.exit_status import ExitStatus, give_up
from newsdiff_crawler.store.engine.opening import VARIABLE
from newsdiff_crawler.terminal.project_command import ProjectCommand


class Command(ProjectCommand):
    """Publishes invented stories on loopback, rewrites them, crawls them, shows the catch."""

    def short_desc(self) -> str:
        """One line for ``scrapy -h``."""
        return "Watch edits being caught in an invented newsroom, without a network"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """How long, and where."""
        super().add_options(parser)
        parser.add_argument("--once", action="store_true", help="end when all is caught")
        parser.add_argument("--port", type=int, default=8000, help="port of the reading site")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Ends with status 1 where a revision was missed, or a version false."""
        if args:
            give_up("demo takes no arguments, only options", ExitStatus.NO_SENSE)
        # Not above: every scrapy command imports this module, and a crawl needs no web site.
        from newsdiff_crawler.demo.crawling import DemoError
        from newsdiff_crawler.demo.tour import demo

        os.environ.pop(VARIABLE, None)  # what it plays goes into a file of its own
        try:
            as_scripted = demo(self.configuration.data / "demo", opts.port, opts.once)
            self.exitcode = ExitStatus.DONE if as_scripted else ExitStatus.NOT_DONE
        except DemoError as error:
            give_up(error)
        except KeyboardInterrupt:
            self.exitcode = ExitStatus.INTERRUPTED
