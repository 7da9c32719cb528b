"""Invented words have the shape of those that they stand for, and can be told from them."""

from __future__ import annotations

import pytest

from newsdiff_crawler.adding.invented import invented, invented_url

SENTENCES = {
    "English": "The mayor of Port Ellis said that nobody had asked for the bridge.",
    "German": "Die Bürgermeisterin sagte, niemand habe nach der Brücke gefragt.",
    "Italian": "La banana di mare era cara, e il sindaco non lo sapeva.",
    "Russian": "Мэр сказал, что никто не просил о мосте через реку.",
    "Japanese": "市長は橋について誰も尋ねなかったと述べた。",
    "Arabic": "قال رئيس البلدية إن أحدا لم يطلب الجسر.",
    "Greek": "Ο δήμαρχος είπε ότι κανείς δεν ζήτησε τη γέφυρα.",
    "Korean": "시장은 아무도 다리를 요청하지 않았다고 말했다.",
}


@pytest.mark.parametrize("text", SENTENCES.values(), ids=list(SENTENCES))
def test_a_sentence_of_any_script_is_told_from_an_invented_one(text: str) -> None:
    made = invented(text)
    assert made != text
    assert invented(made) == made


@pytest.mark.parametrize("text", SENTENCES.values(), ids=list(SENTENCES))
def test_signs_spaces_and_capitals_stay_where_they_were(text: str) -> None:
    made = invented(text)
    assert len(made) == len(text)
    assert [c if not c.isalpha() else c.isupper() for c in made] == [
        c if not c.isalpha() else c.isupper() for c in text
    ]


def test_a_word_becomes_the_same_one_each_time() -> None:
    first, second = invented("Bridge bridge").split()
    assert first.lower() == second


def test_words_of_furniture_and_figures_stay() -> None:
    assert invented("Read more: 12 March 2026, 9:30 am") == "Read more: 12 March 2026, 9:30 am"


def test_the_words_that_are_to_be_kept_stay() -> None:
    assert invented("Paper", frozenset({"paper"})) == "Paper"


def test_a_headline_in_an_address_is_replaced_and_a_section_stays() -> None:
    made = invented_url("https://paper.example/news/2026/the-bridge-is-closed-17?from=rss#top")
    assert made.startswith("https://paper.example/news/2026/the-")
    assert "bridge" not in made
    assert made.endswith("-17")
    assert invented_url(made) == made
