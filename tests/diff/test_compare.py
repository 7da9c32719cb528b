from __future__ import annotations

import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdiff_crawler.diff import compare
from newsdiff_crawler.diff.compare import MAX_BLOCKS
from newsdiff_crawler.items import Block, BlockKind
from tests.support.notation import paragraphs, rows

MILL = "The fire at the old mill killed 12 people on Monday night."
RIVER = "The river had been rising for three days before the dam gave way."
MAYOR = "The mayor said that nobody had told her of the cracks in the wall."


def test_what_stayed_faces_itself() -> None:
    assert rows(compare(paragraphs(MILL, RIVER), paragraphs(MILL, RIVER))) == [
        ("same", MILL, MILL),
        ("same", RIVER, RIVER),
    ]


def test_an_edited_paragraph_faces_its_older_self_when_another_comes_before_it() -> None:
    after = paragraphs(MAYOR, MILL.replace("12", "14"))
    assert rows(compare(paragraphs(MILL), after)) == [
        ("added", "", f"{{+{MAYOR}+}}"),
        (
            "edited",
            "The fire at the old mill killed [-12-] people on Monday night.",
            "The fire at the old mill killed {+14+} people on Monday night.",
        ),
    ]


def test_up_to_what_stayed_what_went_stands_before_what_came() -> None:
    diff = compare(paragraphs(MILL, RIVER), paragraphs(MAYOR, RIVER))
    assert [row.edit for row in diff.rows] == ["removed", "added", "same"]


def test_a_moved_paragraph_stands_in_both_places_and_each_names_the_other() -> None:
    moved = compare(paragraphs(MILL, RIVER, MAYOR), paragraphs(RIVER, MAYOR, MILL)).rows
    assert [row.edit for row in moved] == ["moved", "same", "same", "moved"]
    assert (moved[0].peer, moved[3].peer) == (3, 0)


def test_words_edited_on_the_way_are_marked_in_a_moved_paragraph() -> None:
    diff = compare(
        paragraphs(MILL, RIVER, MAYOR), paragraphs(RIVER, MAYOR, MILL.replace("12", "14"))
    )
    assert rows(diff)[3] == (
        "moved",
        "",
        "The fire at the old mill killed {+14+} people on Monday night.",
    )


def test_a_paragraph_split_in_two_faces_both_parts() -> None:
    assert rows(compare(paragraphs(f"{MILL} {RIVER}"), paragraphs(MILL, RIVER))) == [
        ("split", f"{MILL}[-~ -]{RIVER}", f"{MILL} | {RIVER}")
    ]


def test_two_paragraphs_merged_face_the_one_with_its_edits_marked() -> None:
    after = paragraphs(f"{MILL} {RIVER}".replace("three", "four"))
    assert rows(compare(paragraphs(MILL, RIVER), after)) == [
        (
            "merged",
            f"{MILL} | {RIVER.replace('three', '[-three-]')}",
            f"{MILL}{{+~ +}}{RIVER.replace('three', '{+four+}')}",
        )
    ]


@pytest.mark.parametrize("kind", ["headline", "standfirst", "byline"])
def test_what_an_article_has_one_of_faces_its_successor_whatever_it_says(kind: BlockKind) -> None:
    diff = compare([Block(kind, "All quiet")], [Block(kind, "War declared")])
    assert rows(diff) == [("edited", "[-All quiet-]", "{+War declared+}")]


@pytest.mark.parametrize("kind", ["headline", "standfirst", "byline", "caption"])
def test_a_kind_of_its_own_never_faces_a_paragraph(kind: BlockKind) -> None:
    diff = compare([Block(kind, MILL)], paragraphs(MILL))
    assert [(len(row.before), len(row.after)) for row in diff.rows] == [(1, 0), (0, 1)]


def test_a_paragraph_marked_up_as_a_list_item_is_the_same_text() -> None:
    diff = compare(paragraphs(MILL), [Block("list_item", MILL)])
    assert [row.edit for row in diff.rows] == ["same"]


