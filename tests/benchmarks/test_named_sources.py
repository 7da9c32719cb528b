"""Real pages of the named sources are read truly, and where one is not, it is known why."""

from __future__ import annotations

import json
from pathlib import Path
from statistics import median

from benchmarks import fidelity
from benchmarks.extraction import corpus, readers
from benchmarks.extraction.measure import score
from benchmarks.extraction.report import LOW_NAMED
from tests.support.corpus import CORPUS, needs_corpus

EXCEPTIONS = json.loads(
    Path(fidelity.__file__).with_name("fidelity_exceptions.json").read_text("utf-8")
)


@needs_corpus
def test_every_page_is_read_truly_or_has_its_reason() -> None:
    chosen = [each for each in corpus.samples(CORPUS) if each.scored and readers.is_named(each)]
    known = [sample for sample in chosen if sample.id not in EXCEPTIONS["text"]]
    f1 = {each.id: score(each, readers.ours(each, each.page().html, 1)).f1 for each in known}
    low = {page for page, found in f1.items() if found < LOW_NAMED}
    assert median(f1.values()) >= 0.98
    assert low == {*EXCEPTIONS["low"]}
