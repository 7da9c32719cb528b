"""What the diff must reach on pairs made from real articles with known edits, and on real pairs."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from benchmarks.diff_pairs import MANIFEST, KnownPair, known_pairs
from newsdiff_crawler.diff import compare, summarise_in_detail
from newsdiff_crawler.diff.sentences import compare_sentences
from newsdiff_crawler.items import Block
from tests.support.corpus import NOT_OURS

REAL = Path(__file__).parents[2].parent / "shared" / "revisions" / "newsedits-pairs.jsonl"
needs_corpus = pytest.mark.skipif(not MANIFEST.exists(), reason=NOT_OURS)


@cache
def pairs() -> list[KnownPair]:
    return list(known_pairs(40, seed=11))


@needs_corpus
def test_sentences_that_were_edited_or_moved_find_their_older_selves() -> None:
    right = wrong = missed = 0
    for pair in pairs():
        edits = compare_sentences(pair.before, pair.after).edits
        aligned = {(i, j) for e in edits for i in e.before for j in e.after} - pair.plain
        true = pair.edges - pair.plain
        right += len(aligned & true)
        wrong += len(aligned - true)
        missed += len(true - aligned)
    assert right / (right + (wrong + missed) / 2) >= 0.9


@needs_corpus
def test_little_more_is_marked_than_changed() -> None:
    marked = 0
    for pair in pairs():
        sides = [
            side for row in compare(pair.before, pair.after).rows for side in row.before + row.after
        ]
        spans = [span for side in sides for span in side.spans]
        # What only shifted past a paragraph break is not seen as changed.
        marked += sum(len(span.text) for span in spans if span.mark not in ("same", "shifted"))
    assert marked <= 1.05 * sum(pair.changed for pair in pairs())


@needs_corpus
def test_labels_are_right_and_none_that_is_due_is_missing() -> None:
    right = labelled = 0
    for pair in pairs():
        labels = {
            str(label.name)
            for label in summarise_in_detail(compare(pair.before, pair.after)).labels
        }
        right += len(labels & pair.labels)
        labelled += len(labels)
        assert pair.due <= labels
    assert right >= 0.95 * labelled


@pytest.mark.skipif(not REAL.exists(), reason=NOT_OURS)
def test_real_pairs_can_be_undone() -> None:
    for line in REAL.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        before, after = (
            [Block("paragraph", text) for text in row[key].split("\n")]
            for key in ("TextA", "TextB")
        )
        diff = compare(before, after)
        assert (diff.before(), diff.after()) == (before, after)