@pytest.mark.parametrize(
    "after",
    [
        MAYOR.replace("the cracks", "the  cracks"),
        f"{MAYOR[:-1]}!",
        MAYOR.upper(),
    ],
)
def test_a_row_that_changed_in_appearance_only_is_cosmetic(after: str) -> None:
    (row,) = compare(paragraphs(MAYOR), paragraphs(after)).rows
    assert (row.edit, row.cosmetic) == ("edited", True)


def test_a_time_stamp_that_moved_on_is_cosmetic() -> None:
    old, new = paragraphs("Updated: 3 May, 14:32"), paragraphs("Updated: 4 May, 09:10")
    (row,) = compare(old, new).rows
    assert (row.edit, row.cosmetic) == ("edited", True)


def test_a_changed_figure_is_not_cosmetic() -> None:
    (row,) = compare(paragraphs(MILL), paragraphs(MILL.replace("12", "1.2"))).rows
    assert not row.cosmetic


def test_a_list_of_short_equal_lines_that_grew_by_one_moves_nothing() -> None:
    before = paragraphs("Yes", "No", "Yes", "Yes", "No", "Yes")
    after = [*before[:2], Block("paragraph", "No"), *before[2:]]
    assert [row.edit for row in compare(before, after).rows].count("same") == 6


def test_blocks_beyond_the_work_limit_are_compared_as_one_a_line_each() -> None:
    before = paragraphs(*(f"line {n}" for n in range(MAX_BLOCKS + 500)))
    diff = compare(before, [*before, Block("paragraph", "one more")])
    assert len(diff.before()) == MAX_BLOCKS
    assert "\n".join(b.text for b in diff.before()) == "\n".join(b.text for b in before)
    assert rows(diff)[-1][2].endswith("{+\none more+}")


KINDS = st.sampled_from(["headline", "standfirst", "byline", "paragraph", "list_item", "caption"])
WILD = st.text(st.characters(), max_size=20)
PHRASE = st.lists(
    st.sampled_from(["The ", "fire ", "“x” ", '"x" ', "12.5% ", "中", "e\u0301", "\ud800", ". "]),
    max_size=12,
).map("".join)
VERSION = st.lists(st.builds(Block, KINDS, st.one_of(WILD, PHRASE)), max_size=7)


@given(VERSION, VERSION)
def test_every_diff_can_be_undone(before: list[Block], new: list[Block]) -> None:
    after = (before + new)[::2] + before[1::2]
    diff = compare(before, after)
    assert diff.before() == before
    assert diff.after() == after
    sides = [side for row in diff.rows for side in row.before + row.after]
    assert all("".join(span.text for span in side.spans) == side.block.text for side in sides)


@given(VERSION, VERSION)
def test_what_is_marked_the_same_is_the_same_on_both_sides(
    before: list[Block], after: list[Block]
) -> None:
    diff = compare(before, after)
    for row in diff.rows:
        now = diff.rows[row.peer] if row.peer is not None and row.before else row
        if row.before or row.peer is None:
            old = [s.text for side in row.before for s in side.spans if s.mark == "same"]
            new = [s.text for side in now.after for s in side.spans if s.mark == "same"]
            assert "".join(old) == "".join(new)


_REPEATABLE = """
import random
from newsdiff_crawler.diff import compare
from newsdiff_crawler.items import Block
rng = random.Random(3)
words = [f"{a}{b}" for a in "bdfgklmn" for b in ("ara", "elo", "ini", "oru")]
line = lambda: " ".join(rng.choices(words, k=12))
old = [line() for _ in range(80)]
new = [" ".join(rng.sample(text.split(), 12)) for text in rng.sample(old, 80)]
print(compare(*([Block("paragraph", text) for text in side] for side in (old, new))))
"""


def test_a_diff_is_the_same_in_every_process() -> None:
    results = {
        subprocess.run(
            [sys.executable, "-c", _REPEATABLE],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2", "3")
    }
    assert len(results) == 1
