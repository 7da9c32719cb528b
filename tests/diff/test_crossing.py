"""A sentence that stands in another paragraph than before is not struck out and added."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdiff_crawler.diff import compare, summarise
from newsdiff_crawler.diff.changes import changes, pieces
from newsdiff_crawler.items import Block
from tests.support.notation import paragraphs, rows

MILL = "The fire at the old mill killed 12 people on Monday night."
RIVER = "The river had been rising for three days before the dam gave way."
MAYOR = "The mayor said that nobody had told her of the cracks in the wall."
BRIDGE = "Nobody may cross the old bridge until it has been inspected again."
FERRY = "Two ferries now carry the children of the island to their school."


def line(before: list[Block], after: list[Block]) -> str:
    return summarise(compare(before, after)).sentence


def labels(before: list[Block], after: list[Block]) -> list[str]:
    return [label.name for label in summarise(compare(before, after)).labels]


def test_a_sentence_that_became_a_paragraph_further_up_has_moved() -> None:
    before = paragraphs(MILL, RIVER, f"{MAYOR} {BRIDGE}")
    after = paragraphs(MILL, BRIDGE, RIVER, f"{MAYOR} {FERRY}")
    assert rows(compare(before, after)) == [
        ("same", MILL, MILL),
        ("moved", "", f"<{BRIDGE}>"),
        ("same", RIVER, RIVER),
        ("edited", f"{MAYOR}< {BRIDGE}>", f"{MAYOR}{{+ {FERRY}+}}"),
    ]
    assert line(before, after) == "1 paragraph edited; 1 sentence moved up"
    assert labels(before, after) == ["grew"]


def test_a_paragraph_of_which_a_sentence_went_elsewhere_is_not_edited() -> None:
    before = paragraphs(f"{MILL} {RIVER}", MAYOR, BRIDGE)
    after = paragraphs(MILL, MAYOR, f"{BRIDGE} {RIVER}")
    assert rows(compare(before, after)) == [
        ("moved", f"{MILL}< {RIVER}>", MILL),
        ("same", MAYOR, MAYOR),
        ("moved", BRIDGE, f"{BRIDGE}< {RIVER}>"),
    ]
    assert line(before, after) == "1 sentence moved down"
    counts = summarise(compare(before, after)).counts
    assert (counts.words_added, counts.words_removed, counts.blocks_moved) == (0, 0, 1)


def test_where_only_a_paragraphs_end_was_moved_nothing_has_changed() -> None:
    before = paragraphs(f"{MILL} {RIVER}", f"{MAYOR} {BRIDGE}", FERRY)
    after = paragraphs(MILL, f"{RIVER} {MAYOR} {BRIDGE}", FERRY)
    assert rows(compare(before, after)) == [
        ("edited", f"{MILL}( {RIVER})", MILL),
        ("edited", f"{MAYOR} {BRIDGE}", f"({RIVER} ){MAYOR} {BRIDGE}"),
        ("same", FERRY, FERRY),
    ]
    assert list(changes(compare(before, after))) == []


def test_beside_an_end_that_was_moved_the_edit_is_still_told() -> None:
    before = paragraphs(f"{MILL} {RIVER}", f"{MAYOR} {BRIDGE}")
    after = paragraphs(MILL.replace("12", "14"), f"{RIVER} {MAYOR} {BRIDGE}")
    (change,) = changes(compare(before, after))
    told = [p for p in change.pieces if not p.same and not p.cosmetic]
    assert [(p.before, p.after) for p in told] == [("12", "14")]


def test_sentences_that_moved_together_are_judged_together() -> None:
    before = paragraphs(MILL, f"{RIVER} {MAYOR} {BRIDGE}", FERRY * 3, MILL * 3)
    after = paragraphs(MILL, RIVER, FERRY * 3, MILL * 3, f"{MAYOR} {BRIDGE}")
    assert rows(compare(before, after))[-1] == ("moved", "", f"<{MAYOR} ><{BRIDGE}>")


def test_the_standfirst_that_became_the_first_paragraph_has_moved() -> None:
    before = [Block("standfirst", MILL), *paragraphs(RIVER)]
    after = [Block("standfirst", FERRY), *paragraphs(MILL, RIVER)]
    assert ("moved", "", f"<{MILL}>") in rows(compare(before, after))


def test_stock_phrases_and_date_lines_never_move() -> None:
    before = paragraphs(f"{MILL} He declined to comment.", MAYOR, "Updated 3 May 2026 at 12.30")
    after = paragraphs("Updated 3 May 2026 at 12.30", MILL, f"{MAYOR} He declined to comment.")
    marks = {
        span.mark for row in compare(before, after).rows for s in row.after for span in s.spans
    }
    assert "moved" not in marks


@pytest.mark.parametrize(
    "line",
    [
        "Monday 3 May 2026",
        "14:32",
        "Måndag den 3 maj 2026 klockan 12.30",
        "3. Mai 2026, 14:32 Uhr",
        "Mis à jour le 3 mai 2026 à 14h32",
        "LONDON, May 3 —",
        "* * *",
        "_____",
    ],
)
def test_a_date_line_or_a_rule_is_never_moved_and_no_change(line: str) -> None:
    diff = compare(paragraphs(line, MILL, RIVER), paragraphs(MILL, RIVER, line))
    assert [row.edit for row in diff.rows] == ["removed", "same", "same", "added"]
    assert list(changes(diff)) == []


def test_between_paragraphs_that_only_one_version_has_sentences_move_too() -> None:
    before = paragraphs(f"{MILL} {RIVER}", BRIDGE, FERRY)
    after = paragraphs(BRIDGE, FERRY, f"{MAYOR} {MAYOR} {MAYOR} {RIVER}")
    assert f"< {RIVER}>" in rows(compare(before, after))[-1][2]


def test_a_line_of_the_text_that_became_the_headline_has_moved() -> None:
    before = [Block("headline", RIVER), *paragraphs(MILL, MAYOR)]
    diff = compare(before, [Block("headline", MILL), *paragraphs(MAYOR)])
    assert rows(diff)[0] == ("edited", f"[-{RIVER}-]", f"<{MILL}>")
    assert summarise(diff).sentence == "Headline rewritten; 1 sentence moved up"


def test_a_caption_that_became_a_sentence_of_the_text_has_moved() -> None:
    before = [*paragraphs(MILL), Block("caption", RIVER)]
    diff = compare(before, paragraphs(f"{MILL} {RIVER}"))
    assert [row.edit for row in diff.rows] == ["moved", "moved"]


def test_a_sentence_that_is_told_twice_moves_once() -> None:
    before = paragraphs(f"{MILL} {RIVER}", MAYOR, BRIDGE)
    after = paragraphs(MILL, f"{MAYOR} {RIVER}", f"{BRIDGE} {RIVER}")
    diff = compare(before, after)
    spans = [span for row in diff.rows for side in row.after for span in side.spans]
    assert sorted(span.mark for span in spans if RIVER in span.text) == ["added", "moved"]


SENTENCES = st.sampled_from([MILL, RIVER, MAYOR, BRIDGE, FERRY, "Nobody knows.", "12.30"])
PARAGRAPH = st.lists(SENTENCES, min_size=1, max_size=4).map(" ".join)
VERSION = st.lists(
    st.builds(Block, st.sampled_from(["paragraph", "standfirst", "headline"]), PARAGRAPH),
    max_size=6,
)


@given(VERSION, VERSION)
def test_a_diff_in_which_sentences_crossed_can_be_undone(
    before: list[Block], after: list[Block]
) -> None:
    diff = compare(before, after)
    assert diff.before() == before
    assert diff.after() == after
    for row in diff.rows:
        for side in row.before + row.after:
            assert "".join(span.text for span in side.spans) == side.block.text
        joined = pieces(row.before, row.after) if row.peer is None else []
        assert "".join(p.before for p in joined) == "\n".join(
            s.block.text for s in row.before if row.peer is None
        )


@given(VERSION, VERSION)
def test_what_crossed_is_on_both_sides_as_often(before: list[Block], after: list[Block]) -> None:
    diff = compare(before, after)
    sides = [row.before for row in diff.rows], [row.after for row in diff.rows]
    for mark in ("moved", "shifted"):
        old, new = (
            sorted(s.text.strip() for each in side for b in each for s in b.spans if s.mark == mark)
            for side in sides
        )
        assert old == new


@pytest.mark.parametrize("sentence", ["Nobody asked her anything.", "Then she left."])
def test_a_short_sentence_that_stands_once_has_moved(sentence: str) -> None:
    first, second = "The mayor spoke for an hour of bread.", "The vote was put off until spring."
    before = paragraphs(MILL, f"{first} {sentence}", f"{second} There is no money for it.")
    after = paragraphs(MILL, first, f"{second} {sentence} There is no money for it.")
    assert summarise(compare(before, after)).sentence == "1 sentence moved down"
