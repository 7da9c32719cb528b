"""``scrapy list``, Scrapy's own, whose output may be cut off or have no room."""

from __future__ import annotations

from scrapy.commands.list import Command as ScrapyList

from newsdiff_crawler.terminal.standard_output import Printing


class Command(Printing, ScrapyList):
    """The names of all sources, a line each."""
