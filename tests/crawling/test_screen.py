"""What the screen shows of a log record."""

from __future__ import annotations

import logging

import pytest

from newsdiff_crawler.crawling.screen import Screen, as_shown

OURS = "newsdiff_crawler.crawling.pipelines"


def shown(
    capsys: pytest.CaptureFixture[str],
    message: str,
    level: int = logging.INFO,
    name: str = OURS,
    extra: dict[str, str] | None = None,
) -> str:
    logger = logging.Logger(name)
    logger.addHandler(Screen(logging.INFO))
    logger.log(level, message, extra=extra)
    return capsys.readouterr().err


@pytest.mark.parametrize(
    ("level", "line"),
    [
        (logging.INFO, "bbc is well again\n"),
        (logging.WARNING, "! WARNING bbc is well again\n"),
        (logging.ERROR, "! ERROR bbc is well again\n"),
    ],
)
def test_a_line_says_how_bad_it_is(
    capsys: pytest.CaptureFixture[str], level: int, line: str
) -> None:
    assert shown(capsys, "bbc is well again", level) == line


def test_it_may_say_something_else_than_the_log(capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(capsys, "bbc: https://…: version 1", extra=as_shown("Rain", "+")) == "+ Rain\n"


@pytest.mark.parametrize("sign", ["\n", "\r\n", "\x85", "\u2028", "\x0b"])
def test_what_is_told_of_an_article_is_one_line(
    capsys: pytest.CaptureFixture[str], sign: str
) -> None:
    assert shown(capsys, "", extra=as_shown(f"Rain{sign}! Snow", "+")) == "+ Rain ! Snow\n"


@pytest.mark.parametrize("name", ["scrapy.core.engine", "newsdiff_crawlers", "trafilatura"])
def test_of_others_only_what_is_wrong_is_shown(
    capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert shown(capsys, "Spider opened", name=name) == ""
    assert shown(capsys, "Broken", logging.WARNING, name=name) == "! WARNING Broken\n"
