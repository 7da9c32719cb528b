"""A story and what its newsroom does to it, round by round. Pure: no clock, no network.

A story's text is written as plain text: ``#`` headline, ``>`` standfirst, ``By``
byline, ``##`` subheading, ``*`` list item, ``^`` caption, and anything else a paragraph. An empty
line separates blocks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from newsdiff_crawler.items import HEAD, Block, BlockKind
from newsdiff_crawler.text import normalise

Text = tuple[Block, ...]
Edit = Callable[[Text], Text]

SIGNS: dict[str, BlockKind] = {
    "# ": "headline",
    "> ": "standfirst",
    "By ": "byline",
    "## ": "subheading",
    "* ": "list_item",
    "^ ": "caption",
}


@dataclass(frozen=True)
class Revision:
    """What the newsroom does to a story before the given round (from 1)."""

    round: int
    what: str  # one line for people
    edits: tuple[Edit, ...]
    owned: bool = False  # the page's modification time shows it; otherwise it is silent
    label: str = ""  # the label that the record must have: "cosmetic", "reverted", or none


@dataclass(frozen=True)
class Edition:
    """A story as it reads in one round, and the rounds of its publication and changes."""

    text: Text
    published: int
    changed: int  # the last revision of all
    modified: int  # the last one that the page states

    def of_kind(self, kind: BlockKind) -> str:
        """The text of the only block of this kind; ``""`` without one."""
        return next((block.text for block in self.text if block.kind == kind), "")

    @property
    def body(self) -> Text:
        """The text without headline, standfirst and byline."""
        return tuple(block for block in self.text if block.kind not in HEAD)


@dataclass(frozen=True)
class Story:
    """One story of one newspaper, and the script of what happens to it.

    In the rounds of ``walled`` a consent wall stands in its place. From the round ``gone`` on it is
    no longer there.
    """

    slug: str
    section: str
    first: str
    revisions: tuple[Revision, ...] = ()
    published: int = 1
    walled: tuple[int, ...] = ()
    gone: int | None = None

    def at(self, round: int) -> Edition | None:
        """The story as it reads in a round; None if it is not there."""
        if round < self.published or (self.gone is not None and round >= self.gone):
            return None
        done = [revision for revision in self.revisions if revision.round <= round]
        text = written(self.first)
        for edit in (edit for revision in done for edit in revision.edits):
            text = edit(text)
        changed = max([self.published, *(revision.round for revision in done)])
        owned = [revision.round for revision in done if revision.owned]
        return Edition(text, self.published, changed, max([self.published, *owned]))


def written(text: str) -> Text:
    """The blocks of a text.

    >>> written("# Rain\\n\\nIt rained\\nall day.")
    (Block(kind='headline', text='Rain'), Block(kind='paragraph', text='It rained all day.'))
    """
    return tuple(_block(piece.strip()) for piece in text.split("\n\n") if piece.strip())


def _block(piece: str) -> Block:
    for sign, kind in SIGNS.items():
        if piece.startswith(sign):
            return Block(kind, normalise(piece.removeprefix(sign)))
    return Block("paragraph", normalise(piece))


def replaced(old: str, new: str) -> Edit:
    """Replaces words in the one block that has them."""

    def edit(text: Text) -> Text:
        place = _only(text, lambda block: old in block.text, old)
        block = text[place]
        changed = Block(block.kind, block.text.replace(old, new))
        return (*text[:place], changed, *text[place + 1 :])

    return edit


def removed(start: str) -> Edit:
    """Removes the block that begins with ``start``."""

    def edit(text: Text) -> Text:
        place = _starting(text, start)
        return text[:place] + text[place + 1 :]

    return edit


def inserted(new: str, after: str) -> Edit:
    """Adds blocks after the one that begins with ``after``."""

    def edit(text: Text) -> Text:
        place = _starting(text, after) + 1
        return text[:place] + written(new) + text[place:]

    return edit


def moved(start: str, after: str) -> Edit:
    """Moves the block that begins with ``start`` behind the one that begins with ``after``."""

    def edit(text: Text) -> Text:
        block = text[_starting(text, start)]
        others = removed(start)(text)
        place = _starting(others, after) + 1
        return (*others[:place], block, *others[place:])

    return edit


def _starting(text: Text, start: str) -> int:
    return _only(text, lambda block: block.text.startswith(start), start)


def _only(text: Text, fits: Callable[[Block], bool], what: str) -> int:
    places = [place for place, block in enumerate(text) if fits(block)]
    if len(places) != 1:
        raise ValueError(f"{len(places)} blocks for {what!r}, where the script needs one")
    return places[0]
