"""``scrapy find``: which sources there are that could be followed."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict

from rich.console import Console
from rich.table import Table
from rich.text import Text

from newsdiff_crawler.crawling.directory import Directory, KnownSource
from newsdiff_crawler.crawling.sources_loader import sources_loader
from newsdiff_crawler.diff.render.visible import visible
from newsdiff_crawler.exit_status import ExitStatus
from newsdiff_crawler.places import country_code, language_code
from newsdiff_crawler.terminal.options import at_least_one
from newsdiff_crawler.terminal.project_command import ProjectCommand

MOST = 50  # rows, unless more are asked for


class Command(ProjectCommand):
    """Looks sources up by words in their names, titles and domains."""

    def syntax(self) -> str:
        return "[options] [word ...]"

    def short_desc(self) -> str:
        return "Find sources that can be crawled or followed"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--country", metavar="NO", default="", help="two letters (ISO 3166), or its name"
        )
        parser.add_argument(
            "--language", metavar="nb", default="", help="as ISO 639 has it, or its name"
        )
        parser.add_argument("--limit", type=at_least_one, default=MOST, help=f"{MOST} unless given")
        parser.add_argument("--json", action="store_true", help="print JSON, of all")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Exit status 1 where nothing is found."""
        assert self.settings
        directory = Directory(sources_loader(self.settings))
        country, language = country_code(opts.country), language_code(opts.language)
        found = directory.find(args, country, language)
        if opts.json:
            print(json.dumps([asdict(each) for each in found], ensure_ascii=False, indent=1))
        elif found:
            _show(found, opts.limit)
        else:
            print("No source that is known. scrapy follow URL follows any site that has a feed.")
        self.exitcode = ExitStatus.DONE if found else ExitStatus.NOT_DONE


def _show(found: Sequence[KnownSource], limit: int) -> None:
    table = Table("name", "title", "country", "language", "")
    for each in found[:limit]:
        state = "followed" if each.followed else each.kind
        cells = (each.name, each.title, each.country, each.language, state)
        table.add_row(*(Text(visible(cell)) for cell in cells))
    console = Console(highlight=False)
    console.print(table)
    if len(found) > limit:
        console.print(f"{len(found) - limit} more: --limit {len(found)}, or further words")
