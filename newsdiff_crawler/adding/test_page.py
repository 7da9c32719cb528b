"""From a page of a publisher to one that proves a parser: small, and none of the text is theirs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from newsdiff_crawler.adding.invented import invented, invented_url
from newsdiff_crawler.adding.page_without_words import kept_words, without_words
from newsdiff_crawler.adding.skeleton import MEASURES, Measure, prune
from newsdiff_crawler.items import ParsedPage
from newsdiff_crawler.parsing import Parser, Refusal, read
from newsdiff_crawler.parsing.page import Page
from newsdiff_crawler.parsing.parser import HEAD

_STATED = (
    "title", "standfirst", "authors", "body", "published_at", "modified_at", "parser",
    "canonical_url",
)  # fmt: skip
_LETTER = re.compile(r"[^\W\d_]")
_MOMENTS = ("parser", "published_at", "modified_at")


@dataclass(frozen=True)
class TestPage:
    """``html`` and what is read of it, at ``url``. ``differs``: in which way it is read otherwise
    than the publisher's page; empty where it is not."""

    __test__ = False  # no test, whatever its name begins with

    html: str
    url: str
    article: ParsedPage
    differs: str = ""

    @property
    def result(self) -> str:
        """The expected result, as the file beside the page has it."""
        whole = {"url": self.url, "article": stated(self.article)}
        return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def stated(article: ParsedPage) -> dict[str, Any]:
    """What was read, as people see it and tests compare it."""
    facts = {name: getattr(article, name) for name in _STATED}
    return facts | {"body": [[block.kind, block.text] for block in article.body]}


def make_test_page(page: Page, parsers: Sequence[type[Parser]], article: ParsedPage) -> TestPage:
    """The smallest page of invented words that is read like this one; where none is, the smallest
    that is read at all, with what differs. Raises `Refusal` where none is."""
    tried: list[TestPage] = []
    refused: list[Refusal] = []
    for measure in MEASURES:
        if tried and not tried[-1].differs:
            return tried[-1]
        with _noting(refused):
            tried.append(_with(page, parsers, article, measure))
    if not tried:
        raise refused[-1]
    return tried[0] if tried[-1].differs else tried[-1]


@contextmanager
def _noting(refused: list[Refusal]) -> Iterator[None]:
    try:
        yield
    except Refusal as refusal:
        refused.append(refusal)


def _with(
    page: Page, parsers: Sequence[type[Parser]], article: ParsedPage, measure: Measure
) -> TestPage:
    tree = LexborHTMLParser(page.html)
    texts = [block.text for block in article.blocks()] + article.authors
    named = [parser for parser in parsers if parser.name == article.parser]
    prune(tree, texts, _any_of(named, HEAD), _any_of(named, ("body",)), measure)
    kept = kept_words(page.url)
    made = Page(without_words(tree.html or "", page.url), invented_url(page.url, kept))
    again = read(made, parsers)
    return TestPage(made.html, made.url, again, _difference(article, again, kept))


def _any_of(parsers: Sequence[type[Parser]], hooks: Sequence[str]) -> str:
    """A selector of what these of a parser's find."""
    found = [getattr(parser, hook) for parser in parsers for hook in hooks]
    return ", ".join(filter(None, found))


def _difference(article: ParsedPage, again: ParsedPage, kept: AbstractSet[str]) -> str:
    for name in _MOMENTS:
        if getattr(article, name) != getattr(again, name):
            return f"{name} is {getattr(again, name)}"
    for name in ("title", "standfirst"):
        if _shape(getattr(article, name), kept) != _shape(getattr(again, name), kept):
            return f"its {name} is {getattr(again, name)!r}"
    if len(article.authors) != len(again.authors):
        return f"its authors are {', '.join(again.authors) or 'none'}"
    whole = iter([(block.kind, _shape(block.text, kept)) for block in article.body])
    for block in again.body:
        if (block.kind, _shape(block.text, kept)) not in whole:
            return f"read as a {block.kind}: {block.text[:60]!r}"
    kinds = {block.kind for block in article.body} - {block.kind for block in again.body}
    return f"nothing is read as {', '.join(sorted(kinds))}" if kinds else ""


def _shape(text: str, kept: AbstractSet[str]) -> str:
    """What of a text stays when it is invented. A word may lie in two elements."""
    return _LETTER.sub("x", invented(text, kept))
