"""Real pages of the named sources are read truly, and where one is not, it is known why."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from statistics import median

from benchmarks import fidelity
from benchmarks.extraction import corpus, readers
from benchmarks.extraction.measure import score
from benchmarks.extraction.report import LOW_NAMED
from newsdiff_crawler.crawling import shipped
from tests.support.corpus import CORPUS, needs_corpus

EXCEPTIONS = json.loads(
    Path(fidelity.__file__).with_name("fidelity_exceptions.json").read_text("utf-8")
)


@needs_corpus
def test_every_page_is_read_as_truly_as_is_said_or_has_its_reason() -> None:
    chosen = [each for each in corpus.samples(CORPUS) if each.scored and readers.is_named(each)]
    known = [sample for sample in chosen if sample.id not in EXCEPTIONS["text"]]
    f1 = {each.id: score(each, readers.ours(each, each.page().html, 1)).f1 for each in known}
    by_language: dict[str, list[float]] = defaultdict(list)
    for sample in known:
        by_language[readers.language_of(sample)].append(f1[sample.id])
    stated = {code: shipped.languages().stated(code) for code in shipped.languages()}
    assert {code: (len(found), round(median(found), 3)) for code, found in by_language.items()} == {
        code: (each["pages"], each["f1"]) for code, each in stated.items() if each["pages"]
    }
    low = {page for page, found in f1.items() if found < LOW_NAMED}
    assert median(f1.values()) >= 0.98
    assert low == {*EXCEPTIONS["low"]}
