"""Headlines that are shown in turn, with edits between them, by the real record: a version for each
edit and each headline, and no more."""

from __future__ import annotations

from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdiff_crawler.crawling.candidate import Candidate
from newsdiff_crawler.crawling.judging import judge
from newsdiff_crawler.items import Check, NewVersion
from newsdiff_crawler.scheduling.schedule import after_check
from newsdiff_crawler.store import Store
from newsdiff_crawler.times import from_iso, to_iso
from tests.support.records import (
    add_article,
    empty_store,
    fetched_page,
    parsed_page,
    store_version,
    story,
)

START = from_iso("2026-03-01T08:00:00Z")
HEADLINES = {"A": "Ferry axed", "B": "No boats to the island", "C": "Islanders left waiting"}
TEXTS = ["The ferry stops.", "The ferry stops in March.", "The ferry stops in May, they say."]


def look(store: Store, number: int, headline: str, text: int) -> NewVersion | Check:
    """What a check comes to that finds this headline over this text."""
    at = to_iso(START.replace(hour=number // 60, minute=number % 60))
    page = parsed_page(story(HEADLINES[headline], TEXTS[text], "Nobody was asked about it."))
    fetched = fetched_page(store, 1, page, at)
    result = judge(Candidate(fetched, store.latest(1, fetched.content_hash)))
    if isinstance(result, NewVersion):
        store_version(store, result)
    else:
        state = after_check(result.outcome, store.schedule_state(1), from_iso(at))
        store.record_check(result, state)
    return result


def versions_of(looks: list[tuple[str, int]]) -> list[bool]:
    """Of each look, whether it made a version."""
    store = empty_store()
    add_article(store)
    made = [isinstance(look(store, number, *each), NewVersion) for number, each in enumerate(looks)]
    store.close()
    return made


@pytest.mark.parametrize(
    ("looks", "made"),
    [
        ("A0 B0 A0 B1 A1 B1 A2 B2 A2", "1 1 1 1 0 0 1 0 0"),
        ("A0 B0 A0 B0 A0 B0", "1 1 1 1 0 0"),
        ("A0 B0 C0 A0 B0 C0 A1 B1 C1", "1 1 1 1 1 1 1 0 0"),
        ("A0 B0 A1", "1 1 1"),  # an edit with the old headline
        ("A0 B0 A0 B0 A1 C1", "1 1 1 1 1 1"),  # a headline that was never there
        ("A0 B0 A0 B1 B2", "1 1 1 1 1"),  # the same headline, another edit
    ],
)
def test_a_known_headline_over_the_newest_text_makes_no_version(looks: str, made: str) -> None:
    found = versions_of([(each[0], int(each[1])) for each in looks.split()])
    assert found == [each == "1" for each in made.split()]


def test_the_event_tells_the_headline() -> None:
    store = empty_store()
    add_article(store)
    for number, (headline, text) in enumerate([("A", 0), ("B", 0), ("A", 0), ("B", 1), ("A", 1)]):
        look(store, number, headline, text)
    (event,) = store.db.query("select kind, detail from events")
    assert event == {"kind": "reverted again", "detail": "to the headline “Ferry axed”"}


LOOKS = st.lists(
    st.tuples(st.sampled_from(sorted(HEADLINES)), st.integers(0, len(TEXTS) - 1)),
    min_size=1,
    max_size=14,
)


@given(LOOKS)
def test_no_headline_and_no_text_is_missed_and_none_is_kept_too_often(
    looks: list[tuple[str, int]],
) -> None:
    made = versions_of(looks)
    headlines: set[str] = set()
    texts: set[int] = set()
    for (headline, text), is_version in zip(looks, made, strict=True):
        assert is_version or (headline in headlines and text in texts)
        headlines.add(headline)
        texts.add(text)
    edits = len([*groupby(text for _, text in looks)]) - 1
    assert sum(made) <= 2 * len(headlines) + edits
