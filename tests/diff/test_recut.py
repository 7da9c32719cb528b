"""Paragraphs that were cut anew and edited at once face each other in one row."""

from __future__ import annotations

from newsdiff_crawler.diff import compare, summarise
from newsdiff_crawler.items import Block
from tests.support.notation import paragraphs, rows

MILL = "The fire at the old mill killed 12 people on Monday night."
RIVER = "The river had been rising for three days before the dam gave way."
MAYOR = "The mayor said that nobody had told her of the cracks in the wall."
BRIDGE = "Nobody may cross the old bridge until it has been inspected again."
FERRY = "Two ferries now carry the children of the island to their school."


def test_a_word_that_gave_way_in_a_sentence_that_crossed_is_told() -> None:
    before = paragraphs(f"{MILL} {RIVER}", f"{MAYOR} {BRIDGE}")
    after = paragraphs(MILL, f"{RIVER.replace('three', 'four')} {MAYOR} {BRIDGE}")
    diff = compare(before, after)
    assert rows(diff) == [
        (
            "edited",
            f"{MILL}[-~ -]{RIVER.replace('three', '[-three-]')} | {MAYOR} {BRIDGE}",
            f"{MILL} | {RIVER.replace('three', '{+four+}')}{{+~ +}}{MAYOR} {BRIDGE}",
        )
    ]
    assert summarise(diff).sentence == "Figure changed: three days → four days; 1 paragraph edited"


def test_an_edit_beside_a_sentence_that_crossed_is_told_in_the_same_row() -> None:
    before = paragraphs(MILL, f"{RIVER} {MAYOR}", BRIDGE)
    after = paragraphs(f"{MILL.replace('12', '14')} {RIVER}", MAYOR, BRIDGE)
    assert [(row.edit, len(row.before), len(row.after)) for row in compare(before, after).rows] == [
        ("edited", 2, 2),
        ("same", 1, 1),
    ]


def test_three_paragraphs_made_two_of_other_sentences_are_merged() -> None:
    before = paragraphs(MILL, f"{RIVER} {MAYOR}", f"{BRIDGE} {FERRY}")
    after = paragraphs(f"{MILL} {RIVER}", f"{MAYOR} {BRIDGE.replace('old', 'new')} {FERRY}")
    (row,) = compare(before, after).rows
    assert (row.edit, len(row.before), len(row.after)) == ("merged", 3, 2)


def test_a_sentence_that_left_its_neighbours_still_moves_between_two_rows() -> None:
    before = paragraphs(f"{MILL} {RIVER} {MAYOR}", BRIDGE.replace("old", "new"))
    after = paragraphs(f"{RIVER} {MAYOR}", f"{BRIDGE} {MILL}")
    assert [row.edit for row in compare(before, after).rows] == ["moved", "edited"]


def test_rows_with_words_that_moved_to_a_third_are_not_joined() -> None:
    before = paragraphs(f"{MILL} {RIVER}", f"{MAYOR} {BRIDGE}", FERRY)
    after = paragraphs(MILL, f"{RIVER.replace('three', 'four')} {BRIDGE}", f"{FERRY} {MAYOR}")
    assert [len(row.before) for row in compare(before, after).rows] == [1, 1, 1]


def test_a_standfirst_is_never_joined_with_a_paragraph() -> None:
    before = [Block("standfirst", f"{MILL} {RIVER}"), *paragraphs(f"{MAYOR} {BRIDGE}")]
    after = [Block("standfirst", MILL), *paragraphs(f"{RIVER} {MAYOR} A new {BRIDGE}")]
    assert all(len(row.before) == len(row.after) == 1 for row in compare(before, after).rows)


def test_where_only_ends_of_paragraphs_changed_the_line_says_so() -> None:
    before, after = paragraphs(f"{MILL} {RIVER}", MAYOR), paragraphs(MILL, f"{RIVER} {MAYOR}")
    assert summarise(compare(before, after)).sentence == "Only the ends of paragraphs changed"
