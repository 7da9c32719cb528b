"""What readers get to see of the record."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsdiff_crawler.store import Store
from newsdiff_crawler.store.engine.errors import DatabaseError
from newsdiff_crawler.store.reading.changes import ChangeFilter
from newsdiff_crawler.store.reading.records import Records, VersionFacts
from tests.support.other_texts import NOTICE, make_first_placeholder, make_placeholder
from tests.support.records import FIRST_SEEN, URL, add_article, story

ONE, TWO, THREE = (story("Title", text) for text in ("First words.", "Second words.", "Third."))


def test_versions_read_back_in_order(store: Store, records: Records) -> None:
    article_id = add_article(store, ONE, TWO)
    assert records.versions(article_id) == [
        VersionFacts(1, "2025-04-22T14:00:00Z", "Title", None, 3, "paper/2026"),
        VersionFacts(2, "2025-04-22T14:33:00Z", "Title", None, 3, "paper/2026", compared_with=1),
    ]
    assert records.blocks(article_id, 2) == TWO
    assert records.blocks(article_id, 3) == []


def test_an_article_knows_how_often_it_changed(store: Store, records: Records) -> None:
    article = records.article(add_article(store, ONE, TWO, THREE))
    assert article is not None
    assert (article.version_count, article.change_count) == (3, 2)
    assert article.first_seen_at == "2025-04-22T14:00:00Z"


def test_an_article_is_found_by_any_url_that_led_to_it(store: Store, records: Records) -> None:
    article_id = add_article(store, ONE)
    store.db.insert("article_urls", {"url": f"{URL}?old", "article_id": article_id})
    assert (
        records.article_at(f"{URL}?old") == records.article_at(URL) == records.article(article_id)
    )
    assert records.article_at(f"{URL}?unknown") is None


def test_a_hidden_article_is_not_there(store: Store, records: Records) -> None:
    article_id = add_article(store, ONE, TWO)
    store.db.update("articles", article_id, {"state": "hidden"})
    assert records.article(article_id) is None
    assert records.is_hidden(article_id)
    assert records.changes.latest(ChangeFilter(with_minor=True)) == []


def test_an_article_without_a_version_is_not_there(store: Store, records: Records) -> None:
    article_id = add_article(store)
    assert records.article(article_id) is None
    assert not records.is_hidden(article_id)


def test_an_article_is_found_by_any_url_it_ever_had(store: Store, records: Records) -> None:
    article_id = add_article(store, ONE)
    store.identities.settle(article_id, "https://news.example/canonical", FIRST_SEEN)
    assert records.find([URL]) == article_id
    assert records.find(["https://other.example/", "https://news.example/canonical"]) == article_id
    assert records.find(["https://other.example/"]) is None


def test_sources_are_those_with_articles_in_alphabetical_order(
    store: Store, records: Records
) -> None:
    assert records.sources() == []
    for number, source in enumerate(["times", "bbc", "times"]):
        add_article(store, ONE, source=source, url=f"{URL}{number}")
    assert records.sources() == ["bbc", "times"]


def test_the_database_cannot_be_written_to(store: Store, tmp_path: Path) -> None:
    with (
        Records.open(tmp_path) as records,
        pytest.raises(DatabaseError, match="it is read-only"),
    ):
        records._db.execute("delete from articles")


@pytest.mark.parametrize(
    ("before", "after", "differing"),
    [
        ("abcd", "axcd", ("b", "x")),
        ("abcd", "abcd", ("", "")),
        ("ab", "abcd", ("", "cd")),
        ("aab", "ab", ("a", "")),
        ("abcd", "dbca", ("abcd", "dbca")),
    ],
)
def test_what_two_versions_begin_and_end_with_is_left_out(
    store: Store, tmp_path: Path, before: str, after: str, differing: tuple[str, str]
) -> None:
    add_article(store, story("Rain", *before), story("Rain", "z"), story("Rain", *after))
    with Records.open(tmp_path) as records:
        texts = records.differing(1, 1, 3)
    assert tuple("".join(block.text for block in side) for side in texts) == differing


def test_a_version_says_what_it_is_compared_with_and_whether_it_is_the_story(
    store: Store, records: Records
) -> None:
    add_article(store, ONE, NOTICE, TWO)
    make_placeholder(store, 1, 2)
    told = [
        (each.number, each.compared_with, each.minor, each.is_placeholder)
        for each in records.versions(1)
    ]
    assert told == [(1, None, None, False), (2, 1, "page", True), (3, 1, None, False)]
    assert records.version(1, 3) == records.versions(1)[2]


def test_the_first_version_of_a_story_after_a_placeholder_is_compared_with_none(
    store: Store, records: Records
) -> None:
    add_article(store, NOTICE, ONE)
    make_first_placeholder(store, 1)
    told = [(each.compared_with, each.minor, each.is_placeholder) for each in records.versions(1)]
    assert told == [(None, None, True), (None, None, False)]
