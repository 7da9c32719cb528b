"""``scrapy diff``: two versions of an article, side by side in the terminal."""

from __future__ import annotations

import argparse

from rich.console import Console

from newsdiff_crawler.diff import Diff, compare, summarise, summarise_in_detail
from newsdiff_crawler.diff.render.data import as_json
from newsdiff_crawler.diff.render.terminal import as_table
from newsdiff_crawler.diff.render.unified import as_patch
from newsdiff_crawler.exit_status import ExitStatus, give_up
from newsdiff_crawler.store.reading.records import ArticleFacts, Records
from newsdiff_crawler.store.reading.steps import newest_step
from newsdiff_crawler.terminal.record_command import ReadingCommand


class Command(ReadingCommand):
    """Shows the last change, or compares any two versions."""

    def syntax(self) -> str:
        return "[options] <url> [<version> <version>]"

    def short_desc(self) -> str:
        return "Show two versions of an article side by side"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--patch", action="store_true", help="print a unified diff")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def show(
        self, records: Records, article: ArticleFacts, args: list[str], opts: argparse.Namespace
    ) -> None:
        older, newer = _versions(records, article, args)
        diff = compare(records.blocks(article.id, older), records.blocks(article.id, newer))
        if opts.json:
            print(as_json(diff, summarise_in_detail(diff)))
        elif opts.patch:
            print(as_patch(diff, f"version {older}", f"version {newer}"), end="")
        else:
            _show_table(records, article, diff, older, newer)


def _versions(records: Records, article: ArticleFacts, args: list[str]) -> tuple[int, int]:
    if not args:
        newest = newest_step(records.last_versions(article.id))
        if newest is None:
            give_up(f"{article.url} has not changed since it was first seen")
        return newest
    if len(args) != 2 or not all(arg.isdecimal() for arg in args):
        give_up("expected a URL and two version numbers", ExitStatus.NO_SENSE)
    older, newer = (int(arg) for arg in args)
    for number in (older, newer):
        if not 1 <= number <= article.version_count:
            give_up(f"there is no version {number} of {article.url}")
    return older, newer


def _show_table(
    records: Records, article: ArticleFacts, diff: Diff, older: int, newer: int
) -> None:
    versions = [records.version(article.id, number) for number in (older, newer)]
    heads = [f"Version {each.number}, {each.fetched_at}" for each in versions if each]
    console = Console(highlight=False)
    console.print(as_table(diff, *heads))
    console.print(summarise(diff).sentence, markup=False)
