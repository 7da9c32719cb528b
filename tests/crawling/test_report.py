"""What scripts and people are told at the end of a run."""

from __future__ import annotations

import pytest

from newsdiff_crawler.crawling.report import COUNTS, exit_status, summary
from newsdiff_crawler.exit_status import ExitStatus

NOTHING = dict.fromkeys(COUNTS, 0)
UNWELL = "6 of 7 pages could not be read"


@pytest.mark.parametrize(
    ("counts", "unwell", "reason", "status"),
    [
        ({}, None, "finished", ExitStatus.DONE),
        ({"feeds_read": 8, "checks": 3, "new": 3}, None, "finished", ExitStatus.DONE),
        ({"feeds_unchanged": 8}, None, "finished", ExitStatus.DONE),
        ({"checks": 1, "gone": 1}, None, "finished", ExitStatus.DONE),
        ({"feeds_failed": 8}, UNWELL, "finished", ExitStatus.NOTHING_READ),
        ({"checks": 3, "failed": 2, "blocked": 1}, None, "finished", ExitStatus.NOTHING_READ),
        ({"put_off": 3}, UNWELL, "finished", ExitStatus.NOTHING_READ),
        ({"feeds_read": 1, "feeds_failed": 7}, None, "finished", ExitStatus.DONE),
        ({"feeds_read": 8}, UNWELL, "finished", ExitStatus.UNWELL),
        ({}, UNWELL, "finished", ExitStatus.UNWELL),
        ({"feeds_read": 8}, UNWELL, "shutdown", ExitStatus.INTERRUPTED),
    ],
)
def test_the_exit_status_says_what_came_of_a_run(
    counts: dict[str, int], unwell: str | None, reason: str, status: ExitStatus
) -> None:
    assert exit_status(reason, NOTHING | counts, unwell) == status


def test_what_is_not_there_is_told_from_what_is_gone() -> None:
    counts = NOTHING | {"checks": 3, "gone": 3}
    said = summary("bbc", counts, None, gone=1)
    assert said == "bbc: checked 3 articles: 2 not there, 1 gone; nothing is due later"
