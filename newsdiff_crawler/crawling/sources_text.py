"""Adds to and takes from the text of ``sources.toml``; all else in it stays as it is."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from newsdiff_crawler.crawling.sources_file import AT_FIRST
from newsdiff_crawler.regular_files import read_file
from newsdiff_crawler.tables import parsed, written

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

BEGINNING = """\
# The sources that are followed, a table each: `scrapy follow NAME` adds one. Of those that
# `scrapy find` knows a name is enough; what a table says goes before what is known. All that it
# can say: data/sources.example.toml.
"""
_ANY_HEADER = re.compile(r"^[ \t]*\[", re.MULTILINE)


class CannotEditError(Exception):
    """The file cannot be changed so. The message is one line for people."""


def with_tables(text: str | None, tables: Mapping[str, Mapping[str, Any]]) -> str:
    """A file's text with more tables at its end. None: there is no file, and so the sources that
    are followed without one are named in it."""
    if text is None:
        text, tables = BEGINNING, {**{name: {} for name in AT_FIRST}, **tables}
    added = "".join(f"\n{written(name, stated)}" for name, stated in tables.items())
    return f"{text}{'' if not text or text.endswith(chr(10)) else chr(10)}{added}"


def without_table(text: str | None, name: str) -> str:
    """A file's text without a table. What stands above and below it stays, comments too. Raises
    CannotEditError where it is not just a table, or not there."""
    if text is None:
        text = with_tables(None, {})
    header = re.compile(rf"^[ \t]*\[[ \t]*([\"']?){re.escape(name)}\1[ \t]*\].*\n?", re.MULTILINE)
    match = header.search(text)
    if match is None:
        raise CannotEditError(f"[{name}] is not written as a table of its own")
    following = _ANY_HEADER.search(text, match.end())
    while following and not _is_table(text[match.start() : following.start()]):
        following = _ANY_HEADER.search(text, following.end())  # of a list, or in a text
    end = following.start() if following else len(text)
    lines = text[match.end() : end].splitlines(keepends=True)
    while lines and (not lines[-1].strip() or lines[-1].lstrip().startswith("#")):
        end -= len(lines.pop())
    above, below = text[: match.start()], text[end:]
    rest = above + (below.lstrip("\n") if not above or above.endswith("\n\n") else below)
    before, after = parsed(text)[0], parsed(rest)[0]
    if after != {key: table for key, table in before.items() if key != name}:
        raise CannotEditError(f"[{name}] cannot be told from what is around it")
    return rest


def read_text(path: Path) -> str | None:
    """The text of a file; None where there is none. Raises CannotEditError."""
    try:
        return read_file(path).decode().replace("\r\n", "\n")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeError) as error:
        raise CannotEditError(f"cannot be read: {error}") from error


def write_text(path: Path, text: str) -> None:
    """Replaces a file in one step. Raises CannotEditError."""
    path = path.resolve()
    made = path.with_name(f".{path.name}.new")
    try:
        made.write_text(text, "utf-8")
        with suppress(FileNotFoundError):
            made.chmod(path.stat().st_mode)
        made.replace(path)
    except OSError as error:
        made.unlink(missing_ok=True)
        raise CannotEditError(f"cannot be written: {error.strerror or error}") from error


def _is_table(text: str) -> bool:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    return True
