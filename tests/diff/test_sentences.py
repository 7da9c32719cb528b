from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdiff_crawler.diff.sentences import (
    MAX_SENTENCES,
    SentenceEdit,
    compare_sentences,
    count_sentences,
    refactored,
)
from newsdiff_crawler.items import Block
from tests.support.corpus import NOT_OURS
from tests.support.notation import paragraphs

CASES = Path(__file__).parents[2].parent / "shared" / "revisions" / "refactor-cases.json"
REFACTORS = {732754: 0, 743901: 1, 842565: 3, 500211: 6}  # sentences, by the corpus' own count

FIRE = "The fire began in the kitchen of a bakery."
CREWS = "Crews from four towns fought it until dawn."
COST = "Rebuilding will cost the owners two million."


def edits(before: str, after: str) -> list[SentenceEdit]:
    unsorted = compare_sentences(paragraphs(before), paragraphs(after)).edits
    return sorted(unsorted, key=lambda edit: (edit.before, edit.after))


def test_an_unchanged_sentence_is_the_same_in_another_paragraph() -> None:
    diff = compare_sentences(paragraphs(f"{FIRE} {CREWS}"), paragraphs(FIRE, CREWS))
    assert [edit.edit for edit in diff.edits] == ["same", "same"]


def test_an_addition_a_deletion_and_an_edit() -> None:
    changed = CREWS.replace("four", "five")
    assert edits(f"{FIRE} {CREWS}", f"{changed} {COST}") == [
        SentenceEdit("added", (), (1,)),
        SentenceEdit("removed", (0,), ()),
        SentenceEdit("edited", (1,), (0,)),
    ]


def test_a_split_is_an_edit_with_two_ends() -> None:
    whole = "The fire began in the kitchen of a bakery, and crews from four towns fought it."
    parts = "The fire began in the kitchen of a bakery. Crews from four towns fought it."
    assert edits(whole, parts) == [SentenceEdit("edited", (0,), (0, 1))]
    assert edits(parts, whole) == [SentenceEdit("edited", (0, 1), (0,))]


def test_the_fewest_sentences_have_moved() -> None:
    assert edits(f"{FIRE} {CREWS} {COST}", f"{COST} {FIRE} {CREWS}") == [
        SentenceEdit("same", (0,), (1,)),
        SentenceEdit("same", (1,), (2,)),
        SentenceEdit("same", (2,), (0,), moved=True),
    ]


def test_counts_are_of_the_newer_version_and_of_what_was_removed_from_the_older() -> None:
    diff = compare_sentences(
        paragraphs(f"{FIRE} {CREWS}"), paragraphs(f"{CREWS.replace('four', 'five')} {COST}")
    )
    counts = count_sentences(diff)
    assert (counts.added, counts.removed, counts.edited, counts.moved) == (1, 1, 1, 0)


@pytest.mark.skipif(not CASES.exists(), reason=NOT_OURS)
def test_refactors_are_as_many_as_in_the_cases_of_newsedits() -> None:
    cases = json.loads(CASES.read_text(encoding="utf-8"))
    refactors = {
        case["entry_id"]: len(refactored([(i, j) for i, j in case["edges"]])) for case in cases
    }
    assert refactors == REFACTORS


TEXTS = st.lists(st.sampled_from([FIRE, CREWS, COST, "Yes.", "No!", "Why? ", ""]), max_size=6)


@given(TEXTS, TEXTS)
def test_each_sentence_is_accounted_for_once(before: list[str], after: list[str]) -> None:
    old, new = ([Block("paragraph", text) for text in texts] for texts in (before, after))
    diff = compare_sentences(old, new)
    assert sorted(i for edit in diff.edits for i in edit.before) == [*range(len(diff.before))]
    assert sorted(j for edit in diff.edits for j in edit.after) == [*range(len(diff.after))]


def test_a_block_beyond_the_most_sentences_is_one() -> None:
    long = " ".join(f"Number {n} was called at noon." for n in range(MAX_SENTENCES))
    diff = compare_sentences(paragraphs(FIRE, long), paragraphs(FIRE, long))
    assert diff.after == (FIRE, long)


def test_a_block_that_is_beyond_the_most_in_one_version_alone_is_one_in_both() -> None:
    start = " ".join(f"Number {n} was called at noon." for n in range(MAX_SENTENCES - 2))
    diff = compare_sentences(paragraphs(start, FIRE), paragraphs(start, f"{FIRE} {CREWS} {COST}"))
    counts = count_sentences(diff)
    assert (counts.removed, counts.edited) == (0, 1)
