"""A block that is another one at each look is the page's; what the newsroom edits is not."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from newsdiff_crawler.diff import LOOKS, restless
from newsdiff_crawler.items import Block
from tests.support.records import story

REST = ("The mill burned for three days.", "Rain fell at last.", "Nobody was hurt.")
Text = list[Block]


def looks(*makers: Callable[[int], str], number: int = LOOKS + 1) -> list[Text]:
    """Texts with these lines between those that stay, at one look after the other."""
    return [
        story("The mill", REST[0], *(make(look) for make in makers), *REST[1:])
        for look in range(number)
    ]


def readers(look: int) -> str:
    return f"{1200 + 7 * look} people read this"


def teaser(look: int) -> str:
    return f"{'abcdefghijk'[look] * 7}: what to know about the {'mnopqrstuvw'[look] * 5}"


@pytest.mark.parametrize("makers", [(readers,), (teaser,), (readers, teaser)])
def test_a_line_that_is_another_one_each_time_is_found(
    makers: Sequence[Callable[[int], str]],
) -> None:
    found = restless(looks(*makers))
    assert found == {make(look) for make in makers for look in range(LOOKS + 1)}


def test_it_is_found_at_the_ends_of_a_text_too() -> None:
    texts = [story("The mill", readers(look), *REST, teaser(look)) for look in range(LOOKS + 1)]
    assert len(restless(texts)) == 2 * (LOOKS + 1)


def test_only_the_last_looks_are_asked() -> None:
    older = [story("The mill", *REST)] * 3
    assert len(restless([*older, *looks(readers)])) == LOOKS + 1


def test_fewer_looks_tell_nothing() -> None:
    assert restless(looks(readers, number=LOOKS)) == frozenset()


def test_a_line_that_stayed_once_is_no_such_line() -> None:
    assert restless(looks(lambda look: readers(min(look, 3)))) == frozenset()


def test_the_newest_look_may_bring_an_edit_besides_which_is_no_part_of_it() -> None:
    *before, last = looks(readers)
    edited = [Block("paragraph", "A man died.") if each.text == REST[2] else each for each in last]
    assert restless([*before, edited]) == {readers(look) for look in range(LOOKS + 1)}


def test_an_edit_beside_it_is_no_part_of_it() -> None:
    texts = looks(readers, lambda look: "A man died." if look > 2 else "A man was hurt.")
    assert restless(texts) == {readers(look) for look in range(LOOKS + 1)}


def test_where_more_changes_time_and_again_the_newsroom_is_at_work() -> None:
    texts = looks(readers, lambda look: f"The fire spread to {look // 2} houses.")
    assert restless(texts) == frozenset()


@pytest.mark.parametrize("kind", ["headline", "standfirst", "byline"])
def test_headline_standfirst_and_byline_are_the_newsrooms(kind: str) -> None:
    texts = [
        [*story("The mill")[:0], Block(kind, readers(look)), *story("x", *REST)[1:]]  # type: ignore[arg-type]
        for look in range(LOOKS + 1)
    ]
    assert restless(texts) == frozenset()


@pytest.mark.parametrize(
    "line",
    [
        lambda look: f"Correction: an earlier version said that {look + 2} men died.",
        lambda look: (
            f"The fire spread to {look + 2} houses. " + "The wind came from the west. " * 9
        ),
    ],
    ids=["a correction", "a long paragraph"],
)
def test_corrections_and_long_paragraphs_are_the_newsrooms(line: Callable[[int], str]) -> None:
    assert restless(looks(line)) == frozenset()


def test_a_line_that_comes_and_goes_is_no_such_line() -> None:
    texts = looks(readers)
    texts[3] = story("The mill", *REST)
    assert restless(texts) == frozenset()
