"""The one passage of a change that matters most, short enough for a message. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from newsdiff_crawler.diff import LabelName, summarise
from newsdiff_crawler.diff.changes import BlockChange, changes
from newsdiff_crawler.diff.model import Diff, Piece

LONGEST = 600  # characters
AROUND = 80  # unchanged ones that stay on either side of what changed
_HEAD = ("headline", "byline")  # which stand at the top of a message anyway
# What readers want to know first.
_MATTERS: tuple[LabelName, ...] = (
    "corrected",
    "altered",
    "correction",
    "clarification",
    "note",
    "meaning",
    "figures",
    "quotes",
    "attribution",
    "names",
    "update",
    "developed",
    "precise",
)


def passage_of(diff: Diff) -> list[Piece]:
    """What changed where it matters most, with a few words around it; nothing where only headline
    or byline changed."""
    changed = [change for change in changes(diff) if change.kind not in _HEAD]
    if not changed:
        return []
    ranks = _ranks(diff)
    last = len(_MATTERS)
    most = min(changed, key=lambda each: (ranks.get(each.row, last), -_size(each)))
    return _short(most.pieces)


def _ranks(diff: Diff) -> dict[int, int]:
    """Rows by the weightiest label that they earn."""
    ranks: dict[int, int] = {}
    for label in summarise(diff).labels:
        rank = _MATTERS.index(label.name) if label.name in _MATTERS else len(_MATTERS)
        for evidence in label.evidence:
            ranks[evidence.row] = min(rank, ranks.get(evidence.row, rank))
    return ranks


def _size(change: BlockChange) -> int:
    return sum(len(p.before) + len(p.after) for p in change.pieces if not p.same)


def _short(pieces: Sequence[Piece]) -> list[Piece]:
    shown: list[Piece] = []
    room = LONGEST
    last = len(pieces) - 1
    for place, piece in enumerate(pieces):
        if room <= 0:
            return [*shown, Piece(" …", " …", same=True)]
        if piece.same and not piece.moved:
            text = _around(piece.after, first=place == 0, last=place == last)
            cut = Piece(text, text, same=True)
        else:
            cut = piece._replace(before=_cut(piece.before, room), after=_cut(piece.after, room))
        shown.append(cut)
        room -= max(len(cut.before), len(cut.after))
    return shown


def _around(text: str, *, first: bool, last: bool) -> str:
    if len(text) <= 2 * AROUND:
        return text
    start = "" if first else text[:AROUND].rpartition(" ")[0] or text[:AROUND]
    end = "" if last else text[-AROUND:].partition(" ")[2] or text[-AROUND:]
    return f"{start} … {end}"


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[:length].rpartition(' ')[0] or text[:length]} …"
