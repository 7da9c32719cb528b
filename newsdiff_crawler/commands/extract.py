"""``scrapy extract``: what would be stored of a page, who read it, and what each selector found."""

from __future__ import annotations

import argparse
import json
from collections.abc import AsyncIterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from scrapy import Request, Spider
from scrapy.commands import ScrapyCommand
from scrapy.http import Response
from scrapy.spiderloader import SpiderLoaderProtocol, get_spider_loader

from newsdiff_crawler.diff.render.visible import visible
from newsdiff_crawler.exit_status import ExitStatus, give_up
from newsdiff_crawler.fetching.headers import header
from newsdiff_crawler.items import ParsedPage
from newsdiff_crawler.parsing import Page, Refusal, explain, generic, read
from newsdiff_crawler.source import Source
from newsdiff_crawler.urls import is_web_page

PAGES = Path("tests") / "pages"
ERRORS = range(400, 600)  # statuses that are shown as well
STATED = ("title", "standfirst", "authors", "body", "published_at", "modified_at", "parser")


class Command(ScrapyCommand):
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
        page = self._page(args[0], opts)
        parsers = (source or _of(sources, page.url)).parsers
        try:
            article = read(page, parsers)
        except Refusal as refusal:
            self.exitcode = ExitStatus.NOT_DONE
            _show_refusal(page, parsers, refusal)
            return
        if opts.json:
            print(json.dumps(_stated(article), ensure_ascii=False, indent=1))
        else:
            _show(page, parsers, article)
        if opts.save:
            _save(opts.save, page, article)

    def _page(self, place: str, opts: argparse.Namespace) -> Page:
        if "://" not in place:
            try:
                return Page(Path(place).read_bytes(), opts.url or "")
            except OSError as error:
                give_up(f"{place}: {error.strerror}")
        response = self._fetch(place)
        content_type = header(response, "Content-Type")
        return Page(response.body, response.url, asked_url=place, content_type=content_type)

    def _fetch(self, url: str) -> Response:
        """The answer for one URL, fetched politely. The spider is no source, so nothing is
        recorded."""
        answers: list[Response] = []

        class OnePage(Spider):
            name = "extract"

            async def start(self) -> AsyncIterator[Request]:
                yield Request(url, answers.append, meta={"handle_httpstatus_list": ERRORS})

        assert self.crawler_process
        self.crawler_process.crawl(OnePage)
        self.crawler_process.start()
        if not answers or answers[0].status != 200:
            status = f"HTTP {answers[0].status}" if answers else "no answer"
            give_up(f"{url}: {status}")
        return answers[0]


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


def _stated(article: ParsedPage) -> dict[str, Any]:
    whole = asdict(article) | {"body": [[block.kind, block.text] for block in article.body]}
    return {key: whole[key] for key in (*STATED, "canonical_url")}


def _show(page: Page, parsers: Any, article: ParsedPage) -> None:
    console = Console(highlight=False)
    facts = _stated(article)
    for name in ("parser", "canonical_url", "published_at", "modified_at", "authors"):
        console.print(f"[dim]{name:>14}[/]  {escape(visible(str(facts[name])))}")
    for block in article.blocks():
        style = "bold" if block.kind in ("headline", "subheading") else ""
        console.print(f"[dim]{block.kind:>14}[/]  ", end="")
        console.print(escape(visible(block.text)), style=style)
    _show_findings(console, page, parsers, article.parser)


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


def _save(name: str, page: Page, article: ParsedPage) -> None:
    PAGES.mkdir(parents=True, exist_ok=True)
    result = {"url": page.url, "article": _stated(article)}
    (PAGES / f"{name}.html").write_text(page.html, "utf-8")
    text = json.dumps(result, ensure_ascii=False, indent=1)
    (PAGES / f"{name}.json").write_text(text + "\n", "utf-8")
    print(f"saved {PAGES / name}.html and .json: replace the publisher's text by your own")
