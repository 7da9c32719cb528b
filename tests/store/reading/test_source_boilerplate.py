"""What a source sets beside its stories, as readers are told."""

from __future__ import annotations

from newsdiff_crawler.items import Block
from newsdiff_crawler.store import Store
from newsdiff_crawler.store.reading.records import Records
from newsdiff_crawler.store.reading.source_boilerplate import BoilerplateText
from tests.support.other_texts import AT, learn_boilerplate
from tests.support.records import FIRST_SEEN, URL, add_article, story

BOX = "Sign up to our morning letter"


def with_box(title: str) -> list[Block]:
    return story(title, "Rain fell.", BOX)


def test_a_text_is_told_with_how_many_articles_have_it_and_since_when(
    store: Store, records: Records
) -> None:
    for number in range(3):
        add_article(store, with_box(f"Story {number}"), url=f"{URL}{number}")
    learn_boilerplate(store, "paper", BOX)
    assert records.boilerplate.of("paper") == [BoilerplateText(BOX, 3, FIRST_SEEN, AT)]
    assert records.boilerplate.of("herald") == []


def test_those_of_the_most_articles_come_first_and_no_more_than_asked_for(
    store: Store, records: Records
) -> None:
    add_article(store, with_box("Story"))
    learn_boilerplate(store, "paper", "Rare", BOX)
    assert [each.text for each in records.boilerplate.of("paper")] == [BOX, "Rare"]
    assert [each.text for each in records.boilerplate.of("paper", limit=1)] == [BOX]


def test_the_headline_of_a_hidden_article_is_not_told(store: Store, records: Records) -> None:
    hidden = add_article(store, story("Mayor named in papers", "He denies it."))
    learn_boilerplate(store, "paper", "MAYOR named in papers", BOX)
    store.db.update("articles", hidden, {"state": "hidden"})
    assert [each.text for each in records.boilerplate.of("paper", limit=2)] == [BOX]


def test_blocks_of_a_text_are_known_whatever_their_case(store: Store, records: Records) -> None:
    learn_boilerplate(store, "paper", BOX)
    box, other = Block("list_item", BOX.upper()), Block("paragraph", "Rain fell.")
    assert records.boilerplate.among("paper", [box, other]) == {box}
    assert records.boilerplate.among("herald", [box, other]) == set()
    assert records.boilerplate.among("paper", []) == set()


def test_a_headline_and_a_correction_are_the_storys(store: Store, records: Records) -> None:
    correction = "Correction: an earlier version misspelt a name."
    learn_boilerplate(store, "paper", BOX, correction)
    blocks = [Block("headline", BOX), Block("paragraph", correction)]
    assert records.boilerplate.among("paper", blocks) == set()
