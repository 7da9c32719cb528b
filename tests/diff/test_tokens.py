from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newsdiff_crawler.diff.tokens import Alphabet, fold, has_meaning, tokenise
from newsdiff_crawler.text import count_words

# Letters, marks, digits and signs of many scripts.
WRITING = "aéz'’&_ \u00a0-−+£€%°.,:/!?“”—12٣๓" + "人市カー。・ๆ฿ทีไกំ្👩🏽" + "हिमَرक्ш\u0301ß"


@given(st.text())
def test_tokens_joined_are_the_text(text: str) -> None:
    assert "".join(tokenise(text)) == text


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("He didn’t pay.", ["He", "didn’t", "pay", "."]),
        ("£12.5m, or 30 %", ["£12.5m", ",", "or", "30 %"]),
        ("-5°C, not 10-20", ["-5°C", ",", "not", "10", "-", "20"]),
        ("12 000 kr i 2012 300 gånger", ["12 000", "kr", "i", "2012", "300", "gånger"]),
        ("at 12:30 on 3/4", ["at", "12:30", "on", "3/4"]),
        ("M&S und die Straße", ["M&S", "und", "die", "Straße"]),
        ("«Déjà vu»", ["«", "Déjà", "vu", "»"]),
        ("مَرحَبًا بالعالم", ["مَرحَبًا", "بالعالم"]),
        ("हिन्दी भाषा", ["हिन्दी", "भाषा"]),
        ("東京は2人。", ["東", "京", "は", "2", "人", "。"]),
        ("ที่นี่", ["ที่", "นี่"]),
        ("e\u0301te\u0301 👩‍👩‍👧!", ["e\u0301te\u0301", "👩‍👩‍👧", "!"]),
    ],
)
def test_a_token_is_a_word_a_figure_a_mark_or_where_words_are_not_spaced_a_character(
    text: str, tokens: list[str]
) -> None:
    assert [token.strip() for token in tokenise(text)] == tokens


@pytest.mark.parametrize(
    ("one", "other"),
    [("Don’t ", "don't"), ("“", '"'), ("«", "„"), ("–", "-"), ("30\u00a0%", "30 %")],
)
def test_folding_is_blind_to_appearance(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"), [("12.5", "12,5"), ("$5", "£5"), ("-5", "5"), ("a", "å")]
)
def test_folding_sees_what_changes_what_is_said(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_an_alphabet_spells_tokens_that_fold_to_the_same_with_one_letter() -> None:
    alphabet = Alphabet()
    assert alphabet.spell("The “cat”").letters == alphabet.spell('the "Cat"').letters
    assert alphabet.spell("cat").letters != alphabet.spell("dog").letters


def test_punctuation_has_no_meaning_but_a_sign_beside_a_figure_has() -> None:
    assert not has_meaning(" – “…”, ")
    assert has_meaning("%")


@given(st.text(WRITING))
@example("5 °C at £4.2m, not 12 000 or 10-20")
@example("ที่นี่ 市場で2人。 हिन्दी मेंमَرحَبًا e\u0301te\u0301 👩\u200d👩\u200d👧!")
def test_what_is_counted_are_the_tokens_with_a_word_in_them(text: str) -> None:
    assert count_words(text) == sum(bool(re.search(r"\w", token)) for token in tokenise(text))
