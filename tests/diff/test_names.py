from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdiff_crawler.diff import compare, summarise
from newsdiff_crawler.diff.names import KnownNames, Words
from newsdiff_crawler.diff.same_name import is_respelling
from tests.support.notation import paragraphs


def names(text: str, language: str = "en") -> list[str]:
    """The names that are no doubtful ones."""
    known = KnownNames([text], language, Words())
    return [name.shown for name in known.names(text) if not name.doubtful]


def changed(before: list[str], after: list[str]) -> list[tuple[str, str]]:
    labels = summarise(compare(paragraphs(*before), paragraphs(*after))).labels
    return [
        (e.before, e.after) for label in labels if label.name == "names" for e in label.evidence
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was led by Senator Mia K. Holm of the lakes.", ["Mia K. Holm"]),
        ("It was led by the Institute for River Care and Flood Law.",
         ["Institute for River Care and Flood Law"]),
        ("It was read by the Food and Grain Agency in the hall.", ["Food and Grain Agency"]),
        ("It was read by Rosa and Bo Lind in the hall.", ["Rosa", "Bo Lind"]),
        ("It was sung by Iris de la Mar in the old hall.", ["Iris de la Mar"]),
        ("It went to the U.S. Attorney's Office on the hill.", ["U.S. Attorney's Office"]),
        ("It went to Lind's sister and to the Duke of Mar.", ["Lind", "Duke of Mar"]),
        ("It was seen by a Danish crew and by UNESCO men.", ["UNESCO"]),
        ("It was sung by April Moss in April and by Theresa May.", ["April Moss", "Theresa May"]),
        ("BERGEN (AFP) -- Divers found it on a Monday at dawn.", []),
        ("He asked the New Harbour-based firm to pay for it.", ["New Harbour"]),
    ],
)  # fmt: skip
def test_a_name_is_whole_and_has_no_title(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_a_german_noun_is_no_name() -> None:
    text = "Der Wirt wurde in der Nacht von der Feuerwehr gerettet, sagte Bürgermeister Holm."
    assert names(text, "de") == ["Holm"]


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("Later Ms. Holk said no.", "Later Ms. Holm said no.", ("Holk", "Holm")),
        ("Jon Lind then left us.", "John Lind then left us.", ("Jon Lind", "John Lind")),
        (
            "It was led by Mia K. Holm then.",
            "It was led by Mia B. Holm then.",
            ("Mia K. Holm", "Mia B. Holm"),
        ),
        ("It lies in Turin today.", "It lies in Trieste today.", ("Turin", "Trieste")),
        ("Holk said no to us then.", "Holm said no to us then.", ("Holk", "Holm")),
    ],
)
def test_a_name_in_the_place_of_another(before: str, after: str, shown: tuple[str, str]) -> None:
    told = "It was told by the mayor, Mia K. Holm, at the town hall on the hill in the evening."
    assert changed([told, before], [told, after]) == [shown]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("BERGEN (AFP) -- Searchers found it.", "BERGEN (AFP) -- Divers found it."),
        ("The minister Mia Holm left.", "The premier Mia Holm left."),
        ("Mr. Holm opened the bridge then.", "Dr. Holm opened the bridge then."),
        ("It was owned by a firm of old.", "It was owned by a Dutch firm of old."),
    ],
)
def test_no_name_changed(before: str, after: str) -> None:
    assert changed([before], [after]) == []


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Mia Holk", "Mia Holm", True),
        ("Jon Lind", "John Lind", True),
        ("Mia Holm", "Rosa Holm", False),
        ("Turin", "Trieste", False),
        ("Mia Holm", "Mia Holm", False),
    ],
)
def test_two_spellings_of_one_name(one: str, other: str, expected: bool) -> None:
    assert is_respelling(one, other) is expected


@given(st.text(st.sampled_from("AbČd Émile of de la and the . ’s-&“"), max_size=60))
def test_names_stand_in_their_text_in_order(text: str) -> None:
    found = KnownNames([text], "en", Words()).names(text)
    assert all(text[name.start : name.end] == name.shown for name in found)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))


@pytest.mark.parametrize(
    "text", ["A b " * 40_000, "A" * 100_000, "Ab of " * 30_000, "AB. " * 30_000]
)
def test_a_hostile_text_takes_no_longer_than_its_length_warrants(text: str) -> None:
    assert isinstance(KnownNames([text], "en", Words()).names(text), list)


def test_the_word_after_letters_that_end_a_sentence_is_no_name() -> None:
    before = "They want out of the EU. Rain fell on the square all day."
    assert changed([before], [before.replace("Rain", "Snow")]) == []
