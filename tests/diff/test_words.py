from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdiff_crawler.diff.tokens import Alphabet
from newsdiff_crawler.diff.words import compare_words


def marked(before: str, after: str) -> str:
    """Both texts in one: [old→new], cosmetic changes with a "~"."""
    return "".join(
        piece.before
        if piece.same
        else f"[{'~' if piece.cosmetic else ''}{piece.before}→{piece.after}]"
        for piece in compare_words([before], [after], Alphabet())
    )


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("12 people died.", "14 people died.", "[12→14] people died."),
        ("It rose 3 %.", "It rose 3.5 %.", "It rose [3 %→3.5 %]."),
        ("a red door", "a door", "a [red →]door"),
        ("It ended.", "It ended. Nobody knew.", "It ended.[→ Nobody knew.]"),
        ("They’ll go", "They won’t go", "[They’ll→They won’t] go"),
    ],
)
def test_whole_words_and_figures_are_marked(before: str, after: str, expected: str) -> None:
    assert marked(before, after) == expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("He paid.  Then left", "He paid. Then left", "He paid.[~ →] Then left"),
        ("“Yes”, he said", '"Yes", he said', '[~“→"]Yes[~”→"], he said'),
        ("The State said", "The state said", "The [~State→state] said"),
        ("Yes, he said", "Yes he said", "Yes[~,→] he said"),
        ("can't stop", "can’t stop", "[~can't→can’t] stop"),
    ],
)
def test_changes_of_appearance_are_cosmetic(before: str, after: str, expected: str) -> None:
    assert marked(before, after) == expected


def test_an_added_sentence_is_marked_from_its_first_word_to_its_full_stop() -> None:
    assert marked("It rained. It ended.", "It rained. It poured. It ended.") == (
        "It rained. [→It poured. ]It ended."
    )


def test_a_tiny_island_between_two_long_changes_is_part_of_the_change() -> None:
    assert marked(
        "He asked the government of northern Freedonia for it",
        "He asked several aid agencies of international standing for it",
    ) == (
        "He asked [the government of northern Freedonia"
        "→several aid agencies of international standing] for it"
    )


def test_a_phrase_that_was_rewritten_is_one_change_though_a_short_word_stayed_by_chance() -> None:
    assert marked(
        "a rival swore himself in as the town’s keeper",
        "a rival stood in the streets of the harbour and named himself the keeper",
    ) == (
        "a rival [swore himself in as the town’s"
        "→stood in the streets of the harbour and named himself the] keeper"
    )


def test_what_came_before_a_text_is_one_change_though_it_begins_with_the_same_word() -> None:
    text = "Orlov is held to be the leader of the band."
    assert marked(text, f"A feast for Orlov drew many. {text}") == (
        f"[→A feast for Orlov drew many. ]{text}"
    )


def test_what_stood_before_a_text_went_as_one_change_too() -> None:
    text = "Orlov is held to be the leader of the band."
    assert marked(f"A feast for Orlov drew many. {text}", text) == (
        f"[A feast for Orlov drew many. →]{text}"
    )


def test_a_word_between_two_short_changes_stays_unmarked() -> None:
    assert marked("9 of 12 died", "8 of 11 died") == "[9→8] of [12→11] died"


def test_chinese_is_marked_by_character() -> None:
    assert marked("火灾造成12人死亡。", "火灾造成14人受伤。") == "火灾造成[12→14]人[死亡→受伤]。"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Die Straße war gesperrt", "Die Brücke war gesperrt", "Die [Straße→Brücke] war gesperrt"),
        ("L’été est fini", "L’hiver est fini", "[L’été→L’hiver] est fini"),
        ("قُتل 12 شخصًا", "قُتل 14 شخصًا", "قُتل [12→14] شخصًا"),
    ],
)
def test_other_languages_are_marked_by_word(before: str, after: str, expected: str) -> None:
    assert marked(before, after) == expected


TEXT = st.one_of(
    st.text(max_size=30),
    st.lists(st.sampled_from(["a ", "b", "B ", ", ", "“", '"', "\n", "1.5 "])).map("".join),
)


@given(st.lists(TEXT, min_size=1, max_size=3), st.lists(TEXT, min_size=1, max_size=3))
def test_each_side_of_the_pieces_is_its_text(before: list[str], after: list[str]) -> None:
    pieces = compare_words(before, after, Alphabet())
    assert "".join(piece.before for piece in pieces) == "".join(before)
    assert "".join(piece.after for piece in pieces) == "".join(after)
    assert all((piece.before == piece.after) == piece.same for piece in pieces)
