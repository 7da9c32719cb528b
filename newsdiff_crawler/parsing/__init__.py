"""From a page to what it says (`ParsedPage`). Knows HTML, and nothing of crawling or storage."""

from __future__ import annotations

from collections.abc import Sequence

from newsdiff_crawler.items import ParsedPage
from newsdiff_crawler.parsing import generic, guards
from newsdiff_crawler.parsing.length import USUAL_LENGTH, LengthBounds, check_length
from newsdiff_crawler.parsing.page import Page
from newsdiff_crawler.parsing.parser import Parser
from newsdiff_crawler.parsing.refusal import Refusal

__all__ = [
    "LengthBounds",
    "Page",
    "Parser",
    "Refusal",
    "choose",
    "is_read_generically",
    "read",
]

_TEXT = frozenset({"paragraph", "list_item", "quote"})
_UNREAD = ("no_parser", "no_title", "no_text")  # reasons for which a page is read generically
# Characters of a body; less may be what is written under a film or a picture.
_LEAST_STATED, _LEAST_SHOWN = 200, 500


def read(
    page: Page,
    parsers: Sequence[type[Parser]],
    prefer: str = "",
    bounds: LengthBounds = USUAL_LENGTH,
) -> ParsedPage:
    """The article on a page, as the first parser that fits reads it.

    ``parsers`` are one publisher's, newest first. ``prefer`` names the parser to use where it
    still fits: the one that made the last version, so that a new parser changes no text. Where none
    of them reads the page, and it states that it is an article, the generic parser does: a page of
    an unknown layout is better read by guess than not at all, and says so by its parser's name.
    Raises `Refusal` for a page that holds no text to store, or one beyond the bounds.
    """
    guards.check_page(page)
    try:
        article = _parse(page, choose(page, parsers, prefer))
    except Refusal as refusal:
        found = _read_generically(page, parsers) if refusal.reason in _UNREAD else None
        if found is None:
            raise _wall_or(page, refusal) from None
        article = found
    check_length(article, bounds)
    guards.check_article(page, article)
    return article


def is_read_generically(parser: str, parsers: Sequence[type[Parser]]) -> bool:
    """Whether a page of a publisher was read by the generic parser for want of one that fits."""
    return parser == generic.Generic.name and not _has_generic(parsers)


def _has_generic(parsers: Sequence[type[Parser]]) -> bool:
    """Whether the generic parser is among them, in whatever time zone."""
    return any(parser.name == generic.Generic.name for parser in parsers)


def _read_generically(page: Page, parsers: Sequence[type[Parser]]) -> ParsedPage | None:
    least = _least_written(page)
    if _has_generic(parsers) or least is None or guards.find_wall(page):
        return None
    try:
        article = _parse(page, generic.Generic())
    except Refusal:
        return None
    written = sum(len(block.text) for block in article.body)
    return article if written >= least else None


def _least_written(page: Page) -> int | None:
    """How many characters a page must have to be an article: fewer where it states that it is one,
    more where only its elements say so; None where nothing does."""
    if page.story or page.meta("og:type").startswith("article"):
        return _LEAST_STATED
    return _LEAST_SHOWN if page.first("article h1, article p, h1 + p") else None


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
