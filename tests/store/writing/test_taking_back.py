"""A version that turns out to be a placeholder is marked, or was never read; what comes after it is
compared with what was there before."""

from __future__ import annotations

import json
from typing import Any

import pytest

from newsdiff_crawler.items import Block
from newsdiff_crawler.store import Store
from newsdiff_crawler.store.reading.records import Records
from newsdiff_crawler.store.reading.search import SearchQuery
from tests.support.records import FIRST_SEEN, URL, add_article, add_version, story

AT = "2025-04-23T14:00:00Z"
WHY = "stands at other addresses too"
KEPT = "It rained for the third day in the valley, the mayor said."
LOSS = "The council lost 12 million pounds."
RAIN = story("Rain in the valley", KEPT, LOSS)
WALL = story("Back in a minute", "Our engineers are busy with the cables.")
HEALED = RAIN
EDITED = story("Rain in the valley", KEPT, "The council lost 15 million pounds.")


def take_back(store: Store, article: int, number: int) -> None:
    store.taking_back.placeholder(article, number, WHY, AT)


def minor(store: Store) -> list[Any]:
    return [row["minor"] for row in store.db.query("select minor from versions order by number")]


def article_row(store: Store, article: int) -> dict[str, Any]:
    return store.db.get("articles", article)


def found(records: Records, text: str, where: str = "anywhere") -> list[str]:
    query = SearchQuery(text, where=where) if where != "anywhere" else SearchQuery(text)  # type: ignore[arg-type]
    return [hit.text for hit in records.search.find(query).hits]


def spans(store: Store) -> dict[str, tuple[int, int]]:
    rows = store.db.query("select text, first_version, last_version from passages")
    return {row["text"]: (row["first_version"], row["last_version"]) for row in rows}


# --- The newest version ---------------------------------------------------------------------------


def test_the_newest_version_is_marked_and_the_article_says_what_it_said_before(
    store: Store,
) -> None:
    article = add_article(store, RAIN, WALL)
    take_back(store, article, 2)
    row = article_row(store, article)
    assert minor(store) == [None, "page"]
    assert (row["title"], row["version_count"], row["change_count"]) == (RAIN[0].text, 2, 0)
    assert (row["last_real_change_at"], row["last_changed_at"]) == (None, FIRST_SEEN)
    (first,) = store.db.query("select content_hash from versions where number = 1")
    assert row["seen_hash"] == first["content_hash"]
    assert (row["etag"], row["body_hash"], row["not_modified"]) == (None, None, 0)


def test_what_it_took_out_was_not_taken_out(store: Store, records: Records) -> None:
    article = add_article(store, RAIN, WALL)
    assert set(found(records, "the", "removed")) == {KEPT, LOSS}
    take_back(store, article, 2)
    assert found(records, "the", "removed") == []
    assert spans(store)[KEPT] == (1, 1)


def test_the_next_text_is_compared_with_the_one_before_it(store: Store) -> None:
    article = add_article(store, RAIN, WALL)
    take_back(store, article, 2)
    add_version(store, article, 3, EDITED, AT)
    (third,) = store.db.query("select * from versions where number = 3")
    assert (third["compared_with"], third["minor"], third["blocks_edited"]) == (1, None, 1)
    assert article_row(store, article)["change_count"] == 1


def test_a_second_time_changes_nothing(store: Store) -> None:
    article = add_article(store, RAIN, WALL)
    take_back(store, article, 2)
    before = article_row(store, article)
    take_back(store, article, 2)
    take_back(store, article, 7)
    assert article_row(store, article) == before


# --- One that healed ------------------------------------------------------------------------------


def test_a_story_that_came_back_unchanged_was_always_there(store: Store, records: Records) -> None:
    article = add_article(store, RAIN, WALL, HEALED)
    take_back(store, article, 2)
    assert minor(store) == [None, "page", "page"]
    assert article_row(store, article)["change_count"] == 0
    assert spans(store)[LOSS] == (1, 3)
    assert found(records, "the", "removed") == []


def test_a_story_that_came_back_edited_has_that_one_change(store: Store, records: Records) -> None:
    article = add_article(store, RAIN, WALL, EDITED)
    take_back(store, article, 2)
    assert minor(store) == [None, "page", None]
    (third,) = store.db.query("select * from versions where number = 3")
    assert (third["compared_with"], third["blocks_edited"], third["blocks_added"]) == (1, 1, 0)
    assert article_row(store, article)["change_count"] == 1
    assert found(records, "the", "removed") == [LOSS]


