"""A TOML file of named tables that an operator writes, each checked by itself: a mistake stops the
table that has it, and is one line with the place and what was expected."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from newsdiff_crawler.regular_files import read_file

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

Model = TypeVar("Model", bound=BaseModel)

_HEADER = re.compile(r"^[ \t]*\[[^\[\],\n]+\][ \t]*(?:#.*)?$", re.MULTILINE)
_NAME = re.compile(r"[a-z0-9][a-z0-9_]{0,99}")
_UNREADABLE = "\ufffd"
_MARK = "\ufeff"  # with which some editors begin a file


class MistakeError(ValueError):
    """What is wrong with a table; one line for people, with file and line."""


@dataclass(frozen=True)
class TablesFile:
    """A file that was read. ``tables``: by kind and name, as ``[watch.desk]``, or by name alone,
    as ``[alarms]``. ``mistakes``: what could not be read, a line for people each; ``spoilt``: which
    tables have letters that are not UTF-8. ``is_there``: whether there is a file at all;
    ``is_unread``: there is, and it cannot be read."""

    path: Path
    text: str
    tables: Mapping[str, Any]
    mistakes: tuple[str, ...] = ()
    spoilt: tuple[str, ...] = ()
    is_there: bool = True
    is_unread: bool = False

    @classmethod
    def read(cls, path: Path) -> TablesFile:
        """The tables of a file; none where there is no file."""
        try:
            text, unreadable = _text(read_file(path))
        except FileNotFoundError:
            return cls(path, "", {}, is_there=False)
        except OSError as error:
            mistake = f"{path}: cannot be read: {error.strerror}"
            return cls(path, "", {}, (mistake,), is_unread=True)
        tables, faults = parsed(text)
        if unreadable:
            faults = (*faults, f"cannot be read: line {unreadable} is not written in UTF-8")
        spoilt = [*_take_spoilt(tables)]
        mistakes = tuple(f"{path}: {fault}" for fault in faults)
        return cls(path, text, tables, mistakes, tuple(spoilt))

    def named(self, kind: str) -> dict[str, Any]:
        """The tables of a kind, by name."""
        tables = self.tables.get(kind, {})
        return tables if isinstance(tables, dict) else {"": tables}

    def checked(
        self, model: type[Model], title: str, table: Any, known: Mapping[str, Any] | None = None
    ) -> Model:
        """A table as its model has it; ``title`` is what stands in its header, and ``known`` what
        holds where it says nothing else. Raises MistakeError."""
        self.check_name(title, table)
        try:
            return model.model_validate({**(known or {}), **table})
        except ValidationError as error:
            raise self._explained(model, title, error) from None

    def check_name(self, title: str, table: Any) -> None:
        """Raises MistakeError where a table is none, or not named as it should be."""
        kind, _, name = ("", "", title) if title in self.tables else title.partition(".")
        if not isinstance(table, dict):
            expected = f"[{kind}.NAME] before {name!r}" if kind else f"[{title}]"
            raise self.mistake(title, f"expected a table {expected}")
        if not _NAME.fullmatch(name):
            raise self.mistake(
                title, f"[{title}] has no name of small letters, digits and _, 100 at most"
            )

    def mistake(self, title: str, problem: str, key: str = "", value: str = "") -> MistakeError:
        """What is wrong with a table, or a key of it, or a value of that."""
        return MistakeError(f"{self.path}, line {self._line(title, key, value)}: {problem}")

    def _explained(
        self, model: type[BaseModel], title: str, error: ValidationError
    ) -> MistakeError:
        first = error.errors(include_url=False)[0]
        key = str(first["loc"][0]) if first["loc"] else ""
        said = first["msg"].removeprefix("Value error, ")
        said_value = first["input"]
        value = said_value if isinstance(said_value, str) else ""
        problem = {
            "missing": f"expected {key!r}",
            "extra_forbidden": f"{key!r} is unknown; expected one of "
            + ", ".join(model.model_fields),
            "list_type": f'{key}: expected a list, as ["..."]',
            "string_type": f"{key}: expected text in quotes",
            "string_too_short": f"{key}: expected some text",
            "too_short": f"{key}: expected at least one",
            "int_type": f"{key}: expected a whole number",
            "greater_than_equal": f"{key}: expected {first.get('ctx', {}).get('ge')} or more",
            "literal_error": f"{key}: {_choice(said_value, first)}",
        }.get(first["type"], f"{key}: {said}" if key else said)
        return self.mistake(title, f"[{title}] {problem}", key, value)

    def _line(self, title: str, key: str, value: str) -> int:
        """Where a table begins (from 1), or the key in it, or the value behind the key."""
        header = r"\s*\.\s*".join(rf"[\"']?{re.escape(part)}[\"']?" for part in title.split("."))
        at = _find(rf"^{_MARK}?\s*(?:\[{{1,2}}\s*{header}\s*\]|{header}\s*=)", self.text, 0)
        if key:
            at = _find(rf"^\s*[\"']?{re.escape(key)}[\"']?\s*=", self.text, at)
        if value:
            at = _find(rf"[\"']{re.escape(value)}[\"']", self.text, at)
        return self.text.count("\n", 0, at) + 1


def _text(raw: bytes) -> tuple[str, int]:
    """The text of a file, whatever editor wrote it, and the first line that is not UTF-8; 0: none
    is."""
    text = raw.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    try:
        raw.decode()
    except UnicodeDecodeError as error:
        return text, raw[: error.start].count(b"\n") + 1
    return text, 0


def _take_spoilt(tables: dict[str, Any], kind: str = "") -> Iterator[str]:
    """Takes out, and names, what has a letter that could not be read."""
    for name, table in [*tables.items()]:
        if isinstance(table, dict) and any(isinstance(each, dict) for each in table.values()):
            yield from _take_spoilt(table, f"{kind}{name}.")
        elif _UNREADABLE in f"{name}{table}":
            del tables[name]
            yield f"{kind}{name}"


def parsed(text: str) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The tables of a text, not checked, and what in it is no TOML, a line for people each. One
    that is none as a whole is read table by table, each at its own lines."""
    try:
        return _loads(text.removeprefix(_MARK)), ()
    except ValueError as error:
        whole = str(error)
    cuts = [0, *(match.start() for match in _HEADER.finditer(text)), len(text)]
    tables: dict[str, Any] = {}
    faults = []
    for start, end in pairwise(cuts):
        above = "\n" * text.count("\n", 0, start)  # so that a fault names its line
        part = text[start:end].removeprefix(_MARK)
        try:
            _merge(tables, _loads(above + part))
        except ValueError as error:
            header = _HEADER.match(part)
            faults.append(f"{header[0].strip()} {error}" if header else str(error))
    return tables, tuple(faults or [whole])


