"""Which blocks can be a site's, and two texts without those that are."""

from __future__ import annotations

import pytest

from newsdiff_crawler.diff import changed_blocks, may_be_boilerplate, without
from newsdiff_crawler.items import Block
from tests.support.records import story

SIGN_UP = Block("paragraph", "Sign up for our evening letter.")


@pytest.mark.parametrize(
    "block",
    [
        Block("paragraph", "Correction: the bridge closes on Monday, not on Tuesday."),
        Block("paragraph", "This article was amended on 3 March."),
        Block("headline", "Sign up for our evening letter."),
        Block("byline", "A Reporter"),
        Block("paragraph", "The council met for five hours on Monday evening. " * 6),
    ],
)
def test_a_correction_a_headline_a_byline_and_a_long_text_are_the_storys(block: Block) -> None:
    assert not may_be_boilerplate(block)
    assert without([block], {block.text}) == [block]


def test_what_only_one_of_two_texts_has_what_came_first() -> None:
    before, after = story("Bridge", "One.", "Two."), [*story("Bridge", "One."), SIGN_UP]
    assert [block.text for block in changed_blocks(before, after)] == [SIGN_UP.text, "Two."]


def test_a_text_without_what_is_the_sites() -> None:
    assert without([*story("Bridge", "One."), SIGN_UP], {SIGN_UP.text}) == story("Bridge", "One.")
