"""What goes with exported files: what is in them, how they can be checked, and whose the texts
are."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import newsdiff_crawler
from newsdiff_crawler.exporting.rows import columns
from newsdiff_crawler.store.reading.exports import ExportQuery
from newsdiff_crawler.times import to_iso, utc_now

MADE_BY = "newsdiff_crawler"
LICENCE = (
    "Headlines, names and texts are their publishers', under copyright: for research and "
    "quotation, as your law allows; who passes them on answers for it."
)
LICENCE_OF_FACTS = (
    "Addresses, times, counts and labels only: facts, free to use. Please say where they are from."
)
NOTE_ON_CSV = (
    "A cell that a spreadsheet could take for a formula (it begins with = + - @, a tab or a line's "
    "end), or that begins with an apostrophe, has an apostrophe before it. Lists are JSON; an "
    "empty cell is null or an empty text."
)


@dataclass
class ExportedFile:
    """``name``: without folder. ``size`` in bytes. ``changes``: versions that are compared with
    another one."""

    name: str
    size: int
    sha256: str
    articles: int
    versions: int
    changes: int


@dataclass(frozen=True)
class Manifest:
    """Of all files of one export. ``articles``: in all of them together."""

    form: str
    query: ExportQuery
    anonymous: bool
    files: Sequence[ExportedFile]
    articles: int

    def text(self) -> str:
        """It as JSON."""
        return json.dumps(self._parts(), ensure_ascii=False, indent=1) + "\n"

    def _parts(self) -> dict[str, Any]:
        notes = {"csv": NOTE_ON_CSV} if self.form == "csv" else {}
        return {
            "made_by": f"{MADE_BY} {newsdiff_crawler.__version__}",
            "made_at": to_iso(utc_now()),
            "licence": LICENCE_OF_FACTS if self.anonymous else LICENCE,
            "format": self.form,
            **notes,
            "source": self.query.source or None,
            "from": self.query.since or None,
            "before": self.query.until or None,
            "has_texts": not self.anonymous,
            "counts": {
                "articles": self.articles,
                "versions": sum(file.versions for file in self.files),
                "changes": sum(file.changes for file in self.files),
            },
            "files": [asdict(file) for file in self.files],
            "columns": columns(self.anonymous),
        }
