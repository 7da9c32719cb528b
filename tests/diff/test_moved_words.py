"""Words that stand elsewhere are not struck out and added, though their sentence was edited."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdiff_crawler.diff import Diff, compare, summarise
from newsdiff_crawler.diff.tokens import fold, tokenise
from newsdiff_crawler.items import Block
from tests.support.notation import paragraphs, rows, written

MILL = "The fire at the old mill killed 12 people on Monday night."
RIVER = "The river had been rising for three days before the dam gave way."
MAYOR = "The mayor said that nobody had told her of the cracks in the wall."
BRIDGE = "Nobody may cross the old bridge until it has been inspected again."
FERRY = "Two ferries now carry the children of the island to their school."


def crossed(diff: Diff, which: str) -> list[str]:
    """What moved or shifted, of one version."""
    sides = [side for row in diff.rows for side in getattr(row, which)]
    return [s.text.strip() for each in sides for s in each.spans if s.mark in ("moved", "shifted")]


def test_a_sentence_that_was_edited_on_its_way_has_moved_but_for_the_edit() -> None:
    before = paragraphs(f"{MILL} {RIVER}", MAYOR, BRIDGE)
    after = paragraphs(MILL, MAYOR, f"{BRIDGE} {RIVER.replace('three', 'four')}")
    diff = compare(before, after)
    assert rows(diff)[0][1] == (
        f"{MILL}< The river had been rising for >[-three -]<days before the dam gave way.>"
    )
    assert rows(diff)[2][2] == (
        f"{BRIDGE}< The river had been rising for >{{+four +}}<days before the dam gave way.>"
    )
    assert summarise(diff).sentence == (
        "Figure changed: three days → four days; 2 paragraphs edited; 1 sentence moved down"
    )


def test_a_sentence_that_begins_as_it_did_has_moved_also_where_no_five_words_in_a_row_stayed() -> (
    None
):
    before = paragraphs(RIVER, MILL, BRIDGE, f"{MAYOR} The old ferry sank in the cold storm.")
    after = paragraphs(f"{RIVER} The old ferry went down in the cold storm.", MILL, BRIDGE, MAYOR)
    assert crossed(compare(before, after), "after") == ["The old ferry", "in the cold storm."]


def test_a_sentence_of_another_beginning_is_another_one() -> None:
    before = paragraphs(RIVER, MILL, BRIDGE, f"{MAYOR} Fern shares sank 2 per cent by noon today.")
    after = paragraphs(f"{RIVER} Moss stocks sank 2 per cent at noon.", MILL, BRIDGE, MAYOR)
    assert crossed(compare(before, after), "after") == []


def test_a_clause_that_became_a_sentence_elsewhere_has_moved() -> None:
    joined = f"{MILL[:-1]}, and the {MAYOR[4:]}"
    diff = compare(paragraphs(joined, RIVER, BRIDGE), paragraphs(MILL, RIVER, f"{BRIDGE} {MAYOR}"))
    assert crossed(diff, "before") == [joined.partition(", and ")[2][:-1]]
    assert crossed(diff, "after") == [MAYOR[:-1]]


def test_a_sentence_that_changed_its_place_within_a_paragraph_has_moved() -> None:
    diff = compare(paragraphs(f"{MILL} {RIVER} {MAYOR}"), paragraphs(f"{RIVER} {MAYOR} {MILL}"))
    (row,) = diff.rows
    assert row.edit == "moved"
    assert crossed(diff, "before") == crossed(diff, "after") == [MILL[:-1]]
    assert summarise(diff).sentence == "1 sentence moved"


def test_what_moved_knows_the_row_in_which_the_other_version_has_it() -> None:
    before = paragraphs(f"{MILL} {RIVER}", MAYOR, BRIDGE)
    diff = compare(before, paragraphs(MILL, MAYOR, f"{BRIDGE} {RIVER.replace('three', 'four')}"))
    assert {s.peer for s in diff.rows[0].before[0].spans if s.mark == "moved"} == {2}
    assert {s.peer for s in diff.rows[2].after[0].spans if s.mark == "moved"} == {0}


def test_eight_words_in_a_row_have_moved_whatever_they_are_of() -> None:
    long = "the cracks in the wall of the upper dam"
    told = f"Nobody ever told her of {long}, she wrote, though they were wide."
    before = paragraphs(MILL, RIVER, told, BRIDGE)
    after = paragraphs(f"{MILL} Engineers had photographed {long} in spring.", RIVER, BRIDGE)
    assert crossed(compare(before, after), "after") == [long]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "the head of the river board, ",
            "He wrote to the head of the river board and to the county in vain.",
        ),
        ("She declined to comment on the matter.", "He declined to comment on the matter, too."),
        (
            "中华人民共和国外交部发言人周一在北京表示反对。",
            "记者援引中华人民共和国外交部的消息称，当地局势已经恢复平静，没有人受伤。",
        ),
    ],
)
def test_a_title_or_a_stock_phrase_never_moves(before: str, after: str) -> None:
    old = paragraphs(f"{MILL} Ann Ek, {before}was there all the same.", RIVER)
    assert crossed(compare(old, paragraphs(MILL, f"{RIVER} {after}")), "after") == []


def test_what_moved_is_no_word_that_was_added() -> None:
    before = paragraphs(f"{MILL} {RIVER}", MAYOR, BRIDGE)
    after = paragraphs(MILL, MAYOR, f"{BRIDGE} {RIVER.replace('three', 'four')}")
    counts = summarise(compare(before, after)).counts
    assert (counts.words_added, counts.words_removed) == (1, 1)


def test_a_new_paragraph_grew_by_what_is_new_in_it() -> None:
    before = paragraphs(MILL, f"{RIVER} {MAYOR}", BRIDGE)
    after = paragraphs(MILL, RIVER, BRIDGE, f"{MAYOR.replace('wall', 'dam')} {FERRY}")
    (grew,) = [label for label in summarise(compare(before, after)).labels if label.name == "grew"]
    assert [item.after for item in grew.evidence] == [f"dam. {FERRY}"]


SENTENCES = st.sampled_from([MILL, RIVER, MAYOR, BRIDGE, FERRY])
EDITED = st.builds(
    lambda text, old, new: text.replace(old, new),
    SENTENCES,
    st.sampled_from(["the ", "old", "12", ".", " "]),
    st.sampled_from(["", "every ", "  ", "x", ", "]),
)
VERSION = st.lists(
    st.lists(st.one_of(SENTENCES, EDITED), min_size=1, max_size=4)
    .map(" ".join)
    .map(lambda text: Block("paragraph", text)),
    max_size=5,
)


@given(VERSION, VERSION)
def test_undo_is_exact_where_words_moved(before: list[Block], after: list[Block]) -> None:
    diff = compare(before, after)
    assert (diff.before(), diff.after()) == (before, after)
    for side in (side for row in diff.rows for side in row.before + row.after):
        assert "".join(span.text for span in side.spans) == side.block.text


@given(VERSION, VERSION)
def test_the_same_words_moved_from_one_place_and_to_another(
    before: list[Block], after: list[Block]
) -> None:
    diff = compare(before, after)
    old, new = (
        sorted(fold(token) for text in crossed(diff, side) for token in tokenise(text))
        for side in ("before", "after")
    )
    assert old == new


@given(VERSION, VERSION)
def test_no_mark_begins_or_ends_inside_a_word(before: list[Block], after: list[Block]) -> None:
    for row in compare(before, after).rows:
        for side in row.before + row.after:
            ends = "".join(f"{span.text}|" for span in side.spans)
            assert not any(
                a.isalpha() and b.isalpha() and ends[n + 1] == "|"
                for n, (a, b) in enumerate(zip(ends, ends[2:], strict=False))
            ), written((side,))


@given(VERSION, VERSION)
def test_each_peer_has_words_that_crossed_from_its_row(
    before: list[Block], after: list[Block]
) -> None:
    diff = compare(before, after)
    went = {(n, s.peer) for n, r in enumerate(diff.rows) for b in r.before for s in b.spans}
    came = {(s.peer, n) for n, r in enumerate(diff.rows) for b in r.after for s in b.spans}
    assert {pair for pair in went if None not in pair} == {p for p in came if None not in p}