def _loads(text: str) -> dict[str, Any]:
    """Raises ValueError, as for a number of thousands of digits, too."""
    try:
        tables: dict[str, Any] = tomllib.loads(text)
    except RecursionError:
        raise ValueError("has too many brackets, one in the other") from None
    return tables


def written(title: str, stated: Mapping[str, Any]) -> str:
    """A table as a file has it, without what is empty."""
    lines = [f"{key} = {_value(value)}" for key, value in stated.items() if value not in ("", [])]
    return "\n".join([f"[{title}]", *lines, ""])


def _value(value: str | int | Sequence[str]) -> str:
    """As TOML. JSON's texts are TOML's, but for one character that is never in them."""
    if isinstance(value, list) and len(value) > 1:
        return "[\n" + "".join(f"  {_value(each)},\n" for each in value) + "]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _merge(tables: dict[str, Any], more: Mapping[str, Any]) -> None:
    """What was there first stays."""
    for name, table in more.items():
        known = tables.setdefault(name, table)
        if known is not table and isinstance(known, dict) and isinstance(table, dict):
            tables[name] = {**table, **known}


def _choice(value: object, error: Mapping[str, Any]) -> str:
    """What is allowed, and what was meant."""
    allowed = str(error.get("ctx", {}).get("expected", ""))
    alike = get_close_matches(str(value), re.findall(r"'(.*?)'", allowed), 1)
    meant = f"is it {alike[0]!r}? " if alike else ""
    return f"{value!r} is unknown; {meant}expected {allowed}"


def _find(pattern: str, text: str, start: int) -> int:
    match = re.compile(pattern, re.MULTILINE).search(text, start)
    return match.end() - 1 if match else start
