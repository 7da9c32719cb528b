"""A source in numbers."""

from __future__ import annotations

from datetime import timedelta

from newsdiff_crawler.store import Store
from newsdiff_crawler.store.reading.records import Records
from newsdiff_crawler.store.reading.statistics import SourceStatistics
from tests.support.records import URL, add_article, add_version, story

ONE, TWO, THREE = (story("Title", text) for text in ("First words.", "Second words.", "Third."))


def test_a_source_is_counted_by_articles_versions_and_changes(
    store: Store, records: Records
) -> None:
    add_article(store, ONE)
    add_article(store, ONE, TWO, url=URL + "2", apart=timedelta(minutes=30))
    add_article(store, ONE, TWO, THREE, url=URL + "3", apart=timedelta(hours=2))
    add_version(
        store, 1, 2, story("New", "First words."), labels=["headline", "correction", "note"]
    )
    add_version(store, 1, 3, story("Newer", "First words."), labels=["headline"])
    add_article(store, ONE, TWO, url=URL + "4", source="other")
    assert records.statistics.of("paper") == SourceStatistics(
        articles=3,
        versions=8,
        changed_articles=3,
        changed_headlines=1,
        changes=5,
        declared=1,
        first_change_after=2 * 3600,
        by_hour=[0] * 12 + [2, 0, 1, 0, 1, 0, 1] + [0] * 5,
        by_versions=[0, 1, 2, 0, 0, 0, 0, 0, 0, 0],
    )


def test_a_change_of_no_substance_is_in_no_number(store: Store, records: Records) -> None:
    appearance = story("Title", "“Third”")
    article = add_article(store, ONE, TWO, THREE, appearance, ONE, apart=timedelta(hours=1))
    add_version(store, article, 6, story("New", "Sixth."), parser="paper/2027", labels=["headline"])
    numbers = records.statistics.of("paper")
    facts = records.article(article)
    assert facts is not None
    assert (numbers.versions, numbers.changes, sum(numbers.by_hour)) == (6, 2, 2)
    assert facts.change_count == numbers.changes
    assert numbers.changed_headlines == 0


def test_the_first_change_is_one_that_counts(store: Store, records: Records) -> None:
    add_article(store, ONE, story("Title", "“First” words"), TWO, apart=timedelta(hours=1))
    assert records.statistics.of("paper").first_change_after == 2 * 3600


def test_an_unknown_source_has_no_numbers(store: Store, records: Records) -> None:
    numbers = records.statistics.of("paper")
    assert (numbers.articles, numbers.first_change_after) == (0, None)
