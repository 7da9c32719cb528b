"""What of a text a search and a watch find."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdiff_crawler.findable import WORD, words_of
from newsdiff_crawler.store.reading.search_terms import parse_query, stands_in
from newsdiff_crawler.telling.words import looked_for, spread
from newsdiff_crawler.text import fold

LETTERS = 'aZ9 _-’é\u0301ßΆςй한국東京がนายสมाहिन्दी\u200cשָׁلاً."ŉİ'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The A-1, it’s £5", ["the", "a", "1", "it", "s", "5"]),
        ("Straße GROẞ", ["strasse", "gross"]),
        ("Αθήνας, Σέρρες", ["αθηνασ", "σερρεσ"]),
        ("Ёлка й", ["елка", "и"]),
        ("한국어 대통령", ["한국어", "대통령"]),
        ("東京 Tower", ["東", "京", "tower"]),
        ("นายก", ["น", "า", "ย", "ก"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("שָׁלוֹם", ["שלום"]),
        ("می\u200cشود", ["میشود"]),
        ("snake_case", ["snake", "case"]),
        ("ドナルド・トランプ ฿500", ["ド", "ナ", "ル", "ド", "ト", "ラ", "ン", "プ", "500"]),
        ("!!! \x00", []),
    ],
)
def test_words_are_folded_and_those_of_scripts_without_spaces_are_signs(
    text: str, words: list[str]
) -> None:
    assert words_of(text) == words


@given(st.text() | st.text(LETTERS))
def test_the_words_are_those_that_can_be_marked_in_the_text(text: str) -> None:
    assert words_of(text) == [word for word in map(fold, WORD.findall(text)) if word]


@given(st.text(LETTERS), st.text(LETTERS.replace('"', ""), min_size=1))
def test_a_watch_finds_what_a_search_finds(text: str, words: str) -> None:
    if terms := parse_query(f'"{words}"'):
        assert stands_in(text, terms) == (looked_for(words) in spread(text))
