"""The picture of a change for networks: the words that changed, and a text that reads it out for
those who do not see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from newsdiff_crawler.diff.model import Piece
from newsdiff_crawler.social_card import SIZE, draw
from newsdiff_crawler.telling.message import Message, Told, one_line

WIDTH, HEIGHT = SIZE  # pixels
_LONGEST_SIDE = 400  # characters of what it said before, and of what it says now


@dataclass(frozen=True)
class Picture:
    """A PNG, and the text in place of it."""

    png: bytes = field(repr=False)
    alt: str


def picture_of(message: Message) -> Picture | None:
    """That of the one change that a message tells; None where it tells several, or none."""
    if not message.is_single:
        return None
    (told,) = message.changes
    pieces = [
        piece._replace(before=_harmless(piece.before), after=_harmless(piece.after))
        for piece in told.shown
    ]
    return Picture(draw(told.paper, pieces, told.summary), _read_out(told, pieces))


def _read_out(told: Told, pieces: Sequence[Piece]) -> str:
    before = _side("".join(piece.before for piece in pieces))
    after = _side("".join(piece.after for piece in pieces))
    if not before or not after:
        return f"{told.paper}. {'Added' if after else 'Removed'}: “{after or before}”"
    return f"{told.paper}. Before: “{before}” Now: “{after}”"


def _side(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_SIDE else f"{text[:_LONGEST_SIDE].rstrip()}…"


def _harmless(text: str) -> str:
    """As in a line, but for the spaces at its ends, which are between words."""
    start, end = text[:1].isspace() * " ", text[-1:].isspace() * " "
    return f"{start}{one_line(text)}{end}"
