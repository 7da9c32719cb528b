"""An article goes over to another source with everything that is kept by source."""

from __future__ import annotations

from datetime import timedelta

import pytest

from newsdiff_crawler.crawling.candidate import Candidate
from newsdiff_crawler.crawling.judging import new_version
from newsdiff_crawler.items import FeedEntry
from newsdiff_crawler.store import Store
from newsdiff_crawler.store.reading.records import Records
from newsdiff_crawler.store.reading.search import Search, SearchQuery
from newsdiff_crawler.store.reading.source_health import Health
from newsdiff_crawler.store.reading.statistics import Statistics
from newsdiff_crawler.store.schema.meanings import TABLES
from newsdiff_crawler.store.writing.ownership import Owned
from newsdiff_crawler.store.writing.takedown import hide
from newsdiff_crawler.times import from_iso
from tests.support.records import (
    URL,
    add_article,
    add_version,
    empty_store,
    fetched_page,
    parsed_page,
    store_version,
    story,
)

AT = "2026-03-01T08:00:00Z"
BEFORE = story("Night ferry axed", "The ferry stops in March.", "Nobody was asked about it.")
AFTER = story("Night ferry saved", "The ferry sails on.", "The council found the money.")
FEED = "https://news.example/rss"


@pytest.fixture
def store() -> Store:
    store = empty_store()
    add_article(store, BEFORE, AFTER, source="paper")
    return store


def owned(store: Store) -> Owned:
    found = store.ownership.at(URL)
    assert found
    return found


def hand_over(store: Store, source: str = "the_paper") -> bool:
    return store.ownership.hand_over(owned(store), source, AT)


def test_no_row_of_the_article_keeps_the_old_name(store: Store) -> None:
    assert hand_over(store)
    for table in ("articles", "versions", "change_labels"):
        rows = store.db.query(f"select distinct source from {table}")
        assert rows == [{"source": "the_paper"}], table
    assert store.db.query("select at, kind, detail from events") == [
        {"at": AT, "kind": "source changed", "detail": "from paper to the_paper"}
    ]


@pytest.mark.parametrize("words", ["sails", "council found", '"night ferry"'])
def test_searches_find_it_under_the_new_name_only(store: Store, words: str) -> None:
    hand_over(store)
    search = Search(store.db)
    assert search.find(SearchQuery(words, source="the_paper")).count
    assert not search.find(SearchQuery(words, source="paper")).count


def test_searches_of_what_was_taken_out_find_it_under_the_new_name_only(store: Store) -> None:
    hand_over(store)
    search = Search(store.db)
    assert search.find(SearchQuery("nobody", where="removed", source="the_paper")).count == 1
    assert search.find(SearchQuery("nobody", where="removed", source="paper")).count == 0


@pytest.mark.sqlite
def test_the_search_index_stays_sound_there_and_back(store: Store) -> None:
    for source in ("the_paper", "paper", "third"):
        hand_over(store, source)
    for index in ("passages_fts", "removals_fts"):
        store.db.execute(f"insert into {index} ({index}) values ('integrity-check')")
    assert Search(store.db).find(SearchQuery("sails", source="third")).count == 1
    assert Search(store.db).find(SearchQuery("paper")).count == 0


def test_figures_go_with_it(store: Store) -> None:
    hand_over(store)
    statistics = Statistics(store.db)
    assert (statistics.of("the_paper").changes, statistics.of("the_paper").versions) == (1, 2)
    assert statistics.of("paper").articles == 0


def test_the_next_version_is_the_new_source_s_though_the_old_one_fetched_it(store: Store) -> None:
    page = parsed_page(story("Night ferry sold", "A rival bought the ferry."))
    fetched = fetched_page(store, 1, page, AT)
    version = new_version(Candidate(fetched, store.latest(1, fetched.content_hash)))
    hand_over(store)
    store_version(store, version)
    assert store.db.query("select distinct source from versions") == [{"source": "the_paper"}]
    assert Search(store.db).find(SearchQuery("rival", source="the_paper")).count == 1


