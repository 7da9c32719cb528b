"""``scrapy genspider``, Scrapy's own, which makes a source unless another template is named."""

from __future__ import annotations

import argparse
import json
import keyword
import re
from datetime import datetime, timezone
from importlib import import_module
from pathlib import Path
from string import Template

from scrapy.commands.genspider import Command as ScrapyGenspider

from newsdiff_crawler.adding.feeds_of_site import language_of
from newsdiff_crawler.adding.guessing import declared, guess
from newsdiff_crawler.commands.extract import page_at, save
from newsdiff_crawler.crawling.sources_loader import sources_loader
from newsdiff_crawler.exit_status import ExitStatus, give_up
from newsdiff_crawler.parsing import Page, Parser, Refusal, generic, read
from newsdiff_crawler.terminal.standard_output import Printing
from newsdiff_crawler.urls import normal, site_of

TEMPLATE = Path(__file__).parents[1] / "templates" / "source.tmpl"
_NAME = re.compile(r"[a-z][a-z0-9_]*")


class Command(Printing, ScrapyGenspider):
    """Called with a name and the address of a feed, it makes a source that runs; with an article's
    address too, its parser and the page that proves it."""

    requires_crawler_process = True

    def syntax(self) -> str:
        return "[options] <name> <feed>"

    def short_desc(self) -> str:
        return "Make a source from the address of a feed"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.set_defaults(template="")
        parser.add_argument(
            "--page", metavar="URL", help="of an article: makes a parser and a test page from it"
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings
        self.settings.set("LOG_LEVEL", "WARNING", priority="spider")
        super().process_options(args, opts)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if opts.template or opts.list or opts.dump:
            opts.template = opts.template or "basic"
            super().run(args, opts)
            return
        if len(args) != 2:
            give_up("genspider takes a name and the address of a feed", ExitStatus.NO_SENSE)
        file, feed = self._file(args[0], replaces=opts.force), _feed(args[1])
        page = page_at(self.crawler_process, opts.page) if opts.page else None
        parser = _guessed(page, args[0]) if page else None
        file.write_text(_source(args[0], feed, page, parser), "utf-8")
        print(f"made {file}")
        if feed.startswith("http://"):
            print("the feed has no TLS: the project's own sources have https addresses alone")
        if page and parser:
            year = parser.name.partition("/")[2]
            if not save(f"{args[0]}-{year}", page, [parser], read(page, [parser])):
                self.exitcode = ExitStatus.NOT_DONE
        elif page:
            print(
                "no selectors of names that last find just what the generic parser reads, which "
                "stays: write a parser (docs/adding-a-source.md, step 3) where it reads too much"
            )

    def _file(self, name: str, *, replaces: bool) -> Path:
        """Where the spider's class is to be."""
        assert self.settings
        if not _NAME.fullmatch(name) or keyword.iskeyword(name):
            expected = "expected a name of small letters, digits and _"
            give_up(f"{expected}, not {name!r}", ExitStatus.NO_SENSE)
        spiders = import_module(self.settings["NEWSPIDER_MODULE"]).__file__
        assert spiders
        file = Path(spiders).parent / f"{name}.py"
        loader = sources_loader(self.settings)
        if not replaces and (file.exists() or name in loader.list()):
            yours = f", in sources.toml: scrapy unfollow {name} first" * (name in loader.stated)
            give_up(f"there is a source {name!r} already{yours}", ExitStatus.NO_SENSE)
        return file


def _feed(address: str) -> str:
    try:
        return normal(address if "://" in address else f"https://{address}")
    except ValueError as error:
        expected = "expected the address of a feed, https://..."
        give_up(f"{expected}, not {address!r}: {error}", ExitStatus.NO_SENSE)


def _guessed(page: Page, name: str) -> type[Parser] | None:
    """A parser of the source's own, where names that last lead to the story."""
    try:
        article = read(page, generic.PARSERS)
        parser = guess(page, article, f"{name}/{datetime.now(timezone.utc).year}")
        if parser:
            read(page, [parser])
    except Refusal as refusal:
        give_up(f"{page.url or 'the page'} is no article: {refusal} ({refusal.reason})")
    return parser


def _source(name: str, feed: str, page: Page | None, parser: type[Parser] | None) -> str:
    site = site_of(page.url if page and page.url else feed)
    classname = "".join(part.capitalize() for part in name.split("_"))
    own = f"{classname}{parser.name.partition('/')[2]}" if parser else ""
    return Template(TEMPLATE.read_text("utf-8")).substitute(
        title=site,
        language=language_of(page) if page else "",
        imported="Parser" if parser else "generic",
        parser=_written(own, parser) if parser else "",
        classname=f"{classname}Spider",
        name=name,
        domain=site,
        feed=feed,
        parsers=f"({own},)" if parser else "generic.PARSERS  # reads any page",
    )


def _written(own: str, parser: type[Parser]) -> str:
    """The parser as source text. A JSON string is one of Python's too."""
    hooks = [f"    {hook} = {json.dumps(value)}" for hook, value in declared(parser).items()]
    return "\n".join(["", "", f"class {own}(Parser):", *hooks, ""])
