"""The record knows who the sources are, and which of them are followed."""

from __future__ import annotations

import pytest

from newsdiff_crawler.items import Publisher
from newsdiff_crawler.store import Store
from newsdiff_crawler.store.reading.records import Records
from newsdiff_crawler.times import from_iso

NOW = from_iso("2025-04-22T12:00:00Z")
LONG_AGO = "2025-04-01T12:00:00Z"


def crawl(store: Store, source: str, unwell: str | None = None) -> None:
    run = store.runs.start(source, LONG_AGO)
    store.queue.track(source, [f"https://{source}.example/a"], from_iso(LONG_AGO))
    store.runs.finish(run, LONG_AGO, "finished", {"checks": 0, "failed": 0}, unwell)


@pytest.fixture
def crawled(store: Store) -> Store:
    crawl(store, "ash")
    crawl(store, "elm", unwell="none of 3 feeds could be read")
    return store


def unwell(records: Records) -> dict[str, bool]:
    return {row.source: bool(row.unwell) for row in records.health.overview(NOW)}


def test_a_source_of_which_nothing_was_said_counts_as_followed(
    crawled: Store, records: Records
) -> None:
    assert unwell(records) == {"ash": True, "elm": True}


def test_nothing_of_a_source_that_was_given_up_is_overdue_or_unwell(
    crawled: Store, records: Records
) -> None:
    assert crawled.sources.follow(["ash"]) == ["elm"]
    assert unwell(records) == {"ash": True, "elm": False}
    assert not records.health.of("elm", NOW).followed
    assert crawled.sources.follow([]) == ["ash"]
    assert unwell(records) == {"ash": False, "elm": False}


def test_a_source_that_is_taken_up_again_is_overdue_again(crawled: Store, records: Records) -> None:
    crawled.sources.follow([])
    crawled.sources.follow(["elm"])
    assert unwell(records) == {"ash": False, "elm": True}


def test_one_that_is_crawled_without_being_followed_is_never_overdue(
    store: Store, records: Records
) -> None:
    assert store.sources.follow(["ash"], ["elm"]) == []
    store.sources.describe(Publisher("elm", "The Elm"))
    crawl(store, "elm")
    assert unwell(records) == {"elm": False}


def test_it_is_said_once_which_are_no_longer_followed(crawled: Store) -> None:
    assert crawled.sources.follow(["ash"]) == ["elm"]
    assert crawled.sources.follow(["ash"]) == []


def test_who_a_source_is_may_change(store: Store) -> None:
    store.sources.describe(Publisher("elm", "The Elm", "NO", "nb", ("https://elm.example/rss",)))
    store.sources.describe(Publisher("elm", "Elm News", "NO", "nn"))
    rows = store.db.query("select * from sources")
    assert rows == [
        {
            "source": "elm",
            "title": "Elm News",
            "country": "NO",
            "language": "nn",
            "feeds": "[]",
            "home": "",
            "followed": 1,
            "muted_at": None,
        }
    ]
