"""From a page to what it says (`ParsedPage`). Knows HTML, and nothing of crawling or storage."""

from __future__ import annotations

from collections.abc import Sequence

from newsdiff_crawler.items import ParsedPage
from newsdiff_crawler.parsing import guards
from newsdiff_crawler.parsing.page import Page
from newsdiff_crawler.parsing.parser import Parser
from newsdiff_crawler.parsing.refusal import Refusal

__all__ = ["Page", "Parser", "Refusal", "choose", "read"]

_TEXT = frozenset({"paragraph", "list_item", "quote"})


def read(page: Page, parsers: Sequence[type[Parser]], prefer: str = "") -> ParsedPage:
    """The article on a page, as the first parser that fits reads it.

    ``parsers`` are one publisher's, newest first. ``prefer`` names the parser to use where it
    still fits: the one that made the last version, so that a new parser changes no text.
    Raises `Refusal` for a page that holds no text to store.
    """
    guards.check_page(page)
    try:
        article = _parse(page, choose(page, parsers, prefer))
    except Refusal as refusal:
        raise _wall_or(page, refusal) from None
    guards.check_article(page, article)
    return article


def _parse(page: Page, parser: Parser) -> ParsedPage:
    article = parser.parse(page)
    if not article.title:
        raise Refusal("no_title", f"no headline found by parser {parser.name}")
    if not any(block.kind in _TEXT for block in article.body):
        raise Refusal("no_text", f"no text found by parser {parser.name}")
    return article


def _wall_or(page: Page, refusal: Refusal) -> Refusal:
    """The refusal for a wall if there is one on the page, otherwise this one."""
    return guards.find_wall(page) or refusal


def choose(page: Page, parsers: Sequence[type[Parser]], prefer: str = "") -> Parser:
    """The first parser that fits a page, starting with the preferred one. Raises `Refusal` if none
    does."""
    in_turn = sorted(parsers, key=lambda parser: parser.name != prefer)
    for parser in (parser() for parser in in_turn):
        if parser.fits(page):
            return parser
    raise Refusal("no_parser", "no parser fits this page: its layout is unknown")
