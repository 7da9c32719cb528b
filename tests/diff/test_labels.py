from __future__ import annotations

import pytest

from newsdiff_crawler.diff import Evidence, compare, summarise_in_detail
from newsdiff_crawler.items import Block
from tests.support.notation import paragraphs

FILLER = "The council met on the second floor of the library until late in the evening."


def labels(before: str, after: str) -> dict[str, list[tuple[str, str]]]:
    """The labels of two versions that share a paragraph, each with its words before and after."""
    diff = compare(paragraphs(FILLER, before), paragraphs(FILLER, after))
    return {
        label.name: [(e.before, e.after) for e in label.evidence]
        for label in summarise_in_detail(diff).labels
    }


@pytest.mark.parametrize(
    ("before", "after", "gone", "come"),
    [
        ("The fire killed 12 people.", "The fire killed 14 people.", "12", "14"),
        ("The fire killed twelve people.", "The fire killed 14 people.", "twelve", "14"),
        ("Prices rose by 3 % last year.", "Prices rose by 3.5 % last year.", "3 %", "3.5 %"),
        ("It cost £12.5m to build it.", "It cost £15m to build it.", "£12.5m", "£15m"),
        ("They meet again on Monday.", "They meet again on Friday.", "Monday", "Friday"),
        ("Minst 1 200 skadades i går.", "Minst 1 300 skadades i går.", "1 200", "1 300"),
        ("Es gab zwei Tote am Abend.", "Es gab drei Tote am Abend.", "zwei", "drei"),
    ],
)
def test_a_figure_that_gave_way_to_another(before: str, after: str, gone: str, come: str) -> None:
    assert labels(before, after)["figures"] == [(gone, come)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("It drew 1,000 people.", "It drew 1000 people."),
        ("It drew twelve people.", "It drew 12 people."),
        ("On the 12th they met.", "On the 12 they met."),
        ("The F16 landed at last.", "The F35 landed at last."),
        ("They met in a hall.", "They met in a hall of 1936."),
    ],
)
def test_no_figure_changed(before: str, after: str) -> None:
    assert "figures" not in labels(before, after)


def test_a_name_that_came_and_one_that_went() -> None:
    named = labels("It was opened by Anna Ek last week.", "It was opened by Bo Lind last week.")
    assert named["names"] == [("Anna Ek", "Bo Lind")]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("They left early.", "Later they left early."),  # a capital from its place
        ("They left early.", "They left early on Monday."),
        ("They left early.", "They left early. BREAKING NEWS"),
        ("They saw the library.", "They saw the Library."),
        ("The house of Lind burnt down.", "The house burnt down, and Lind’s barn too."),
    ],
)
def test_no_name_came_or_went(before: str, after: str) -> None:
    assert "names" not in labels(before, after)


def test_a_german_noun_is_no_name_but_two_capitals_in_a_row_are() -> None:
    before = "Der Zug mit dem Gas hielt am Abend vor der Brücke im Wald bei der Stadt."
    assert "names" not in labels(before, before.replace("Wald", "Feld"))
    named = labels(before, before.replace("Wald", "Wald von Karla Vogt"))
    assert named["names"] == [("", "Karla Vogt")]


@pytest.mark.parametrize(
    ("before", "after", "gone", "come"),
    [
        ("“We will not pay,” he said.", "“We may not pay,” he said.", "We will", "We may"),
        ("He left at noon.", 'He left at noon. "I am very tired," he said.', "", "I am very"),
        ("« Nous ne payons pas », dit-il.", "Il a refusé de payer.", "Nous ne payons", ""),
        ("– Vi kan inte betala, säger hon.", "– Vi vill inte betala, säger hon.", "Vi kan", "Vi v"),
    ],
)
def test_a_quotation_changed_came_or_went(before: str, after: str, gone: str, come: str) -> None:
    ((old, new),) = labels(before, after)["quotes"]
    assert (old[: len(gone) or None], new[: len(come) or None]) == (gone, come)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("“We will not pay,” he said.", '"We will not pay", she said.'),
        ("It was a stopgap.", "It was a “quick fix”."),
        ("– Vi kan inte betala, säger hon.", "– Vi kan inte betala, säger Anna i radion."),
    ],
)
def test_no_quotation_changed(before: str, after: str) -> None:
    assert "quotes" not in labels(before, after)


def test_a_quotation_whose_lines_were_joined_is_the_same_one() -> None:
    lines = paragraphs("– Vi gör en plan för hur vi flyttar på", "bästa sätt, säger Bo Ek.")
    joined = paragraphs("– Vi gör en plan för hur vi flyttar på bästa sätt, säger Bo Ek.")
    named = {label.name for label in summarise_in_detail(compare(lines, joined)).labels}
    assert "quotes" not in named


def test_an_attribution_with_another_verb() -> None:
    assert labels("The firm said it had paid.", "The firm claimed it had paid.") == {
        "attribution": [("said", "claimed")]
    }


def test_a_sentence_added_whole_is_no_change_of_attribution() -> None:
    assert "attribution" not in labels("It was late.", "It was late. He said so.")


