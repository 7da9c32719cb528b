"""The parsers of all our sources."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from importlib import import_module

from newsdiff_crawler import spiders
from newsdiff_crawler.parsing import Parser
from newsdiff_crawler.source import Source


def _parsers() -> Iterator[type[Parser]]:
    for module in pkgutil.iter_modules(spiders.__path__):
        for kind in vars(import_module(f"{spiders.__name__}.{module.name}")).values():
            if isinstance(kind, type) and issubclass(kind, Source):
                yield from kind.parsers


PARSERS = tuple(dict.fromkeys(_parsers()))
