"""A diff as HTML in one column, for feeds, mail and narrow screens."""

from __future__ import annotations

from html import escape

from newsdiff_crawler.diff.changes import pieces
from newsdiff_crawler.diff.model import Diff, Piece, Row

_TAGS = {"headline": "h1", "subheading": "h3", "list_item": "li", "quote": "blockquote"}


def as_html(diff: Diff, unchanged: bool = True) -> str:
    """Each row as one element, removed text in ``<del>``, added text in ``<ins>``, all escaped.

    The element's class is the row's edit, and ``cosmetic`` for a cosmetic one. What has moved is
    struck out where it was; where it stands now, the words edited on the way are marked. Sentences
    that moved by themselves are in an ``<i>`` at both places, of class ``away`` where they were.
    Without `unchanged`, only rows that differ.
    """
    rows = (row for row in diff.rows if unchanged or row.edit != "same")
    return "\n".join(_element(diff, row) for row in rows)


def _element(diff: Diff, row: Row) -> str:
    tag = _TAGS.get((row.after or row.before)[0].block.kind, "p")
    css_class = f"{row.edit} cosmetic" if row.cosmetic else row.edit
    return f'<{tag} class="{css_class}" dir="auto">{_text(diff, row)}</{tag}>'


def _text(diff: Diff, row: Row) -> str:
    if row.peer is None:
        return "".join(map(_piece, pieces(row.before, row.after)))
    if row.after:
        return "".join(map(_piece, pieces(diff.rows[row.peer].before, row.after)))
    return _piece(Piece("\n".join(side.block.text for side in row.before), ""))


def _piece(piece: Piece) -> str:
    if piece.moved:
        css_class = "moved away" if piece.before else "moved"
        return f'<i class="{css_class}">{_escape(piece.before or piece.after)}</i>'
    if piece.same:
        return _escape(piece.after)
    removed = f"<del>{_escape(piece.before)}</del>" if piece.before else ""
    return removed + (f"<ins>{_escape(piece.after)}</ins>" if piece.after else "")


def _escape(text: str) -> str:
    return escape(text).replace("\n", "<br>")
