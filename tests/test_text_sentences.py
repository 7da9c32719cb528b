"""Where sentences end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdiff_crawler.text import sentences


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Ek met Mr. J. K. Bo at 12.30 in St. Ives.",
        "Am 3. Oktober kam z. B. Frau Dr. Müller.",
        "Mötet börjar kl. 18 och bl.a. kommer statsministern.",
        "M. Roux a refusé.",
        "It cost $1.5m... or so they said.",
        "no stop at all",
        "They met at 5 p.m. Monday in Lund.",
        "The U.S. Senate met in St. John's.",
        "Mora Inc. Chairman Bo Ek left for good.",
        "It is No. 3 on the list.",
        "Sie spielt in der 2. Bundesliga und gewinnt.",
        "Nach dem 2. Weltkrieg zog er fort.",
        "Er sagte (...) Dann ging er.",
        "1. Open the door.",
        "“Why now?” Bo Ek asked.",
    ],
)
def test_one_sentence(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It ended. Nobody knew.", ["It ended.", "Nobody knew."]),
        ('"Why?" he asked. "No!" She left.', ['"Why?" he asked.', '"No!"', "She left."]),
        ("It was 1999. Then came 2000.", ["It was 1999.", "Then came 2000."]),
        ("« Oui. » Il est parti.", ["« Oui. »", "Il est parti."]),
        ("„Wir gehen.“ Dann kam er.", ["„Wir gehen.“", "Dann kam er."]),
        ("»Wir gehen.« Dann kam er.", ["»Wir gehen.«", "Dann kam er."]),
        ("They met at 5 p.m. The mayor came.", ["They met at 5 p.m.", "The mayor came."]),
        ("He works for Mora Inc. He is well.", ["He works for Mora Inc.", "He is well."]),
        ("She moved to the U.S. She is well.", ["She moved to the U.S.", "She is well."]),
        ("He said no. 3 people left.", ["He said no.", "3 people left."]),
        ("Sie kam am 12. Am 13. ging sie.", ["Sie kam am 12.", "Am 13. ging sie."]),
        ("Das kostet 3 Mio. Der Bund zahlt.", ["Das kostet 3 Mio.", "Der Bund zahlt."]),
        ("火灾发生。12人死亡！为什么？", ["火灾发生。", "12人死亡！", "为什么？"]),
        ("لماذا؟ لا نعرف.", ["لماذا؟", "لا نعرف."]),
        ("   ", []),
    ],
)
def test_several_sentences_or_none(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize("text", ["." * 200_000, '."' * 100_000, "a." * 100_000])
def test_a_hostile_text_takes_no_longer_than_its_length_warrants(text: str) -> None:
    assert sentences(text) == [text]


@given(st.text(st.sampled_from('ab A.!?…"» \n。12'), max_size=40))
def test_no_character_but_white_space_is_lost(text: str) -> None:
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())


@pytest.mark.parametrize(
    "text",
    [
        "Am 12. 3. 2024 kam er.|Sie ging.",
        "Er wohnt in der Hauptstr. 5 in Bonn.|Sie auch.",
        "She is 5 ft. 9 in. tall.|He is small.",
        "Ex-Pres. Cole left.|He smiled.",
        "Il dott. Rossi è uscito.|Lei è rimasta.",
        "Dhr. Jansen vertrok.|Zij bleef.",
        "Broen, f.eks. Storebælt, er lang.|Den er ny.",
        "Mieszka przy ul. Długiej 5.|Ona też.",
        "Vive en EE. UU. desde 2010.|Está bien.",
        "Vi ses den 3. maj.|Farvel.",
    ],
)
def test_a_full_stop_of_a_short_form_ends_no_sentence(text: str) -> None:
    assert sentences(text.replace("|", " ")) == text.split("|")
