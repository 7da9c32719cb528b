"""Quotations that changed, came or went, or won or lost their marks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set

from newsdiff_crawler.diff.changes import BlockChange
from newsdiff_crawler.diff.figures import figures
from newsdiff_crawler.diff.found import Found
from newsdiff_crawler.diff.model import Evidence, Side
from newsdiff_crawler.diff.places import short_pieces
from newsdiff_crawler.diff.quotations import QUOTED_WORDS, Quotation, count_marks
from newsdiff_crawler.diff.spelling import (
    Told,
    are_forms,
    counted,
    is_put_right,
    is_telling,
    without_forms,
)
from newsdiff_crawler.diff.versions import Versions
from newsdiff_crawler.text import sentences, words

_SUCCEEDS = 0.4  # of a quotation's words, in the one that took its place
_FEWEST_TELLING = 3  # words of a quotation that must be the same in part
_GENITIVE = re.compile(r"[:'’ ]s\b")  # "FN:s", whose colon parts words
_MOST_READ = 60_000  # characters of the changed rows of a version
_MOST_COMPARED = 50  # quotations of a passage, each with each


def quotes_changed(changes: Sequence[BlockChange], versions: Versions) -> Iterator[Found]:
    """Quotations that the other version does not have in the same words, or has without marks."""
    quoted = [
        (change, versions.said(change.text_before()), versions.said(change.text_after()))
        for change in changes
    ]
    for change in changes:
        yield from _terms(change)
    if all(old.keys() == new.keys() for _, old, new in quoted):
        return
    rows = [row for row in versions.diff.rows if row.edit != "same"]
    said_before, said_after = (
        {said for text in _bounded(of_rows) for said in versions.said(text)}
        for of_rows in ([row.before for row in rows], [row.after for row in rows])
    )
    for change, old, new in quoted:
        gone = [old[said] for said in old if said not in said_after]
        come = [new[said] for said in new if said not in said_before]
        for before, after in _successors(gone, come):
            if change.kind == "headline" and not (before and after) and _is_anew(change):
                continue
            if before and after and _says_the_same(before, after, versions.language):
                continue
            if _is_half_marked(before, change.text_after(), new.values()):
                continue
            if _is_half_marked(after, change.text_before(), old.values()):
                continue
            at = (before.start if before else 0, after.start if after else 0)
            for sides in _told(before, after, change):
                yield Found(Evidence(change.row, *sides), change, at)


def _bounded(rows: Iterable[Sequence[Side]]) -> Iterator[str]:
    """The texts of the first rows: as many as may be read."""
    left = _MOST_READ
    for text in (side.block.text for sides in rows for side in sides):
        left -= len(text)
        if left < 0:
            return
        yield text


def _is_anew(change: BlockChange) -> bool:
    """Whether a headline has hardly a word of the one before: what it quotes is new too."""
    old, new = map(counted, change.texts())
    return (old & new).total() < _SUCCEEDS * min(old.total(), new.total())


def _says_the_same(before: Quotation, after: Quotation, language: str) -> bool:
    """Whether its sentences only stand in another order, its figures are written in another style,
    or an error in writing was put right."""
    if sorted(sentences(before.shown)) == sorted(sentences(after.shown)):
        return True
    old, new = (_in_one_style(quoted.said, language) for quoted in (before, after))
    if words(old) == words(new) or is_put_right(old, new, language):
        return True
    one, other = words(old), words(new)  # but for the place of small words, the same
    return sorted(one) == sorted(other) and _telling(one) == _telling(other)


def _telling(said: Iterable[str]) -> list[str]:
    return [word for word in said if is_telling(word)]


def _in_one_style(said: str, language: str) -> str:
    """What was said, with its figures and genitives in one style."""
    said = _GENITIVE.sub("s", said)
    for figure in reversed(figures(said, language)):
        if figure.kind != "vague" and not figure.loose:
            said = f"{said[: figure.start]}{figure.value}{figure.unit}{said[figure.end :]}"
    return said


def _terms(change: BlockChange) -> Iterator[Found]:
    """Words between marks that gave way to others, if they are too few for a quotation: it was
    called “a shame” and is called “a pity”. With a capital, they may be a title."""
    for place, piece in short_pieces(change) if change.paired else ():
        old, new = piece.before.strip(), piece.after.strip()
        is_term = all(s[:1].islower() and s.count(" ") < QUOTED_WORDS - 1 for s in (old, new))
        if is_term and place.is_marked(piece) and not are_forms(counted(old), counted(new)):
            yield Found(Evidence(change.row, old, new), change, (place.i, place.j))


def _successors(
    gone: Sequence[Quotation], come: Sequence[Quotation]
) -> Iterator[tuple[Quotation | None, Quotation | None]]:
    """Quotations in order, each with the one that has most words of it, if any has enough; then
    those that only came."""
    left = [(new, set(words(new.said)), Told(new.said.split(" "))) for new in come[:_MOST_COMPARED]]
    for n, old in enumerate(gone):
        said, told = set(words(old.said)), Told(old.said.split(" "))
        likely = [
            each for each in left if _is_successor(said, each[1]) or told.is_told_anew(each[2])
        ]
        if n >= _MOST_COMPARED or not likely:
            yield old, None
            continue
        successor = max(likely, key=lambda each: len(said & each[1]))
        left.remove(successor)
        yield old, successor[0]
    yield from ((None, new) for new in [*(new for new, *_ in left), *come[_MOST_COMPARED:]])


def _is_successor(old: Set[str], new: Set[str]) -> bool:
    """Whether words are those of another sentence told anew: of all, and of those that tell
    something, enough are the same."""
    if len(old & new) < _SUCCEEDS * min(len(old), len(new)):
        return False
    one, other = (Counter(w for w in side if is_telling(w.casefold())) for side in (old, new))
    if min(one.total(), other.total()) < _FEWEST_TELLING:
        return True
    gone, _ = without_forms(one - other, other - one)
    return one.total() - gone.total() >= _SUCCEEDS * min(one.total(), other.total())


def _told(
    old: Quotation | None, new: Quotation | None, change: BlockChange
) -> Iterator[tuple[str, str]]:
    """What is shown: a quotation and its successor. If one only has sentences more, or others than
    the other one, these came and those went."""
    if old and new:
        before, after = sentences(old.shown), sentences(new.shown)
        kept = {tuple(words(each)) for each in before} & {tuple(words(each)) for each in after}
        gone, come = (
            " ".join(each for each in side if tuple(words(each)) not in kept)
            for side in (before, after)
        )
        if len(before) + len(after) > 2 and not (gone and come and _is_reworded(gone, come)):
            yield from ((gone, ""),) if gone else ()
            yield from (("", come),) if come else ()
            return
    yield _quote_evidence(old, new, change)


def _is_reworded(gone: str, come: str) -> bool:
    old, new = words(gone.casefold()), words(come.casefold())
    return _is_successor(set(old), set(new)) or Told(old).is_told_anew(Told(new))


def _quote_evidence(
    old: Quotation | None, new: Quotation | None, change: BlockChange
) -> tuple[str, str]:
    """What is shown of a quotation and its successor. One that only lost or won its marks is shown
    with them, beside the bare words."""
    if old and new:
        return old.shown, new.shown
    quoted = old or new
    assert quoted
    text, other = change.texts() if old else change.texts()[::-1]
    bare = quoted.shown.rstrip(".,")
    if quoted.marked and bare in other:
        line = next(line for line in text.split("\n") if quoted.shown in line)
        at = line.index(quoted.shown)
        shown = (line[at - 1 : at + len(quoted.shown) + 1], bare)
    else:
        shown = (quoted.shown, "")
    return shown if old else (shown[1], shown[0])


def _is_half_marked(quoted: Quotation | None, other: str, said: Iterable[Quotation]) -> bool:
    """Whether the words of a quotation have one of its two marks in the other text, and stand in
    none that is `said` there: a mark was forgotten there, or put right."""
    bare = quoted.shown.strip("\"“”'.,") if quoted and quoted.marked else ""
    at = other.find(bare) if bare else -1
    if at < 0 or any(bare in each.shown and each.marked for each in said):
        return False
    around = other[max(0, at - 1) : at], other[at + len(bare) : at + len(bare) + 2].lstrip(".,")
    return any(count_marks(each) for each in around)
