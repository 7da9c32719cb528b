"""From an element to the pieces of text in it, in reading order, and the boxes that they stand in.

A piece becomes a block of the story unless `foreign` finds that it is another's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from newsdiff_crawler.items import Block, BlockKind
from newsdiff_crawler.parsing.inline import SEAM, STRUCK, joined, words_in
from newsdiff_crawler.parsing.words import ends_as_question

# Never text, whatever stands in them.
NEVER_TEXT = frozenset({
    "-comment", "-doctype", "canvas", "head", "iframe", "noscript", "object", "script",
    "select", "style", "svg", "template", "textarea", "video", "audio",
    "rp", "rt", "rtc",  # how a word is spoken, above it
})  # fmt: skip
# Elements that end a word: text before and after one of these never runs together.
_BREAKS = frozenset({
    "address", "article", "aside", "blockquote", "br", "dd", "details", "dialog", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hr", "li", "main", "menu", "nav", "ol", "p", "pre", "search", "section", "summary",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip
# What hides an element from everybody.
_MAY_HIDE = "[hidden], [style], [class], template"
# For screen readers alone, by the names that frameworks give it.
_SPOKEN = frozenset({
    "a11y-hidden", "element-invisible", "off-screen", "offscreen", "screen-reader-only",
    "screen-reader-text", "screenreader-only", "show-for-sr", "sr-only", "u-visually-hidden",
    "visually-hidden", "visuallyhidden",
})  # fmt: skip
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|clip\s*:\s*rect\(\s*[01](?:px)?[\s,]"
    r"|(?<![\w-])(?:left|top|text-indent)\s*:\s*-\d{3,}",
    re.IGNORECASE,
)
_SHORTEST_COPY = 20  # characters; a shorter text may say a thing twice
# What a box is: it may hold several blocks, and a name of it says what they are.
_BOXES = frozenset({
    "article", "aside", "blockquote", "center", "details", "dialog", "div", "dl", "fieldset",
    "figure", "footer", "form", "header", "main", "menu", "nav", "ol", "search", "section", "table",
    "ul",
})  # fmt: skip
_CONTROLS = frozenset({"button", "form", "input", "select", "textarea"})
_PLAYERS = frozenset({"audio", "iframe", "video"})
_FILM = re.compile(r"schema\.org/(?:Video|Audio)Object")
_PERSON = re.compile(r"schema\.org/Person(?![A-Za-z])")
_COUNTED = _CONTROLS | _PLAYERS | {"label"}
# What an element opened.
_PIECE, _BOLD, _LINE, _LINK, _MUTE, _BOX, _STRIKE = 2, 1, 4, 8, 16, 32, 64
_MUTED = frozenset({"button", "label"})  # their words are no text
# Blocks whatever a publisher's selectors say; rows of cells with a line each, for tables that lay
# out a page have more.
EVERYWHERE = (
    "pre, dt, dd, summary, table > caption,"
    " tr:not(:has(p ~ p, div, ul, ol, dl, pre, table, br ~ br, h1, h2, h3, h4, form))"
)
# Parts of a text, never a text of their own.
INLINE = frozenset({
    "a", "abbr", "b", "cite", "em", "font", "i", "small", "span", "strong", "sub", "sup", "time",
    "u",
})  # fmt: skip
_LONGEST_NAMES = 300  # characters
_MOST_OF_QUESTION = 40  # texts between elements, of a bold question
ID = "#"  # before an id among names
_DEEPEST = 100  # boxes around a piece; real pages have thirty
_STRONG = frozenset({"b", "strong"})
_TEXT = "-text"
# Paragraphs inside these take their kind.
_HOLDING = frozenset({"quote", "list_item", "caption"})


@dataclass(eq=False)
class Box:
    """An element that may hold several blocks. ``names``: its class, and its id behind `ID`.
    ``dropped``: it was named as boilerplate, or one that it is in was; ``own``: as the story's,
    likewise. ``controls`` and ``players``: how many stand in it, outside of its blocks and of boxes
    with pieces. ``headlines``: how many ``<h1>`` stand in it. ``of_person``: it is stated to be;
    ``paid``: it has links that are stated to be paid for.
    ``pieces``: all in it; ``length`` and ``linked``: their characters, and those of links."""

    tag: str
    names: str
    role: str
    above: Box | None
    depth: int = 0
    dropped: bool = False
    own: bool = False
    controls: int = 0
    players: int = 0
    headlines: int = 0
    of_person: bool = False
    paid: bool = False
    length: int = 0
    linked: int = 0
    pieces: list[Piece] = field(default_factory=list)

    def take(self, box: Box) -> None:
        """The pieces of a box within this one are in this one, too."""
        self.pieces += box.pieces
        self.length += box.length
        self.linked += box.linked
        self.paid = self.paid or box.paid

    def hold(self, box: Box) -> None:
        """What stands in a box within this one stands in this one, too."""
        self.controls += box.controls
        self.players += box.players

    def line(self) -> Iterator[Box]:
        """This box and those that it is in, from the innermost."""
        box: Box | None = self
        while box is not None:
            yield box
            box = box.above


@dataclass(eq=False)
class Piece:
    """A text that is a block of its own. ``tag`` and ``names`` are of the element that makes it,
    ``""`` for ``loose`` text, which stands in none. ``links``: the texts of the links in it.
    ``in_link``: it stands in a link as a whole. ``strong``: all of it is bold. ``own``: it was
    named as the story's. ``plain``: it stands in a paragraph that no selector of the
    publisher's names."""

    kind: BlockKind
    text: str
    box: Box
    tag: str = ""
    names: str = ""
    links: list[str] = field(default_factory=list)
    in_link: bool = False
    strong: bool = False
    own: bool = False
    plain: bool = False
    foreign: bool = False

    @property
    def loose(self) -> bool:
        return not self.tag

    @property
    def block(self) -> Block:
        return Block(self.kind, self.text)


