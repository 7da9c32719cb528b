"""The operator's choice of sources: the tables of the data folder's ``sources.toml``.

A table without a line names a source that ships with the project. What it says goes before what
ships; one whose name is not known says it all.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from newsdiff_crawler.crawling import shipped
from newsdiff_crawler.crawling.source_table import SourceTable
from newsdiff_crawler.tables import MistakeError, TablesFile

FILE_NAME = "sources.toml"
AT_FIRST = ("bbc",)  # is followed where there is no file


@dataclass(frozen=True)
class Sources:
    """What a file lists: ``tables``, those that say something, by name; ``by_name``, the others;
    ``mistakes``, a line for people each; ``left_out``, the names of what has one. ``is_unread``: it
    is there, and nobody knows what it lists."""

    tables: Mapping[str, SourceTable]
    mistakes: Sequence[str] = ()
    left_out: Sequence[str] = ()
    by_name: Sequence[str] = ()
    is_unread: bool = False

    @cached_property
    def names(self) -> Set[str]:
        """Of all that is right."""
        return {*self.tables, *self.by_name}


def read_sources(path: Path, built_in: Collection[str] = AT_FIRST) -> Sources:
    """The sources of a file. ``built_in``: the names of those that have a spider of their own."""
    file = TablesFile.read(path)
    if not file.is_there:
        return Sources({}, by_name=tuple(name for name in AT_FIRST if name in built_in))
    right: dict[str, SourceTable] = {}
    wrong: dict[str, str] = {}
    by_name = []
    for name, table in file.tables.items():
        if table == {} and _is_known(name, built_in):
            by_name.append(name)
            continue
        try:
            right[name] = _source(file, name, table, built_in)
        except MistakeError as mistake:
            wrong[name] = str(mistake)
    mistakes, left_out = (*file.mistakes, *wrong.values()), (*wrong, *file.spoilt)
    return Sources(right, mistakes, left_out, tuple(by_name), file.is_unread)


def _is_known(name: str, built_in: Collection[str]) -> bool:
    return name in built_in or name in shipped.named() or name in shipped.catalogue()


def _source(file: TablesFile, name: str, table: Any, built_in: Collection[str]) -> SourceTable:
    """A table. Raises MistakeError."""
    file.check_name(name, table)
    known = shipped.stated(name)
    if name in built_in:
        problem = "is the name of a built-in source: expected nothing in it"
        raise file.mistake(name, f"[{name}] {problem}")
    if not (table or known):
        raise file.mistake(name, f"[{name}] says nothing, and no source that ships is called so")
    return file.checked(SourceTable, name, table, known)
