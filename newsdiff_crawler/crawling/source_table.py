"""The model of a source that is data: what a table may say, and the spider that it becomes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from newsdiff_crawler.crawling.sections import no_stories
from newsdiff_crawler.crawling.spider import NewsSpider
from newsdiff_crawler.items import Block
from newsdiff_crawler.parsing import Page, Parser
from newsdiff_crawler.parsing.dates import is_zone
from newsdiff_crawler.parsing.generic import Generic
from newsdiff_crawler.parsing.parser import is_selector
from newsdiff_crawler.urls import domain_of, normal, site_of


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


def _zone(text: str) -> str:
    if not is_zone(text):
        raise ValueError(f"expected a time zone such as Europe/Oslo, not {text!r}")
    return text


def _country(text: str) -> str:
    if not re.fullmatch(r"[A-Z]{2}", text):
        raise ValueError(f'expected two capitals of ISO 3166, as "NO", not {text!r}')
    return text


def _language(text: str) -> str:
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z]{2,4})?", text):
        raise ValueError(f'expected a language of ISO 639, as "nb" or "zh-Hant", not {text!r}')
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
Zone = Annotated[str, AfterValidator(_zone)]
Country = Annotated[str, AfterValidator(_country)]
Language = Annotated[str, AfterValidator(_language)]
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class SourceTable(BaseModel):
    """One table. ``domains``: taken from the feeds' hosts where left out. ``zone``: of times that a
    page states without one. Sections that have no stories are left out by the language."""

    model_config = ConfigDict(extra="forbid", strict=True)

    title: Title
    country: Country | None = None  # ISO 3166
    language: Language | None = None  # ISO 639
    zone: Zone = "UTC"  # IANA
    feeds: list[Url] = []
    sitemaps: list[Url] = []
    domains: list[Domain] = []
    leave_out: list[Pattern] = []
    min_articles: int = Field(1, ge=0)  # that the feeds of a healthy source list
    title_selector: Selector = ""
    body_selector: Selector = ""
    drop_selector: Selector = ""  # in the body, whoever finds it

    @model_validator(mode="after")
    def _lists_articles(self) -> SourceTable:
        if not (self.feeds or self.sitemaps):
            raise ValueError("expected at least one of feeds and sitemaps")
        return self


def checked(name: str, stated: Mapping[str, Any]) -> SourceTable:
    """A table of what was stated. Raises ValueError, with one line for people."""
    try:
        return SourceTable.model_validate(stated)
    except ValidationError as error:
        first = error.errors()[0]
        told = [name, ".".join(map(str, first["loc"])), first["msg"].removeprefix("Value error, ")]
        raise ValueError(": ".join(filter(None, told))) from error


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
            "country": source.country or "",
            "language": source.language or "",
            "domains": tuple(dict.fromkeys(stated.values() or map(site_of, feeds))),
            "remarks": tuple(remarks),
            "feeds": tuple(source.feeds),
            "sitemaps": tuple(source.sitemaps),
            "leave_out": (*source.leave_out, *no_stories(source.language)),
            "min_articles": source.min_articles,
            "parsers": (_parser_of(name, source),),
        },
    )


def _parser_of(name: str, source: SourceTable) -> type[Generic]:
    selectors = {
        "title": source.title_selector,
        "body": source.body_selector,
        "drop": source.drop_selector,
    }
    if any(selectors.values()):
        named = {"name": f"{name}/selectors", "zone": source.zone}
        return type("SelectedBy", (Selected,), {**named, **selectors})
    return type("GenericIn", (Generic,), {"zone": source.zone}) if source.zone != "UTC" else Generic
