"""What the process has imported and looked up that the commands of tests are forked from: whatever
they need, and that reads neither the environment nor a settings file."""

from __future__ import annotations

import gc
from importlib import import_module
from pkgutil import iter_modules

import scrapy.commands
from scrapy.settings import default_settings
from scrapy.utils.misc import load_object, walk_modules

from newsdiff_crawler import commands, crawling, fetching, spiders

_ALSO = (
    "newsdiff_crawler.archive.backup",
    "newsdiff_crawler.archive.verifying",
    "newsdiff_crawler.exporting.export",
    "newsdiff_crawler.proof.checking",
    "newsdiff_crawler.proof.gathering",
    "newsdiff_crawler.rereading",
    "newsdiff_crawler.store.engine.copying",
    "newsdiff_crawler.store.reading.records",
    "newsdiff_crawler.terminal.record_command",
    "newsdiff_crawler.web.app",
    "newsdiff_crawler.witness.at_end",
    "newsdiff_crawler.witness.making",
    "newsdiff_crawler.witness.stamping",
    "newsdiff_crawler.witness.verifying",
    "rich._emoji_codes",
    "rich.progress",
    "scrapy.core.downloader.handlers.http11",
    "scrapy.dupefilters",
    "scrapy.http.cookies",
    "scrapy.logformatter",
    "scrapy.pqueues",
    "scrapy.robotstxt",
    "scrapy.squeues",
    "scrapy.statscollectors",
    "scrapy.utils.engine",
    "scrapy.utils.request",
    "uvicorn",
    "uvicorn.protocols.http.httptools_impl",
)


def _import_all() -> None:
    for package in (commands, crawling, fetching, spiders):
        for module in iter_modules(package.__path__, f"{package.__name__}."):
            import_module(module.name)
    for name in _ALSO:
        import_module(name)
    for setting in vars(default_settings):
        if setting.endswith("S_BASE"):
            components = getattr(default_settings, setting)
            for component in (*components, *components.values()):
                if isinstance(component, str) and "." in component:
                    load_object(component)


_import_all()
# Scrapy asks of everything in those modules whether it is a command, which Python remembers.
for _package in (scrapy.commands, commands):
    for _module in walk_modules(_package.__name__):
        for _named in vars(_module).values():
            if isinstance(_named, type):
                issubclass(_named, scrapy.commands.ScrapyCommand)
# Nothing of it is ever to be given up: a look for what is would copy it into each process.
gc.collect()
gc.freeze()
