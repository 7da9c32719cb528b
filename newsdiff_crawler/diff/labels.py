"""What sort of thing a diff changed, with the passages that show it.

Rules over words, no model: each label can be checked by eye against its evidence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from newsdiff_crawler.diff.changes import BlockChange
from newsdiff_crawler.diff.evidence import KnownNames, figures, quotations
from newsdiff_crawler.diff.lexicon import ATTRIBUTIONS, CORRECTION
from newsdiff_crawler.diff.model import Diff, Evidence, Label, LabelName, Piece, Side
from newsdiff_crawler.items import Block
from newsdiff_crawler.text import words

_PHRASE = 80  # characters; in longer pieces, one figure has nothing to do with the other
_UNDECLARED: tuple[LabelName, ...] = ("figures", "names", "quotes")


def find_labels(diff: Diff, changes: Sequence[BlockChange]) -> tuple[Label, ...]:
    """The labels of a diff with these changes, in the order of `LabelName`. Each has evidence."""
    if not changes:
        return ()
    evidence: dict[LabelName, list[Evidence]] = {
        "headline": _of_kind(changes, "headline"),
        "standfirst": _of_kind(changes, "standfirst"),
        "byline": _of_kind(changes, "byline"),
        "figures": list(_figures(changes)),
        "names": list(_names(changes, diff)),
        "quotes": list(_quotes(changes, diff)),
        "attribution": list(_attribution(changes)),
        "correction": list(_correction(changes)),
    }
    if not evidence["correction"]:
        evidence["undeclared"] = [item for name in _UNDECLARED for item in evidence[name]]
    return tuple(Label(name, tuple(items)) for name, items in evidence.items() if items)


def _of_kind(changes: Sequence[BlockChange], kind: str) -> list[Evidence]:
    return [
        Evidence(change.row, change.text_before(), change.text_after())
        for change in changes
        if change.kind == kind
    ]


def _figures(changes: Sequence[BlockChange]) -> Iterator[Evidence]:
    """Where one figure gave way to another, in a passage that is not altogether new."""
    for change in changes:
        for piece in change.pieces:
            if piece.same or not (piece.before and piece.after) or _is_long(piece):
                continue
            old, new = figures(piece.before), figures(piece.after)
            gone = [written for value, written in old.items() if value not in new]
            come = [written for value, written in new.items() if value not in old]
            for before, after in zip(gone, come, strict=False):
                yield Evidence(change.row, before, after)


def _names(changes: Sequence[BlockChange], diff: Diff) -> Iterator[Evidence]:
    """Names that the other version does not have at all."""
    known_before, known_after = (
        KnownNames(_text(version)) for version in (diff.before(), diff.after())
    )
    for change in changes:
        if change.kind != "byline":
            gone = (n for text in _capitals(change.before) for n in known_after.new_in(text))
            come = (n for text in _capitals(change.after) for n in known_before.new_in(text))
            for old, new in zip_longest(dict.fromkeys(gone), dict.fromkeys(come), fillvalue=""):
                yield Evidence(change.row, old, new)


def _capitals(sides: Sequence[Side]) -> Iterator[str]:
    """The texts in which something under a mark has a capital."""
    for side in sides:
        if any(s.mark != "same" and s.text != s.text.lower() for s in side.spans):
            yield side.block.text


def _quotes(changes: Sequence[BlockChange], diff: Diff) -> Iterator[Evidence]:
    """Quotations that the other version does not have in the same words."""
    quoted = [(change, _quoted(change.before), _quoted(change.after)) for change in changes]
    if all(old.keys() == new.keys() for _, old, new in quoted):
        return
    said_before, said_after = _said(diff.before()), _said(diff.after())
    for change, old, new in quoted:
        gone = [quote for key, quote in old.items() if key not in said_after]
        come = [quote for key, quote in new.items() if key not in said_before]
        for before, after in zip_longest(gone, come, fillvalue=""):
            yield Evidence(change.row, before, after)


def _quoted(sides: Sequence[Side]) -> dict[str, str]:
    return {key: text for s in sides for key, text in quotations(s.block.text).items()}


def _said(blocks: Sequence[Block]) -> set[str]:
    return {key for block in blocks for key in quotations(block.text)}


def _attribution(changes: Sequence[BlockChange]) -> Iterator[Evidence]:
    """Where the source of a statement, or the verb, changed inside a sentence that stayed."""
    for change in changes:
        for piece in change.pieces if change.paired else ():
            if piece.same or _is_long(piece):
                continue
            if _is_sentence(piece.before) or _is_sentence(piece.after):
                continue
            old, new = words(piece.before.casefold()), words(piece.after.casefold())
            if ATTRIBUTIONS.intersection(old) != ATTRIBUTIONS.intersection(new):
                yield Evidence(change.row, piece.before.strip(), piece.after.strip())


def _is_long(piece: Piece) -> bool:
    return max(len(piece.before), len(piece.after)) > _PHRASE


def _is_sentence(text: str) -> bool:
    """Whether a text begins and ends as a sentence does."""
    letters = text.lstrip(" \"'“‘«„(")
    return letters[:1].isupper() and letters.rstrip(" \"'”’»)")[-1:] in (".", "!", "?")


def _correction(changes: Sequence[BlockChange]) -> Iterator[Evidence]:
    """Added text that declares a correction, a clarification or an update."""
    for change in changes:
        for piece in change.pieces:
            if not piece.same and CORRECTION.search(piece.after):
                yield Evidence(change.row, piece.before.strip(), piece.after.strip())


def _text(blocks: Sequence[Block]) -> str:
    return "\n".join(block.text for block in blocks)
