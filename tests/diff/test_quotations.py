from __future__ import annotations

import itertools

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newsdiff_crawler.diff import compare, summarise
from newsdiff_crawler.diff.quotations import marks_won_or_lost, quotations
from tests.support.notation import paragraphs

MARKS = "\"“”„«»'‘’‹›‚「」『』"


def said(text: str, language: str | None = None) -> list[str]:
    return [quotation.said for quotation in quotations(text, language)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("« Le pont est fermé », a dit Ana Lopes, « et il le restera ».",
         ["le pont est fermé", "et il le restera"]),
        ("„Die Brücke ist zu“, sagte der Wirt am Fluss. „Sie bleibt es lange.“",
         ["die brücke ist zu", "sie bleibt es lange"]),
        ("»Die Brücke ist zu«, sagte der Wirt am Fluss. »Sie bleibt es lange.«",
         ["die brücke ist zu", "sie bleibt es lange"]),
        ("”Bron är stängd nu”, sa hon till oss. ”Den är det länge.”",
         ["bron är stängd nu", "den är det länge"]),
        ("»Bron är stängd nu», sa hon till oss. »Den är det länge.»",
         ["bron är stängd nu", "den är det länge"]),
        ("He said 'the bridge is shut' and the boys' boat left.", ["the bridge is shut"]),
        ("She said: ‘It’s the boys’ bridge,’ and left.", ["it's the boys bridge"]),
    ],
)  # fmt: skip
def test_what_stands_between_two_quotations_is_none(text: str, expected: list[str]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        'The pipe is 6" wide and the tank is 9" deep here.',
        "The film “The Bridge at the Mill” was shown twice.",
        "Hon läste boken ”den långa vägen hem” i går.",
        "Read also: “The bridge will stay shut for long”",
        "Läs också: ”Bron är stängd i flera månader”",
        "LUND (TT) - The bridge is shut for good.",
        "Rock 'n' roll of the '90s isn't what it was then.",
        "It was a “quick fix” and no more.",
    ],
)
def test_inches_titles_links_and_terms_are_no_quotations(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("– Bron är stängd länge, berättar Bo Ek.", "bron är stängd länge"),
        ("– Bron är stängd länge, muttrar vaktmästaren Bo Ek.", "bron är stängd länge"),
        ("– Bron är stängd länge, Bo Ek på kommunen.", "bron är stängd länge"),
        ("– Bron är stängd, säger han. Vi väntar.", "bron är stängd vi väntar"),
        ("« Le pont, explique la maire, reste fermé. »", "le pont reste fermé"),
        ("– Most jest zamknięty – powiedział Jan Ek. – Na długo.", "most jest zamknięty na długo"),
    ],
)
def test_a_speaker_is_no_part_of_what_was_said(text: str, expected: str) -> None:
    assert said(text) == [expected]


def test_a_dash_opens_no_speech_in_english() -> None:
    assert said("– The bridge is shut, they are told.", "en") == []


def test_marks_that_are_lost_are_a_change_of_substance() -> None:
    before = paragraphs("She called the bridge “a trap for the old” and left.")
    after = paragraphs("She called the bridge a trap for the old and left.")
    summary = summarise(compare(before, after))
    assert summary.counts.blocks_edited == 1
    ((quotes, *_),) = [label.evidence for label in summary.labels if label.name == "quotes"]
    assert (quotes.before, quotes.after) == ("“a trap for the old”", "a trap for the old")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('"It is shut for long," he said.', "“It is shut for long,” he said."),
        ("The “bridge” is shut.", "The bridge is shut."),
    ],
)
def test_another_style_of_marks_and_marks_around_a_term_are_cosmetic(
    before: str, after: str
) -> None:
    assert not marks_won_or_lost(before, after)
    (row,) = compare(paragraphs(before), paragraphs(after)).rows
    assert row.cosmetic


@example("-“a.a .a", "sv")
@given(
    st.text(st.sampled_from(MARKS + "ab s.,–- \n"), max_size=60),
    st.sampled_from(["", "sv", "de", "fr", "en"]),
)
def test_quotations_stand_in_their_text_in_order(text: str, language: str) -> None:
    found = quotations(text, language)
    for quotation in found:
        assert quotation.shown in text
        assert 0 <= quotation.start <= quotation.end <= len(text)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))


@pytest.mark.parametrize(
    "text", ["'" * 50_000, "‘a s’ " * 20_000, "« a, dit " * 20_000, "– a, säger " * 9_000]
)
def test_a_hostile_text_takes_no_longer_than_its_length_warrants(text: str) -> None:
    assert isinstance(quotations(text, "fr"), list)


@pytest.mark.parametrize(
    "speaker",
    ["säger Bo Ek, präst i Lund", "säger Bo Ek, som bor i byn", "säger ST:s ordförande Bo Ek"],
)
def test_who_the_speaker_is_is_no_part_of_what_was_said(speaker: str) -> None:
    (quoted,) = quotations(f"– Vi ger oss inte nu, {speaker}. Aldrig i livet.", "sv")
    assert quoted.said == "vi ger oss inte nu aldrig i livet"
