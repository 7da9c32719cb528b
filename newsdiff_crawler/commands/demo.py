"""``scrapy demo``: two days in an invented newsroom, and every edit caught."""

from __future__ import annotations

import argparse
import sys

from scrapy.exceptions import UsageError

from newsdiff_crawler.terminal.project_command import ProjectCommand

INTERRUPTED = 130


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
            raise UsageError("demo takes no arguments, only options")
        # Not above: every scrapy command imports this module, and a crawl needs no web site.
        from newsdiff_crawler.demo.crawling import DemoError
        from newsdiff_crawler.demo.tour import demo

        try:
            as_scripted = demo(self.configuration.data / "demo", opts.port, opts.once)
            self.exitcode = 0 if as_scripted else 1
        except DemoError as error:
            sys.exit(f"newsdiff_crawler: {error}")
        except KeyboardInterrupt:
            self.exitcode = INTERRUPTED
