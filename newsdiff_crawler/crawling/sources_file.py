"""The operator's choice of sources: the tables of the data folder's ``sources.toml``.

A table without a line names a source that ships with the project. What it says goes before what
ships; one whose name is not known says it all.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from newsdiff_crawler.crawling import shipped
from newsdiff_crawler.crawling.source_table import SourceTable

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

FILE_NAME = "sources.toml"
AT_FIRST = ("bbc",)  # is followed where there is no file
_UNREADABLE = "\ufffd"
_NAME = re.compile(r"[a-z0-9][a-z0-9_]*")
_HEADER = re.compile(r"^[ \t]*\[[^\[\],\n]+\][ \t]*(?:#.*)?$", re.MULTILINE)


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
    try:
        text, unreadable = _text(path.read_bytes())
    except FileNotFoundError:
        return Sources({}, by_name=tuple(name for name in AT_FIRST if name in built_in))
    except OSError as error:
        return Sources({}, (f"{path}: cannot be read: {error.strerror}",), is_unread=True)
    tables, fault = parsed(text)
    mistakes = [f"{path}: {fault}"] if fault else []
    spoilt: list[str] = []
    if unreadable:
        mistakes.append(f"{path}: cannot be read: line {unreadable} is not written in UTF-8")
        spoilt = [name for name, table in tables.items() if _UNREADABLE in f"{name}{table}"]
        tables = {name: table for name, table in tables.items() if name not in spoilt}
    by_name = [name for name, table in tables.items() if table == {} and _is_known(name, built_in)]
    stated = {name: table for name, table in tables.items() if name not in by_name}
    read = {name: _read_table(path, text, name, stated[name], built_in) for name in stated}
    right = {name: table for name, table in read.items() if isinstance(table, SourceTable)}
    wrong = {name: mistake for name, mistake in read.items() if isinstance(mistake, str)}
    return Sources(right, (*mistakes, *wrong.values()), (*wrong, *spoilt), tuple(by_name))


def _text(raw: bytes) -> tuple[str, int]:
    """The text of a file, whatever editor wrote it, and the first line that is not UTF-8; 0: none
    is."""
    text = raw.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    try:
        raw.decode()
    except UnicodeDecodeError as error:
        return text, raw[: error.start].count(b"\n") + 1
    return text, 0


def _is_known(name: str, built_in: Collection[str]) -> bool:
    return name in built_in or name in shipped.named() or name in shipped.catalogue()


def parsed(text: str) -> tuple[dict[str, Any], str]:
    """The tables of a text, not checked, and the first thing in it that is no TOML. One that is
    none as a whole is read table by table."""
    tables: dict[str, Any] = {}
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        fault = str(error)
    else:
        return tables, ""
    cuts = [0, *(match.start() for match in _HEADER.finditer(text)), len(text)]
    for start, end in pairwise(cuts):
        with suppress(tomllib.TOMLDecodeError):
            tables = {**tomllib.loads(text[start:end]), **tables}
    return tables, fault


def _read_table(
    path: Path, text: str, name: str, table: Any, built_in: Collection[str]
) -> SourceTable | str:
    """A table; or what is wrong with it, with the line, and what was expected."""
    known = shipped.stated(name)
    problem = _problem(name, table, known, built_in)
    if problem:
        return f"{path}, line {_line(text, name)}: {problem}"
    try:
        return SourceTable.model_validate({**known, **table})
    except ValidationError as error:
        return _explain(path, text, name, error)


def _problem(name: str, table: Any, known: Mapping[str, Any], built_in: Collection[str]) -> str:
    """What is wrong with a table as a whole; empty where nothing is."""
    if not isinstance(table, dict):
        return f"expected a table [name] before {name!r}"
    if not _NAME.fullmatch(name):
        return f"expected a name of small letters, digits and _: {name!r}"
    if name in built_in:
        return f"[{name}] is the name of a built-in source: expected nothing in it"
    if not (table or known):
        return f"[{name}] says nothing, and no source that ships is called so"
    return ""


def _explain(path: Path, text: str, name: str, error: ValidationError) -> str:
    first = error.errors()[0]
    said = first["msg"].removeprefix("Value error, ")
    if not first["loc"]:
        return f"{path}, line {_line(text, name)}: {said} in [{name}]"
    key = str(first["loc"][0])
    problem = {
        "missing": f"expected {key!r} in [{name}]",
        "extra_forbidden": f"{key!r} is unknown; expected one of "
        + ", ".join(SourceTable.model_fields),
        "list_type": f'{key}: expected a list, as ["..."]',
        "string_type": f"{key}: expected text in quotes",
        "string_too_short": f"{key}: expected some text",
    }.get(first["type"], f"{key}: {said}")
    value = first["input"] if isinstance(first["input"], str) else ""
    return f"{path}, line {_line(text, name, key, value)}: {problem}"


def _line(text: str, table: str, key: str = "", value: str = "") -> int:
    """Where a table begins (from 1), or the key in it, or the value behind the key."""
    at = _find(rf"^\s*(?:\[\s*[\"']?{re.escape(table)}\b|{re.escape(table)}\s*=)", text, 0)
    if key:
        at = _find(rf"^\s*[\"']?{re.escape(key)}[\"']?\s*=", text, at)
    if value:
        at = _find(rf"[\"']{re.escape(value)}[\"']", text, at)
    return text.count("\n", 0, at) + 1


def _find(pattern: str, text: str, start: int) -> int:
    match = re.compile(pattern, re.MULTILINE).search(text, start)
    if not match:
        return start
    return match.end() - 1
