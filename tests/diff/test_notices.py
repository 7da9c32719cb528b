from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdiff_crawler.diff.notices import notice_of


def kind(text: str, language: str = "") -> str:
    notice = notice_of(text, language)
    return notice.kind if notice else ""


@pytest.mark.parametrize(
    "text",
    [
        "This article was amended on 9 June to correct the name of the lake.",
        "An earlier version of this story misspelled the name of the lake.",
        "A correction was made on June 9: the lake is in Norway.",
        "CORRECTS: Adds dropped word.",
        "This story corrects the depth of the lake.",
        "(Corrects to say metres, not miles)",
        "(Refiles to fix typo in headline)",
        "(This June 9 story has been corrected to say metres in paragraph 2)",
        "CORRECTION",
        "We regret the error.",
        "We have corrected the depth of the lake in this article.",
        "Korrekturhinweis: Der See liegt in Norwegen.",
        "In einer früheren Version dieses Textes hatten wir den See falsch benannt.",
        "Wir bitten, den Fehler zu entschuldigen.",
        "Une première version de cet article situait le lac en Suède.",
        "Contrairement à ce que nous avions écrit, le lac est en Norvège.",
        "FE DE ERRATAS: el lago está en Noruega.",
        "Errata corrige",
        "Rettifica: il lago è in Norvegia.",
        "ERRAMOS: O lago fica na Noruega",
        "Correctie: het meer ligt in Noorwegen.",
        "Sprostowanie: jezioro leży w Norwegii.",
        "Исправление: озеро находится в Норвегии.",
        "Düzeltme: göl Norveç'tedir.",
        "訂正：湖はノルウェーにあります。",
        "更正：该湖位于挪威。",
        "I artikeln stod det tidigare att sjön ligger i Sverige.",
        "Vi har rättat namnet på sjön i artikeln.",
        "Rettelse: Innsjøen ligger i Norge.",
        "Artiklen er rettet den 9. juni.",
        "Juttua on korjattu 9.6.",
    ],
)
def test_a_correction(text: str) -> None:
    assert kind(text) == "correction"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("(This June 9 story has been refiled to correct the depth of the lake)", "en"),
        ("This story has been refiled to fix a typographical error.", "en"),
        ("(Company corrects the depth to 9 metres in paragraph 3)", "en"),
        ("REFILE: Fixes depth of the lake", "en"),
        ("■ An earlier version of this article gave another depth.", "en"),
        ("- This story was corrected to say that the lake is deep.", "en"),
        ("The lake is deep. [Correction: an earlier version gave another depth.]", "en"),
        ("(Korrigiert Tiefe des Sees im zweiten Absatz)", "de"),
        ("(Corrige la profondeur du lac au paragraphe 2)", "fr"),
        ("(Corrige la profundidad del lago en el segundo párrafo)", "es"),
        ("(Rättad version: sjöns djup i andra stycket)", "sv"),
    ],
)
def test_a_correction_behind_a_bullet_in_brackets_and_of_an_agency(
    text: str, language: str
) -> None:
    assert kind(text, language) == "correction"
    assert kind(text) == "correction"


@pytest.mark.parametrize(
    "text",
    [
        "(Adds up to a tenth of the lake)",
        "(Updates on the lake: see page 4)",
        "(He corrects maps of the lake)",
        "The firm refiled the claim to fix an error.",
        "– Artikeln har korrigerats, och det var på tiden.",
    ],
)
def test_brackets_and_bullets_alone_make_no_notice(text: str) -> None:
    assert kind(text) == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Clarification: the lake is not for sale.", "clarification"),
        ("We have removed a quotation from this article: nobody can prove it.", "editor's note"),
        ("This story has been clarified: the lake is not for sale.", "clarification"),
        ("Précision : le lac n’est pas à vendre.", "clarification"),
        ("Förtydligande: Sjön är inte till salu.", "clarification"),
        ("Update: The lake is open again.", "update"),
        ("This story has been updated with a statement from the owner.", "update"),
        ("(Adds comment from the owner)", "update"),
        ("Mise à jour à 9 h 30 : le lac est ouvert.", "update"),
        ("Aggiornamento ore 9:30", "update"),
        ("Uppdatering: Sjön är öppen igen.", "update"),
        ("Saken er oppdatert.", "update"),
        ("Editor’s note: the name of the owner was left out.", "editor's note"),
        ("Anmerkung der Redaktion: Der Name wurde geändert.", "editor's note"),
        ("Note de la rédaction : le nom a été changé.", "editor's note"),
        ("Transparenzhinweis: Der Autor kennt den See.", "editor's note"),
        ("• This article’s headline was changed on 9 June.", "editor's note"),
        ("This footnote was added on 9 June.", "editor's note"),
    ],
)
def test_other_kinds_are_told_apart(text: str, expected: str) -> None:
    assert kind(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Update on the lake: the water is rising.",
        "The firm will update its maps of the lake.",
        "An earlier version of the plan was turned down.",
        "An earlier report wrongly placed the lake in Sweden.",
        "The report was amended before the vote.",
        "“We have corrected the error,” the owner said.",
        "We regret the error, the owner said.",
        "For the record, the lake is deep.",
        "Corrections officers walked out.",
        "Last updated: 9 June 2024 at 09:30",
        "Die Korrektur der Karte kostet Geld.",
        "Der Text des Gesetzes wurde geändert.",
        "„Wir haben die Zahl korrigiert“, sagte der Wirt.",
        "L’article 3 de la loi a été modifié.",
        "Une première version du projet de loi est tombée.",
        "El texto de la ley ha sido modificado.",
        "L’articolo 18 è stato modificato.",
        "O texto da lei foi alterado.",
        "En tidigare version av filmen visades i går.",
        "– Vi har rättat felet, säger ägaren.",
        "Texten i lagen har ändrats.",
    ],
)
def test_what_speaks_of_something_else_is_no_notice(text: str) -> None:
    assert kind(text) == ""


