"""Versions and diffs written short, for tests: removed in [-…-], added in {+…+}, moved in <…>, and
what a paragraph's end was moved past in (…)."""

from __future__ import annotations

from collections.abc import Sequence

from newsdiff_crawler.diff import Diff, Side
from newsdiff_crawler.items import Block


def paragraphs(*texts: str) -> list[Block]:
    return [Block("paragraph", text) for text in texts]


def written(sides: Sequence[Side]) -> str:
    """A side in short: " | " between its blocks, and "~" at the start of a cosmetic mark."""
    marks = {
        "same": "{}",
        "removed": "[-{}-]",
        "added": "{{+{}+}}",
        "moved": "<{}>",
        "shifted": "({})",
    }
    return " | ".join(
        "".join(
            marks[span.mark].format(
                f"~{span.text}" if span.cosmetic and span.mark != "shifted" else span.text
            )
            for span in side.spans
        )
        for side in sides
    )


def rows(diff: Diff) -> list[tuple[str, str, str]]:
    """Edit, older side and newer side of each row."""
    return [(row.edit, written(row.before), written(row.after)) for row in diff.rows]
