"""Labels of real changes beside those of readers."""

from __future__ import annotations

import json

from benchmarks.labels import SAMPLE, Labelled, rows, swedish


def test_precision_and_recall_are_of_what_readers_agree_on() -> None:
    changes = [
        Labelled({"names"}, {"names"}),
        Labelled({"names"}, set()),
        Labelled(set(), {"names"}),
        Labelled({"names"}, set(), {"names"}),
    ]
    assert rows(changes) == [("names", "0.750", "0.500", "0.500")]


def test_a_label_that_no_reader_gave_has_no_recall() -> None:
    assert rows([Labelled({"names"}, set(), {"names"})]) == [("names", "1.000", "-", "-")]


def test_a_text_is_a_headline_a_byline_and_paragraphs() -> None:
    kinds = [block.kind for block in swedish("A bridge\n\nAnn Berg\n\nIt is old.\nIt stands.")]
    assert kinds == ["headline", "byline", "paragraph", "paragraph"]


def test_a_text_may_have_no_byline() -> None:
    kinds = [block.kind for block in swedish("A bridge\n\nIt is old.")]
    assert kinds == ["headline", "paragraph"]


def test_the_sample_keeps_no_text() -> None:
    changes = json.loads(SAMPLE.read_text(encoding="utf-8"))["changes"]
    kept = {key for change in changes for key in change}
    assert kept == {"file", "article", "versions", "labels", "disputed"}