@dataclass(frozen=True)
class Marked:
    """What is known of elements beforehand, by ``mem_id``: which are blocks and of which kind,
    which to leave out, which are the story's, which are not shown; and which paragraphs are plain
    (see `Piece`), among ``kinds``, too."""

    kinds: Mapping[int, BlockKind] = field(default_factory=dict)
    dropped: AbstractSet[int] = frozenset()
    own: AbstractSet[int] = frozenset()
    hidden: AbstractSet[int] = frozenset()
    plain: AbstractSet[int] = frozenset()


_NOTHING = Marked()


def text_of(node: LexborNode | None, dropped: AbstractSet[int] = frozenset()) -> str:
    """The text of an element as a reader sees it, on one line; ``""`` for None.

    ``dropped`` holds the ``mem_id`` of elements to leave out.
    """
    if node is None:
        return ""
    pieces: list[str] = []
    for inner, tag in _steps(node, dropped):
        if tag == _TEXT:
            pieces.append(words_in(inner))
        elif tag in _BREAKS:
            pieces.append(" ")
        elif tag in STRUCK:
            pieces.append(SEAM)
    return joined(pieces)


def is_hidden(node: LexborNode) -> bool:
    """Whether an element's own attributes hide it."""
    attributes = node.attributes
    hides = _HIDING.search(attributes.get("style") or "")
    is_shut = node.tag == "template" or (node.tag == "dialog" and "open" not in attributes)
    return "hidden" in attributes or is_shut or hides is not None


def is_spoken(node: LexborNode) -> bool:
    """Whether an element is for screen readers alone, by its class."""
    return not _SPOKEN.isdisjoint((node.attributes.get("class") or "").split())


def _is_unseen(node: LexborNode) -> bool:
    """A colon for screen readers stands where others see a new line."""
    return is_hidden(node) or (is_spoken(node) and any(map(str.isalpha, node.text())))


