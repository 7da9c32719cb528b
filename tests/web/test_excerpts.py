"""Long passages, cut to what was searched for."""

from __future__ import annotations

from newsdiff_crawler.store.reading.search_terms import MarkedText, marked, parse_query
from newsdiff_crawler.web.excerpts import LONGEST, excerpt

FILLING = "rain fell on the harbour " * 40


def text_of(passage: list[MarkedText]) -> str:
    return "".join(part.text for part in passage)


def test_a_short_passage_is_shown_whole() -> None:
    passage = marked("The mayor resigned on Monday.", parse_query("mayor"))
    assert excerpt(passage) == passage


def test_a_long_one_is_cut_to_the_words_around_the_hit() -> None:
    text = text_of(
        excerpt(marked(f"{FILLING}the mayor resigned {FILLING}", parse_query("resigned")))
    )
    assert len(text) < 300
    assert "harbour the mayor resigned rain fell" in text
    assert text.startswith(" … ")
    assert text.endswith(" … ")


def test_between_two_hits_the_middle_is_left_out() -> None:
    text = text_of(excerpt(marked(f"The mayor {FILLING} the mayor.", parse_query("mayor"))))
    assert text.startswith("The mayor rain fell")
    assert " … " in text
    assert text.endswith("the mayor.")


def test_of_many_hits_the_first_are_shown() -> None:
    shortened = excerpt(marked(FILLING * 5, parse_query("harbour")))
    assert shortened[-1].text == " …"
    assert len(text_of(shortened)) < LONGEST + 300


def test_a_text_without_spaces_is_cut_too() -> None:
    text = text_of(excerpt(marked("市長" + "港" * 2000, parse_query("市長"))))
    assert text.startswith("市長港")
    assert len(text) < 300


def test_without_a_hit_the_beginning_is_shown() -> None:
    assert text_of(excerpt([MarkedText(FILLING, is_hit=False)])).startswith("rain fell")
