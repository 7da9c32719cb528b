"""Corrections and notices outside of a story's text: under it, beside it, in a footer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from selectolax.lexbor import LexborNode

from newsdiff_crawler.diff.notices import notice_of
from newsdiff_crawler.items import Block, BlockKind
from newsdiff_crawler.parsing.blocks import Marked, Piece, read_pieces
from newsdiff_crawler.parsing.boilerplate import hidden_in

LONGEST = 1_200  # characters
_SHORTEST = 40  # characters of a notice; shorter ones are headings of notices, or links
_LEVELS = 4  # elements between a text and its article
_LARGEST = 10_000  # characters of an element beside the text that is looked into
_ARTICLES = ("article", "main")
_PASSED_BY = frozenset({"-text", "-comment", "script", "style", "nav", "header", "noscript", "svg"})
# Parts of words that every notice has one of, without the first letter, which may be a capital.
_HINTS = (
    *("orrect", "mended", "pdate", "ktualis", "ise à jour", "ctualiz", "ppdatering", "larif"),
    *("ditor", "arlier version", "revious version", "rratum", "been updated", "orrektur"),
    *("orrigi", "ichtigstell", "erichtig", "larstell", "edaktion", "rüheren", "ectifi"),
    *("récision", "édaction", "ersion préc", "ersion anté", "orrecci", "erratas", "claraci"),
    *("ersión anterior", "ättelse", "örtydligande", "idigare version", "orrezion", "ettific"),
    *("rrata", "orreç", "rramos", "ersão anterior", "orrectie", "erdere versie", "angepast"),
    *("prostowa", "ersji", "ettels", "rettet", "oppdater", "opdater", "orriger", "resiser"),
    *("ræciser", "ikaisu", "orjattu", "prava", "orrigenda", "üzeltme", "ιόρθωσ", "elyreigaz"),
    *(
        "справлен",
        "оправк",
        "точнен",
        "едакци",
        "иправлен",
        "точнення",
        "訂正",
        "更正",
        "修正",
        "정정",
    ),
    *("바로잡", "编者", "編集部", "編者", "صحيح", "صلاحیه", "सुधार", "oreksi", "alat:", "ataisymas"),
    "ính chính",
)
_SHARED = ("orr", "ersi", "rrat", "tuali", "ichtig", "прав")  # what several of them have in them
_KINDS: dict[str, BlockKind] = {
    **dict.fromkeys(("p", "li", "dd"), "paragraph"),
    **dict.fromkeys(("h2", "h3", "h4", "h5", "h6"), "subheading"),
}


def _by_part(hints: Sequence[str]) -> list[tuple[str, tuple[str, ...]]]:
    """What to look for, and which hints it may be a part of. One by one, which is faster than a
    pattern of alternatives, and each takes time: a hint with another in it is not looked for."""
    needed = [hint for hint in hints if not any(part in hint and part != hint for part in hints)]
    parts = dict.fromkeys(next((part for part in _SHARED if part in hint), hint) for hint in needed)
    return [(part, tuple(hint for hint in needed if part in hint)) for part in parts]


_IN_ASCII, _IN_ANY = _by_part(list(filter(str.isascii, _HINTS))), _by_part(_HINTS)


def is_notice(piece: Piece) -> bool:
    """Whether a piece owns up to a change of the story."""
    text = piece.text
    return len(text) <= LONGEST and _is_hinted(text) and notice_of(text) is not None


def beside(containers: Sequence[LexborNode]) -> tuple[list[Block], list[Block]]:
    """The notices right above a story's containers, and those right beside or after them up to its
    article's end."""
    texts = [(node, node.text()) for node in _beside(containers)]
    texts = [(node, text) for node, text in texts if _SHORTEST <= len(text) <= _LARGEST]
    above, below = list[Block](), list[Block]()
    if not _is_hinted("\n".join(text for _, text in texts)):  # as on most pages
        return above, below
    before = {node.mem_id for node in _before(containers[0])}
    for node, text in texts:
        if _is_hinted(text):
            (above if node.mem_id in before else below).extend(_notices_in(node))
    return above, below


def _beside(containers: Sequence[LexborNode]) -> Iterator[LexborNode]:
    if not containers:
        return
    inside = {node.mem_id for each in containers for node in (each, *_above(each))}
    at = containers[-1]
    for above in _above(at):
        for node in _after(at) if at is not containers[-1] else above.iter():
            if node.tag not in _PASSED_BY and node.mem_id not in inside:
                yield node
        if above.tag in _ARTICLES:
            return
        at = above


def _above(node: LexborNode) -> Iterator[LexborNode]:
    for _ in range(_LEVELS):
        above = node.parent
        if above is None or above.tag in ("body", "html"):
            return
        yield above
        node = above


def _before(node: LexborNode) -> Iterator[LexborNode]:
    before = node.prev
    while before is not None:
        yield before
        before = before.prev


def _after(node: LexborNode) -> Iterator[LexborNode]:
    after = node.next
    while after is not None:
        yield after
        after = after.next


def _is_hinted(text: str) -> bool:
    for part, hints in _IN_ASCII if text.isascii() else _IN_ANY:
        if part in text and any(hint in text for hint in hints):
            return True
    return False


def _notices_in(node: LexborNode) -> Iterator[Block]:
    """The notices, with the heading over one, which may be a word that opens it."""
    named = node.css(", ".join(_KINDS))
    kinds = {each.mem_id: _KINDS[each.tag or ""] for each in named}
    heading: Piece | None = None
    for piece in read_pieces(node, Marked(kinds, hidden=hidden_in(node))):
        linked = sum(map(len, piece.links)) > len(piece.text) / 2
        is_text = len(piece.text) >= _SHORTEST and not linked
        if is_text and heading and heading.box is piece.box:
            yield from _with_heading(heading, piece)
        elif is_text and is_notice(piece):
            yield piece.block
        is_heading = not is_text and not linked and is_notice(piece)
        heading = piece if is_heading else None


def _with_heading(heading: Piece, notice: Piece) -> Iterator[Block]:
    if heading.loose and heading.text.endswith(":"):
        yield Block("paragraph", f"{heading.text} {notice.text}")
    else:
        yield Block("subheading", heading.text)
        yield notice.block
