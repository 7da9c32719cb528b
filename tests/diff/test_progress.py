"""Whether a figure moved on with its story: what says so governs the figure itself."""

from __future__ import annotations

import pytest

from newsdiff_crawler.diff import compare, summarise
from tests.support.notation import paragraphs

FILLERS = {
    "en": "The council met in the library until late, and it was not the last of the talks.",
    "de": "Der Rat tagte am Abend in der Bibliothek, und es war nicht der letzte Streit.",
    "fr": "Le conseil s’est réuni dans la bibliothèque, et ce n’est pas la dernière querelle.",
    "es": "El consejo se reunió en la biblioteca, y no fue la última de las peleas.",
    "sv": "Rådet träffades i biblioteket, och det var inte den sista av striderna.",
}


def kinds(language: str, text: str, old: str, new: str) -> set[str]:
    """The kinds of change where one figure gave way to another in a sentence."""
    before, after = (
        paragraphs(FILLERS[language], text.replace("#", figure)) for figure in (old, new)
    )
    names = {str(label.name) for label in summarise(compare(before, after)).labels}
    return names & {"altered", "developed"}


@pytest.mark.parametrize(
    ("language", "text", "old", "new"),
    [
        ("en", "The fire killed 3 people in a hall built for # guests.", "200", "300"),
        ("en", "The crash left 5 dead, one of them aged #, on the coast road.", "12", "14"),
        ("en", "A court fined the mill # pounds after 3 men were hurt.", "4,000", "9,000"),
        ("en", "Rain fell on the town where # people live in 40 houses.", "300", "500"),
        ("en", "The actor, whose # film won three prizes, died at home.", "1994", "1996"),
        ("en", "He now lives in a flat with # rooms above the mill.", "4", "6"),
        ("en", "Over the years he wrote # books about the mill.", "12", "15"),
        ("sv", "Branden dödade 3 personer i huset som byggdes #.", "1904", "1940"),
        ("fr", "Le feu a tué 3 personnes dans une maison de # au bord du fleuve.", "1904", "1940"),
    ],
)
def test_a_figure_beside_a_tally_or_a_market_is_none_itself(
    language: str, text: str, old: str, new: str
) -> None:
    assert kinds(language, text, old, new) == {"altered"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "He was sentenced to # years in prison for killing his brother."),
        ("en", "The man, who was killed # years ago, lived by the mill."),
        ("en", "She was jailed for # months for the theft of the cars."),
        ("sv", "Han dömdes till # års fängelse för mordet på sin bror."),
        ("de", "Die Mühle wurde vor # Jahren von zwei Brüdern gebaut."),
        ("fr", "Il a été condamné à # ans de prison pour le vol du moulin."),
        ("es", "El molino fue construido hace # años por dos hermanos."),
        ("en", "A #-year-old man died in the crash on the coast road."),
    ],
)
def test_a_sentence_a_span_of_years_and_an_age_are_settled(language: str, text: str) -> None:
    assert kinds(language, text, "25", "27") == {"altered"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The fire killed # people in a hall built for 200 guests."),
        ("en", "Officials said # people, most of them guests of the mill, died in the fire."),
        ("en", "In all # of 40 passengers were hurt when the boat sank."),
        ("en", "The storm left # homes without power in the valley."),
        ("de", "Bei dem Brand starben # Menschen in einem Haus am Fluss."),
        ("fr", "L’incendie a fait # morts dans la vieille ville."),
        ("es", "El incendio dejó # muertos en la ciudad vieja."),
        ("sv", "I branden dog # personer, skriver staden i natt."),
        ("en", "The government plans to build # homes by the river."),
        ("en", "Shares in the mill, which has 9 owners, closed at # pounds on Friday."),
        ("en", "A ticket for the whole day costs # pounds at the gate."),
    ],
)
def test_a_toll_a_plan_and_a_price_move_on(language: str, text: str) -> None:
    assert kinds(language, text, "12", "19") == {"developed"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Lund beat Oslo # in the cup final on Saturday.", "altered"),
        ("The match ended # after extra time in the rain.", "altered"),
        ("Lund lead Oslo # in the cup final on Saturday.", "developed"),
        ("It is # between Lund and Oslo in the rain of the north.", "developed"),
    ],
)
def test_the_score_that_a_match_ended_with_is_settled(text: str, kind: str) -> None:
    assert kinds("en", text, "2-1", "3-1") == {kind}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The police said that # people were killed when the bus fell."),
        ("de", "Bei dem Unfall starben # Menschen in der Nacht."),
        ("sv", "Vid olyckan omkom # personer under natten."),
    ],
)
def test_of_a_toll_that_falls_nobody_can_tell_whether_it_was_an_error(
    language: str, text: str
) -> None:
    assert kinds(language, text, "31", "28") == set()


def test_the_toll_of_a_year_that_is_over_is_settled() -> None:
    assert kinds("en", "The fire of 1987 killed # people at the mill.", "31", "28") == {"altered"}
    since = "Since 1987 fires have killed # people at the mill."
    assert kinds("en", since, "31", "33") == {"developed"}


@pytest.mark.parametrize("place", ["plant", "mill"])
def test_a_plant_is_no_plan(place: str) -> None:
    assert kinds("en", f"The {place} holds # barrels of oil.", "300", "200") == {"altered"}
