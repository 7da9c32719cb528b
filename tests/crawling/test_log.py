"""What the log's level leaves out is not put into words, and the rest is."""

from __future__ import annotations

import logging

import pytest
from scrapy import Request
from scrapy.exceptions import DropItem
from scrapy.http import Response
from scrapy.utils.test import get_crawler

from newsdiff_crawler.crawling.log import BriefLog
from newsdiff_crawler.spiders.bbc import BBC

PAGE = Response("https://www.bbc.com/news/articles/c1")
DROPPED = DropItem("c1: unchanged: same text", log_level="DEBUG")


def formatter(level: str) -> BriefLog:
    return BriefLog.from_crawler(get_crawler(BBC, {"LOG_LEVEL": level}))


def test_a_log_without_details_makes_no_record_of_each_check() -> None:
    brief = formatter("INFO")
    assert brief.crawled(Request(PAGE.url), PAGE, None) is None
    assert brief.scraped({}, PAGE, None) is None
    assert brief.dropped({}, DROPPED, PAGE, None) is None


@pytest.mark.parametrize(("level", "error"), [("DEBUG", DROPPED), ("INFO", DropItem("broken"))])
def test_what_the_level_lets_through_is_said(level: str, error: DropItem) -> None:
    error.log_level = error.log_level or "WARNING"
    said = formatter(level).dropped({}, error, PAGE, None)
    assert said["level"] == getattr(logging, error.log_level)
    assert said["args"] == {"exception": error, "item": {}}
