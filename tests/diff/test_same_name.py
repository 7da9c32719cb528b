"""Two names of the same person, place or thing, and two that are not."""

from __future__ import annotations

import pytest

from newsdiff_crawler.diff import compare, summarise
from newsdiff_crawler.diff.same_name import is_other_form, is_respelling, is_said_in_full
from tests.support.notation import paragraphs


def labels(old: str, new: str) -> set[str]:
    text = "The council met late. The report on the mill was read to {} in the hall on Monday."
    diff = compare(paragraphs(text.format(old)), paragraphs(text.format(new)))
    return {str(label.name) for label in summarise(diff).labels}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kiev", "Kyiv"), ("Turkey", "Türkiye"), ("Köln", "Koln"), ("Jürgen Ek", "Juergen Ek"),
        ("Moammar Gadhafi", "Muammar Qaddafi"), ("Hezbollah", "Hizbullah"), ("Lodz", "Łódź"),
    ],
)  # fmt: skip
def test_a_name_in_another_script_or_language_is_spelt_otherwise(one: str, other: str) -> None:
    assert is_respelling(one, other)
    assert "altered" not in labels(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the U.S.", "the United States"), ("the UK", "Britain"), ("Bob Ek", "Robert Ek"),
        ("the European Union", "the EU"), ("J. Ek", "Jonas Ek"), ("St. Ives", "Saint Ives"),
        ("the FDP", "the Federal Dairy Panel"), ("Ed Lind", "Edward Lind"), ("Burma", "Myanmar"),
        ("Mr. Lind", "Dr. Lind"), ("Königin der USA", "Königin der Vereinigten Staaten"),
    ],
)  # fmt: skip
def test_a_name_in_short_or_by_another_name_is_no_other_one(one: str, other: str) -> None:
    assert not labels(one, other) & {"altered", "names"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Iraq", "Iran"), ("Austria", "Australia"), ("Jan Berg", "Ulf Berg"), ("Lyon", "Lille"),
        ("the FBI", "the CIA"), ("the European Union", "the United Nations"),
        ("James Holm", "Robert Holm"),
    ],
)  # fmt: skip
def test_another_name_is_altered(one: str, other: str) -> None:
    assert {"altered", "names"} <= labels(one, other)
    assert not is_other_form(one, other)


def test_a_name_in_full_is_made_precise_and_no_other_one() -> None:
    assert is_said_in_full("Lind", "Bo Lind")
    assert labels("the old Lind", "the old Bo Lind") >= {"precise"}
    assert "names" not in labels("the old Lind", "the old Bo Lind")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Iranian", "Iraq"), ("Austrian", "Australia"), ("Indian", "Indonesia"),
        ("Chinese", "Chile"), ("Nigerian", "Niger"), ("Dan Ek", "Daniela Ek"),
    ],
)  # fmt: skip
def test_what_begins_alike_is_not_one_name(one: str, other: str) -> None:
    assert not is_other_form(one, other)


@pytest.mark.parametrize(
    ("one", "other"), [("Iranian", "Iran"), ("Nigerian", "Nigeria"), ("Ukrainian", "Ukraine")]
)
def test_a_country_and_its_adjective_are(one: str, other: str) -> None:
    assert is_other_form(one, other)
