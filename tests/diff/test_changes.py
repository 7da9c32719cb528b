from __future__ import annotations

from newsdiff_crawler.diff import compare
from newsdiff_crawler.diff.changes import changes
from newsdiff_crawler.diff.model import Piece
from tests.support.notation import paragraphs

FIRE = "The fire at the old mill killed 12 people in the night."
RIVER = "The river had been rising for three days before the dam gave way."
BRIDGE = "Nobody may cross the old bridge until it has been inspected again."


def test_what_stayed_or_changed_in_appearance_only_is_no_change() -> None:
    diff = compare(paragraphs(FIRE, RIVER), paragraphs(FIRE, RIVER.upper()))
    assert list(changes(diff)) == []


def test_what_has_moved_is_one_change_with_both_sides() -> None:
    diff = compare(paragraphs(FIRE, RIVER, BRIDGE), paragraphs(RIVER, BRIDGE, FIRE))
    (change,) = changes(diff)
    assert (change.row, change.text_before(), change.text_after()) == (3, FIRE, FIRE)


def test_the_pieces_are_both_sides_as_one_text() -> None:
    (change,) = changes(compare(paragraphs(FIRE), paragraphs(FIRE.replace("12", "14"))))
    assert change.pieces == [
        Piece("The fire at the old mill killed ", "The fire at the old mill killed ", same=True),
        Piece("12", "14"),
        Piece(" people in the night.", " people in the night.", same=True),
    ]


def test_where_a_paragraph_was_split_a_line_ends() -> None:
    edited = RIVER.replace("three", "four")
    (change,) = changes(compare(paragraphs(f"{FIRE} {RIVER}"), paragraphs(FIRE, edited)))
    assert "".join(piece.before for piece in change.pieces) == f"{FIRE} {RIVER}"
    assert "".join(piece.after for piece in change.pieces) == f"{FIRE}\n{edited}"
