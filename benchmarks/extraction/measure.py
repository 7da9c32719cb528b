"""One page under one reader: what it got right, whether changes show, and what it cost."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from lxml import html as lxml_html

from benchmarks.extraction.changes import edit_paragraph, move_surroundings
from benchmarks.extraction.corpus import Pair, Sample
from benchmarks.extraction.readers import Reading, own_parsers, read_with
from benchmarks.extraction.scores import Score, foreign, paragraph_score, title_right

# Work cheaper than this is repeated, and the best of three counts.
_CHEAP_SECONDS = 0.02
T = TypeVar("T")


@dataclass(frozen=True)
class Result:
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


def measure(sample: Sample, readers: list[str], seed: str) -> Iterator[Result]:
    html = sample.page().html
    floor = _timed(lambda: lxml_html.document_fromstring(html))[0]
    story = [*sample.paragraphs(), *sample.either_way()]
    moved = move_surroundings(html, story, random.Random(seed + sample.id))
    edited = list(_edits(sample, html, random.Random(seed + sample.id)))
    for name in readers:
        took, reading = _timed(partial(read_with, name, sample, html))
        before, after = (read_with(name, sample, page) for page in moved)
        unseen = [read_with(name, sample, page).words_hash == reading.words_hash for page in edited]
        yield Result(
            page=sample.id,
            publisher=sample.publisher,
            own=bool(own_parsers(sample)),
            reader=name,
            parser=reading.parser,
            refused=reading.refused,
            title_right=title_right(sample.gold["title"], reading.title),
            score=score(sample, reading),
            foreign=foreign(reading.lines, story, sample.gold.get("must_not_auto") or ()),
            false_version=None if before.refused else before.words_hash != after.words_hash,
            difference=first_difference(before.texts, after.texts),
            edits=len(edited),
            missed=sum(unseen),
            milliseconds=took * 1000,
            cost=took / floor,
        )


def score(sample: Sample, reading: Reading) -> Score:
    either_way = [*sample.either_way(), *reading.asides]
    return paragraph_score(sample.paragraphs(), reading.lines, either_way)


def same_words(pair: Pair, samples: dict[str, Sample], reader: str) -> str | None:
    """None when both pages of a pair give the same words; else the first difference."""
    a, b = (read_with(reader, samples[id], samples[id].page().html) for id in (pair.a, pair.b))
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


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    """Seconds of CPU, and what came of it."""
    times: list[float] = []
    while not times or (len(times) < 3 and times[0] < _CHEAP_SECONDS):
        began = time.process_time()
        made = work()
        times.append(time.process_time() - began)
    return min(times), made
