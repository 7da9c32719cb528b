"""Two texts have the same hash when a reader would call them the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdiff_crawler import text
from newsdiff_crawler.text import (
    content_hash,
    count_words,
    normalise,
    remembered,
    words,
    words_hash,
)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("  one\n\t two  ", "one two"),
        ("caf\u0065\u0301", "café"),
        ("Minis\u00adter", "Minister"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("no\u00a0break\u202fspace", "no break space"),
        ("\u200fleft\u200e to \u202bright\u202c \u2067one\u2069", "left to right one"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("nul\x00inside", "nul inside"),
        ("half \ud800 a pair", "half a pair"),
        ("cafe\u200b\u0301", "café"),
    ],
)
def test_normalising(raw: str, expected: str) -> None:
    assert normalise(raw) == expected


@given(st.text())
def test_normalising_twice_changes_nothing_more(raw: str) -> None:
    assert normalise(normalise(raw)) == normalise(raw)


def test_the_content_hash_sees_punctuation_and_blocks() -> None:
    assert content_hash(["One, two."]) != content_hash(["One two."])
    assert content_hash(["One.", "Two."]) != content_hash(["One. Two."])
    assert content_hash(["One."]) == content_hash([" One. "])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (["“One”, he said – twice."], ['"one" he said - twice']),
        (["One.", "Two."], ["One. Two."]),
        (["It’s on"], ["It's on"]),
        (["10–20 people"], ["10-20 people"]),
    ],
)
def test_the_words_hash_is_blind_to_marks_case_and_blocks(one: list[str], other: list[str]) -> None:
    assert words_hash(one) == words_hash(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("12.5 people", "125 people"),
        ("up 5%", "up 5"),
        ("£5", "€5"),
        ("-5 degrees", "5 degrees"),
        ("5° warmer", "5 warmer"),
        ("we can", "we can't"),
        ("1.5m", "15m"),
    ],
)
def test_the_words_hash_sees_what_changes_a_figure_or_a_meaning(one: str, other: str) -> None:
    assert words_hash([one]) != words_hash([other])


def test_words_keep_apostrophes_and_decimals() -> None:
    assert words("The firm's 12.5% — M&S didn’t say") == [
        "The", "firm's", "12.5", "M&S", "didn’t", "say",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("Two words, 東京.", 4),
        ("市長は4億円を失った。", 10),
        ("On 3/4 at 12:30: £4.2m — 12 000 or 10-20 %", 9),
        ("हिन्दी भाषा, مَرحَبًا", 3),
        ("The firm's M&S didn’t say", 5),
    ],
)
def test_words_and_figures_are_counted_and_characters_where_no_spaces_are(
    text: str, count: int
) -> None:
    assert count_words(text) == count


@pytest.mark.parametrize("around", ["a{}b", "{}a", "a{}", "a {} b", "é{}b"])
def test_printable_text_has_no_white_space_but_single_spaces(around: str) -> None:
    """What `normalise` gives back at once is what the long way gives."""
    for code in [*range(0x3100), 0xD800, 0xDFFF, 0xFEFF, 0xE0020]:
        found = normalise(around.format(chr(code)))
        assert found == " ".join(found.split())
        assert not text._CONTROL.search(found)


def test_an_answer_about_a_text_is_remembered_unless_the_text_is_long() -> None:
    asked: list[int] = []

    @remembered(4)
    def length(text: str) -> int:
        asked.append(len(text))
        return len(text)

    for each in ("short", "short", "long " * 1000, "long " * 1000):
        assert length(each) == len(each)
    assert asked == [5, 5000, 5000]