def test_it_waits_for_the_end_of_a_crawl_of_its_own_source(store: Store) -> None:
    run = store.runs.start("paper", AT)
    assert not hand_over(store)
    store.runs.finish(run, AT, "finished", {})
    assert hand_over(store)


def test_a_hidden_article_stays_hidden(store: Store) -> None:
    hide(store.db, [URL], AT, "asked for")
    assert hand_over(store)
    row = store.db.get("articles", 1)
    assert (row["source"], row["state"], row["next_check_at"]) == ("the_paper", "hidden", None)


def crawled(store: Store) -> None:
    """The old source, which reads a feed and was unwell when it was last crawled."""
    store.feeds.declare("paper", [FEED], from_iso(AT))
    run = store.runs.start("paper", AT)
    store.runs.finish(run, AT, "finished", {}, "none of 1 feeds could be read")
    run = store.runs.start("the_paper", AT)
    store.runs.finish(run, AT, "finished", {})


def test_a_source_whose_articles_all_went_is_in_no_list(store: Store) -> None:
    crawled(store)
    assert not store.ownership.close("paper", "the_paper", AT)
    hand_over(store)
    assert store.ownership.close("paper", "the_paper", AT)
    health = Health(store.db)
    assert health.sources() == ["the_paper"]
    assert [row.source for row in health.overview(from_iso(AT))] == ["the_paper"]
    assert health.renamed("paper") == "the_paper"
    assert store.queue.next_due("paper") is None
    assert store.db.count("feeds") == 1


def test_it_is_in_the_lists_again_when_it_is_crawled_again(store: Store) -> None:
    crawled(store)
    hand_over(store)
    store.ownership.close("paper", "the_paper", AT)
    store.runs.finish(store.runs.start("paper", AT), AT, "finished", {})
    assert Health(store.db).sources() == ["paper", "the_paper"]


def test_a_source_renamed_twice_leads_to_its_last_name(store: Store) -> None:
    crawled(store)
    for old, new in (("paper", "the_paper"), ("the_paper", "third")):
        hand_over(store, new)
        store.ownership.close(old, new, AT)
    health = Health(store.db)
    assert (health.renamed("paper"), health.renamed("the_paper")) == ("third", "third")


def test_articles_that_a_feed_lists_and_another_source_has(store: Store) -> None:
    store.feeds.declare("the_paper", [FEED], from_iso(AT))
    now = from_iso(AT)
    (feed,) = store.feeds.claim("the_paper", 1, now, now + timedelta(hours=1))
    store.feeds.note(feed, [FeedEntry(URL, "mark"), FeedEntry(f"{URL}/unknown", "mark")], now)
    assert store.ownership.listed(feed.id, "the_paper") == [Owned(1, URL, "paper")]
    assert store.ownership.listed(feed.id, "paper") == []


def test_versions_keep_their_numbers_and_texts(store: Store) -> None:
    add_version(store, 1, 3, BEFORE, AT)
    hand_over(store)
    records = Records(store.db)
    assert [version.number for version in records.versions(1)] == [1, 2, 3]
    assert records.blocks(1, 2) == AFTER


BY_ARTICLE = {
    "articles",
    "versions",
    "change_labels",
    "passages_fts",
    "removals_fts",
    "changes",
    "taken_out",
    "stories",
    "version_texts",
    "passage_texts",
}
BY_SOURCE = {
    "feeds",
    "hosts",
    "runs",
    "false_validators",
    "baseline_rates",
    "renamed_sources",
    "clock_faults",
    "selectors",
    "outside_links",
    "boilerplate",
    "sources",
}


def test_every_column_that_names_a_source_is_known_here() -> None:
    """A new table with a column ``source`` goes over with its article, or stays as history."""
    named = {name for name, table in TABLES.items() if "source" in table.columns}
    assert named == BY_ARTICLE | BY_SOURCE
