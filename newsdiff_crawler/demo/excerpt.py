"""A diff in a few lines of a terminal: removed text struck out in red, added text in green."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from newsdiff_crawler.diff import Diff, Side, Span
from newsdiff_crawler.diff.changes import is_cut_anew
from newsdiff_crawler.diff.model import Mark

CONTEXT = 34  # characters of unchanged text on either side of a mark
LONGEST = 230  # characters of a paragraph that was added or removed whole

STYLES: dict[Mark, str] = {
    "same": "",
    "removed": "red strike",
    "added": "green",
    "moved": "cyan",
    "shifted": "",
}
SIGNS: dict[Mark, tuple[str, str]] = {
    "same": ("", ""),
    "removed": ("[-", "-]"),
    "added": ("{+", "+}"),
    "moved": ("", ""),
    "shifted": ("", ""),
}


def excerpt(diff: Diff, plain: bool) -> list[Text]:
    """A line for each row that changed. ``plain``: signs in place of colours."""
    lines = (_line(diff, place, plain) for place in range(len(diff.rows)))
    return [line for line in lines if line]


def _line(diff: Diff, place: int, plain: bool) -> Text | None:
    row = diff.rows[place]
    if row.edit == "same" or is_cut_anew(row) or (row.edit == "moved" and not row.before):
        return None
    if row.edit == "moved" and row.peer is not None:
        way = "down" if row.peer > place else "up"
        return Text(f"moved {way}: {_start(_text(row.before), LONGEST // 2)}", "cyan")
    line = Text()
    for text, mark in _clipped(list(woven(_spans(row.before), _spans(row.after)))):
        if mark == "added" and line.plain and not (line.plain[-1] + text[0]).count(" "):
            line.append(" ")
        before, after = SIGNS[mark] if plain else ("", "")
        line.append(f"{before}{text}{after}", STYLES[mark])
    return line


def woven(before: Sequence[Span], after: Sequence[Span]) -> Iterator[tuple[str, Mark]]:
    """Both sides of an edited row as one text: removed parts before those that replaced them."""
    sides = [list(before), list(after)]
    while any(sides):
        marked = next((side for side in sides if side and side[0].mark != "same"), None)
        if marked:
            span = marked.pop(0)
            yield span.text, span.mark
        else:
            length = min(len(side[0].text) for side in sides if side)
            yield next(side[0].text[:length] for side in sides if side), "same"
            sides = [_without(side, length) for side in sides]


def _without(spans: list[Span], length: int) -> list[Span]:
    """What is left of spans without the first ``length`` characters of the first one."""
    rest = spans[0].text[length:] if spans else ""
    return [Span(rest, "same"), *spans[1:]] if rest else spans[1:]


def _clipped(pieces: list[tuple[str, Mark]]) -> Iterator[tuple[str, Mark]]:
    """The pieces; of long unchanged ones only the ends beside a mark."""
    for place, (text, mark) in enumerate(pieces):
        if mark != "same":
            yield _start(text, LONGEST), mark
        elif place == 0:
            yield _end(text, CONTEXT), mark
        elif place == len(pieces) - 1:
            yield _start(text, CONTEXT), mark
        elif len(text) > 2 * CONTEXT:
            yield _start(text, CONTEXT) + _end(text, CONTEXT)[1:], mark
        else:
            yield text, mark


def _start(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[:longest].rpartition(" ")[0] + " …"


def _end(text: str, longest: int) -> str:
    return text if len(text) <= longest else "… " + text[-longest:].partition(" ")[2]


def _spans(sides: Sequence[Side]) -> list[Span]:
    return [span for side in sides for span in side.spans]


def _text(sides: Sequence[Side]) -> str:
    return " ".join(side.block.text for side in sides)