@pytest.mark.parametrize(
    "notice",
    [
        "Correction: an earlier version gave another date.",
        "This article was amended on 3 May to say that the talks had failed.",
        "Korrektur: Die Brücke ist nicht gesperrt.",
        "In einer früheren Version dieses Artikels stand ein anderer Name.",
        "Rectificatif : la réunion a eu lieu mardi.",
        "Une version précédente de cet article indiquait une autre date.",
        "Fe de errores: la reunión fue el martes.",
        "Una versión anterior de esta noticia daba otra fecha.",
        "Rättelse: mötet hölls i tisdags.",
        "I en tidigare version av artikeln angavs fel datum.",
    ],
)
def test_an_added_notice_of_correction(notice: str) -> None:
    labelled = summarise_in_detail(compare(paragraphs(FILLER), paragraphs(FILLER, notice))).labels
    assert ("correction", (Evidence(1, "", notice),)) in [(x.name, x.evidence) for x in labelled]


@pytest.mark.parametrize(
    ("notice", "label"),
    [
        ("Clarification: the plan was never adopted.", "clarification"),
        ("Update: The road is open again.", "update"),
        ("This story has been updated with a statement from the council.", "update"),
        ("Editor’s note: the name of the street has been changed.", "note"),
        ("Förtydligande: planen antogs aldrig.", "clarification"),
    ],
)
def test_other_notices_are_told_apart_from_corrections(notice: str, label: str) -> None:
    labelled = summarise_in_detail(compare(paragraphs(FILLER), paragraphs(FILLER, notice))).labels
    assert [each.name for each in labelled] == [label]


NOTICE = "Correction: an earlier version of this article gave the wrong year."


def test_a_notice_that_was_removed_is_told() -> None:
    summary = summarise_in_detail(compare(paragraphs(FILLER, NOTICE), paragraphs(FILLER)))
    assert [(x.name, x.evidence) for x in summary.labels] == [
        ("withdrawn", (Evidence(1, NOTICE, ""),))
    ]
    assert summary.sentence == "Correction notice removed; 1 paragraph removed"


@pytest.mark.parametrize(
    "after", [(NOTICE, FILLER), (FILLER, NOTICE.replace("the wrong year", "a wrong year"))]
)
def test_a_notice_that_was_moved_or_edited_still_stands(after: tuple[str, str]) -> None:
    diff = compare(paragraphs(FILLER, NOTICE), paragraphs(*after))
    assert "withdrawn" not in [label.name for label in summarise_in_detail(diff).labels]


@pytest.mark.parametrize(
    "text",
    [
        "The correction of the river cost two million.",
        "Updates were given to the families every hour.",
        "Die Korrektur der Preise hält an.",
    ],
)
def test_text_that_speaks_of_a_correction_is_no_notice(text: str) -> None:
    labelled = summarise_in_detail(compare(paragraphs(FILLER), paragraphs(FILLER, text))).labels
    assert "correction" not in [label.name for label in labelled]


def test_headline_standfirst_and_byline_show_the_whole_text() -> None:
    before = [Block("headline", "All quiet"), Block("standfirst", "So far"), Block("byline", "A")]
    after = [Block("headline", "No news"), Block("standfirst", "Till now"), Block("byline", "B")]
    labelled = summarise_in_detail(compare(before, after)).labels
    assert [(label.name, label.evidence) for label in labelled] == [
        ("headline", (Evidence(0, "All quiet", "No news"),)),
        ("standfirst", (Evidence(1, "So far", "Till now"),)),
        ("byline", (Evidence(2, "A", "B"),)),
    ]


def test_what_has_only_moved_earns_no_label() -> None:
    texts = ["“We will not pay 12 euros,” said Anna Ek.", FILLER, f"{FILLER} And so on."]
    diff = compare(paragraphs(*texts), paragraphs(texts[1], texts[2], texts[0]))
    assert summarise_in_detail(diff).labels == ()


@pytest.mark.parametrize(
    ("before", "after", "gone", "come"),
    [
        (
            "The bridge is shut, police said on Friday.",
            "The bridge is shut, a driver said on Friday.",
            "police",
            "a driver",
        ),
        (
            "According to police, the old bridge is shut.",
            "According to a driver, the old bridge is shut.",
            "police",
            "a driver",
        ),
        (
            "Selon la police, le pont a été fermé dans la nuit.",
            "Selon un témoin, le pont a été fermé dans la nuit.",
            "la police",
            "un témoin",
        ),
        (
            "Enligt polisen stängdes bron under natten.",
            "Enligt ett vittne stängdes bron under natten.",
            "polisen",
            "ett vittne",
        ),
        (
            "The old bridge was shut at night.",
            "The old bridge was shut at night, according to police.",
            "",
            ", according to police",
        ),
    ],
)
def test_another_source_of_the_same_statement(
    before: str, after: str, gone: str, come: str
) -> None:
    assert labels(before, after)["attribution"] == [(gone, come)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "The mayor said the bridge was shut for good.",
            "The mayor says the bridge was shut for good.",
        ),
        ("Berg said the bridge was shut for good.", "Ulf Berg said the bridge was shut for good."),
        (
            "The bridge, police said, was shut for good.",
            "Police said the bridge was shut for good.",
        ),
        (
            "“The bridge is shut for good,” said the man on Friday.",
            "“The bridge is shut for good,” said the man on Monday.",
        ),
    ],
)
def test_another_tense_or_place_and_the_day_are_no_other_source(before: str, after: str) -> None:
    assert "attribution" not in labels(before, after)
