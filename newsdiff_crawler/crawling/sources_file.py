"""Sources without programming: each table of ``sources.toml`` becomes a spider like any other."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from scrapy.settings import BaseSettings
from scrapy.spiderloader import SpiderLoader

from newsdiff_crawler.borrowed import add_spider
from newsdiff_crawler.configuration import configured
from newsdiff_crawler.crawling.spider import NewsSpider
from newsdiff_crawler.items import Block
from newsdiff_crawler.parsing import Page, Parser
from newsdiff_crawler.parsing.generic import Generic
from newsdiff_crawler.parsing.parser import is_selector
from newsdiff_crawler.urls import domain_of, normal, site_of

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

FILE_NAME = "sources.toml"
_SAID: set[str] = set()  # mistakes, by the loader before: a command makes several
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_HEADER = re.compile(r"^[ \t]*\[[^\[\],\n]+\][ \t]*(?:#.*)?$", re.MULTILINE)


def _url(text: str) -> str:
    try:
        return normal(text)
    except ValueError as error:
        expected = "expected an address that begins with https:// or http://"
        raise ValueError(f"{expected}: {error}") from error


def _domain(text: str) -> str:
    domain_of(text)
    return text  # as written: spider_of takes the domain of it, and says so


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"expected a regular expression: {error}") from error
    return text


def _selector(text: str) -> str:
    if not is_selector(text):
        raise ValueError(f"expected a CSS selector, not {text!r}")
    return text


class Selected(Generic):
    """The generic parser, with a user's selectors in place of what it would look for."""

    title = ""
    body = ""
    watched = (
        "title",
        "drop",
    )  # where the body is not found, the generic parser reads, and is named

    def read_title(self, page: Page) -> str:
        return Parser.read_title(self, page) if self.title else super().read_title(page)

    def read_body(self, page: Page) -> list[Block]:
        return Parser.read_body(self, page) if self.body else super().read_body(page)


Url = Annotated[str, AfterValidator(_url)]
Domain = Annotated[str, AfterValidator(_domain)]
Pattern = Annotated[str, AfterValidator(_pattern)]
Selector = Annotated[str, AfterValidator(_selector)]


class SourceTable(BaseModel):
    """One table of the file. ``domains``: taken from the feeds' hosts where left out."""

    model_config = ConfigDict(extra="forbid", strict=True)

    title: str = Field(min_length=1)
    feeds: list[Url] = []
    sitemaps: list[Url] = []
    domains: list[Domain] = []
    leave_out: list[Pattern] = []
    title_selector: Selector = ""
    body_selector: Selector = ""
    drop_selector: Selector = ""  # in the body that body_selector names


class SourcesLoader(SpiderLoader):
    """Scrapy's spider loader, which also knows the sources of the data folder's sources.toml. A
    table with a mistake is said and left out, and harms no other source.

    All of Scrapy's commands that have to do with spiders begin here: our settings are checked.
    """

    def __init__(self, settings: BaseSettings) -> None:
        path = configured(settings).data / FILE_NAME
        super().__init__(settings)
        built_in = set(self.list())
        sources = read_sources(path)
        self.left_out = sources.left_out
        self.mistakes = list(sources.mistakes)
        for name, source in sources.tables.items():
            if name in built_in:
                self.mistakes.append(f"{path}: [{name}] is the name of a built-in source")
            else:
                add_spider(self, name, spider_of(name, source))
        for mistake in self.mistakes:
            if mistake not in _SAID:
                print(f"newsdiff_crawler: {mistake}", file=sys.stderr, flush=True)
        _SAID.clear()
        _SAID.update(self.mistakes)


@dataclass(frozen=True)
class Sources:
    """What a file lists, by name; what is wrong with the rest, a line for people each; and the
    names of those tables."""

    tables: Mapping[str, SourceTable]
    mistakes: Sequence[str] = ()
    left_out: Set[str] = frozenset()


def read_sources(path: Path) -> Sources:
    """The sources of a file; none where there is no file."""
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return Sources({})
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or error
        return Sources({}, [f"{path}: cannot be read: {reason}"])
    tables, mistakes = _parsed(path, text)
    read = {name: _read_table(path, text, name, table) for name, table in tables.items()}
    right = {name: table for name, table in read.items() if isinstance(table, SourceTable)}
    wrong = {name: mistake for name, mistake in read.items() if isinstance(mistake, str)}
    return Sources(right, [*mistakes, *wrong.values()], wrong.keys())


def _parsed(path: Path, text: str) -> tuple[dict[str, Any], list[str]]:
    """The tables of a file, and what is no TOML. A file that is none as a whole is read table by
    table, each at its own lines."""
    try:
        return tomllib.loads(text), []
    except tomllib.TOMLDecodeError as error:
        mistakes = [f"{path}: {error}"]
    cuts = [0, *(match.start() for match in _HEADER.finditer(text)), len(text)]
    parts = ["\n" * text.count("\n", 0, i) + text[i:j] for i, j in pairwise(cuts)]
    tables: dict[str, Any] = {}
    for part in parts:
        with suppress(tomllib.TOMLDecodeError):  # the first of which was said
            tables = {**tomllib.loads(part), **tables}
    return tables, mistakes


def spider_of(name: str, source: SourceTable) -> type[NewsSpider]:
    """The spider class of a source."""
    feeds = [*source.feeds, *source.sitemaps]
    stated = {each: domain_of(each) for each in source.domains}
    remarks = [
        f"domains: {each!r} is taken as {taken!r}"
        for each, taken in stated.items()
        if each.isascii() and each != taken
    ]
    return type(
        f"{name.title().replace('_', '')}Spider",
        (NewsSpider,),
        {
            "name": name,
            "title": source.title,
            "domains": tuple(dict.fromkeys(stated.values() or map(site_of, feeds))),
            "remarks": tuple(remarks),
            "feeds": tuple(source.feeds),
            "sitemaps": tuple(source.sitemaps),
            "leave_out": tuple(source.leave_out),
            "parsers": (_parser_of(name, source),),
        },
    )


def _parser_of(name: str, source: SourceTable) -> type[Generic]:
    selectors = {
        "title": source.title_selector,
        "body": source.body_selector,
        "drop": source.drop_selector,
    }
    if not any(selectors.values()):
        return Generic
    return type("SelectedBy", (Selected,), {"name": f"{name}/selectors", **selectors})


def _read_table(path: Path, text: str, name: str, table: Any) -> SourceTable | str:
    """A table; or what is wrong with it, with the line, and what was expected."""
    where = f"{path}, line {_line(text, name)}"
    if not isinstance(table, dict):
        return f"{where}: expected a table [name] before {name!r}"
    if not _NAME.fullmatch(name):
        return f"{where}: expected a name of small letters, digits and _: {name!r}"
    try:
        source = SourceTable.model_validate(table)
    except ValidationError as error:
        return _explain(path, text, name, error)
    if not (source.feeds or source.sitemaps):
        return f"{where}: expected at least one of feeds and sitemaps in [{name}]"
    return source


def _explain(path: Path, text: str, name: str, error: ValidationError) -> str:
    first = error.errors()[0]
    key = str(first["loc"][0])
    problem = {
        "missing": f"expected {key!r} in [{name}]",
        "extra_forbidden": f"{key!r} is unknown; expected one of "
        + ", ".join(SourceTable.model_fields),
        "list_type": f'{key}: expected a list, as ["..."]',
        "string_type": f"{key}: expected text in quotes",
        "string_too_short": f"{key}: expected some text",
    }.get(first["type"], f"{key}: {first['msg'].removeprefix('Value error, ')}")
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
