"""What each selector of a parser matches on a page: for people who write or mend a parser."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from newsdiff_crawler.parsing.blocks import text_of
from newsdiff_crawler.parsing.page import Page
from newsdiff_crawler.parsing.parser import Parser

SELECTORS = (
    "layout",
    "title",
    "kicker",
    "standfirst",
    "authors",
    "published",
    "modified",
    "body",
    "drop",
    "paragraph",
    "list_item",
    "subheading",
    "quote",
    "caption",
)


@dataclass(frozen=True)
class Finding:
    """How many elements a selector matches on the page, and the text of the first."""

    hook: str
    selector: str
    count: int
    first: str


def fitting(page: Page, parsers: Sequence[type[Parser]]) -> list[str]:
    """The names of all parsers that fit a page; the first one reads it."""
    return [parser.name for parser in parsers if parser().fits(page)]


def findings(page: Page, parser: type[Parser]) -> list[Finding]:
    """One row per selector that the parser has."""
    return [
        _finding(page, hook, selector)
        for hook in SELECTORS
        if (selector := getattr(parser, hook, ""))
    ]


def _finding(page: Page, hook: str, selector: str) -> Finding:
    nodes = page.all(selector)
    return Finding(hook, selector, len(nodes), text_of(nodes[0]) if nodes else "")
