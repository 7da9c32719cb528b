"""The social card of a comparison."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from newsdiff_crawler.diff import compare
from newsdiff_crawler.diff.model import Piece
from newsdiff_crawler.diff.shown import shown_pieces
from newsdiff_crawler.social_card import SIZE, draw
from newsdiff_crawler.web.rendering import harmless
from tests.support.records import story

ADDED, REMOVED = (223, 240, 227), (251, 227, 220)  # the grounds of marked words


def colours(picture: bytes) -> set[object]:
    image = Image.open(io.BytesIO(picture))
    assert image.size == SIZE
    return {colour for _, colour in image.getcolors(1 << 20) or []}


def test_changed_words_stand_on_colour() -> None:
    shown = colours(draw("Head", [Piece("old", "new"), Piece(" same", " same", same=True)], "Foot"))
    assert {ADDED, REMOVED} <= shown


def test_an_unchanged_text_has_no_marks() -> None:
    assert not {ADDED, REMOVED} & colours(draw("Head", [Piece("a", "a", same=True)], "Foot"))


def test_the_headline_is_shown_where_it_changed() -> None:
    diff = compare(story("Old title", "Old words here."), story("New title", "New words here."))
    assert "title" in "".join(piece.after for piece in shown_pieces(diff))


def test_else_the_first_change_is_shown_from_shortly_before_it() -> None:
    long = "The harbour council met on Monday evening in the old town hall, and after two hours it "
    diff = compare(story("Title", f"{long}said no."), story("Title", f"{long}said yes."))
    text = "".join(piece.after for piece in shown_pieces(diff))
    assert text.startswith("… ")
    assert text.endswith("said yes.")
    assert len(text) < len(long)


def test_two_equal_versions_show_the_headline() -> None:
    same = story("Title", "Words.")
    assert shown_pieces(compare(same, same)) == [Piece("Title", "Title", same=True)]


@pytest.mark.parametrize(
    "text", ["word " * 5000, "x" * 20000, "سوق المدينة " * 50, "市議会は" * 60, ""]
)
def test_any_length_and_script_fits(text: str) -> None:
    assert Image.open(io.BytesIO(draw(text, [Piece(text, text + "!")], text))).size == SIZE


@settings(max_examples=25)
@given(st.text())
def test_any_text_can_be_drawn(text: str) -> None:
    assert draw(harmless(text), [Piece(harmless(text), "")], harmless(text))
