"""The parsers of all our sources."""
from __future__ import annotations

import pkgutil
from importlib import import_module

from newsdiff_crawler import spiders
from newsdiff_crawler.parsing import Parser
from newsdiff_crawler.source import Source


def _all() -> tuple[type[Parser], ...]:
    modules = (import_module(f"{spiders.__name__}.{each.name}") for each in pkgutil.iter_modules(spiders.__path__))
    found = [kind for module in modules for kind in vars(module).values() if isinstance(kind, type) and issubclass(kind, Source) and kind.__module__ == module.__name__]
    return tuple(dict.fromkeys(parser for source in found for parser in source.parsers))


PARSERS = _all()
