"""From an element to the blocks of text in it, in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

from selectolax.lexbor import LexborNode

from newsdiff_crawler.items import Block, BlockKind
from newsdiff_crawler.parsing.inline import SEAM, STRUCK, joined, words_in

# Never text, whatever stands in them.
NEVER_TEXT = frozenset({
    "-comment", "-doctype", "canvas", "head", "iframe", "noscript", "object", "script",
    "select", "style", "svg", "template", "textarea", "video", "audio",
    "rp", "rt", "rtc",  # how a word is spoken, above it
})  # fmt: skip
# Elements that end a word: text before and after one of these never runs together.
_BREAKS = frozenset({
    "address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "td", "tfoot",
    "th", "thead", "tr", "ul",
})  # fmt: skip
# What hides an element from everybody.
_MAY_HIDE = "[hidden], [style], template"
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SHORTEST_COPY = 20  # characters; a shorter text may say a thing twice
_TEXT = "-text"
# Paragraphs inside these take their kind.
_HOLDING = frozenset({"quote", "list_item", "caption"})


def text_of(node: LexborNode | None, dropped: AbstractSet[int] = frozenset()) -> str:
    """The text of an element as a reader sees it, on one line; ``""`` for None.

    ``dropped`` holds the ``mem_id`` of elements to leave out.
    """
    if node is None:
        return ""
    pieces: list[str] = []
    for inner, tag, _ in _steps(node, dropped):
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
    return "hidden" in attributes or node.tag == "template" or hides is not None


def shown_text(node: LexborNode | None) -> str:
    """Like `text_of`, without what is hidden in the element, unless that is all there is; and once
    where it stands twice: headlines have copies for small screens and for screen readers."""
    if node is None:
        return ""
    hidden = {inner.mem_id for inner in node.css(_MAY_HIDE) if is_hidden(inner)}
    text = text_of(node, hidden) or text_of(node)
    half = text[: len(text) // 2].rstrip()
    is_twice = len(half) >= _SHORTEST_COPY and text in (half + half, f"{half} {half}")
    return half if is_twice else text


def read_blocks(
    container: LexborNode,
    kinds: Mapping[int, BlockKind],
    dropped: AbstractSet[int] = frozenset(),
    loose: bool = False,
) -> list[Block]:
    """The blocks of a container. ``kinds`` and ``dropped`` are by ``mem_id`` of the elements.

    The innermost element of a kind makes the block, but a paragraph in a quote, a list item or a
    caption is a block of that kind. Text outside of such elements is left out. With ``loose`` it
    makes paragraphs, which end at block-level elements and empty lines.
    """
    flow = _Flow("paragraph" if loose else None)
    for node, tag, entering in _steps(container, dropped):
        if tag == _TEXT:
            flow.text(words_in(node))
        elif (kind := kinds.get(node.mem_id)) is not None:
            if entering:
                flow.open(kind)
            else:
                flow.close()
        elif tag in _BREAKS and (entering or tag != "br"):
            flow.line(is_break=tag == "br")
        elif tag in STRUCK:
            flow.text(SEAM)
    flow.flush()
    return flow.blocks


class _Flow:
    """Collects text and cuts it into blocks."""

    def __init__(self, loose: BlockKind | None) -> None:
        self.blocks: list[Block] = []
        self._open: list[BlockKind | None] = [loose]
        self._pieces: list[str] = []
        self._after_break = False

    def text(self, text: str) -> None:
        if self._open[-1]:
            self._pieces.append(text)
            self._after_break = self._after_break and text.isspace()

    def open(self, kind: BlockKind) -> None:
        outer = self._open[-1]
        self.flush()
        self._open.append(outer if kind == "paragraph" and outer in _HOLDING else kind)

    def close(self) -> None:
        self.flush()
        self._open.pop()

    def line(self, is_break: bool) -> None:
        """A line ends here. In a block that is a space; in loose text it ends the paragraph, unless
        it is a single ``<br>``."""
        if len(self._open) > 1 or (is_break and not self._after_break):
            self._pieces.append(" ")
        else:
            self.flush()
        self._after_break = is_break

    def flush(self) -> None:
        if not self._pieces:  # four of five times
            return
        kind = self._open[-1]
        text = joined(self._pieces)
        if text and kind:
            self.blocks.append(Block(kind, text))
        self._pieces.clear()


def _steps(root: LexborNode, dropped: AbstractSet[int]) -> Iterator[tuple[LexborNode, str, bool]]:
    """``root`` and all nodes under it in order, each with its tag. Elements come twice, on entering
    (True) and on leaving (False), texts once.

    By pointers and not by recursion: pages nested ten thousand deep exist, and this loop is a good
    part of what extracting a page costs.
    """
    node, depth = root, 0
    while True:
        below, tag = None, node.tag or ""
        if tag == _TEXT:
            yield node, tag, True
        elif tag not in NEVER_TEXT and node.mem_id not in dropped:
            yield node, tag, True
            below = node.first_child
            if below is None:
                yield node, tag, False
        if below is not None:
            node, depth = below, depth + 1
            continue
        after = node.next if depth else None
        while depth and after is None:
            above = node.parent
            assert above is not None
            node, depth = above, depth - 1
            yield node, node.tag or "", False
            after = node.next if depth else None
        if after is None:
            return
        node = after
