"""Facts said in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from newsdiff_crawler.store.reading.records import ArticleFacts
from newsdiff_crawler.store.reading.source_health import RunFacts
from newsdiff_crawler.times import from_iso
from newsdiff_crawler.web import wording

ARTICLE = ArticleFacts(
    id=1,
    source="paper",
    url="https://news.example/1",
    title="A title",
    first_seen_at="2025-04-22T14:00:00Z",
    published_at=None,
    last_checked_at=None,
    last_changed_at=None,
    next_check_at="2025-04-22T14:30:00Z",
    state="live",
    version_count=1,
    change_count=0,
)


def test_a_planned_check_needs_no_reason() -> None:
    assert wording.why_not_checked(ARTICLE) is None


@pytest.mark.parametrize(("state", "reason"), [("gone", "gone"), ("retired", "stopped changing")])
def test_an_article_that_is_not_checked_again_says_why(state: str, reason: str) -> None:
    why = wording.why_not_checked(replace(ARTICLE, state=state, next_check_at=None))
    assert why is not None
    assert "not be checked again" in why
    assert reason in why


def test_a_check_whose_time_has_passed_is_overdue() -> None:
    assert wording.is_overdue(ARTICLE, from_iso("2025-04-22T14:30:01Z"))
    assert not wording.is_overdue(ARTICLE, from_iso("2025-04-22T14:29:59Z"))


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [(1, 3, "33 %"), (0, 3, "0 %"), (3, 3, "100 %"), (1, 1000, "< 1 %"), (0, 0, "–")],
)
def test_a_share_is_said_in_percent(part: int, whole: int, words: str) -> None:
    assert wording.share_of(part, whole) == words


@pytest.mark.parametrize(
    ("checks", "failed", "blocked", "words"),
    [
        (9, 0, 0, "Fits: 9 of 9 pages could be read"),
        (9, 3, 0, "Fits: 6 of 9 pages could be read"),
        (9, 4, 0, "No longer fits: 4 of 9 pages could not be read"),
        (9, 1, 8, "No longer fits: 1 of 1 page could not be read"),
        (9, 0, 9, "Not known: no page has come lately"),
    ],
)
def test_whether_our_parsers_fit_is_judged_by_the_pages_that_came(
    checks: int, failed: int, blocked: int, words: str
) -> None:
    at = "2025-04-22T14:00:00Z"
    run = RunFacts("paper", at, at, "finished", checks, failed, blocked, put_off=0, unwell=None)
    assert wording.fit_text(run) == words


def test_pages_of_an_unknown_layout_are_said_to_be_read_by_guess() -> None:
    at = "2025-04-22T14:00:00Z"
    run = RunFacts("paper", at, at, "finished", 9, 1, 0, put_off=0, unwell=None, read_generically=4)
    words = "No longer fits all: 8 of 9 pages could be read, 4 only by the generic parser"
    assert wording.fit_text(run) == words


def test_without_a_check_nothing_is_known_of_our_parsers() -> None:
    assert wording.fit_text(None).startswith("Not known")
