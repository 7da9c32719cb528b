"""What watching an article says of its next edit, and what articles say of their sections."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdiff_crawler.scheduling.edit_rate import (
    BASELINE_RATE,
    FADING,
    Lesson,
    Watched,
    learn,
    rate_of,
)

hours = st.floats(0, 1e5)


def expected(watched: Watched, gap: float = 1.0) -> float:
    return watched.rate(BASELINE_RATE) * watched.exposure_ahead(gap)


def test_a_fresh_article_is_edited_at_the_baseline_rate() -> None:
    assert Watched(0.0).rate(BASELINE_RATE) == BASELINE_RATE
    assert expected(Watched(0.0), gap=0.01) == pytest.approx(BASELINE_RATE * 0.01, rel=0.01)


def test_at_two_hours_a_quarter_of_the_rate_is_left() -> None:
    aged = Watched(FADING, age_at_first=FADING)
    assert aged.rate(BASELINE_RATE) == BASELINE_RATE
    assert expected(aged, gap=0.01) == pytest.approx(BASELINE_RATE / 4 * 0.01, rel=0.01)


def test_quiet_hours_lower_the_rate_and_changes_raise_it() -> None:
    rates = [
        Watched(3.0, changes=changes, since_change=1.0).rate(BASELINE_RATE) for changes in range(4)
    ]
    assert rates == sorted(rates)
    assert rates[0] < BASELINE_RATE < rates[1]


def test_hours_before_it_was_first_seen_say_nothing_of_an_article() -> None:
    assert Watched(30.0, age_at_first=30.0).rate(BASELINE_RATE) == BASELINE_RATE
    assert Watched(30.0).rate(BASELINE_RATE) < BASELINE_RATE / 1.5


def test_an_edit_opens_the_story_again() -> None:
    just_now, long_ago = (Watched(20.0, changes=3, since_change=ago) for ago in (0.0, 15.0))
    assert expected(just_now) > 5 * expected(long_ago)


@given(hours, st.integers(0, 1000), hours, hours)
def test_exposure_grows_by_what_was_ahead(
    age: float, changes: int, since: float, gap: float
) -> None:
    now = Watched(age, changes=changes, since_change=since)
    later = Watched(age + gap, changes=changes, since_change=since + gap)
    assert later.exposure == pytest.approx(now.exposure + now.exposure_ahead(gap))
    assert now.exposure_ahead(gap) >= 0


# --- Learning ---------------------------------------------------------------------------------


def lessons(source: str, section: str, number: int, changes: int) -> list[Lesson]:
    return [Lesson(source, section, changes, 2.0)] * number


def test_nothing_learned_is_the_baseline_rate() -> None:
    assert learn([]) == {}
    assert rate_of({}, "paper", "paper.example/news") == BASELINE_RATE


def test_a_well_known_section_has_its_own_rate() -> None:
    rates = learn(lessons("paper", "news", 20_000, 2) + lessons("paper", "wire", 20_000, 0))
    assert rate_of(rates, "paper", "news") == pytest.approx(1.0, rel=0.02)
    assert rate_of(rates, "paper", "wire") == pytest.approx(0.0, abs=0.01)
    assert rate_of(rates, "paper", "sport") == rates["paper", ""] == pytest.approx(0.5, rel=0.02)
    assert rate_of(rates, "other", "news") == rates["", ""]


def test_a_section_of_two_hundred_articles_is_halfway_between_its_own_and_its_source() -> None:
    rates = learn(lessons("paper", "news", 20_000, 2) + lessons("paper", "wire", 200, 0))
    assert rates["paper", "wire"] == pytest.approx(rates["paper", ""] / 2)


def test_a_few_articles_change_little() -> None:
    rates = learn(lessons("paper", "news", 3, 9))
    assert BASELINE_RATE < rates["", ""] < 1.5 * BASELINE_RATE


def test_a_section_of_a_few_articles_is_left_to_its_source() -> None:
    rates = learn(lessons("paper", "one-slug", 1, 0) + lessons("paper", "news", 50, 1))
    assert set(rates) == {("", ""), ("paper", ""), ("paper", "news")}


def test_the_order_of_articles_does_not_matter() -> None:
    mixed = lessons("b", "news", 30, 1) + lessons("a", "", 30, 0) + lessons("a", "news", 30, 2)
    assert learn(mixed) == pytest.approx(learn(mixed[::-1]))
