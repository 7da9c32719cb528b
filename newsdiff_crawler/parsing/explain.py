"""What each selector of a parser matches on a page: for people who write or mend a parser."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from selectolax.lexbor import LexborNode

from newsdiff_crawler.parsing.blocks import text_of
from newsdiff_crawler.parsing.page import Page
from newsdiff_crawler.parsing.parser import BODY, HEAD, Parser, below, outermost


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
    """One row per selector that the parser has. What it looks for in the body is counted there, or
    on the page where no selector names the body."""
    containers = outermost(page.all(parser.body), parser.body) if parser.body else page.all("body")
    places = [(hook, page.tree.css) for hook in (*HEAD, "body")]
    places += [(hook, partial(below, containers)) for hook in BODY]
    return [
        _finding(hook, selector, find(selector))
        for hook, find in places
        if (selector := getattr(parser, hook))
    ]


def _finding(hook: str, selector: str, nodes: list[LexborNode]) -> Finding:
    return Finding(hook, selector, len(nodes), text_of(nodes[0]) if nodes else "")
