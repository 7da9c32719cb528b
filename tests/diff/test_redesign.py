"""What many pages have in common that changed at once is told from what each newsroom edit is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdiff_crawler.diff import compare, sort_out
from newsdiff_crawler.diff.redesign import Sorted
from newsdiff_crawler.items import Block
from tests.support.records import story

PAGES = range(12)
PLACES = ("harbour", "mill", "bridge", "school", "market", "river", "court", "station")


def text(number: int, edit: str = "") -> list[Block]:
    place = PLACES[number % 8]
    return story(
        f"Report {number} from the {place}",
        f"The {place} was closed for {number} hours on Monday, the council said.",
        f"Nobody knows what the {place} will cost, and {number + 3} people asked. {edit}".strip(),
        f"The {place} opened in {1900 + number} and has been repaired twice since then.",
        "A vote is planned for the end of the month, after the budget is known to all.",
    )


def sorted_out(
    redesigned: Callable[[list[Block], int], list[Block]], edited: Sequence[int] = ()
) -> dict[int, Sorted]:
    """Of pages that all changed in one way, some of them by the newsroom too."""
    edit = "The mayor of {} resigned on Tuesday."
    return sort_out({
        number: compare(
            text(number),
            redesigned(text(number, edit.format(number) if number in edited else ""), number),
        )
        for number in PAGES
    }, len(PAGES))  # fmt: skip


def box(blocks: list[Block], number: int) -> list[Block]:
    """A box of its own headlines in mid-text, on each page others."""
    teasers = [f"Why the {PLACES[number % 7]} {number} matters", f"Five things on page {number}"]
    return [*blocks[:3], *(Block("paragraph", teaser) for teaser in teasers), *blocks[3:]]


def end(blocks: list[Block], number: int) -> list[Block]:
    return [*blocks, Block("paragraph", f"Report {number} was filed under local news.")]


def bylines(blocks: list[Block], number: int) -> list[Block]:
    return [blocks[0], Block("byline", f"Reporter {number}"), *blocks[1:]]


def dateline(blocks: list[Block], _: int) -> list[Block]:
    first = Block("paragraph", f"WEXFORD — {blocks[1].text}")
    return [blocks[0], first, *blocks[2:]]


@pytest.mark.parametrize("redesigned", [box, end, bylines, dateline])
def test_what_changed_on_all_pages_is_left_out_and_an_edit_stays(
    redesigned: Callable[[list[Block], int], list[Block]],
) -> None:
    found = sorted_out(redesigned, edited=[3, 7])
    assert [number for number, each in found.items() if each.is_own] == [3, 7]
    assert all((each.before == each.after) is not each.is_own for each in found.values())


@given(st.sets(st.sampled_from(PAGES), max_size=5))
def test_no_edit_is_lost_among_the_boxes(edited: set[int]) -> None:
    found = sorted_out(box, sorted(edited))
    assert {number for number, each in found.items() if each.is_own} == edited


def test_changes_that_have_nothing_in_common_are_the_newsrooms() -> None:
    found = sorted_out(lambda blocks, _: blocks, edited=PAGES)
    assert all(each.is_own for each in found.values())


def test_where_most_pages_changed_in_a_way_of_their_own_too_nothing_is_clear() -> None:
    assert sorted_out(box, edited=PAGES) == {}


def test_where_most_of_each_text_is_another_the_page_is_read_otherwise() -> None:
    def shouted(blocks: list[Block], number: int) -> list[Block]:
        cut = [
            Block("paragraph", f"{block.text[: len(block.text) // 2]} {number}{place}")
            for place, block in enumerate(blocks[1:])
        ]
        return [blocks[0], *cut, *(Block("paragraph", f"Line {number} {n}") for n in range(3))]

    found = sorted_out(shouted)
    assert not any(each.is_own for each in found.values())


def some(
    redesigned: Callable[[list[Block], int], list[Block]], pages: int, changed: int
) -> dict[int, Sorted]:
    """Of so many pages, the first of which changed."""
    return sort_out({n: compare(text(n), redesigned(text(n), n)) for n in range(changed)}, pages)


OWN = ("Fishermen", "Millers", "Drivers", "Teachers", "Traders", "Rowers", "Lawyers", "Commuters")


def own_sentence(blocks: list[Block], number: int) -> list[Block]:
    """In mid-text, in words that are on no other page."""
    told = f"{OWN[number % 8]} of ward {'abcdefghijklmnopqrstuvwxyz'[number]} had asked for that."
    return [*blocks[:3], Block("paragraph", told), *blocks[3:]]


def kicker(blocks: list[Block], number: int) -> list[Block]:
    topic = ("World", "Money", "Sport")[number % 3]
    return [Block("headline", f"{topic}: {blocks[0].text}"), *blocks[1:]]


@pytest.mark.parametrize("redesigned", [own_sentence, kicker])
def test_own_words_in_one_place_are_the_pages_on_most_of_the_pages(
    redesigned: Callable[[list[Block], int], list[Block]],
) -> None:
    found = some(redesigned, pages=20, changed=12)
    assert len(found) == 12
    assert not any(each.is_own for each in found.values())


@pytest.mark.parametrize("redesigned", [own_sentence, kicker])
def test_own_words_in_one_place_are_the_newsrooms_on_few_of_the_pages(
    redesigned: Callable[[list[Block], int], list[Block]],
) -> None:
    found = some(redesigned, pages=40, changed=12)
    assert len(found) == 12
    assert all(each.is_own for each in found.values())


@pytest.mark.parametrize("redesigned", [own_sentence, kicker])
def test_own_words_in_one_place_on_half_of_the_pages_are_not_clear(
    redesigned: Callable[[list[Block], int], list[Block]],
) -> None:
    assert some(redesigned, pages=24, changed=12) == {}


def test_where_half_of_the_pages_are_not_clear_an_edit_elsewhere_is() -> None:
    texts = {n: (text(n), own_sentence(text(n), n)) for n in range(12)}
    texts[12] = (text(12), text(12, "The mayor resigned on Tuesday."))
    found = sort_out({n: compare(*both) for n, both in texts.items()}, 24)
    assert [(n, each.is_own) for n, each in found.items()] == [(12, True)]


def test_a_mark_behind_each_paragraph_hides_no_sentence() -> None:
    def marked(blocks: list[Block], number: int) -> list[Block]:
        new = [Block(each.kind, f"{each.text} ({n})") for n, each in enumerate(blocks[1:], 1)]
        told = Block("paragraph", "Two people were arrested on Thursday, the police said.")
        return [blocks[0], *new[:2], *([told] if number in (3, 7) else []), *new[2:]]

    found = sort_out({n: compare(text(n), marked(text(n), n)) for n in PAGES}, len(PAGES))
    assert [n for n, each in found.items() if each.is_own] == [3, 7]
    assert set(found[3].after) - set(found[3].before) == {
        Block("paragraph", "Two people were arrested on Thursday, the police said.")
    }


def test_what_is_left_of_an_edited_block_is_without_what_is_common() -> None:
    found = sort_out(
        {n: compare(text(n), kicker(renamed(text(n), n), n)) for n in PAGES}, len(PAGES)
    )
    assert found[4].after[0].text == "Report 4 from the old market"
    assert found[5].after == found[5].before


def renamed(blocks: list[Block], number: int) -> list[Block]:
    title = blocks[0].text.replace("the ", "the old ") if number == 4 else blocks[0].text
    return [Block("headline", title), *blocks[1:]]


def test_a_correction_is_the_storys_on_however_many_pages() -> None:
    told = Block("paragraph", "Correction: an earlier version of this article misstated a date.")
    found = some(lambda blocks, _: [*blocks, told], pages=12, changed=12)
    assert all(each.is_own for each in found.values())


def test_blocks_that_many_pages_have_in_common_are_named() -> None:
    found = some(own_sentence, pages=12, changed=12)
    assert found[0].boxes == {"Fishermen of ward a had asked for that."}
