"""How right a reading is, against the known text of the page. Pure functions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from newsdiff_crawler.text import normalise

# Two paragraphs as alike as this (rapidfuzz's ratio, 0 to 100) are one, read with a slip.
ALIKE = 90.0
_QUOTES = dict.fromkeys(map(ord, '‘’‚‛“”„‟«»‹›`´″′"'), "'")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_FOLDING = str.maketrans(_QUOTES | _DASHES | {ord("…"): "..."})
_BEFORE_SITE = re.compile(r"\s+(?:[|»•·:]|[-–—]+)\s+")

_SURELY_SITE = re.compile(r"\s+[|»-]\s+")  # no dash, which headlines have


@dataclass(frozen=True)
class Score:
    """Shares of 1 for one page: of the paragraphs read, those that are the story's
    (``precision``); of the story's, those that were read (``recall``).

    ``exact_f1`` takes only paragraphs for right that are equal when folded.
    """

    precision: float
    recall: float
    f1: float
    exact_f1: float


def fold(text: str) -> str:
    """Normalised text with one kind of quote, one kind of dash, and dots for an ellipsis."""
    return normalise(text).translate(_FOLDING).replace("''", "'")


def paragraph_score(
    gold: Sequence[str], read: Sequence[str], either_way: Collection[str] = ()
) -> Score:
    """Precision, recall and F1 by paragraph. ``gold`` holds at least one.

    A paragraph read is one of the story's when the two are equal, folded (`fold`). Of those
    left over then: when they are `ALIKE`; when several read in a row make up one of the
    story's, or one read makes up several. Paragraphs that stand twice count twice.
    ``either_way`` are texts that may be read or not: headline, subheadings, captions.
    """
    wanted, given, neutral = ([fold(text) for text in texts] for texts in (gold, read, either_way))
    missed, extra = _unpaired(wanted, given), _unpaired(given, wanted)
    paired = len(given) - len(extra)
    extra = [text for text in extra if text not in neutral]
    count = paired + len(extra)
    exact = _shares(len(wanted), len(missed), count, len(extra))
    missed, extra = _pair_alike(missed, extra)
    missed, extra = _pair_runs(missed, extra)
    extra, missed = _pair_runs(extra, missed)
    precision, recall, f1 = _shares(len(wanted), len(missed), count, len(extra))
    return Score(precision, recall, f1, exact[2])


def title_right(gold: str, read: str) -> bool:
    """Whether a headline is the known one, folded and blind to case; the site's name may stand
    at an end of either, as in "Headline | The Site"."""
    gaps = list(_BEFORE_SITE.finditer(read))
    ends = {read, *(read[: gap.start()] for gap in gaps), *(read[gap.end() :] for gap in gaps)}
    starts = {gold, *(gold[: gap.start()] for gap in _SURELY_SITE.finditer(gold))}
    return _plain(gold) in map(_plain, ends) or _plain(read) in map(_plain, starts)


def _plain(title: str) -> str:
    return fold(title).casefold()


def foreign(read: Sequence[str], gold: Collection[str], must_not: Collection[str]) -> list[str]:
    """The texts read that are known to belong to other stories."""
    wanted, barred = {fold(text) for text in gold}, {fold(text) for text in must_not}
    return [text for text in read if fold(text) in barred and fold(text) not in wanted]


def _unpaired(texts: list[str], others: list[str]) -> list[str]:
    """The texts that have no equal of their own among the others, in order."""
    left = Counter(others)
    left_over = []
    for text in texts:
        left[text] -= 1
        if left[text] < 0:
            left_over.append(text)
    return left_over


def _pair_alike(missed: list[str], extra: list[str]) -> tuple[list[str], list[str]]:
    still_missed, extra = [], list(extra)
    for text in missed:
        best = process.extractOne(text, extra, scorer=fuzz.ratio, score_cutoff=ALIKE)
        if best:
            extra.pop(best[2])
        else:
            still_missed.append(text)
    return still_missed, extra


def _pair_runs(wholes: list[str], parts: list[str]) -> tuple[list[str], list[str]]:
    """Without the wholes that some parts in a row make up, and without those parts."""
    left, parts = [], list(parts)
    for whole in wholes:
        run = _run_of(whole.replace(" ", ""), parts)
        if run:
            del parts[run.start : run.stop]
        else:
            left.append(whole)
    return left, parts


def _run_of(whole: str, parts: list[str]) -> range | None:
    for start in range(len(parts)):
        joined = ""
        for stop in range(start, len(parts)):
            joined += parts[stop].replace(" ", "")
            if joined == whole:
                return range(start, stop + 1)
            if not whole.startswith(joined):
                break
    return None


def _shares(wanted: int, missed: int, read: int, extra: int) -> tuple[float, float, float]:
    precision = (read - extra) / read if read else 0.0
    recall = (wanted - missed) / wanted
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both else 0.0
