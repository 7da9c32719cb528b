"""A page that differs at every check is noticed: what is another one each time is the page's."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from newsdiff_crawler.diff import LOOKS
from tests.crawling.test_pipelines import BEFORE, LONG, paper
from tests.crawling.test_pipelines import run as crawl
from tests.support.crawling import query

MINOR = "select number, minor from versions where number > 1 order by number"


@pytest.fixture
def run(tmp_path: Path) -> Callable[[dict[str, Any]], str]:
    """A crawl, an hour after the one before."""
    hours = count()

    def run(routes: dict[str, Any]) -> str:
        at = f"NEWSDIFF_NOW=2026-03-01T{next(hours):02}:00:00Z"
        return crawl(tmp_path, routes, (*BEFORE, "-s", at))

    return run


def gauge(number: int) -> str:
    return f"The gauge at the mill: {1200 + 7 * number} mm"


def test_a_line_that_is_another_one_at_each_check_is_no_change_and_hides_none(
    tmp_path: Path, run: Callable[[dict[str, Any]], str]
) -> None:
    """Until it is known for what it is, each counts; then none does, nor did any before."""
    for look in range(LOOKS):
        run(paper(LONG, gauge(look), "Nobody was hurt."))
    assert query(tmp_path, MINOR) == [(number, None) for number in range(2, LOOKS + 1)]
    run(paper(LONG, gauge(LOOKS), "Nobody was hurt."))
    assert query(tmp_path, MINOR) == [(number, "page") for number in range(2, LOOKS + 2)]
    run(paper(LONG, gauge(LOOKS + 1), "A man died of smoke."))
    run(paper(LONG, gauge(LOOKS + 2), "A man died of smoke."))
    newest = query(tmp_path, f"{MINOR} limit 9 offset {LOOKS}")
    assert newest == [(LOOKS + 2, None), (LOOKS + 3, "page")]
    assert query(tmp_path, "select change_count from articles") == [(1,)]
    (summary,) = query(tmp_path, f"select summary from versions where number = {LOOKS + 2}")
    assert "12" not in summary[0]


def test_a_line_that_is_edited_now_and_then_is_the_newsrooms(
    tmp_path: Path, run: Callable[[dict[str, Any]], str]
) -> None:
    """Between two of its edits is a check that brings nothing new."""
    for look in range(LOOKS + 1):
        for _ in range(2 if look > LOOKS - 2 else 1):
            run(paper(LONG, f"{look} houses burned.", "Nobody was hurt."))
    counted = query(tmp_path, MINOR)
    assert counted == [(number, None) for number in range(2, LOOKS + 2)]
