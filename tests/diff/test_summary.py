from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdiff_crawler.diff import compare, count_changes, summarise_in_detail
from newsdiff_crawler.items import Block, ChangeCounts
from newsdiff_crawler.text import normalise
from tests.support.notation import paragraphs

FIRE = "The fire at the old mill killed 12 people in the night."
RIVER = "The river had been rising for three days before the dam gave way."
BRIDGE = "Nobody may cross the old bridge until it has been inspected."
HEADLINE = Block("headline", "Fire at the mill")


def sentence(before: list[Block], after: list[Block]) -> str:
    return summarise_in_detail(compare(before, after)).sentence


def test_words_and_blocks_are_counted_by_what_became_of_them() -> None:
    before = [HEADLINE, *paragraphs(FIRE, RIVER, "Gone it is.")]
    after = [Block("headline", "Blaze at the mill"), *paragraphs(RIVER, FIRE[:-1] + " long ago.")]
    assert count_changes(compare(before, after)) == ChangeCounts(
        words_added=3,
        words_removed=4,
        blocks_removed=1,
        blocks_edited=1,
        blocks_moved=1,
        title_changed=True,
    )


def test_cosmetic_changes_are_not_counted() -> None:
    before, after = [Block("headline", "“Fire”")], [Block("headline", '"FIRE"')]
    assert count_changes(compare(before, after)) == ChangeCounts()


def test_a_paragraph_split_without_other_change_is_not_counted() -> None:
    split = compare(paragraphs(f"{FIRE} {RIVER}"), paragraphs(FIRE, RIVER))
    assert count_changes(split) == ChangeCounts()


def test_words_that_only_moved_are_neither_added_nor_removed() -> None:
    counts = count_changes(compare(paragraphs(FIRE, RIVER), paragraphs(RIVER, FIRE)))
    assert (counts.words_added, counts.words_removed, counts.blocks_moved) == (0, 0, 1)


def test_the_sentence_names_headline_paragraphs_and_a_figure() -> None:
    before = [HEADLINE, *paragraphs(FIRE, "Nobody knows why it all began.")]
    after = [
        Block("headline", "Blaze kills many"),
        *paragraphs(FIRE.replace("12", "14"), RIVER, BRIDGE),
    ]
    assert sentence(before, after) == (
        "Figure changed: 12 → 14; headline rewritten; 2 paragraphs added, 1 removed, 1 edited"
    )


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([FIRE], [FIRE], "Nothing changed"),
        ([FIRE], [FIRE.upper()], "Only punctuation, case or spacing changed"),
        ([FIRE], [FIRE, RIVER], "1 paragraph added"),
        ([FIRE, RIVER], [RIVER, FIRE], "1 paragraph moved"),
        (
            [FIRE],
            [FIRE, "Correction: the mill is new."],
            "Correction notice added; 1 paragraph added",
        ),
        (
            [FIRE],
            [FIRE.replace("the night", "Old Wexmoor")],
            "1 paragraph edited; a name added (Old Wexmoor)",
        ),
        (
            ["The minister Anna Berg opened the bridge on the day."],
            ["The premier Anna Berg opened the bridge on the day."],
            "Title changed: minister → premier; 1 paragraph edited",
        ),
        (
            ["The mayor Ana Kovak said on the radio that the bridge would open."],
            ["The mayor Ana Kovac said on the radio that the bridge would open."],
            "Name spelt otherwise: Ana Kovak → Ana Kovac; 1 paragraph edited",
        ),
        (
            ["A man in his 20s was hurt when the roof of the mill came down."],
            ["A man, 26, was hurt when the roof of the mill came down."],
            "Figure made precise: 20s → 26; 1 paragraph edited",
        ),
        (
            ["The old mill will be sold in the autumn, the owner announced."],
            ["The old mill will be sold in the autumn, the owner confirmed."],
            "1 paragraph edited; attribution changed: announced → confirmed",
        ),
    ],
)
def test_the_sentence(before: list[str], after: list[str], expected: str) -> None:
    assert sentence(paragraphs(*before), paragraphs(*after)) == expected


def test_standfirst_byline_and_caption_are_named_once_each() -> None:
    before = [Block("standfirst", "So far"), Block("byline", "A"), Block("caption", "One here.")]
    after = [Block("standfirst", "No more"), Block("byline", "B"), Block("headline", "New")]
    assert sentence(before, after) == (
        "Standfirst rewritten; byline changed; caption removed; headline added"
    )


def test_one_figure_in_two_places_is_named_once() -> None:
    before = [Block("headline", "Twelve die in fire"), *paragraphs(FIRE)]
    after = [Block("headline", "Fourteen die in fire"), *paragraphs(FIRE.replace("12", "14"))]
    assert sentence(before, after) == (
        "Figure changed: 12 → 14; headline rewritten; 1 paragraph edited"
    )


def test_the_line_leads_with_what_was_altered_and_says_how_much_more() -> None:
    before = "The mill was built in 1987 by two men of Lyon."
    after = "The mill was built in 1978 by two men of Lille."
    assert sentence(paragraphs(before), paragraphs(after)) == (
        "Figure altered: 1987 → 1978; name altered: Lyon → Lille; 1 paragraph edited"
    )


def test_a_story_that_grew_says_from_what() -> None:
    added = [f"{RIVER} It was day {n}." for n in range(4)]
    assert sentence(paragraphs(FIRE), paragraphs(FIRE, *added)).startswith(
        "Grew from 1 to 5 paragraphs; 4 paragraphs added"
    )


def test_a_story_of_which_little_stayed_was_rewritten() -> None:
    before = [FIRE, "Nobody knows why it all began.", "The hall is closed until spring comes."]
    after = ["Bakers won the cup at last.", BRIDGE, "She had trained for it for years."]
    assert sentence(paragraphs(*before), paragraphs(*after)).startswith("Rewritten; ")


WORDS = """
    the a mill Lyon Lille 12 31 1987 £4m “we never sell” not never may murder fraud Ana Petrovic
    said Correction: this article was amended. On Monday
"""
_words = st.sampled_from(WORDS.split())
_texts = st.lists(st.lists(_words, min_size=1, max_size=30).map(" ".join), max_size=12)


@given(before=_texts, after=_texts, long=st.text(max_size=200))
def test_the_line_is_one_line_of_less_than_100_characters(
    before: list[str], after: list[str], long: str
) -> None:
    line = sentence(
        paragraphs(*before), [Block("headline", f"X{normalise(long)}"), *paragraphs(*after)]
    )
    assert 0 < len(line) < 100
    assert len(line.splitlines()) == 1


def test_the_share_is_of_the_characters_of_both_versions() -> None:
    assert (
        summarise_in_detail(compare(paragraphs("abcd"), paragraphs("abcd", "efghijkl"))).share
        == 0.5
    )


def test_the_share_of_nothing_is_nothing() -> None:
    assert summarise_in_detail(compare([], [])).share == 0


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ("The council will vote on it.", "The council voted on it.", "Now told: will vote → voted"),
        ("A person was hurt in it.", "A woman was hurt in it.", "Made precise: person → woman"),
    ],
)
def test_a_line_tells_what_came_true_and_what_is_said_exactly(
    before: str, after: str, line: str
) -> None:
    assert sentence(paragraphs(before), paragraphs(after)) == f"{line}; 1 paragraph edited"


def test_a_spelling_put_right_is_told_last() -> None:
    before, after = paragraphs("She recieved it at noon."), paragraphs("She received it at noon.")
    line = "1 paragraph edited; spelling put right: recieved → received"
    assert sentence(before, after) == line
