"""Two names that an article itself says are of one."""

from __future__ import annotations

import pytest

from newsdiff_crawler.diff.aliases import are_said_to_be_one


@pytest.mark.parametrize(
    ("one", "other", "text"),
    [
        ("MBS", "Mohammed", "Prince Mohammed, better known by his initials MBS, came."),
        ("NK", "Nordisk Kraft", "Bolaget Nordisk Kraft (NK) bygger dammen."),
        ("Holt", "Rex", "Rex, der bürgerlich Anna Holt heißt, klagte."),
        ("Rex", "Holt", "Rex, egentligen Anna Holt, sjöng."),
        ("Rex", "Holt", "Rex (born Anna Holt) sang."),
        ("Kraftamt", "KA", "Das Kraftamt, kurz KA, baut."),
        ("Rex", "Holt", "Rex, de son vrai nom Anna Holt, surnommée la reine. Rex, née Anna Holt."),
    ],
)
def test_a_word_or_a_bracket_between_them_says_so(one: str, other: str, text: str) -> None:
    assert are_said_to_be_one(one, other, [text])


@pytest.mark.parametrize(
    ("one", "other", "text"),
    [
        ("Rex", "Holt", "Rex met Anna Holt at the mill."),
        ("Rex", "Holt", "Rex, known for his songs, sang. Anna Holt left."),
        ("Rex", "Holt", "Rex (left) met Anna Holt."),
        ("Rex", "Holt", "The names of both were on the list."),
        ("Rex", "Holt", "Rex called Holt a liar."),
        ("Rex", "Holt", "Rex, who called Holt a liar, left."),
        ("Rex", "Holt", "Rex called on Holt to pay."),
        ("Rex", "Holt", "Rex, who is known to Anna Holt, left."),
        ("Rex", "Holt", "Rex, known as Holt's driver, left."),
        ("Rex", "Holt", "Rex was born in Lund, Holt in Ystad."),
        ("Rex", "Holt", "Rex traf kurz Holt im Saal."),
        ("Rex", "Holt", "Rex (Holt 75) scored."),
        ("Rex", "Holt", "Rexlund, known as Holt, left."),
        ("Rex", "Holt", "Rex, known as Holtman, left."),
        ("Rex", "Holt", "Rex met Bo Alm, known as Holt."),
    ],
)
def test_two_names_in_one_sentence_are_of_two(one: str, other: str, text: str) -> None:
    assert not are_said_to_be_one(one, other, [text])
