"""Tables in Markdown, in columns: for a page and for a terminal alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table whose first column is text and whose others are figures."""
    return "\n".join([*head(columns), *(row(cells) for cells in rows)])


def head(columns: Sequence[str]) -> tuple[str, str]:
    """The two lines above the rows of a table."""
    return row(columns), "|---" + "|---:" * (len(columns) - 1) + "|"


def row(cells: Sequence[object]) -> str:
    """One line of a table."""
    return f"| {' | '.join(str(cell).replace('|', '/') for cell in cells)} |"
