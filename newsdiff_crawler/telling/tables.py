"""A TOML file of named tables, each checked by itself: a mistake stops the table that has it."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

Model = TypeVar("Model", bound=BaseModel)

_HEADER = re.compile(r"^[ \t]*\[[^\[\],\n]+\][ \t]*(?:#.*)?$", re.MULTILINE)
_NAME = re.compile(r"[a-z][a-z0-9_]*")


class MistakeError(ValueError):
    """What is wrong with a table; one line for people, with file and line."""


@dataclass(frozen=True)
class TablesFile:
    """A file that was read. ``tables``: by kind and name, as ``[watch.desk]``, or by name alone,
    as ``[alarms]``. ``mistakes``: what could not be read, a line for people each."""

    path: Path
    text: str
    tables: Mapping[str, Any]
    mistakes: tuple[str, ...] = ()

    @classmethod
    def read(cls, path: Path) -> TablesFile:
        """The tables of a file; none where there is no file."""
        try:
            text = path.read_text("utf-8")
        except FileNotFoundError:
            return cls(path, "", {})
        except (OSError, UnicodeError) as error:
            reason = getattr(error, "strerror", None) or error
            return cls(path, "", {}, (f"{path}: cannot be read: {reason}",))
        return cls(path, text, *_parsed(path, text))

    def named(self, kind: str) -> dict[str, Any]:
        """The tables of a kind, by name."""
        tables = self.tables.get(kind, {})
        return tables if isinstance(tables, dict) else {"": tables}

    def checked(self, model: type[Model], title: str, table: Any) -> Model:
        """A table as its model has it; ``title`` is what stands in its header. Raises
        MistakeError."""
        name = title.rpartition(".")[2]
        if not isinstance(table, dict):
            raise self.mistake(title, f"expected a table [{title}]")
        if not _NAME.fullmatch(name):
            raise self.mistake(title, f"[{title}] has no name of small letters, digits and _")
        try:
            return model.model_validate(table)
        except ValidationError as error:
            raise self._explained(model, title, error) from None

    def mistake(self, title: str, problem: str, key: str = "", value: str = "") -> MistakeError:
        """What is wrong with a table, or a key of it, or a value of that."""
        return MistakeError(f"{self.path}, line {self._line(title, key, value)}: {problem}")

    def _explained(
        self, model: type[BaseModel], title: str, error: ValidationError
    ) -> MistakeError:
        first = error.errors(include_url=False)[0]
        key = str(first["loc"][0]) if first["loc"] else ""
        said = first["msg"].removeprefix("Value error, ")
        value = first["input"] if isinstance(first["input"], str) else ""
        problem = {
            "missing": f"expected {key!r}",
            "extra_forbidden": f"{key!r} is unknown; expected one of "
            + ", ".join(model.model_fields),
            "list_type": f'{key}: expected a list, as ["..."]',
            "string_type": f"{key}: expected text in quotes",
            "string_too_short": f"{key}: expected some text",
            "too_short": f"{key}: expected at least one",
            "literal_error": f"{key}: {_choice(value, first)}",
        }.get(first["type"], f"{key}: {said}" if key else said)
        return self.mistake(title, f"[{title}] {problem}", key, value)

    def _line(self, title: str, key: str, value: str) -> int:
        """Where a table begins (from 1), or the key in it, or the value behind the key."""
        header = r"\s*\.\s*".join(rf"[\"']?{re.escape(part)}[\"']?" for part in title.split("."))
        at = _find(rf"^\s*\[\s*{header}\s*\]", self.text, 0)
        if key:
            at = _find(rf"^\s*[\"']?{re.escape(key)}[\"']?\s*=", self.text, at)
        if value:
            at = _find(rf"[\"']{re.escape(value)}[\"']", self.text, at)
        return self.text.count("\n", 0, at) + 1


def _parsed(path: Path, text: str) -> tuple[dict[str, Any], tuple[str, ...]]:
    """A file that is no TOML as a whole is read table by table, each at its own lines."""
    try:
        return tomllib.loads(text), ()
    except tomllib.TOMLDecodeError as error:
        mistakes = (f"{path}: {error}",)
    cuts = [0, *(match.start() for match in _HEADER.finditer(text)), len(text)]
    tables: dict[str, Any] = {}
    for start, end in pairwise(cuts):
        with suppress(tomllib.TOMLDecodeError):  # the first of which was said
            _merge(tables, tomllib.loads(text[start:end]))
    return tables, mistakes


def _merge(tables: dict[str, Any], more: Mapping[str, Any]) -> None:
    """What was there first stays."""
    for name, table in more.items():
        known = tables.setdefault(name, table)
        if known is not table and isinstance(known, dict) and isinstance(table, dict):
            tables[name] = {**table, **known}


def _choice(value: str, error: Mapping[str, Any]) -> str:
    """What is allowed, and what was meant."""
    allowed = str(error.get("ctx", {}).get("expected", ""))
    alike = get_close_matches(value, re.findall(r"'(.*?)'", allowed), 1)
    meant = f"is it {alike[0]!r}? " if alike else ""
    return f"{value!r} is unknown; {meant}expected {allowed}"


def _find(pattern: str, text: str, start: int) -> int:
    match = re.compile(pattern, re.MULTILINE).search(text, start)
    return match.end() - 1 if match else start
