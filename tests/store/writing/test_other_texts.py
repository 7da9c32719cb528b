"""What stood at an article's address and is not its story is kept, and known at other addresses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from newsdiff_crawler.items import Block, FetchedPage
from newsdiff_crawler.store import Store
from newsdiff_crawler.store.writing.other_texts import MOST_OF_AN_ARTICLE, MOST_TWINS
from newsdiff_crawler.store.writing.takedown import hide
from tests.support.records import URL, add_article, add_version, fetched_page, parsed_page, story

AT, LATER = "2025-04-23T08:00:00Z", "2025-04-23T09:00:00Z"
RAIN = story("Rain", "It rained for the third day in the valley.")
WALL = story("Back in a minute", "Our engineers are busy with the cables.")


def page(store: Store, article: int, blocks: Sequence[Block] = WALL, at: str = AT) -> FetchedPage:
    return fetched_page(store, article, parsed_page(blocks), at)


def kept(store: Store) -> list[dict[str, Any]]:
    return store.db.query("select * from other_texts order by id")


def twins(store: Store, fetched: FetchedPage) -> list[tuple[int, int | None]]:
    return [(twin.article_id, twin.number) for twin in store.other_texts.twins(fetched)]


def test_a_text_is_kept_whole_with_its_reason(store: Store) -> None:
    article = add_article(store, RAIN)
    store.other_texts.keep(page(store, article), "a page in the story's place")
    (row,) = kept(store)
    assert (row["article_id"], row["url"], row["title"]) == (article, URL, "Back in a minute")
    assert row["text"] == "Back in a minute\nOur engineers are busy with the cables."
    assert (row["first_at"], row["last_at"], row["looks"]) == (AT, AT, 1)
    assert row["reason"] == "a page in the story's place"


def test_a_second_look_counts_and_says_why_now(store: Store) -> None:
    article = add_article(store, RAIN)
    assert store.other_texts.sighting(page(store, article)) == (0, None)
    store.other_texts.keep(page(store, article), "one")
    store.other_texts.keep(page(store, article, at=LATER), "two")
    assert store.other_texts.sighting(page(store, article)) == (2, AT)
    (row,) = kept(store)
    assert (row["first_at"], row["last_at"], row["reason"]) == (AT, LATER, "two")


def test_looks_are_of_one_address(store: Store) -> None:
    fetched = page(store, add_article(store, RAIN))
    store.other_texts.keep(fetched, "one")
    assert store.other_texts.sighting(replace(fetched, url=f"{URL}-2")) == (0, None)


def test_an_article_keeps_its_latest_only(store: Store) -> None:
    article = add_article(store, RAIN)
    for number in range(MOST_OF_AN_ARTICLE + 3):
        text = story(f"Wall {number}", "Words.")
        store.other_texts.keep(page(store, article, text, f"2025-04-23T08:00:{number:02}Z"), "one")
    titles = [row["title"] for row in kept(store)]
    assert titles == [f"Wall {number}" for number in range(3, MOST_OF_AN_ARTICLE + 3)]


def test_what_becomes_a_version_is_no_other_text(store: Store) -> None:
    article = add_article(store, RAIN)
    store.other_texts.keep(page(store, article), "one")
    store.other_texts.keep(page(store, article, story("Another", "Words.")), "one")
    add_version(store, article, 2, WALL, LATER)
    assert [row["title"] for row in kept(store)] == ["Another"]


def test_a_text_is_found_where_it_is_a_version_and_where_it_is_none(store: Store) -> None:
    one = add_article(store, RAIN, WALL)
    two = add_article(store, RAIN, url=f"{URL}-2")
    three = add_article(store, url=f"{URL}-3")
    store.other_texts.keep(page(store, two), "one")
    assert sorted(twins(store, page(store, three)), key=str) == [(one, 2), (two, None)]
    assert twins(store, page(store, two)) == [(one, 2)]
    assert twins(store, page(store, three, story("Wall", "Other words."))) == []


def test_it_is_found_whatever_the_page_counts_and_whoever_signs(store: Store) -> None:
    text = story("Amiss", "Quote Ray ID 8f1c2d3e to the desk.")
    add_article(store, text)
    other = add_article(store, url=f"{URL}-2")
    same = story("Amiss", "Quote Ray ID 77aa01bc to the desk.")
    assert twins(store, page(store, other, [*same, Block("byline", "A Desk")])) == [(1, 1)]


def test_other_sources_are_none_of_it(store: Store) -> None:
    add_article(store, WALL, url="https://other.example/1", source="other")
    assert twins(store, page(store, add_article(store))) == []


def test_a_twin_says_what_is_known_of_its_article(store: Store) -> None:
    one = add_article(store, WALL)
    store.db.insert("feeds", {"source": "paper", "url": "https://news.example/rss"})
    entry = {"feed": 1, "url": URL, "mark": "a", "title": "Rain in the valley", "guid": ""}
    store.db.insert("feed_entries", entry)
    hide(store.db, [URL], AT, "a request")
    (twin,) = store.other_texts.twins(page(store, add_article(store, url=f"{URL}-2")))
    assert (twin.article_id, twin.url) == (one, URL)
    assert (twin.is_hidden, twin.listed_as) == (True, "Rain in the valley")
    assert store.other_texts.listed_as(URL) == "Rain in the valley"
    assert store.other_texts.listed_as(f"{URL}-2") == ""


def test_twins_are_the_latest_and_few(store: Store) -> None:
    for number in range(MOST_TWINS + 2):
        at = f"2025-04-22T14:00:{number:02}Z"
        add_article(store, WALL, url=f"{URL}-{number}", first_seen_at=at)
    found = store.other_texts.twins(page(store, add_article(store)))
    assert [twin.article_id for twin in found] == [*range(MOST_TWINS + 2, 2, -1)]
