"""A diff in colour, side by side, for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.style import Style
from rich.table import Table
from rich.text import Text

from newsdiff_crawler.diff.changes import is_cut_anew, moved_places
from newsdiff_crawler.diff.model import Diff, Row, Side, Span
from newsdiff_crawler.diff.render.visible import visible

CONTEXT = 1  # unchanged rows shown beside a change
_STYLES = {
    "removed": Style(color="red", strike=True),
    "added": Style(color="green", bold=True),
    "moved": Style(color="cyan", italic=True),
}
_COSMETIC = Style(dim=True, underline=True)


def as_table(diff: Diff, before: str = "before", after: str = "after") -> Table:
    """Two columns headed `before` and `after`; unchanged rows far from a change are left out."""
    table = Table(show_lines=True, expand=True)
    table.add_column("", no_wrap=True)
    table.add_column(Text(visible(before)), ratio=1)
    table.add_column(Text(visible(after)), ratio=1)
    skipped = 0
    for row, shown in zip(diff.rows, _shown(diff.rows), strict=True):
        if not shown:
            skipped += 1
            continue
        if skipped:
            table.add_row("", *_gap(skipped))
            skipped = 0
        table.add_row(_name(row), _cell(row.before), _cell(row.after))
    if skipped:
        table.add_row("", *_gap(skipped))
    return table


def _shown(rows: Sequence[Row]) -> list[bool]:
    changed = [n for n, row in enumerate(rows) if _differs(row)]
    near = {m for n in changed for m in range(n - CONTEXT, n + CONTEXT + 1)}
    return [n in near for n in range(len(rows))]


def _differs(row: Row) -> bool:
    return row.edit != "same" and not is_cut_anew(row)


def _gap(number: int) -> tuple[Text, Text]:
    text = Text(f"… {number} unchanged …", style="dim", justify="center")
    return text, text


def _name(row: Row) -> Text:
    if not _differs(row):
        return Text("cut anew" if is_cut_anew(row) else "", style="dim")
    if row.peer is not None:
        return Text("moved here" if row.after else "moved away")
    arrived, left = bool(moved_places(row.after)), bool(moved_places(row.before))
    lines = ["moved" if arrived and left else "moved here" if arrived else "moved away"]
    if row.edit != "moved":
        lines = [row.edit, *lines] if arrived or left else [row.edit]
    return Text("\n".join([*lines, "(cosmetic)"] if row.cosmetic else lines))


def _cell(sides: Sequence[Side]) -> Text:
    parts = [Text.assemble(*(_styled(span) for span in side.spans)) for side in sides]
    return Text("\n\n").join(parts)


def _styled(span: Span) -> tuple[str, Style]:
    if span.mark in ("same", "shifted"):
        return visible(span.text), Style.null()
    return visible(span.text), _COSMETIC if span.cosmetic else _STYLES[span.mark]