@pytest.mark.parametrize("order", [(2, 3), (3, 2)])
def test_the_story_after_several_of_them_has_that_one_change(
    store: Store, records: Records, order: tuple[int, int]
) -> None:
    closed = story("We are closed today", "Nothing to be seen here for now, come back.")
    article = add_article(store, RAIN, WALL, closed, EDITED)
    for number in order:
        take_back(store, article, number)
    assert found(records, "cables", "removed") == found(records, "closed", "removed") == []
    assert found(records, "12 million", "removed") == [LOSS]
    change = next(each for each in records.changes.of(article) if each.to_version == 4)
    assert (change.from_version, change.counts.blocks_edited, change.counts.blocks_added) == (
        1,
        1,
        0,
    )


def test_its_labels_are_those_of_the_change_that_it_is(store: Store) -> None:
    article = add_article(store, RAIN, WALL, EDITED)
    take_back(store, article, 2)
    (third,) = store.db.query("select labels from versions where number = 3")
    labelled = store.db.query("select label from change_labels where number = 3 order by label")
    assert "figures" in json.loads(third["labels"])
    assert [row["label"] for row in labelled] == sorted(json.loads(third["labels"]))


def test_the_first_version_leaves_the_story_after_it_as_no_change(store: Store) -> None:
    article = add_article(store, WALL, RAIN, EDITED)
    take_back(store, article, 1)
    assert minor(store) == ["page", "page", None]
    assert article_row(store, article)["change_count"] == 1


# --- Never read -----------------------------------------------------------------------------------


def test_an_only_version_was_never_read(store: Store, records: Records) -> None:
    article = add_article(store, WALL)
    store.db.update("articles", article, {"next_check_at": "2025-05-01T00:00:00Z"})
    take_back(store, article, 1)
    row = article_row(store, article)
    assert (row["version_count"], row["title"], row["seen_hash"]) == (0, None, None)
    assert (row["last_error"], row["next_check_at"], row["state"]) == (WHY, AT, "live")
    assert store.db.count("versions") == store.db.count("passages") == 0
    assert found(records, "engineers") == []
    assert store.addresses.of(article)[0].answered_at is None
    (kept,) = store.db.query("select * from other_texts")
    assert (kept["article_id"], kept["title"], kept["reason"]) == (article, WALL[0].text, WHY)


def test_nor_was_one_whose_versions_were_all_the_same_placeholder(store: Store) -> None:
    other = [*WALL, Block("paragraph", "They will be a while.")]
    article = add_article(store, WALL, other)
    take_back(store, article, 1)
    assert article_row(store, article)["version_count"] == 2
    take_back(store, article, 2)
    assert article_row(store, article)["version_count"] == 0


def test_an_article_that_was_never_read_begins_anew(store: Store, records: Records) -> None:
    article = add_article(store, WALL)
    take_back(store, article, 1)
    add_version(store, article, 1, RAIN, AT)
    assert found(records, "rained") == [KEPT]
    assert minor(store) == [None]
    assert article_row(store, article)["last_error"] is None


def test_all_that_an_article_said_can_be_taken_back(store: Store, records: Records) -> None:
    article = add_article(store, RAIN, WALL, EDITED)
    other = add_article(store, RAIN, EDITED, url=f"{URL}-2")
    store.taking_back.unread(article, WHY, AT)
    of_it = {"id": article}
    for table in ("versions", "passages", "change_labels", "source_blocks"):
        rows = store.db.query(f"select 1 from {table} where article_id = :id", of_it)
        assert rows == [], table
    assert [hit.article_id for hit in records.search.find(SearchQuery("council")).hits] == [
        other,
        other,
    ]
    assert store.db.count("removals") == 1
    row = article_row(store, article)
    assert (row["version_count"], row["change_count"], row["last_real_change_at"]) == (0, 0, None)
    titles = [row["title"] for row in store.db.query("select title from other_texts order by id")]
    assert sorted(titles) == sorted([WALL[0].text, RAIN[0].text, EDITED[0].text])


@pytest.mark.parametrize("state", ["hidden", "gone", "retired"])
def test_what_is_not_checked_any_more_does_not_become_due(store: Store, state: str) -> None:
    article = add_article(store, WALL)
    store.db.update("articles", article, {"state": state, "next_check_at": None})
    take_back(store, article, 1)
    assert article_row(store, article)["next_check_at"] is None


def test_figures_are_as_if_it_had_never_been(store: Store, records: Records) -> None:
    add_article(store, RAIN, EDITED)
    before = records.statistics.of("paper")
    take_back(store, add_article(store, WALL, url=f"{URL}-2"), 1)
    assert records.statistics.of("paper") == before
