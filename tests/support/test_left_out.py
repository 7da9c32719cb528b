"""What was left out of a run is told in a line."""

from __future__ import annotations

from tests.support.corpus import NOT_OURS
from tests.support.left_out import left_out


def test_all_tests_of_real_pages_are_one_line() -> None:
    reasons = [f"Skipped: {NOT_OURS}", "Skipped: got empty parameter set for (row)"] * 7
    assert left_out(reasons) == [f"Left out: 14 tests: {NOT_OURS}"]


def test_each_other_reason_has_its_own() -> None:
    reasons = ["Skipped: no chromium on this machine", f"Skipped: {NOT_OURS}"]
    assert left_out(reasons) == [
        "Left out: 1 test: no chromium on this machine",
        f"Left out: 1 test: {NOT_OURS}",
    ]


def test_where_nothing_was_left_out_nothing_is_said() -> None:
    assert left_out([]) == []
