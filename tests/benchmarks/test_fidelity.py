"""What `benchmarks/fidelity.py` measures with, on texts and pages of our own."""

from __future__ import annotations

import random
import re

import pytest

from benchmarks.extraction.boxes import KINDS, insert_additions, insert_boxes
from benchmarks.extraction.changes import edit_paragraph, move_surroundings
from benchmarks.extraction.measure import first_difference
from benchmarks.extraction.scores import Score, fold, foreign, paragraph_score, title_right
from benchmarks.extraction.words import shares

ONE = "The lighthouse was sold at noon."
TWO = "Nobody in the village had been told."
THREE = "The buyer has asked for silence."
PERFECT = Score(1, 1, 1, 1)
TEASER = "Ferry fares will rise in June"
PAGE = f"""<html><head><script type="application/ld+json">{{"articleBody": "{ONE} {TWO}"}}</script>
</head><body><nav><ul><li><a href="/ferry">{TEASER}</a></li></ul></nav>
<h1>Lighthouse sold</h1><span class="css-1ab2cd3">3 hours ago</span>
<a class="comments">12 comments</a>
<div class="css-9zz8yy7 story"><p>{ONE}</p><p>{TWO}
<a href="/x">Read what the mayor said</a></p></div>
</body></html>"""
STORY = ["Lighthouse sold", ONE, f"{TWO} Read what the mayor said"]


def test_all_paragraphs_and_no_other_are_perfect() -> None:
    assert paragraph_score([ONE, TWO], [ONE, TWO]) == PERFECT


def test_precision_falls_by_what_is_too_much_and_recall_by_what_is_missed() -> None:
    score = paragraph_score([ONE, TWO], [ONE, THREE, "Share"])
    assert [score.precision, score.recall] == pytest.approx([1 / 3, 0.5])
    assert score.f1 == pytest.approx(0.4)


def test_nothing_read_is_nought() -> None:
    assert paragraph_score([ONE], []) == Score(0, 0, 0, 0)


def test_texts_that_may_be_read_or_not_count_neither_way() -> None:
    assert paragraph_score([ONE], [ONE, "Lighthouse sold"], ["Lighthouse sold"]) == PERFECT


def test_a_paragraph_of_the_story_counts_though_a_caption_says_the_same() -> None:
    assert paragraph_score([ONE, TWO], [ONE], [TWO]).recall == 0.5


def test_a_paragraph_read_twice_is_once_too_much() -> None:
    assert paragraph_score([ONE], [ONE, ONE]).precision == 0.5


def test_quotes_and_dashes_of_another_kind_are_the_same_text() -> None:
    assert fold("“A – ‘b’…”") == fold("\"A - 'b'...\"")


def test_a_slip_is_the_same_paragraph_but_not_exactly() -> None:
    score = paragraph_score([ONE, TWO], [ONE.replace("was", "wass"), TWO])
    assert (score.f1, score.exact_f1) == (1, 0.5)


@pytest.mark.parametrize(
    ("gold", "read"), [([f"{ONE} {TWO}", THREE], [ONE, TWO, THREE]), ([ONE, TWO], [f"{ONE} {TWO}"])]
)
def test_paragraphs_cut_elsewhere_are_the_same_text(gold: list[str], read: list[str]) -> None:
    assert paragraph_score(gold, read).f1 == 1


def test_parts_that_do_not_stand_in_a_row_make_up_nothing() -> None:
    assert paragraph_score([f"{ONE} {TWO}"], [ONE, THREE, TWO]).recall == 0


@pytest.mark.parametrize(
    ("read", "right"),
    [
        ("Lighthouse sold – again", True),
        ("Lighthouse sold - again | The Harbour Post", True),
        ("The Harbour Post: Lighthouse sold - again", False),
        ("Lighthouse sold", False),
        ("", False),
    ],
)
def test_a_headline_may_carry_the_sites_name_and_nothing_else(read: str, right: bool) -> None:
    assert title_right("Lighthouse sold – again", read) is right


def test_a_known_headline_may_end_in_the_sites_name_too() -> None:
    assert title_right("Lighthouse sold | The Harbour Post", "Lighthouse sold")
    assert not title_right("Lighthouse sold | The Harbour Post", "The Harbour Post")


def test_foreign_is_what_is_known_to_be_of_other_stories() -> None:
    assert foreign([ONE, TEASER], [ONE], [TEASER, ONE]) == [TEASER]


def test_surroundings_move_and_the_story_stays() -> None:
    before, after = move_surroundings(PAGE, STORY, random.Random(1))
    assert ONE in after
    assert "Read what the mayor said" in after
    assert after.count("<li>") > before.count("<li>")
    for moved in (TEASER, "3 hours ago", "12 comments", "css-1ab2cd3", "css-9zz8yy7"):
        assert moved in before
        assert moved not in after


def test_moves_are_repeated_by_their_seed() -> None:
    assert move_surroundings(PAGE, STORY, random.Random(5)) == move_surroundings(
        PAGE, STORY, random.Random(5)
    )


def test_an_edit_is_made_wherever_the_page_repeats_the_paragraph() -> None:
    edited = edit_paragraph(PAGE, [ONE, TWO], 1, random.Random(1))
    assert edited is not None
    assert TWO not in edited
    assert edited.count(ONE) == 2


def test_a_paragraph_that_the_page_does_not_hold_is_not_edited() -> None:
    assert edit_paragraph(PAGE, [THREE], 0, random.Random(1)) is None


def test_the_first_difference_names_what_went_and_what_came() -> None:
    assert first_difference([ONE, TWO], [ONE, THREE]) == f"- {TWO} + {THREE}"
    assert first_difference([ONE], [ONE]) == ""


LONG = (
    "<p class='t'>The lighthouse was sold at noon.</p> <p class='t'>Nobody in the village knew.</p>"
)
TEXTS = [ONE, "Nobody in the village knew."]


def test_a_box_of_each_kind_stands_between_two_paragraphs() -> None:
    boxes = dict(insert_boxes(f"<body>{LONG}</body>", TEXTS, random.Random(1)))
    assert set(boxes) == set(KINDS)
    for page in boxes.values():
        first, _, rest = page.partition(ONE)
        assert first.endswith('<p class="t">')
        assert rest.startswith("</p><")
        assert len(rest) > len(LONG) - len(ONE)


def test_an_addition_takes_the_pages_own_paragraph() -> None:
    page = dict(insert_additions(f"<body>{LONG}</body>", TEXTS, random.Random(1)))["denial"]
    assert page.count('<p class="t">') == 3


def test_a_page_without_two_paragraphs_side_by_side_gets_no_box() -> None:
    assert list(insert_boxes("<body><p>Alone</p></body>", ["Alone"], random.Random(1))) == []


def test_no_name_of_a_form_is_left_in_a_page() -> None:
    for seed in range(20):
        rng = random.Random(seed)
        inserted = [*insert_boxes(LONG, TEXTS, rng), *insert_additions(LONG, TEXTS, rng)]
        for _, page in inserted:
            assert not re.search(r"\b(?:LABEL|LINK|HEADLINE|SUMMARY|HASH|NAME)\b|<P>", page)


def test_words_are_shared_as_often_as_they_stand_there() -> None:
    assert shares("a b b c", "b b b") == pytest.approx((2 / 3, 0.5, 4 / 7))
    assert shares("a", "") == (0, 0, 0)