def test_a_notice_within_a_text_begins_with_its_sentence() -> None:
    said = "This article was amended on 9 June to correct a name."
    notice = notice_of(f"The lake is deep. {said}", "en")
    assert notice
    assert notice.text == said


def test_where_the_language_is_known_only_its_phrases_and_english_ones_are_looked_for() -> None:
    text = "I artikeln stod det tidigare att sjön ligger i Sverige."
    assert kind(text, "sv") == "correction"
    assert kind(text, "fr") == ""


@given(st.text(st.sampled_from("This article was updated. Correction: ()–“”\n"), max_size=80))
def test_a_notice_is_part_of_its_text(text: str) -> None:
    notice = notice_of(text)
    assert notice is None or notice.text in text


@pytest.mark.parametrize(
    "text", ["this article " * 15_000, "correction " * 15_000, "a version " * 15_000]
)
def test_a_hostile_text_takes_no_longer_than_its_length_warrants(text: str) -> None:
    assert notice_of(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "In a story published March 4, 2024, about the budget, The Associated Press erroneously "
        "reported the size of the deficit.",
        "The BBC has amended this article to reflect the correct cost of the pool.",
        "We apologise to Mr Hill for the error.",
        "*Corrected from an earlier version.",
    ],
)
def test_forms_of_agencies_and_broadcasters_are_notices(text: str) -> None:
    assert notice_of(text)


@pytest.mark.parametrize(
    "text",
    [
        "Correction, 5.30pm: the lake is in Norway.",
        "UPDATED 3pm: the lake is open.",
        "In a story June 9, The Associated Press reported erroneously that the lake was dry.",
        "We've updated this story to make clear that nobody swam.",
        "We originally reported that the lake is in Sweden.",
        "We are happy to clarify that the lake is no pond.",
        "Aktualisiert am 9. Juni: Der See ist offen.",
        "Wir hatten zunächst berichtet, der See sei trocken.",
        "Edit du 9 juin : le lac est ouvert.",
        "Modifié le 9 juin à 14h : le lac est ouvert.",
        "Nota: este artículo se actualizó el 9 de junio.",
        "Deze tekst is aangepast.",
        "Aanvulling: het meer is open.",
        "Oppdatert: Innsjøen er åpen.",
        "Otsikkoa muokattu kello 14.30.",
    ],
)
def test_notices_with_a_time_and_without_a_colon_in_many_languages(text: str) -> None:
    assert notice_of(text)


@pytest.mark.parametrize(
    "text",
    [
        "This article of the treaty was amended in May.",
        "This report by the UN was updated in May.",
        "This list was updated in 1999, the last year of the club.",
        "The paper apologised for the error in its ad.",
        "Der Text wurde vom Bundestag geändert.",
        "Dieser Artikel wurde durch das Gesetz von 2019 geändert.",
        "Le texte a été modifié par le Sénat.",
        "El texto fue modificado por el Senado.",
        "Il testo è stato modificato dal Senato.",
        "O texto foi alterado pelo Senado.",
        "Tekst został zmieniony przez Senat.",
        "Texten har ändrats av riksdagen.",
        "Teksten ble endret av Stortinget.",
    ],
)
def test_what_somebody_else_changed_or_in_another_year_is_no_notice(text: str) -> None:
    assert notice_of(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "The app has many features (updates: weekly; price: 3 euros) and works.",
        "He said: “The app (update: weekly) is fine.”",
    ],
)
def test_a_bracket_in_the_middle_of_a_sentence_or_in_speech_is_no_notice(text: str) -> None:
    assert notice_of(text) is None


def test_a_bracket_at_the_end_is_one() -> None:
    assert notice_of("The mayor is 45. (Correction: we had his age wrong.)")
