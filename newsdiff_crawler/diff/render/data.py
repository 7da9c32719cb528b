"""A diff as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from newsdiff_crawler.diff.model import DetailedSummary, Diff, Row, Side


def as_data(diff: Diff, summary: DetailedSummary | None = None) -> dict[str, Any]:
    """The rows, and the summary if given, in lists and dicts; a span's text is given once.

    Joined, the texts of a side's spans are its block's text: both versions can be read back.
    """
    data: dict[str, Any] = {"rows": [_row(row) for row in diff.rows]}
    if summary:
        data["summary"] = asdict(summary)
    return data


def as_json(diff: Diff, summary: DetailedSummary | None = None) -> str:
    """`as_data` as JSON in ASCII, whatever the texts hold."""
    return json.dumps(as_data(diff, summary), indent=1)


def _row(row: Row) -> dict[str, Any]:
    return {
        "edit": row.edit,
        "cosmetic": row.cosmetic,
        "peer": row.peer,
        "before": [_side(side) for side in row.before],
        "after": [_side(side) for side in row.after],
    }


def _side(side: Side) -> dict[str, Any]:
    return {
        "position": side.position,
        "kind": side.block.kind,
        "spans": [asdict(span) for span in side.spans],
    }
