"""One page under one reader: what it got right, whether changes show, and what it cost."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from lxml import html as lxml_html

from benchmarks.extraction.changes import edit_paragraph, move_surroundings
from benchmarks.extraction.corpus import Recapture, Sample
from benchmarks.extraction.readers import Reader, ReadPage, own_parsers, timed
from benchmarks.extraction.scores import Score, foreign, paragraph_score, title_right

_RUNS = 3  # of which the fastest counts


@dataclass(frozen=True)
class PageResult:
    """A page under a reader. ``own``: its publisher has parsers of its own. ``false_version``:
    text was found to differ when only the surroundings did (None: no text at all). ``missed``
    of ``edits`` changes went unseen. ``cost`` is CPU time as a multiple of lxml's bare parse."""

    page: str
    publisher: str
    own: bool
    reader: str
    parser: str
    refused: str
    title_right: bool
    score: Score
    foreign: list[str]
    false_version: bool | None
    difference: str
    edits: int
    missed: int
    milliseconds: float
    cost: float


@dataclass(frozen=True)
class PairResult:
    """Two pages of the same article under a reader. ``difference`` is the first one, or why
    there is no text; None where both give the same words."""

    pair: Recapture
    reader: str
    difference: str | None


def measure(sample: Sample, readers: Mapping[str, Reader], seed: str) -> Iterator[PageResult]:
    """By each reader that the page is meant for."""
    html = sample.page().html
    floor, _ = timed(lambda: lxml_html.document_fromstring(html), _RUNS)
    story = [*sample.paragraphs(), *sample.either_way()]
    moved = move_surroundings(html, story, random.Random(seed + sample.id))
    edited = list(_edits(sample, html, random.Random(seed + sample.id)))
    for name, reader in readers.items():
        page = reader(sample, html, _RUNS)
        if not page.is_meant:
            continue
        before, after = (reader(sample, html, 1) for html in moved)
        unseen = [reader(sample, html, 1).words_hash == page.words_hash for html in edited]
        yield PageResult(
            page=sample.id,
            publisher=sample.publisher,
            own=bool(own_parsers(sample)),
            reader=name,
            parser=page.parser,
            refused=page.refused,
            title_right=title_right(sample.gold["title"], page.title),
            score=score(sample, page),
            foreign=foreign(page.lines, story, sample.gold.get("must_not_auto") or ()),
            false_version=None if before.refused else before.words_hash != after.words_hash,
            difference=first_difference(before.texts, after.texts),
            edits=len(edited),
            missed=sum(unseen),
            milliseconds=page.seconds * 1000,
            cost=page.seconds / floor,
        )


def score(sample: Sample, page: ReadPage) -> Score:
    either_way = [*sample.either_way(), *page.asides]
    return paragraph_score(sample.paragraphs(), page.lines, either_way)


def compare_pairs(
    pairs: Iterable[Recapture], samples: Mapping[str, Sample], readers: Mapping[str, Reader]
) -> Iterator[PairResult]:
    """By each reader that the pages are meant for."""
    for pair in pairs:
        sides = [samples[pair.a], samples[pair.b]]
        for name, reader in readers.items():
            a, b = (reader(side, side.page().html, 1) for side in sides)
            if a.is_meant and b.is_meant:
                yield PairResult(pair, name, _difference(a, b))


def _difference(a: ReadPage, b: ReadPage) -> str | None:
    if a.refused or b.refused:
        return a.refused or b.refused
    return None if a.words_hash == b.words_hash else first_difference(a.texts, b.texts)


def first_difference(before: list[str], after: list[str]) -> str:
    """The first text that stands on one side only, as ``- ...`` or ``+ ...``; ``""`` if none."""
    gone = next((f"- {text}" for text in before if text not in after), "")
    new = next((f"+ {text}" for text in after if text not in before), "")
    return " ".join(text[:90] for text in (gone, new) if text)


def _edits(sample: Sample, html: str, rng: random.Random) -> Iterator[str]:
    """The page with its first, its middle and its last paragraph edited."""
    paragraphs = sample.paragraphs()
    for which in sorted({0, len(paragraphs) // 2, len(paragraphs) - 1}):
        edited = edit_paragraph(html, paragraphs, which, rng)
        if edited is not None:
            yield edited
