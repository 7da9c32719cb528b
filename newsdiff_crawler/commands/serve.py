"""``scrapy serve``: the reading site."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings
from scrapy.spiderloader import get_spider_loader

from newsdiff_crawler.store.connection import DATABASE_NAME


class Command(ScrapyCommand):
    """Serves the record of the data folder; writes nothing."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, object]] = {"LOG_ENABLED": False}

    def short_desc(self) -> str:
        """One line for ``scrapy -h``."""
        return "Show the record as a web site"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Where to listen."""
        super().add_options(parser)
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument("--port", type=int, default=8000, help="port to listen on")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Serve until interrupted."""
        # Imported here, for Scrapy imports every command, whichever is asked for.
        import uvicorn

        from newsdiff_crawler.web.app import create_app

        if args:
            raise UsageError("serve takes no arguments, only options")
        assert self.settings is not None
        database = Path(self.settings["NEWSDIFF_DATA"]) / DATABASE_NAME
        app = create_app(database, source_titles(self.settings))
        uvicorn.run(app, host=opts.host, port=opts.port, log_level="warning")


def source_titles(settings: BaseSettings) -> dict[str, str]:
    """The project's sources, by name, as people call them."""
    loader = get_spider_loader(settings)
    spiders = {name: loader.load(name) for name in loader.list()}
    return {name: getattr(spider, "title", "") or name for name, spider in spiders.items()}
