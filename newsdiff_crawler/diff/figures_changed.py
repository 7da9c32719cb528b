"""Where one figure gave way to another."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from newsdiff_crawler.diff.changes import BlockChange
from newsdiff_crawler.diff.figure import Figure
from newsdiff_crawler.diff.figure_pairs import is_in_short, pair_figures
from newsdiff_crawler.diff.figures import figures, may_have_figures
from newsdiff_crawler.diff.found import Found
from newsdiff_crawler.diff.meaning import Sort
from newsdiff_crawler.diff.model import Evidence, Piece
from newsdiff_crawler.diff.places import short_pieces
from newsdiff_crawler.diff.versions import Versions

_SENTENCE_END = re.compile(r"[.!?](?:\s|$)")
_TIGHT = 3  # words in which a word such as "one" or "most" is a figure
_PHRASE = 6  # words
_MOST_COMPARED = 500  # changed passages of a diff in which figures are looked for

# Of a text in a language.
_Reading = Callable[[str, str], list[Figure]]


def figures_changed(changes: Sequence[BlockChange], versions: Versions) -> Iterator[Found]:
    """Where one figure gave way to another, in a passage that is not altogether new."""
    left = _MOST_COMPARED
    reading = lru_cache(maxsize=4)(figures)  # the changed passages of a sentence read it once
    for change in changes:
        apart: tuple[list[Figure], list[Figure]] = ([], [])
        for place, piece in short_pieces(change):
            language = versions.language_in(change) if left else ""
            may_have = any(may_have_figures(side, language) for side in piece[:2])
            if not left or not (may_have or place.follows_digit()):
                continue
            left -= 1
            sides = list(place.sides(piece))
            gone, come = (_figures_at(reading, *side, language) for side in sides)
            if bool(gone) != bool(come):  # of a figure, the unit alone may be another
                # ... or a part of it came: 900 of 31,000.
                near = (_figures_at(reading, *side, language, before=2, after=8) for side in sides)
                gone, come = near
            pairs = [pair for pair in pair_figures(gone, come) if _is_of_one_thing(piece, *pair)]
            pairs = pairs or _digits_for_digits(piece, gone, come)
            yield from (_found_figure(change, old, new) for old, new in pairs)
            if not pairs:
                apart[0].extend(gone)
                apart[1].extend(come)
        for old, new in pair_figures(*map(_ages, apart)):
            yield _found_figure(change, old, new)


def _is_of_one_thing(piece: Piece, old: Figure, new: Figure) -> bool:
    """Whether two figures may tell the same: where a phrase was written anew, or "one" may be no
    figure, only if the same is counted."""
    in_phrase = all(len(side.split()) > _PHRASE for side in piece[:2])
    if in_phrase or old.loose != new.loose:
        return bool(old.counts) and old.counts[:4] == new.counts[:4]
    return True


def _found_figure(change: BlockChange, old: Figure, new: Figure) -> Found:
    evidence = Evidence(change.row, old.shown, new.shown)
    sort: Sort | None = "amount" if "vague" in (old.kind, new.kind) else None
    return Found(evidence, change, (old.start, new.start), figures=(old, new), sort=sort)


def _digits_for_digits(
    piece: Piece, gone: Sequence[Figure], come: Sequence[Figure]
) -> list[tuple[Figure, Figure]]:
    """Figures of which nothing but the digits changed, whatever they are: "May 31" and "May 32"."""
    digits = piece.before.strip().isdecimal() and piece.after.strip().isdecimal()
    if not digits or not len(gone) == len(come) == 1:
        return []
    old, new = gone[0], come[0]
    return [] if old.same_as(new) or is_in_short(old, new) else [(old, new)]


def _ages(found: Iterable[Figure]) -> list[Figure]:
    """Ages, which stand before or after whose they are: "a man in his 20s", "a 26-year-old"."""
    return [figure for figure in found if figure.kind == "age"]


def _figures_at(
    reading: _Reading,
    text: str,
    offset: int,
    start: int,
    end: int,
    language: str,
    before: int = 0,
    after: int = 0,
) -> list[Figure]:
    """The figures that a changed passage touches, by their places in the whole; loose ones only if
    it is short. ``before`` and ``after``: characters between it and a figure beside it."""
    tight = len(text[start:end].split()) <= _TIGHT
    return [
        replace(figure, start=offset + figure.start, end=offset + figure.end)
        for figure in reading(text, language)
        if figure.start < end + after
        and start < figure.end + before
        and not _SENTENCE_END.search(text, figure.end, start + 1)
        and (tight or not figure.loose)
    ]
