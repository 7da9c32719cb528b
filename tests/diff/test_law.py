"""What somebody is before the law: other words for it turn what a text says."""

from __future__ import annotations

import pytest

from newsdiff_crawler.diff import compare, summarise
from newsdiff_crawler.diff.law import stage_of
from tests.support.notation import paragraphs

ENGLISH = "The baker was # the murder of two men in the old mill by the river."
SWEDISH = "Bagaren # mordet på två män i den gamla kvarnen i dalen."
GERMAN = "Der Bäcker wurde wegen des Mordes an zwei Männern in der Mühle #."
FRENCH = "Le boulanger a été # pour le meurtre de deux hommes dans le vieux moulin."
SPANISH = "El panadero fue # la muerte de dos hombres en el viejo molino."


def labels(text: str, old: str, new: str) -> set[str]:
    before, after = (paragraphs(text.replace("#", words)) for words in (old, new))
    return {str(label.name) for label in summarise(compare(before, after)).labels}


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (ENGLISH, "charged with", "convicted of"),
        (ENGLISH, "cleared of", "found guilty of"),
        (ENGLISH, "accused of", "suspected of"),
        (SWEDISH, "friades från", "dömdes för"),
        (SWEDISH, "åtalas för", "misstänks för"),
        (GERMAN, "freigesprochen", "verurteilt"),
        (GERMAN, "angeklagt", "verdächtigt"),
        (FRENCH, "mis en examen", "condamné"),
        (FRENCH, "accusé", "soupçonné"),
        (SPANISH, "acusado de", "condenado por"),
        (SPANISH, "absuelto de", "condenado por"),
    ],
)
def test_a_verdict_or_a_milder_word_is_altered(text: str, old: str, new: str) -> None:
    assert {"meaning", "altered"} <= labels(text, old, new)


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (ENGLISH, "suspected of", "arrested for"),
        (ENGLISH, "arrested for", "charged with"),
        (ENGLISH, "charged with", "cleared of"),
        (GERMAN, "verdächtigt", "angeklagt"),
    ],
)
def test_the_law_goes_on(text: str, old: str, new: str) -> None:
    assert {"meaning", "developed"} <= labels(text, old, new)


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("Der Angeklagte wurde wegen # an zwei Männern verurteilt.", "Totschlags", "Mordes"),
        ("He is held over the # of two men in the old mill.", "murder", "attempted murder"),
        ("Il est jugé pour # de deux hommes dans le moulin.", "le meurtre", "l’homicide"),
        ("Fue condenado por el # de dos hombres en el molino.", "homicidio", "asesinato"),
    ],
)
def test_a_charge_in_any_form_is_another_one(text: str, old: str, new: str) -> None:
    assert {"meaning", "altered"} <= labels(text, old, new)


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("The mayor # taking money from the mill in 2009.", "denied", "admitted"),
        ("Der Minister # den Bericht über die Mühle.", "bestätigte", "dementierte"),
        ("El alcalde # el informe sobre el molino el lunes.", "confirmó", "negó"),
        ("Le maire a # avoir reçu de l’argent du moulin.", "nié", "reconnu"),
    ],
)
def test_what_was_denied_and_is_admitted_turns_the_meaning(text: str, old: str, new: str) -> None:
    assert "meaning" in labels(text, old, new)


def test_words_of_several_stages_tell_none() -> None:
    assert stage_of(["charged", "and", "convicted"]) is None
