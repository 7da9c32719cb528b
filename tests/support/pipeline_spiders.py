"""A source with two parsers, to crawl with before and after an upgrade."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from newsdiff_crawler.parsing import Parser
from tests.support.spiders import PaperSpider


class Old(Parser):
    name = "paper/2025"
    layout = "#old"
    body = "#story"


class New(Parser):
    """Fits the pages that the old one reads, and reads more of them."""

    name = "paper/2026"
    layout = "#story"
    body = "#story, #also"


class Paper(PaperSpider):
    name = "paper"
    parsers: ClassVar[Sequence[type[Parser]]] = (Old,)
