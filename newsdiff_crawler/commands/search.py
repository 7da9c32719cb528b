"""``scrapy search``: full text of everything ever published, in the terminal."""

from __future__ import annotations

import argparse

from rich.console import Console
from rich.text import Text

from newsdiff_crawler.diff.render.visible import visible
from newsdiff_crawler.exit_status import ExitStatus, give_up
from newsdiff_crawler.store import DatabaseError, StoreError, TooLongError
from newsdiff_crawler.store.reading.records import Records
from newsdiff_crawler.store.reading.search import (
    TO_SHORTEN,
    TOO_LONG,
    SearchHit,
    SearchQuery,
    Where,
)
from newsdiff_crawler.store.reading.search_terms import Term, marked, parse_query
from newsdiff_crawler.terminal.options import at_least_one
from newsdiff_crawler.terminal.project_command import ProjectCommand
from newsdiff_crawler.terminal.record_failure import give_up_record


class Command(ProjectCommand):
    """Prints passages with all the words, the best first."""

    def syntax(self) -> str:
        return "[options] <words>"

    def short_desc(self) -> str:
        return "Search everything ever published, or what was taken out"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--removed", action="store_true", help="only what was taken out")
        parser.add_argument("--source", default="", help="only this source, by its name")
        parser.add_argument(
            "--limit", type=at_least_one, default=20, help="how many passages at most"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        query = " ".join(args)
        terms = parse_query(query)
        if not terms:
            give_up("expected words to search for", ExitStatus.NO_SENSE)
        where: Where = "removed" if opts.removed else "all"
        try:
            with Records.open(self.configuration.data) as records:
                search_query = SearchQuery(query, where, opts.source)
                hits = records.search.find(search_query, opts.limit).hits
        except TooLongError:
            give_up(f"{TOO_LONG}. {TO_SHORTEN}")
        except (StoreError, DatabaseError) as error:
            give_up_record(self.configuration.data, error)
        console = Console(highlight=False)
        for hit in hits:
            console.print(_shown(hit, terms), end="\n\n")
        if not hits:
            give_up("nothing was found")


def _shown(hit: SearchHit, terms: list[Term]) -> Text:
    life = f"{hit.came_at} to {hit.went_at}" if hit.went_at else f"since {hit.came_at}"
    life += f", back since {hit.back_at}" if hit.back_at else ""
    text = Text(f"{hit.source}  {visible(hit.title)}\n{visible(hit.url)}\n{life}\n")
    for piece in marked(hit.text, terms):
        text.append(visible(piece.text), style="bold reverse" if piece.is_hit else "")
    return text