def shown_text(node: LexborNode | None) -> str:
    """Like `text_of`, without what is hidden in the element, unless that is all there is; and once
    where it stands twice: headlines have copies for small screens and for screen readers."""
    if node is None:
        return ""
    hidden = {inner.mem_id for inner in node.css(_MAY_HIDE) if _is_unseen(inner)}
    hidden |= {inner.mem_id for inner in node.css("button")}
    text = text_of(node, hidden) or text_of(node)
    half = text[: len(text) // 2].rstrip()
    is_twice = len(half) >= _SHORTEST_COPY and text in (half + half, f"{half} {half}")
    return half if is_twice else text


def kinds_everywhere(
    found: Iterable[LexborNode], kinds: dict[int, BlockKind]
) -> dict[int, BlockKind]:
    """``kinds``, and those that `EVERYWHERE` found. A row of a table is a line, whatever
    its cells are made of."""
    for node in found:
        kinds.setdefault(node.mem_id, "caption" if node.tag == "caption" else "paragraph")
        for inner in node.css("p") if node.tag == "tr" else ():
            kinds.pop(inner.mem_id, None)
    return kinds


def read_blocks(container: LexborNode, marked: Marked = _NOTHING) -> list[Block]:
    """The blocks of a container whose every word is the story's; see `read_pieces`."""
    return [piece.block for piece in read_pieces(container, marked)]


def read_pieces(container: LexborNode, marked: Marked) -> list[Piece]:
    """The pieces of a container, in order.

    The innermost element of a kind makes a piece, but a paragraph in a quote, a list item or a
    caption is a piece of that kind. Text outside of such elements makes loose paragraphs, which
    end at block-level elements. Two line breaks in a row end a piece wherever they stand.
    """
    flow = _Flow(marked)
    flow.read(container)
    return flow.pieces


class _Flow:
    """Collects text and cuts it into pieces."""

    def __init__(self, marked: Marked) -> None:
        self.pieces: list[Piece] = []
        self._marked = marked
        self._box = Box("", "", "", None)
        # Kind, element and box of each open block.
        self._open: list[tuple[BlockKind, LexborNode | None, Box | None]] = [
            ("paragraph", None, None)
        ]
        self._texts: list[str] = []
        self._after_break = False
        self._anchors = 0  # open links
        self._links: list[str] = []
        self._link_from: int | None = None  # where in the texts the open link began
        self._held = 0  # controls in the open block
        self._muted = 0  # open elements whose text is a control's
        self._strong = self._bold = 0  # open elements, and the characters in them

    def read(self, root: LexborNode) -> None:
        """By pointers and not by recursion: pages nested ten thousand deep exist, and this loop is
        a good part of what extracting a page costs."""
        node, above, hidden = root, list[tuple[LexborNode, int]](), self._marked.hidden
        while True:
            tag = node.tag or ""
            if tag == _TEXT:
                self.text(words_in(node))
            elif tag in NEVER_TEXT:
                self._count(tag)
            elif (id_ := node.mem_id) not in hidden:
                opened = self.enter(node, tag, id_)
                below = node.first_child
                if below is not None:
                    above.append((node, opened))
                    node = below
                    continue
                if opened:
                    self.leave(opened)
            while (after := node.next if above else None) is None:
                if not above:
                    self.flush()
                    return
                node, opened = above.pop()
                if opened:
                    self.leave(opened)
            node = after

    def text(self, text: str) -> None:
        if self._muted or (not self._texts and text.isspace()):
            return
        self._texts.append(text)
        if self._strong:
            self._bold += len(text.strip())
        self._after_break = self._after_break and text.isspace()

    def enter(self, node: LexborNode, tag: str, id_: int) -> int:
        """What the element opens, for `leave`. ``id_``: its ``mem_id``."""
        marked, opened = self._marked, 0
        if tag in _BREAKS:
            self._line(tag)
            opened = 0 if tag == "br" else _LINE
        if (
            tag in _BOXES
            or not self._box.depth
            or id_ in marked.dropped
            or ("-" in tag and self._is_between_texts())
        ) and self._box.depth < _DEEPEST:
            self._enter_box(node, tag, id_)
            opened |= _BOX
        if tag == "h1":
            for box in self._box.line():
                box.headlines += 1
        if (kind := marked.kinds.get(id_)) is not None:
            self._open_piece(kind, node)
            return opened | _PIECE
        if tag == "a" and "href" in node.attributes:
            self._anchors += 1
            self._link_from = len(self._texts)
            relations = (node.attributes.get("rel") or "").split()
            self._box.paid = self._box.paid or "sponsored" in relations
            return opened | _LINK
        if tag in _STRONG:
            self._strong += 1
            return opened | _BOLD
        if tag in STRUCK:
            self.text(SEAM)
            return opened | _STRIKE
        if tag in _COUNTED:
            self._count(tag)
            if tag in _MUTED and not self._is_heading_begun():
                self._muted += 1
                return opened | _MUTE
        return opened

    def leave(self, opened: int) -> None:
        if opened & _PIECE:
            self._box.controls += 0 if self._texts else self._held
            self._held = 0
            self.flush()
            self._open.pop()
        elif opened & _LINE:
            self._line("")
        if opened & _STRIKE:
            self.text(SEAM)
        if opened & _LINK:
            self._anchors -= 1
            self._note_link()
            self._link_from = None
        self._strong -= opened & _BOLD
        self._muted -= bool(opened & _MUTE)
        if opened & _BOX:
            self._cut()
            box, self._box = self._box, self._box.above or self._box
            if box.pieces:
                self._box.take(box)
            else:
                self._box.hold(box)

    def flush(self) -> None:
        if not self._texts:  # four of five times
            return
        text = joined(self._texts)
        if self._link_from is not None:
            self._note_link()
            self._link_from = 0
        if text:
            self._add(text)
        self._texts = []
        self._links = []
        self._bold = 0

    def _add(self, text: str) -> None:
        kind, node, _ = self._open[-1]
        piece = Piece(kind, text, self._box, links=self._links, in_link=self._anchors > 0)
        if node is not None:
            piece.tag, piece.names = node.tag or "", node.attributes.get("class") or ""
            piece.own = self._box.own or node.mem_id in self._marked.own
            piece.plain = node.mem_id in self._marked.plain
        piece.strong = self._is_bold(text)
        self.pieces.append(piece)
        self._box.pieces.append(piece)
        self._box.length += len(text)
        self._box.linked += sum(map(len, piece.links))

    def _enter_box(self, node: LexborNode, tag: str, id_: int) -> None:
        above, marked, attributes = self._box, self._marked, node.attributes
        stated = attributes.get("itemtype") or ""
        self._cut()
        self._box = Box(
            tag,
            f"{attributes.get('class') or ''} {ID}{attributes.get('id') or ''}"[:_LONGEST_NAMES],
            attributes.get("role") or "",
            above,
            above.depth + 1,
            dropped=above.dropped or id_ in marked.dropped,
            own=above.own or id_ in marked.own,
            players=bool(_FILM.search(stated)),
            of_person=bool(_PERSON.search(stated)),
        )

    def _cut(self) -> None:
        """A box ends a text, but for a caption: credits stand in boxes of their own."""
        if self._texts and self._open[-1][0] != "caption":
            self.flush()

    def _open_piece(self, kind: BlockKind, node: LexborNode) -> None:
        self.flush()
        outer = self._open[-1][0]
        kind = outer if kind == "paragraph" and outer in _HOLDING else kind
        self._open.append((kind, node, self._box))

    def _is_bold_question(self) -> bool:
        """Whether all of the open text is: its answer stands in the next line."""
        may_be = self._bold and self._open[-1][0] == "paragraph"
        text = joined(self._texts) if may_be and len(self._texts) <= _MOST_OF_QUESTION else ""
        return ends_as_question(text) and self._is_bold(text)

    def _is_bold(self, text: str) -> bool:
        return self._bold > 0 and self._bold + text.count(" ") + 1 >= len(text)

    def _is_between_texts(self) -> bool:
        """Whether an element of a site's own making is a box here, and no part of a sentence."""
        return not self._texts and self._open[-1][1] is None

    def _is_heading_begun(self) -> bool:
        """A heading that is nothing but a button shows and hides what stands under it."""
        return self._open[-1][0] == "subheading" and not self._texts

    def _note_link(self) -> None:
        if self._link_from is not None:
            text = joined(self._texts[self._link_from :])
            self._links += [text] if text else []

    def _count(self, tag: str) -> None:
        """A control or a player. Controls in a block that has a text say nothing of its box."""
        is_held = tag in _CONTROLS and self._open[-1][2] is self._box
        self._held += is_held
        is_control = tag in _CONTROLS and not is_held
        if is_control or tag in _PLAYERS:
            self._box.players += not is_control
            self._box.controls += is_control

    def _line(self, tag: str) -> None:
        """A line ends here. In a block that is a space; in loose text it ends the piece, unless
        it is a single ``<br>``."""
        is_break = tag == "br"
        if self._texts:  # one of five times
            ends = self._open[-1][1] is None
            if is_break:
                ends = self._after_break or self._is_bold_question()
            if ends:
                self.flush()
            else:
                self._texts.append(" ")
        self._after_break = is_break


def _steps(root: LexborNode, hidden: AbstractSet[int]) -> Iterator[tuple[LexborNode, str]]:
    """``root`` and all nodes under it in order, each with its tag; elements twice, on entering and
    on leaving. By pointers, as `_Flow.read`."""
    node, depth = root, 0
    while True:
        below, tag = None, node.tag or ""
        if tag == _TEXT:
            yield node, tag
        elif tag not in NEVER_TEXT and node.mem_id not in hidden:
            yield node, tag
            below = node.first_child
        if below is not None:
            node, depth = below, depth + 1
            continue
        after = node.next if depth else None
        while depth and after is None:
            above = node.parent
            assert above is not None
            node, depth = above, depth - 1
            yield node, node.tag or ""
            after = node.next if depth else None
        if after is None:
            return
        node = after
