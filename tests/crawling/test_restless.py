"""A page that differs at every check is noticed: what is another one each time is the page's."""

from __future__ import annotations

from pathlib import Path

from newsdiff_crawler.diff import LOOKS
from tests.crawling.test_pipelines import LONG, paper, run
from tests.support.crawling import query

MINOR = "select number, minor from versions where number > 1 order by number"


def gauge(number: int) -> str:
    return f"The gauge at the mill: {1200 + 7 * number} mm"


def test_a_line_that_is_another_one_at_each_check_is_no_change_and_hides_none(
    tmp_path: Path,
) -> None:
    """Until it is known for what it is, each counts; then none does, nor did any before."""
    for look in range(LOOKS):
        run(tmp_path, paper(LONG, gauge(look), "Nobody was hurt."))
    assert query(tmp_path, MINOR) == [(number, None) for number in range(2, LOOKS + 1)]
    run(tmp_path, paper(LONG, gauge(LOOKS), "Nobody was hurt."))
    assert query(tmp_path, MINOR) == [(number, "page") for number in range(2, LOOKS + 2)]
    run(tmp_path, paper(LONG, gauge(LOOKS + 1), "A man died of smoke."))
    run(tmp_path, paper(LONG, gauge(LOOKS + 2), "A man died of smoke."))
    newest = query(tmp_path, f"{MINOR} limit 9 offset {LOOKS}")
    assert newest == [(LOOKS + 2, None), (LOOKS + 3, "page")]
    assert query(tmp_path, "select change_count from articles") == [(1,)]
    (summary,) = query(tmp_path, f"select summary from versions where number = {LOOKS + 2}")
    assert "12" not in summary[0]


def test_a_line_that_is_edited_now_and_then_is_the_newsrooms(tmp_path: Path) -> None:
    """Between two of its edits is a check that brings nothing new."""
    for look in range(LOOKS + 1):
        for _ in range(2 if look > LOOKS - 2 else 1):
            run(tmp_path, paper(LONG, f"{look} houses burned.", "Nobody was hurt."))
    counted = query(tmp_path, MINOR)
    assert counted == [(number, None) for number in range(2, LOOKS + 2)]
