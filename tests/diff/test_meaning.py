"""What turned the meaning of a passage that stayed."""

from __future__ import annotations

import pytest

from newsdiff_crawler.diff import compare, summarise
from newsdiff_crawler.diff.changes import changes
from newsdiff_crawler.diff.language import language_of
from newsdiff_crawler.diff.meaning import meanings
from tests.diff.test_kinds import kinds
from tests.support.notation import paragraphs


def found(before: str, after: str) -> list[tuple[str, str, str]]:
    """The sorts, each with its words before and after."""
    diff = compare(paragraphs(before), paragraphs(after))
    turned = (m for c in changes(diff) for m in meanings(c, language_of(diff.after())))
    return [(m.sort, m.before, m.after) for m in turned]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("The mayor did rule out a new tax.", "The mayor did not rule out a new tax.",
         ("negation", "rule", "not rule")),
        ("Mannen är skyldig till branden.", "Mannen är inte skyldig till branden.",
         ("negation", "skyldig", "inte skyldig")),
        ("He was charged with manslaughter on the hill.", "He was charged with murder on the hill.",
         ("charge", "manslaughter", "murder")),
        ("Mannen åtalas för dråp i byn.", "Mannen åtalas för mord i byn.",
         ("charge", "dråp", "mord")),
        ("The court upheld the ban on mills.", "The court struck down the ban on mills.",
         ("opposite", "upheld", "struck down")),
        ("Anna Cole (D-Ohio) voted for the bill.", "Anna Cole (R-Ohio) voted for the bill.",
         ("party", "D", "R")),
        ("The baker took the flour.", "The baker allegedly took the flour.",
         ("hedge", "took", "allegedly took")),
        ("The town will sell the old mill.", "The town may sell the old mill.",
         ("hedge", "will", "may")),
        ("The mayor had a plan for the mill.", "The mayor had no plan for the mill.",
         ("negation", "a", "no")),
    ],
)  # fmt: skip
def test_a_word_or_two_turn_what_a_passage_says(
    before: str, after: str, expected: tuple[str, str, str]
) -> None:
    assert found(before, after) == [expected]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The mayor did not speak of it.", "The mayor never did speak of it."),
        ("The baker took the flour.", "The baker took all of the flour."),
        ("They came home. It rained.", "They came home. But nobody was there. It rained."),
        ("It was a likely end of the story.", "It was a happy end of the story."),
        # A month, and words that deny in another language.
        ("They meet in May in the old hall.", "They meet in June in the old hall."),
        ("Sie treffen sich im Mai in der Halle.", "Sie treffen sich im Juni in der Halle."),
        ("O homem mora no Porto com a família.", "O homem mora em Lisboa com a família."),
        ("He was charged with fraud in May.", "He was charged with fraud and theft and lies."),
    ],
)
def test_other_words_turn_nothing(before: str, after: str) -> None:
    assert found(before, after) == []


def test_a_settled_statement_that_was_turned_was_altered() -> None:
    before = "The mayor did rule out a rise of the tax on mills."
    assert "altered" in kinds(before, before.replace("did rule", "did not rule"))


def test_that_something_became_less_sure_accuses_nobody() -> None:
    before = "The baker took the flour from the old mill on the hill."
    assert kinds(before, before.replace("took", "allegedly took")) == {}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "Il consiglio ha approvato il piano di vendita.",
            "Il consiglio ha respinto il piano di vendita.",
        ),
        ("Nämnden sade nej till planen på kvarnen.", "Nämnden sade ja till planen på kvarnen."),
        ("All of the passengers left the ship.", "None of the passengers left the ship."),
        (
            "Mannen döms för våldtäkt på en kvinna.",
            "Mannen döms för anstiftan till våldtäkt på en kvinna.",
        ),
        (
            "Tjuven jagades i kapp av flera personer.",
            "Tjuven ska ha jagats i kapp av flera personer.",
        ),
        ("Le conseil n'a pas accepté le projet.", "Le conseil a accepté le projet."),
    ],
)
def test_opposites_complicity_and_hearsay_in_many_languages(before: str, after: str) -> None:
    diff = compare(paragraphs(before), paragraphs(after))
    assert "meaning" in {label.name for label in summarise(diff).labels}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("He never went back to the mill.", "He often went back to the mill."),
        ("The only witness left the town.", "A witness left the town."),
        ("Il n'y a aucun lien entre les incendies.", "Il y a un lien entre les incendies."),
        ("Er is geen verband tussen de branden.", "Er is een verband tussen de branden."),
    ],
)
def test_what_denies_or_leaves_no_other_among_small_words(before: str, after: str) -> None:
    diff = compare(paragraphs(before), paragraphs(after))
    assert "meaning" in {label.name for label in summarise(diff).labels}


def test_nothing_said_in_other_words_denies_nothing_anew() -> None:
    before, after = "Det var inget ludd i brunnen.", "Det inte fanns något ludd i brunnen."
    diff = compare(paragraphs(before), paragraphs(after))
    assert "meaning" not in {label.name for label in summarise(diff).labels}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The statue is by a Norwegian artist who died young.",
         "The statue is by a Danish artist who died young."),
        ("Statyn är gjord av en norsk konstnär som dog ung.",
         "Statyn är gjord av en dansk konstnär som dog ung."),
        ("Die Statue ist das Werk eines norwegischen Künstlers aus dem Dorf.",
         "Die Statue ist das Werk eines dänischen Künstlers aus dem Dorf."),
        ("La statue est l'œuvre d'un artiste norvégien mort jeune.",
         "La statue est l'œuvre d'un artiste danois mort jeune."),
    ],
)  # fmt: skip
def test_another_nationality_was_altered(before: str, after: str) -> None:
    assert "altered" in kinds(before, after)


def test_an_inflected_nationality_is_the_same() -> None:
    assert found("Han hyllade den franske konstnären.", "Han hyllade den franska konstnären.") == []


def test_finnish_denies_with_another_form_of_the_verb() -> None:
    before = "Oikeus katsoi, että lääkäri oli noudattanut sääntöjä."
    assert [sort for sort, *_ in found(before, before.replace("oli", "ei ollut"))] == ["negation"]
