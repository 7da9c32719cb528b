"""What is shown of a change where there is little room: on a picture of it. Pure."""

from __future__ import annotations

from newsdiff_crawler.diff.changes import changes
from newsdiff_crawler.diff.model import Diff, Piece

_CONTEXT = 48  # characters of unchanged text before a change


def shown_pieces(diff: Diff) -> list[Piece]:
    """The first change, with a few words before it. That is the headline
    if it changed, and also if nothing did."""
    first = next(changes(diff), None)
    if first is None:
        title = diff.after()[0].text if diff.after() else ""
        return [Piece(title, title, same=True)]
    pieces = list(first.pieces)
    if pieces and pieces[0].same and len(pieces[0].after) > _CONTEXT and first.kind != "headline":
        context = "… " + pieces[0].after[-_CONTEXT:].partition(" ")[2]
        pieces[0] = Piece(context, context, same=True)
    return pieces
