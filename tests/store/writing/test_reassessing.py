"""What the record said of a change is corrected once more is known."""

from __future__ import annotations

import pytest

from newsdiff_crawler.items import Block
from newsdiff_crawler.store import Store
from newsdiff_crawler.times import from_iso
from tests.support.records import FIRST_SEEN, add_article, empty_store, story

TEXT = story("The mill burns", "It began at noon.", "Nobody was hurt in the mill.")
LONG = "The mill was built by two brothers from the valley, who had no money and much time. " * 4
BOX = [Block("subheading", "In brief"), Block("quote", LONG.strip())]
EDIT = Block("paragraph", "The fire was out by the evening.")


@pytest.fixture
def store() -> Store:
    return empty_store()


def learn(store: Store) -> None:
    """What a redesign was found to have set on the pages."""
    store.boilerplate.learn("paper", [block.text for block in BOX], from_iso(FIRST_SEEN))


def change(store: Store) -> tuple[str | None, int, int]:
    """Why the second version does not count, and the blocks that it added and took out."""
    (row,) = store.db.execute(
        "select minor, blocks_added, blocks_removed from versions where number = 2"
    )
    return tuple(row)


def without_boxes(store: Store) -> bool:
    """Counts the second version anew; whether something is left."""
    boxes = store.reassessing
    return boxes.for_boxes("paper", 1, 2, boxes.texts(1, 2))


def test_a_box_that_is_known_goes_as_it_came_however_long_it_is(store: Store) -> None:
    add_article(store, TEXT + BOX, TEXT)
    learn(store)
    assert not without_boxes(store)
    assert change(store) == ("page", 0, 0)


def test_an_edit_that_comes_as_a_known_box_goes_is_left(store: Store) -> None:
    add_article(store, TEXT + BOX, [*TEXT, EDIT])
    learn(store)
    assert without_boxes(store)
    assert change(store) == (None, 1, 0)


def test_what_a_known_box_repeats_of_the_story_goes_with_it(store: Store) -> None:
    repeated = Block("list_item", TEXT[2].text)
    add_article(store, [*TEXT, BOX[0], repeated], TEXT)
    learn(store)
    assert not without_boxes(store)


def test_a_change_without_a_known_box_stays_as_it_was_counted(store: Store) -> None:
    add_article(store, TEXT + BOX, TEXT)
    assert without_boxes(store)
    assert change(store) == (None, 0, 2)


def test_what_a_redesign_did_is_not_counted_again_for_a_short_box(store: Store) -> None:
    add_article(store, TEXT, [*TEXT, EDIT, *BOX])
    store.reassessing.recount(1, 2, TEXT, [*TEXT, EDIT])
    learn(store)
    store.reassessing.for_boilerplate("paper", 1, 2, from_iso(FIRST_SEEN))
    assert change(store) == (None, 1, 0)


def test_an_edit_under_another_parser_that_is_believed_counts_with_what_it_took_out(
    store: Store,
) -> None:
    add_article(store, TEXT, [*TEXT[:2], EDIT])
    store.db.execute("update versions set parser_changed = 1 where number = 2")
    store.db.execute("delete from removals")
    assert store.reassessing.read_otherwise("paper", FIRST_SEEN) == [(1, 2)]
    store.reassessing.believe(1, 2)
    assert change(store)[0] is None
    ((counted,),) = store.db.execute("select change_count from articles")
    assert counted == 1
    taken = """select p.text from removals r join passages p on p.id = r.passage_id"""
    assert [tuple(row) for row in store.db.execute(taken)] == [(TEXT[2].text,)]
