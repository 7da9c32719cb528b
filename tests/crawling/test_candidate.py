"""A text beside the one that the record has: the story, the story told anew, or another text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from newsdiff_crawler.crawling.candidate import Candidate
from newsdiff_crawler.items import Block
from newsdiff_crawler.store import Store
from tests.support.records import add_article, empty_store, fetched_page, parsed_page, story

AT = "2025-04-23T14:00:00Z"
RAIN = story(
    "Rain floods Stanton",
    "It rained for the third day in the Wexford valley, the council at Stanton said.",
    "Twelve roads are under water between Stanton and Marsh Lane.",
)
EDITED = [*RAIN, Block("paragraph", "Schools stay closed until Thursday.")]
ANEW = story(
    "Wexford valley cut off",
    "Soldiers carried people out of their houses in Stanton during the night.",
    "No train goes beyond Marsh Lane, where the embankment gave way.",
)
OTHER = story("Mill burns down", "Sixty workers lost their jobs when flames took the old mill.")


@pytest.fixture
def store() -> Store:
    return empty_store()


def candidate(store: Store, blocks: list[Block], published_at: str | None = None) -> Candidate:
    article = add_article(store, RAIN, published_at="2025-04-22T08:00:00Z")
    page = fetched_page(store, article, parsed_page(blocks, published_at=published_at), AT)
    return Candidate(page, store.latest(article, page.content_hash))


def test_the_text_seen_last_is_known_and_the_story(store: Store) -> None:
    same = candidate(store, RAIN)
    assert (same.is_known, same.is_the_story, same.is_another_text) == (True, True, False)


def test_an_edit_is_the_story(store: Store) -> None:
    edited = candidate(store, EDITED)
    assert (edited.is_known, edited.is_the_story, edited.is_another_text) == (False, True, False)


def test_a_story_written_anew_is_another_text_that_tells_of_the_same(store: Store) -> None:
    anew = candidate(store, ANEW)
    assert (anew.is_the_story, anew.is_another_text, anew.is_told_anew) == (False, True, True)


def test_what_has_nothing_in_common_is_another_text(store: Store) -> None:
    other = candidate(store, OTHER)
    assert (other.is_the_story, other.is_another_text, other.is_told_anew) == (False, True, False)


@pytest.mark.parametrize(
    ("stated", "told_anew"),
    [("2025-04-22T20:00:00Z", True), ("2025-04-29T08:00:00Z", False), (None, True)],
)
def test_what_was_published_on_another_day_is_not_told_anew(
    store: Store, stated: str | None, told_anew: bool
) -> None:
    assert candidate(store, ANEW, stated).is_told_anew is told_anew


def test_an_article_without_a_version_has_its_first_text(store: Store) -> None:
    article = add_article(store)
    page = fetched_page(store, article, parsed_page(RAIN), AT)
    assert Candidate(page, store.latest(article, page.content_hash)).is_first


def test_the_text_before_can_be_looked_for_as_if_it_had_been_fetched(store: Store) -> None:
    other = candidate(store, OTHER)
    assert other.before == replace(other.fetched, page=other.before.page)
    assert other.before.page.blocks() == RAIN
    assert other.before.text_key == replace(other.fetched, page=parsed_page(RAIN)).text_key


@pytest.mark.parametrize("blocks", [RAIN, EDITED, OTHER])
def test_how_long_a_text_is_at_least_is_known_without_counting_all(
    store: Store, blocks: list[Block]
) -> None:
    page = candidate(store, blocks).fetched
    limits = (0, page.words - 1, page.words, page.words + 1)
    assert [page.has_more_words(limit) for limit in limits] == [True, True, False, False]
