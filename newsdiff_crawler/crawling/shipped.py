"""The sources that ship as data: a table each, in the form of a data folder's ``sources.toml``, and
parsed when its source is asked for. Start-up takes as long with a thousand of them as with ten."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from newsdiff_crawler.crawling.source_table import SourceTable, checked

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

_HEADER = re.compile(r"^\[([a-z0-9_]+)\]$", re.MULTILINE)


class Shipped:
    """A file's tables by name."""

    def __init__(self, text: str) -> None:
        starts = [(match[1], match.start()) for match in _HEADER.finditer(text)]
        ends = [start for _, start in starts[1:]] + [len(text)]
        self._text = text
        self._at = {name: (start, end) for (name, start), end in zip(starts, ends, strict=True)}

    def __contains__(self, name: object) -> bool:
        return name in self._at

    def __iter__(self) -> Iterator[str]:
        return iter(self._at)

    def __len__(self) -> int:
        return len(self._at)

    def stated(self, name: str) -> dict[str, Any]:
        """What a table says, not checked. Raises KeyError, and ValueError for what is no TOML."""
        start, end = self._at[name]
        tables: dict[str, dict[str, Any]] = tomllib.loads(self._text[start:end])
        return tables[name]

    def table(self, name: str) -> SourceTable:
        """A table, checked. Raises KeyError, and ValueError for one with a mistake."""
        return checked(name, self.stated(name))

    def everything(self) -> dict[str, Any]:
        """All that the tables say, not checked: faster than one by one."""
        tables: dict[str, Any] = tomllib.loads(self._text)
        return tables


@cache
def named() -> Shipped:
    """The named sources: those that can be crawled without further ado."""
    return _read("named.toml")


@cache
def catalogue() -> Shipped:
    """Sources by their feeds: those that can be followed."""
    return _read("catalogue.toml")


@cache
def languages() -> Shipped:
    """What is known of the languages of the named sources, by their codes."""
    return _read("languages.toml")


def stated(name: str) -> dict[str, Any]:
    """What is shipped of a source, not checked; nothing of one that is not known."""
    shipped = next((each() for each in (named, catalogue) if name in each()), None)
    return shipped.stated(name) if shipped else {}


def _read(file: str) -> Shipped:
    return Shipped((files("newsdiff_crawler") / "sources" / file).read_text("utf-8"))
