"""The rows of a diff in which something changed, with the two sides of each brought together."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from newsdiff_crawler.diff.model import Diff, Edit, Piece, Row, Side, Span
from newsdiff_crawler.items import BlockKind
from newsdiff_crawler.text import sentence_bounds

CROSSED = ("moved", "shifted")


@dataclass(frozen=True)
class BlockChange:
    """Blocks that belong together and differ, or a block that only one version has. What has
    moved is one change; `row` is then where it stands now."""

    row: int
    edit: Edit
    before: tuple[Side, ...]
    after: tuple[Side, ...]

    @property
    def kind(self) -> BlockKind:
        """The kind of the first block, of the newer side if there is one."""
        return (self.after or self.before)[0].block.kind

    @property
    def paired(self) -> bool:
        """Whether both versions have blocks in it."""
        return bool(self.before and self.after)

    def text_before(self) -> str:
        """The older text, a line for each block; "" if there was none."""
        return "\n".join(side.block.text for side in self.before)

    def text_after(self) -> str:
        """The newer text, a line for each block; "" if there is none."""
        return "\n".join(side.block.text for side in self.after)

    def texts(self) -> tuple[str, str]:
        """The older and the newer text."""
        return self.text_before(), self.text_after()

    @cached_property
    def pieces(self) -> list[Piece]:
        """Both sides as one text, cut where it changed."""
        return pieces(self.before, self.after)


def changes(diff: Diff) -> Iterator[BlockChange]:
    """What changed, but for cosmetic changes, in the order of the rows."""
    for n, row in enumerate(diff.rows):
        if row.edit == "same" or row.cosmetic:
            continue
        if row.peer is None:
            if row.edit != "moved" or moved_sentences(row.after):
                yield BlockChange(n, row.edit, row.before, row.after)
        elif row.after:
            yield BlockChange(n, row.edit, diff.rows[row.peer].before, row.after)


def is_cut_anew(row: Row) -> bool:
    """Whether nothing differs in a row but where its paragraphs end."""
    marked = [s for side in row.before + row.after for s in side.spans if s.mark != "same"]
    has_shifted = any(span.mark == "shifted" for span in marked)
    return (
        row.cosmetic
        and (has_shifted or row.edit in ("split", "merged"))
        and all(span.mark == "shifted" or not span.text.strip() for span in marked)
    )


def moved_sentences(sides: Iterable[Side]) -> int:
    """How many sentences of these blocks stand elsewhere in the other version, whole or in part."""
    return sum(map(_moved_sentences, sides))


def moved_places(sides: Iterable[Side]) -> list[int]:
    """The rows in which the other version has what moved from these blocks or into them."""
    spans = (span for side in sides for span in side.spans if span.mark == "moved")
    return list(dict.fromkeys(span.peer for span in spans if span.peer is not None))


def _moved_sentences(side: Side) -> int:
    ends = list(accumulate((len(span.text) for span in side.spans), initial=0))
    moved = [(ends[n], ends[n + 1]) for n, span in enumerate(side.spans) if span.mark == "moved"]
    if not moved:
        return 0
    bounds = sentence_bounds(side.block.text)
    starts = [start for start, _ in bounds]
    touched: set[int] = set()
    for start, end in moved:
        text = side.block.text[start:end]
        first, last = start + len(text) - len(text.lstrip()), end - len(text) + len(text.rstrip())
        touched.update(range(bisect_right(starts, first) - 1, bisect_left(starts, last)))
    return len(touched)


def pieces(before: Sequence[Side], after: Sequence[Side]) -> list[Piece]:
    """Two sides, marked, as one text: what they share stands once, and between such pieces what
    only the one or the other has. Each block of a side is a line."""
    joined = []
    old = _lines(before, Span("\n", "removed", cosmetic=True))[::-1]
    new = _lines(after, Span("\n", "added", cosmetic=True))[::-1]
    while old or new:
        if crossed := _pop_crossed(old, new):
            joined.append(crossed)
            continue
        removed, added = _changed(old), _changed(new)
        if removed or added:
            cosmetic = all(span.cosmetic for span in removed + added)
            joined.append(Piece(_text(removed), _text(added), cosmetic=cosmetic))
        elif old and new:
            shared = _pop_shared(old, new)
            joined.append(Piece(shared, shared, same=True))
    return joined


def _pop_crossed(old: list[Span], new: list[Span]) -> Piece | None:
    """A sentence that the other version has elsewhere, if one side has one next."""
    if old and old[-1].mark in CROSSED:
        span = old.pop()
        return Piece(span.text, "", same=True, moved=span.mark == "moved")
    if new and new[-1].mark in CROSSED:
        span = new.pop()
        return Piece("", span.text, same=True, moved=span.mark == "moved")
    return None


def _lines(sides: Sequence[Side], end: Span) -> list[Span]:
    """The spans of all sides, with one for each line's end between them."""
    return [span for n, side in enumerate(sides) for span in ((end,) if n else ()) + side.spans]


def _changed(spans: list[Span]) -> list[Span]:
    """What was removed or added at the end of a list that runs backwards, taken from it."""
    taken = []
    while spans and spans[-1].mark in ("removed", "added"):
        taken.append(spans.pop())
    return taken


def _pop_shared(old: list[Span], new: list[Span]) -> str:
    """What two spans begin with, taken from both; what is left of the longer one stays."""
    one, other = old.pop().text, new.pop().text
    length = min(len(one), len(other))
    if len(one) > length:
        old.append(Span(one[length:], "same"))
    if len(other) > length:
        new.append(Span(other[length:], "same"))
    return one[:length]


def _text(spans: list[Span]) -> str:
    return "".join(span.text for span in spans)
