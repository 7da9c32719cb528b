"""``scrapy extract``: what would be stored of a page, who read it, and what each selector found."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from scrapy.commands import ScrapyCommand
from scrapy.spiderloader import SpiderLoaderProtocol, get_spider_loader

from newsdiff_crawler.adding.test_page import make_test_page, stated
from newsdiff_crawler.diff.render.visible import visible
from newsdiff_crawler.exit_status import ExitStatus, give_up
from newsdiff_crawler.fetching.headers import header
from newsdiff_crawler.items import ParsedPage
from newsdiff_crawler.parsing import (
    Page,
    Parser,
    Refusal,
    explain,
    generic,
    is_read_generically,
    read,
)
from newsdiff_crawler.source import Source
from newsdiff_crawler.terminal.one_page import fetch
from newsdiff_crawler.terminal.standard_output import Printing
from newsdiff_crawler.urls import is_web_page, normal

PAGES = Path("tests") / "pages"
_NAME = re.compile(r"[a-z][a-z0-9_]*(?:-[a-z0-9_]+)+")


class Command(Printing, ScrapyCommand):
    """Reads one page, from the web or from a file, and stores nothing."""

    requires_project = True

    def syntax(self) -> str:
        return "[options] <url or file>"

    def short_desc(self) -> str:
        return "Show what would be stored of a page"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--url", help="where the page of a file was found")
        parser.add_argument("--source", help="read it as this source's page")
        parser.add_argument("--json", action="store_true", help="print JSON")
        parser.add_argument("--save", metavar="NAME", help="make a test page and its result")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings
        self.settings.set("LOG_LEVEL", "WARNING", priority="spider")
        super().process_options(args, opts)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Exit status 1 for a page that would make no version."""
        if len(args) != 1:
            give_up("extract takes one URL or file", ExitStatus.NO_SENSE)
        assert self.settings
        sources = get_spider_loader(self.settings)
        source = _named(sources, opts.source) if opts.source else None
        page = page_at(self.crawler_process, args[0], opts.url)
        source = source or _of(sources, page.url)
        parsers = source.parsers
        if opts.save:
            _check_name(opts.save, source)
        try:
            article = read(page, parsers)
        except Refusal as refusal:
            self.exitcode = ExitStatus.NOT_DONE
            _show_refusal(page, parsers, refusal)
            return
        if opts.json:
            print(json.dumps(stated(article), ensure_ascii=False, indent=1))
        else:
            _show(page, parsers, article)
        if opts.save and not save(opts.save, page, parsers, article):
            self.exitcode = ExitStatus.NOT_DONE


def page_at(process: Any, place: str, url: str | None = None) -> Page:
    """A page of the web, or of a file that was found at ``url``."""
    if "://" not in place:
        try:
            return Page(Path(place).read_bytes(), url or "")
        except OSError as error:
            give_up(f"{place}: {error.strerror}")
    try:
        normal(place)
    except ValueError as error:
        give_up(f"{place}: no address of a page: {error}", ExitStatus.NO_SENSE)
    response = fetch(process, place)
    content_type = header(response, "Content-Type")
    return Page(response.body, response.url, asked_url=place, content_type=content_type)


class AnySource(Source):
    """A page of no source that is known."""

    name = "any"
    title = "Any"
    domains = ()
    parsers = generic.PARSERS


def _named(sources: SpiderLoaderProtocol, name: str) -> type[Source]:
    spider = sources.load(name) if name in sources.list() else None
    if spider is None or not issubclass(spider, Source):
        give_up(f"no source is called {name!r}", ExitStatus.NO_SENSE)
    return spider


def _of(sources: SpiderLoaderProtocol, url: str) -> type[Source]:
    """The source whose page this is, by its domains."""
    for spider in map(sources.load, sources.list()):
        if issubclass(spider, Source) and is_web_page(url, spider.domains):
            return spider
    return AnySource


def _show(page: Page, parsers: Any, article: ParsedPage) -> None:
    console = Console(highlight=False)
    facts = stated(article)
    for name in ("parser", "canonical_url", "published_at", "modified_at", "authors"):
        console.print(f"[dim]{name:>14}[/]  {escape(visible(str(facts[name])))}")
    for block in article.blocks():
        style = "bold" if block.kind in ("headline", "subheading") else ""
        console.print(f"[dim]{block.kind:>14}[/]  ", end="")
        console.print(escape(visible(block.text)), style=style)
    if is_read_generically(article.parser, parsers):
        _show_unread(console, page, parsers)
    else:
        _show_findings(console, page, parsers, article.parser)


def _show_unread(console: Console, page: Page, parsers: Sequence[type[Parser]]) -> None:
    """Why no parser of the source's own read the page."""
    fitting = explain.fitting(page, parsers)[:1]
    if not fitting:
        console.print("No parser of the source fits this page: the generic one read it.")
    for name in fitting:
        console.print(f"{name} fits, but finds no headline or no text: the generic one read it.")
        _show_findings(console, page, parsers, name)


def _show_refusal(page: Page, parsers: Any, refusal: Refusal) -> None:
    console = Console(highlight=False)
    console.print(f"No version would be stored: {escape(str(refusal))} ({refusal.reason})")
    for name in explain.fitting(page, parsers)[:1]:
        _show_findings(console, page, parsers, name)


def _show_findings(console: Console, page: Page, parsers: Any, name: str) -> None:
    (parser,) = [parser for parser in parsers if parser.name == name]
    table = Table("hook", "selector", "found", "first", title=f"What {name} looks for")
    for row in explain.findings(page, parser):
        table.add_row(
            row.hook, escape(row.selector), str(row.count), escape(visible(row.first[:60]))
        )
    console.print(table)


def save(name: str, page: Page, parsers: Sequence[type[Parser]], article: ParsedPage) -> bool:
    """Writes a test page, in which the publisher's text is replaced, and its expected result.
    Whether it is read as theirs is; if not, says so."""
    try:
        made = make_test_page(page, parsers, article)
    except Refusal as refusal:
        give_up(f"{name} was not saved: without the publisher's words, {refusal}")
    PAGES.mkdir(parents=True, exist_ok=True)
    (PAGES / f"{name}.html").write_text(made.html, "utf-8")
    (PAGES / f"{name}.json").write_text(made.result, "utf-8")
    print(f"saved {PAGES / name}.html and .json: the page's skeleton, with invented words")
    if made.differs:
        print(
            f"newsdiff_crawler: {name}: without the publisher's words the page is read otherwise: "
            f"{made.differs}. Mend both files by hand.",
            file=sys.stderr,
        )
    return not made.differs


def _check_name(name: str, source: type[Source]) -> None:
    """The tests read a page with the parsers of the source that its name begins with."""
    beginning = "generic" if source is AnySource else source.name
    if not _NAME.fullmatch(name) or name.partition("-")[0] != beginning:
        like = f"{beginning}-2026"
        give_up(f"--save: expected a name such as {like}, not {name!r}", ExitStatus.NO_SENSE)
